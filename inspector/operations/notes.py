"""Plain notes of this computer, beside the record: never part of it, never sealed or exchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.limits import clean

if TYPE_CHECKING:
    from inspector.operations.session import Session

_KEY = "notes"


def notes(session: Session) -> str:
    """Return the notes kept in this workspace."""
    return session.store.local(_KEY) or ""


def keep_notes(session: Session, text: str) -> None:
    """Keep the notes in place of the former ones. Raises MingchaError `text_too_long`."""
    session.store.set_local(_KEY, clean("notes", text))
