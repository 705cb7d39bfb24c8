"""Finding anything by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.searchable import meanings
from inspector.operations.local_catalogues import situations_of
from inspector.storage.searching import Hit, Hits

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.operations.session import Session

__all__ = ("Hit", "Hits", "search")


def search(session: Session, text: str, limit: int = 50, lang: Lang = "zh") -> Hits:
    """Return the newest things that hold every word of `text`, corrected values only.

    A word also means the states, outcomes and situations whose name in either language holds it;
    `lang` is the language in which hits name them.
    """
    situations = tuple(situations_of(session).values())
    return session.store.search(
        text, limit, lang=lang, meanings=lambda word: meanings(word, situations)
    )
