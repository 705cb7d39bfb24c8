"""Registers: findings as they are narrowed and ordered, and places with their history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.domain.codes import person_codes
from inspector.domain.entities import (
    Entity,
    Finding,
    FindingPerson,
    Hall,
    Person,
    Unit,
    Visit,
    Window,
)
from inspector.domain.searchable import meanings
from inspector.domain.vocabulary import Phase
from inspector.operations.discretion import covert_now, hidden_names, without_names
from inspector.operations.findings import persons_of, standing
from inspector.operations.late import as_sealed
from inspector.operations.local_catalogues import day_of_validity, situations_of
from inspector.operations.overview import newest_days
from inspector.operations.places import halls, windows_of
from inspector.operations.units import units
from inspector.storage.finding_register import (
    FindingColumn,
    FindingPlace,
    WantedFindings,
    beside,
    named_codes,
    ordered,
    place_of,
)
from inspector.storage.holding import VISIT_STANDS
from inspector.storage.words import query_phrases

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Mapping, Sequence

    from inspector.domain.catalogues import Situation
    from inspector.operations.session import Session

__all__ = ("FindingColumn", "place_of_finding")

E = TypeVar("E", bound=Entity)
_EPOCH = date(1970, 1, 1).toordinal()


# -- findings ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings are wanted, as a person says it; what is left empty narrows nothing.

    since, until: first and last day on which it was seen. unit: with the units below it.
    situation: a code, with those below it; `unnamed`: findings without any. phase: of the visit.
    """

    text: str = ""
    since: date | None = None
    until: date | None = None
    hall: str = ""
    unit: str = ""
    visit: str = ""
    situation: str = ""
    unnamed: bool = False
    severity: int | None = None
    phase: Phase | None = None
    windowless: bool = False


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in the register, with what it rests on by name."""

    finding: Finding
    visit: Visit
    hall: Hall
    window: Window | None
    observer: str
    situations: tuple[Situation, ...]
    phase: Phase
    photos: int
    persons: int


@dataclass(frozen=True, slots=True)
class FindingDetail:
    """All about one finding. `windows`, `choices`: what it may be changed to while it is open."""

    row: FindingRow
    persons: tuple[FindingPerson, ...]
    entered_by: str
    windows: tuple[Window, ...]
    choices: tuple[Situation, ...]

    @property
    def may_amend(self) -> bool:
        """Whether its visit is open, so that it can still be changed."""
        return self.row.phase is not Phase.SEALED


@dataclass(frozen=True, slots=True)
class FindingChoices:
    """What findings can be narrowed to; `covert`: places are shown by code only.

    today: the day here, from which periods are counted.
    """

    halls: tuple[Hall, ...]
    units: tuple[Unit, ...]
    situations: tuple[Situation, ...]
    covert: bool
    today: date


def findings_in_order(
    session: Session,
    only: FindingFilter,
    order: FindingColumn = FindingColumn.ENTERED,
    *,
    descending: bool = True,
) -> array[int]:
    """Return the places in the record of the findings that are wanted, in their order."""
    known = situations_of(session) if only.text or only.situation else {}
    wanted = WantedFindings(
        since=_days(only.since),
        until=_days(only.until),
        hall=only.hall,
        unit=only.unit,
        visit=only.visit,
        situations=_with_those_below(only.situation, known.values()),
        unnamed=only.unnamed,
        severity=only.severity,
        phase=only.phase,
        windowless=only.windowless,
        phrase=query_phrases(only.text, lambda word: meanings(word, tuple(known.values()))),
        order=order,
        descending=descending,
    )
    return ordered(session.store.db, wanted)


def _days(day: date | None) -> int | None:
    return None if day is None else day.toordinal() - _EPOCH


def _with_those_below(code: str, known: Iterable[Situation]) -> tuple[str, ...]:
    if not code:
        return ()
    below: dict[str, list[str]] = {}
    for each in known:
        below.setdefault(each.parent, []).append(each.code)
    found = dict.fromkeys([code])
    waiting = [code]
    while waiting:
        new = [each for each in below.get(waiting.pop(), ()) if each not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)


def place_of_finding(session: Session, finding: str) -> int | None:
    """Return the place of a finding in the record, None if it does not hold (any more)."""
    return place_of(session.store.db, finding)


def finding_rows(session: Session, places: Sequence[int]) -> dict[int, FindingRow]:
    """Return what stands in the rows at these places, at most a few hundred."""
    if not places:
        return {}
    at = {each.id: each for each in beside(session.store.db, places)}
    findings = as_sealed(session, _named(session, Finding, at))
    visits = _named(session, Visit, (each.visit for each in findings.values()))
    places_visited = _named(session, Hall, (each.hall for each in visits.values()))
    windows = _named(session, Window, (each.window for each in findings.values()))
    persons = _named(session, Person, (each.observer for each in findings.values()))
    known = situations_of(session)
    return {
        at[found.id].seq: _row(found, at[found.id], visits, places_visited, windows, persons, known)
        for found in findings.values()
    }


def finding_rows_in_sight(session: Session, places: Sequence[int]) -> dict[int, FindingRow]:
    """Return the same for a screen that others may see.

    While a covert part is going on no text names a place, and who saw it is told by the initial.
    """
    rows = finding_rows(session, places)
    return {at: row for at, row in zip(rows, _in_sight(session, rows.values()), strict=True)}


def _in_sight(session: Session, rows: Iterable[FindingRow]) -> list[FindingRow]:
    listed = list(rows)
    if not covert_now(session):
        return listed
    texts = [part for row in listed for part in _texts(row.finding).values()]
    hidden = hidden_names(session, {row.hall.id for row in listed}, texts)
    return [
        replace(
            row,
            finding=_coded(row.finding, hidden),
            observer=person_codes([row.observer])[0],
        )
        for row in listed
    ]


def _coded(finding: Finding, hidden: dict[str, str]) -> Finding:
    coded: dict[str, Any] = {
        name: without_names(text, hidden) for name, text in _texts(finding).items()
    }
    return replace(finding, **coded)


def _texts(finding: Finding) -> dict[str, str]:
    """Return what somebody wrote in a finding, by field."""
    return {name: getattr(finding, name) for name in ("text", "basis", "rule", "outcome_reason")}


def _named(session: Session, cls: type[E], ids: Iterable[str | None]) -> dict[str, E]:
    """Return entities by id; what has not arrived from another laptop yet is missing."""
    wanted = tuple({each for each in ids if each})
    marks = ", ".join("?" * len(wanted))
    return {each.id: each for each in session.store.select(cls, f"id IN ({marks})", *wanted)}


def _row(
    found: Finding,
    at: FindingPlace,
    visits: Mapping[str, Visit],
    places: Mapping[str, Hall],
    windows: Mapping[str, Window],
    persons: Mapping[str, Person],
    known: Mapping[str, Situation],
) -> FindingRow:
    visit = visits.get(found.visit) or Visit(id=found.visit)
    observer = persons.get(found.observer)
    return FindingRow(
        finding=found,
        visit=visit,
        hall=places.get(visit.hall) or Hall(id=visit.hall, name=visit.hall),
        window=windows.get(found.window or ""),
        observer=observer.name if observer else found.observer,
        situations=tuple(known[code] for code in found.situations if code in known),
        phase=at.phase,
        photos=at.photos,
        persons=at.persons,
    )


def finding_detail(session: Session, finding: str) -> FindingDetail:
    """Return all about a finding. Raises MingchaError `not_found`, `finding_withdrawn`."""
    found = standing(session, finding)
    place = place_of_finding(session, found.id)
    if place is None:  # a supplement corrects it
        raise MingchaError("finding_withdrawn")
    row = finding_rows(session, (place,))[place]
    entered = session.store.get(Person, found.entered.by)
    open_now = row.phase is not Phase.SEALED
    day = day_of_validity(session, found.visit)
    known = situations_of(session, day).values() if open_now else ()
    return FindingDetail(
        row=row,
        persons=tuple(persons_of(session, found.id)),
        entered_by=entered.name if entered else "",
        windows=tuple(windows_of(session, row.hall.id)) if open_now else (),
        choices=tuple(each for each in known if not each.is_list),
    )


def finding_detail_in_sight(session: Session, finding: str) -> FindingDetail:
    """Return the same for a screen that others may see; as `finding_rows_in_sight`."""
    found = finding_detail(session, finding)
    if not covert_now(session):
        return found
    [row] = _in_sight(session, [found.row])
    said = [each.description for each in found.persons]
    hidden = hidden_names(session, [row.hall.id], said)
    persons = (
        replace(each, description=without_names(each.description, hidden)) for each in found.persons
    )
    entered_by = person_codes([found.entered_by])[0] if found.entered_by else ""
    return replace(found, row=row, persons=tuple(persons), entered_by=entered_by)


def finding_choices(session: Session) -> FindingChoices:
    """Return what findings can be narrowed to: every place and unit, situations that were named."""
    known = situations_of(session)
    named = named_codes(session.store.db)
    return FindingChoices(
        halls=tuple(halls(session)),
        units=tuple(units(session)),
        situations=tuple(known[code] for code in named if code in known),
        covert=covert_now(session),
        today=day_here(session),
    )


def day_here(session: Session) -> date:
    """Return the day that it is on this device."""
    reading = session.store.clock.read()
    return to_datetime(reading.ms, reading.zone).date()


# -- places ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HallRow:
    """A place in the register. this_year: visits on its newest day of this year; last: ISO day.

    A visit that is only prepared counts for neither. unit: the name of who runs it.
    """

    hall: Hall
    windows: int
    this_year: int
    last: str
    unit: str = ""


def hall_rows(session: Session) -> list[HallRow]:
    """Return all places in order of entry, with their windows and visits counted."""
    store = session.store
    year = str(day_here(session).year)
    windows = dict(
        store.db.execute("SELECT hall, count(*) FROM window WHERE void IS NULL GROUP BY hall")
    )
    days: dict[str, list[str]] = {}
    newest = newest_days(session)
    names = {unit.id: unit.name for unit in units(session)}
    for visit, hall in store.db.execute(
        f"SELECT id, hall FROM visit WHERE {VISIT_STANDS} AND supplement_of IS NULL"
    ):
        if visit in newest:
            days.setdefault(hall, []).append(newest[visit])
    return [
        HallRow(
            hall=hall,
            windows=windows.get(hall.id, 0),
            this_year=sum(day.startswith(year) for day in days.get(hall.id, ())),
            last=max(days.get(hall.id, ()), default=""),
            unit=names.get(hall.unit or "", ""),
        )
        for hall in store.select(Hall, "void IS NULL")
    ]
