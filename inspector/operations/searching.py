"""Finding anything by typing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.domain.entities import Hall, Visit
from inspector.domain.numbers import bare_number
from inspector.domain.searchable import meanings
from inspector.operations.discretion import NO_CODE, covert_now, hidden_names, without_names
from inspector.operations.local_catalogues import situations_of
from inspector.operations.recording import get
from inspector.storage.searching import Hit, Hits

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.operations.session import Session

__all__ = ("Hit", "Hits", "search", "search_in_sight")

#: So many visits to places that were found are shown with them.
VISITS_TO_PLACES = 8
_NEWEST = (
    "_seq IN (SELECT _seq FROM visit WHERE void IS NULL AND hall IN ({marks}) "
    "ORDER BY _seq DESC LIMIT ?)"
)


def search(session: Session, text: str, limit: int = 50, lang: Lang = "zh") -> Hits:
    """Return the newest things that hold every word of `text`, corrected values only.

    The newest visits to places that were found come first: a visit is remembered by its place. A
    word also means the states, outcomes and situations whose name in either language holds it;
    `lang` is the language in which hits name them.
    """
    situations = tuple(situations_of(session).values())
    found = session.store.search(
        text, limit, lang=lang, meanings=lambda word: meanings(word, situations)
    )
    known = {hit.id for hit in found.hits}
    visits = tuple(hit for hit in _visits_to(session, found.hits) if hit.id not in known)
    return replace(found, total=found.total + len(visits), hits=visits + found.hits)


def search_in_sight(session: Session, text: str, limit: int = 50, lang: Lang = "zh") -> Hits:
    """Search as `search` does, for a screen that others may see.

    While a covert part is going on places are named by their code, also where a text that was found
    quotes their name, and who runs them is left out.
    """
    found = search(session, text, limit, lang)
    if not covert_now(session):
        return found
    shown = [hit for hit in found.hits if hit.kind != "unit"]
    visited = {hit.visit for hit in shown if hit.visit}
    visited |= {hit.id for hit in shown if hit.kind == "visit"}
    visits = (session.store.get(Visit, each) for each in visited)
    halls = {visit.hall for visit in visits if visit is not None}
    halls |= {hit.id for hit in shown if hit.kind == "hall"}
    hidden = hidden_names(session, halls, [hit.text for hit in shown])
    hits = tuple(_coded(session, hit, hidden) for hit in shown)
    return replace(found, hits=hits, total=found.total - len(found.hits) + len(hits))


def _coded(session: Session, hit: Hit, hidden: dict[str, str]) -> Hit:
    if hit.kind == "hall":
        return replace(hit, text=get(session, Hall, hit.id).code or NO_CODE)
    return replace(hit, text=without_names(hit.text, hidden))


def _visits_to(session: Session, hits: tuple[Hit, ...]) -> list[Hit]:
    """Return the newest visits to the places among the hits, the newest first."""
    halls = [hit.id for hit in hits if hit.kind == "hall"]
    if not halls:
        return []
    marks = ",".join("?" * len(halls))
    places = {hall.id: hall for hall in session.store.select(Hall, f"id IN ({marks})", *halls)}
    visits = session.store.select(Visit, _NEWEST.format(marks=marks), *halls, VISITS_TO_PLACES)
    return [
        Hit("visit", visit.id, "", f"{bare_number(visit)} · {places[visit.hall].name}")
        for visit in reversed(visits)
    ]
