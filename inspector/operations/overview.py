"""Lists of visits with what they hold, and who takes part."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.clocktext import iso_day
from inspector.domain.entities import (
    Answer,
    Event,
    Evidence,
    Finding,
    Hall,
    Person,
    Seal,
    Visit,
    VisitMember,
)
from inspector.domain.facts import effective
from inspector.domain.phases import current_phase
from inspector.domain.schema import FACT_KINDS, KIND_OF
from inspector.domain.vocabulary import EventKind, Phase
from inspector.storage.holding import VISIT_STANDS, holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from inspector.domain.entities import Fact
    from inspector.operations.session import Session


@frozen
class VisitRow:
    """A visit in a list: where it stands, and how many facts that hold it has.

    begun: when its first phase began (milliseconds), None before that or if nobody noted it.
    """

    visit: Visit
    hall: str
    phase: Phase
    sealed: bool
    answers: int
    findings: int
    photos: int
    begun: int | None = None


def visit_rows(session: Session) -> list[VisitRow]:
    """Return all visits in order of entry. The cost does not grow with the facts read in full."""
    store = session.store
    halls = {hall.id: hall.name for hall in store.select(Hall)}
    sealed = {seal.visit for seal in store.select(Seal, "void IS NULL")}
    phases: dict[str, list[Event]] = {}
    for event in store.select(Event, "kind = ? AND void IS NULL", EventKind.PHASE):
        phases.setdefault(event.visit, []).append(event)
    answers, findings, photos = (count_of(session, cls) for cls in (Answer, Finding, Evidence))
    return [
        VisitRow(
            visit=visit,
            hall=halls.get(visit.hall, visit.hall),
            phase=current_phase(phases.get(visit.id, ()), visit.id in sealed),
            sealed=visit.id in sealed,
            answers=answers[visit.id],
            findings=findings[visit.id],
            photos=photos[visit.id],
            begun=_begun(phases.get(visit.id, ())),
        )
        for visit in store.select(Visit, VISIT_STANDS)
    ]


def _begun(phases: Iterable[Event]) -> int | None:
    known = [event.observed_from for event in effective(phases) if event.observed_from is not None]
    return min(known, default=None)


def count_facts(session: Session, visits: Sequence[str]) -> tuple[Counter[str], ...]:
    """Return how many answers, findings and files that hold these visits have, by visit."""
    return tuple(count_of(session, cls, visits) for cls in (Answer, Finding, Evidence))


def phase_events(session: Session, visits: Sequence[str]) -> dict[str, list[Event]]:
    """Return the changes of phase of these visits, by visit."""
    found: dict[str, list[Event]] = {}
    marks = ", ".join("?" * len(visits))
    wanted = f"visit IN ({marks}) AND kind = ? AND void IS NULL"
    for event in session.store.select(Event, wanted, *visits, EventKind.PHASE):
        found.setdefault(event.visit, []).append(event)
    return found


def count_of(
    session: Session, cls: type[Fact], visits: Sequence[str] | None = None, condition: str = "1"
) -> Counter[str]:
    """Return how many facts of a noun hold, by visit; a corrected one counts in its supplement.

    Of these `visits` only, of all if none are named; those that satisfy an SQL `condition`.
    """
    narrowed = "" if visits is None else f" AND visit IN ({', '.join('?' * len(visits))})"
    rows = session.store.db.execute(
        f'SELECT visit, count(*) FROM "{KIND_OF[cls]}" '
        f"WHERE {holds(cls)}{narrowed} AND {condition} GROUP BY visit",
        tuple(visits or ()),
    )
    return Counter(dict(rows.fetchall()))


def corrected_facts(session: Session) -> dict[str, int]:
    """Return the ids of all facts that a supplement corrects, with the edition that does."""
    return {
        row[0]: row[1]
        for noun in FACT_KINDS
        for row in session.store.db.execute(
            f'SELECT newer.replaces, coalesce(visit.edition, 1) FROM "{noun}" AS newer '
            "JOIN visit ON visit.id = newer.visit "
            "WHERE newer.void IS NULL AND newer.replaces IS NOT NULL"
        )
    }


def members_of(session: Session, visit: str) -> list[Person]:
    """Return who takes part in a visit, in order of entry."""
    persons = {person.id: person for person in session.store.select(Person)}
    members = session.store.select(VisitMember, "visit = ? AND void IS NULL", visit)
    return [persons[each.person] for each in members if each.person in persons]


def newest_days(session: Session, visits: Sequence[str] | None = None) -> dict[str, str]:
    """Return the newest day on the spot of each visit that has begun (ISO), by visit.

    Of these `visits` only, of all if none are named.

    It is the day at the place, as on the papers, wherever the computer was. What a supplement
    corrects counts as corrected, for the supplement and for what it supplements.
    """
    store = session.store
    zones = dict(store.db.execute(_ZONES).fetchall())
    usual = Hall(id="").zone_minutes
    known = {row[0]: row[1:] for row in store.db.execute(_VISITS)}
    editions = {each: tuple(_with_what_it_supplements(known, each)) for each in known}
    asked = known.keys() if visits is None else known.keys() & set(visits)
    wanted = [each for each, before in editions.items() if not asked.isdisjoint(before)]
    narrowed = "" if visits is None else f" AND visit IN ({', '.join('?' * len(wanted))})"
    newest: dict[str, int] = {}
    for visit, ms in store.db.execute(
        f"{_ON_THE_SPOT}{narrowed} GROUP BY visit", () if visits is None else tuple(wanted)
    ):
        for each in asked & set(editions.get(visit, ())):
            newest[each] = max(ms, newest.get(each, ms))
    return {visit: iso_day(ms, zones.get(known[visit][0], usual)) for visit, ms in newest.items()}


_ZONES = "SELECT id, zone_minutes FROM hall WHERE zone_minutes IS NOT NULL"
_VISITS = "SELECT id, hall, supplement_of FROM visit"
_ON_THE_SPOT = (
    "SELECT visit, max(observed_from) FROM event WHERE observed_from IS NOT NULL "
    f"AND kind IN ('arrived', 'phase', 'reveal', 'left') AND {holds(Event)}"
)


def _with_what_it_supplements(
    visits: Mapping[str, tuple[str, str | None]], visit: str
) -> Iterator[str]:
    """Yield a visit and the editions before it; a circle, which merging could make, ends this."""
    met: set[str] = set()
    while visit in visits and visit not in met:
        met.add(visit)
        yield visit
        visit = visits[visit][1] or ""
