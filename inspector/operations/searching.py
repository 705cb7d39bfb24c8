"""Finding anything by typing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.domain.entities import Hall
from inspector.domain.searchable import meanings
from inspector.operations.local_catalogues import situations_of
from inspector.operations.recording import get
from inspector.operations.registers import covert_now
from inspector.storage.searching import Hit, Hits

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.operations.session import Session

__all__ = ("Hit", "Hits", "search", "search_in_sight")


def search(session: Session, text: str, limit: int = 50, lang: Lang = "zh") -> Hits:
    """Return the newest things that hold every word of `text`, corrected values only.

    A word also means the states, outcomes and situations whose name in either language holds it;
    `lang` is the language in which hits name them.
    """
    situations = tuple(situations_of(session).values())
    return session.store.search(
        text, limit, lang=lang, meanings=lambda word: meanings(word, situations)
    )


def search_in_sight(session: Session, text: str, limit: int = 50, lang: Lang = "zh") -> Hits:
    """Search as `search` does, for a screen that others may see.

    While a covert part is going on places are named by their code, and who runs them is left out.
    """
    found = search(session, text, limit, lang)
    if not covert_now(session):
        return found
    hits = tuple(_coded(session, hit) for hit in found.hits if hit.kind != "unit")
    return replace(found, hits=hits, total=found.total - len(found.hits) + len(hits))


def _coded(session: Session, hit: Hit) -> Hit:
    return replace(hit, text=get(session, Hall, hit.id).code) if hit.kind == "hall" else hit
