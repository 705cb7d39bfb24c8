"""Opening hours: when an empty window means anything. Outside them no absence can be derived.

`domain.schedules` says how hours are recorded. A window's own hours replace the hall's, but for the
dates on which the hall is closed; empty ones inherit. Holiday swaps (`DayCalendar.days`): on a day
of rest only what names that very date is open. A weekend day turned into a working day has the
hours that all working days Monday to Friday share, because no calendar says whose timetable it
follows. Calendars that disagree: rest.
"""

from __future__ import annotations

from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime, to_ms
from inspector.base.errors import MingchaError
from inspector.base.values import frozen
from inspector.domain.facts import effective
from inspector.domain.schedules import NO_WEEK, ExtraKind, Schedule, Span, Spans, merged, parse
from inspector.domain.times import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspector.domain.entities import DayCalendar, Json

WORKING_DAYS = (1, 2, 3, 4, 5)
REST, WORK = "rest", "work"


class Opening(StrEnum):
    """What is known about one moment."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@frozen
class Timetable:
    """The hours that hold at one window: its schedule, the holiday swaps and the local zone."""

    schedule: Schedule
    zone: int
    swaps: Mapping[str, str] = field(default_factory=dict)


def timetable(hall: Json, window: Json, calendars: Iterable[DayCalendar], zone: int) -> Timetable:
    """Return the hours that hold at a window (`{}`: none of its own) of a hall in `zone`.

    On a date on which the hall is closed, so is a window whose own hours do not name that date.
    Hours that this version cannot read count as not recorded: they were checked when they were
    entered, so a newer version wrote them, and nothing may be derived from a guess.
    """
    try:
        schedule = _shut_with(parse(hall), parse(window)) if window else parse(hall)
    except MingchaError:
        schedule = Schedule()
    return Timetable(schedule, zone, swaps_of(calendars))


def _shut_with(hall: Schedule, window: Schedule) -> Schedule:
    """Return the hours of a window, closed on the dates on which its hall is."""
    named = {day for day, _ in window.dates}
    named.update(day for extra in window.extras for day in extra.dates)
    shut = tuple((day, spans) for day, spans in hall.dates if not spans and day not in named)
    return replace(window, dates=tuple(sorted((*window.dates, *shut)))) if shut else window


def swaps_of(calendars: Iterable[DayCalendar]) -> dict[str, str]:
    """Return the swapped days ("work" or "rest") of all calendars that are not void."""
    swaps: dict[str, str] = {}
    for calendar in effective(calendars):
        for day, kind in calendar.days.items():
            if kind == REST or (kind == WORK and swaps.get(day) != REST):
                swaps[day] = kind
    return swaps


def open_spans(timetable: Timetable, day: date) -> Spans | None:
    """Return when the place is open on `day`, merged and in order; () is closed, None not known.

    Where only single dates, extended hours or another season are recorded, the rest is not known.
    """
    schedule = timetable.schedule
    iso = day.isoformat()
    stated = dict(schedule.dates).get(iso)
    if stated is not None:
        return merged(stated)
    swap = timetable.swaps.get(iso)
    regular = _swapped_week(schedule, day) if _swaps_in(swap, day) else _weekday(schedule, day)
    if regular is None:
        return None
    if swap == REST:
        return merged(span for x in schedule.extras if x.names_date(day) for span in x.spans)
    return merged((*regular, *(span for x in schedule.extras if x.on(day) for span in x.spans)))


def is_open(timetable: Timetable, ms: int) -> Opening:
    """Return whether the place was open at the moment `ms`."""
    local = to_datetime(ms, timetable.zone)
    spans = open_spans(timetable, local.date())
    if spans is None:
        return Opening.UNKNOWN
    minute = local.hour * 60 + local.minute
    inside = any(span.start <= minute < span.end for span in spans)
    return Opening.OPEN if inside else Opening.CLOSED


def open_overlap(timetable: Timetable, start: int, end: int) -> tuple[tuple[int, int], ...] | None:
    """Return the parts of [start, end) (milliseconds) inside the hours, in order.

    None if the hours of any day it touches are not known; () if it lies outside them.
    """
    parts: list[tuple[int, int]] = []
    if end <= start:
        return ()
    day = to_datetime(start, timetable.zone).date()
    last = to_datetime(end - 1, timetable.zone).date()
    while day <= last:
        spans = open_spans(timetable, day)
        if spans is None:
            return None
        for span in spans:
            first = max(start, _moment(day, span.start, timetable.zone))
            final = min(end, _moment(day, span.end, timetable.zone))
            if first < final:
                _append(parts, first, final)
        day += timedelta(days=1)
    return tuple(parts)


def shared(one: Spans, other: Spans) -> Spans:
    """Return the time inside both."""
    both = (Span(max(a.start, b.start), min(a.end, b.end)) for a in one for b in other)
    return merged(span for span in both if span.start < span.end)


def _swaps_in(swap: str | None, day: date) -> bool:
    return swap == WORK and day.isoweekday() not in WORKING_DAYS


def _weekday(schedule: Schedule, day: date, weekday: int | None = None) -> Spans | None:
    """Return the hours of a day of the week on that date, its extended hours included."""
    number = weekday or day.isoweekday()
    regular = _regular(schedule, day, number)
    if regular is None:
        return None
    return merged(
        (*regular, *(s for x in schedule.extras if number in x.weekdays for s in x.spans))
    )


def _regular(schedule: Schedule, day: date, weekday: int) -> Spans | None:
    for season in schedule.seasons:
        seasonal = season.week[weekday - 1]
        if seasonal is not None and season.covers((day.month, day.day)):
            return seasonal
    stated = schedule.week[weekday - 1]
    if stated is not None:
        return stated
    if schedule.week != NO_WEEK or _only_markets(schedule):
        return ()
    in_season = any(season.covers((day.month, day.day)) for season in schedule.seasons)
    return () if in_season else None


def _only_markets(schedule: Schedule) -> bool:
    """Say whether market days are the regular hours, so that all other days are closed."""
    kinds = {extra.kind for extra in schedule.extras}
    return not schedule.seasons and ExtraKind.MARKET in kinds


def _swapped_week(schedule: Schedule, day: date) -> Spans | None:
    """Return the hours that the working days Monday to Friday share in that part of the year."""
    days = [_weekday(schedule, day, number) for number in WORKING_DAYS]
    if any(spans is None for spans in days):
        return None
    working = [spans for spans in days if spans]
    return reduce(shared, working) if working else ()


def _moment(day: date, minute: int, zone: int) -> int:
    midnight = to_ms(datetime(day.year, day.month, day.day, tzinfo=UTC))
    return midnight + (minute - zone) * MINUTE_MS


def _append(parts: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a part; one that goes on where the last one ended (midnight) continues it."""
    if parts and parts[-1][1] == start:
        parts[-1] = (parts[-1][0], end)
    else:
        parts.append((start, end))
