"""Plain notes of this computer, beside the record: never part of it, never sealed or exchanged."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.operations.session import Session

_KEY = "notes"
#: Not needed to read them, which is done before the first page is painted.
_LIMITS = "inspector.domain.limits"


def notes(session: Session) -> str:
    """Return the notes kept in this workspace."""
    return session.store.local(_KEY) or ""


def keep_notes(session: Session, text: str) -> None:
    """Keep the notes in place of the former ones. Raises MingchaError `text_too_long`."""
    session.store.set_local(_KEY, import_module(_LIMITS).clean("notes", text))
