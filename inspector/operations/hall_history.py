"""One place: its windows, who went there and when, and what was found there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.entities import DayCalendar, Hall, Seal, Unit, Visit
from inspector.domain.hours import open_spans, timetable
from inspector.domain.phases import current_phase
from inspector.operations.discretion import covert_now
from inspector.operations.links import linked
from inspector.operations.local_catalogues import situations_of
from inspector.operations.overview import count_facts, newest_days, phase_events
from inspector.operations.places import windows_of
from inspector.operations.recording import get
from inspector.operations.registers import day_here
from inspector.storage.finding_register import counted_codes
from inspector.storage.holding import VISIT_STANDS

if TYPE_CHECKING:
    from datetime import date

    from inspector.domain.catalogues import Situation
    from inspector.domain.entities import Window
    from inspector.domain.schedules import Spans
    from inspector.domain.vocabulary import Phase
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class HallVisit:
    """A visit to the place. day: its newest day on the spot (ISO), "" before it has begun."""

    visit: Visit
    phase: Phase
    day: str
    findings: int


@dataclass(frozen=True, slots=True)
class HallHistory:
    """A place with its history.

    visits: newest first. categories: how many findings name each situation, the most frequent
    first; a finding that names several counts for each. today: when the place is open today, None
    where nothing is recorded about it.
    """

    hall: Hall
    unit: str
    windows: tuple[Window, ...]
    visits: tuple[HallVisit, ...]
    categories: tuple[tuple[Situation, int], ...]
    unnamed: int
    day: date
    today: Spans | None
    covert: bool
    same: tuple[Hall, ...] = ()

    @property
    def this_year(self) -> int:
        """How often it was visited this year: begun visits, supplements left out."""
        year = str(self.day.year)
        return sum(
            each.day.startswith(year) and not each.visit.supplement_of for each in self.visits
        )

    @property
    def last(self) -> str:
        """The newest day of a visit (ISO), "" if nobody was there yet."""
        return max((v.day for v in self.visits if not v.visit.supplement_of), default="")

    @property
    def findings(self) -> int:
        """How many findings hold in all visits."""
        return sum(each.findings for each in self.visits)


def hall_history(session: Session, hall: str) -> HallHistory:
    """Return a place with its history. Raises MingchaError `not_found`."""
    found, day = get(session, Hall, hall), day_here(session)
    known = situations_of(session)
    codes = counted_codes(session.store.db, hall)
    unit = session.store.get(Unit, found.unit) if found.unit else None
    calendars = session.store.select(DayCalendar, "void IS NULL")
    hours = timetable(found.hours, {}, calendars, found.zone_minutes)
    return HallHistory(
        hall=found,
        unit=unit.name if unit else "",
        windows=tuple(windows_of(session, hall)),
        visits=tuple(_visits(session, hall)),
        categories=tuple((known[code], count) for code, count in codes if code in known),
        unnamed=sum(count for code, count in codes if not code),
        day=day,
        today=open_spans(hours, day) if found.hours else None,
        covert=covert_now(session),
        same=linked(session, Hall, hall),
    )


def _visits(session: Session, hall: str) -> list[HallVisit]:
    visits = session.store.select(Visit, f"hall = ? AND {VISIT_STANDS}", hall)
    ids = [visit.id for visit in visits]
    _answers, findings, _files = count_facts(session, ids)
    events, days = phase_events(session, ids), newest_days(session, ids)
    sealed = {seal.visit for seal in session.store.select(Seal, "void IS NULL")}
    return [
        HallVisit(
            visit=visit,
            phase=current_phase(events.get(visit.id, ()), visit.id in sealed),
            day=days.get(visit.id, ""),
            findings=findings[visit.id],
        )
        for visit in reversed(visits)
    ]
