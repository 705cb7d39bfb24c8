"""Finding anything by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from inspector.storage.searching import Hits


def search(session: Session, text: str, limit: int = 50) -> Hits:
    """Return the newest things that hold every word of `text`, corrected values only."""
    return session.store.search(text, limit)
