"""What a new visit can be made of: places, people, journeys, checklists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.domain.entities import Hall
from inspector.domain.vocabulary import CatalogueKind
from inspector.operations.catalogues import index
from inspector.operations.discretion import covert_now
from inspector.operations.local_catalogues import own_catalogues
from inspector.operations.overview import VisitRow, visit_rows
from inspector.operations.people import people
from inspector.operations.places import halls
from inspector.operations.trips import trips

if TYPE_CHECKING:
    from inspector.domain.entities import Person, Trip
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen. `checklists`: references with their names in Chinese and English.

    covert: a covert phase is going on, so that places are shown by code only.
    """

    halls: tuple[Hall, ...]
    people: tuple[Person, ...]
    trips: tuple[Trip, ...]
    checklists: tuple[tuple[str, str, str], ...]
    me: str
    covert: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A visit in the list of all: with the code of its place, and its day (ISO, "" before it)."""

    row: VisitRow
    code: str
    day: str


def choices(session: Session) -> Choices:
    """Return what a new visit can be made of."""
    kind = CatalogueKind.CHECKLIST
    shipped = [(each.reference, each.zh, each.en) for each in index() if each.kind is kind]
    own = [(f"{e.code}@{e.version}", e.name, e.name) for e in own_catalogues(session, kind)]
    return Choices(
        halls=tuple(halls(session)),
        people=tuple(people(session)),
        trips=tuple(trips(session)),
        checklists=(*shipped, *own),
        me=session.store.user,
        covert=covert_now(session),
    )


def listed_visits(session: Session) -> list[Listed]:
    """Return all visits, the newest first."""
    places = {hall.id: hall for hall in session.store.select(Hall)}
    made = []
    for row in reversed(visit_rows(session)):
        hall = places.get(row.visit.hall)
        day = ""
        if row.begun is not None and hall is not None:
            day = to_datetime(row.begun, hall.zone_minutes).date().isoformat()
        made.append(Listed(row, hall.code if hall else "", day))
    return made
