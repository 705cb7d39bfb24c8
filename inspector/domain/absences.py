"""Absences: what looks at windows, and watching them, allow one to say.

Only continuous watching gives a duration; separate looks give their moments. Only what lies inside
the opening hours counts, and a window that is covered by another, paused, closed or left with a
notice is never unattended. `domain.absence_text` puts absences into words.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.clocktext import clock, iso_day
from inspector.domain.entities import Fact, Sighting
from inspector.domain.facts import effective
from inspector.domain.hours import Opening, Timetable, is_open, open_overlap, timetable
from inspector.domain.observations import by_time, end_of, in_order, start_of, stated, timed
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import TimeSource, WindowState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.domain.entities import Window
    from inspector.domain.record import VisitRecord


@frozen
class Absence:
    """A window seen unattended within the opening hours, or where none are recorded.

    Watched: `start` and `end` (milliseconds since 1970 UTC, already cut to the hours; `clipped`
    says that watching went on outside them). Otherwise `moments` are the separate looks, each a
    different minute. `precision` is the coarsest of its times in seconds, `about` that one of them
    rests on memory. `certain` is how long it lasted at least (milliseconds), however wrong its
    times may be by that precision; the hours themselves are exact. `hours_known` is False where no
    opening hours could be applied.
    `sightings` names what it rests on; a sweep that found windows unattended is a look at each.
    `contradicted` names what saw something else at that time.
    """

    window: str
    observers: tuple[str, ...]
    sightings: tuple[str, ...]
    zone: int
    precision: int
    about: bool
    hours_known: bool
    people_waiting: int | None = None
    start: int | None = None
    end: int | None = None
    certain: int = 0
    clipped: bool = False
    contradicted: tuple[str, ...] = ()
    moments: tuple[int, ...] = ()

    @property
    def minutes(self) -> int | None:
        """Whole minutes elapsed, cut off; None if the window was not watched continuously."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start) // MINUTE_MS

    @property
    def first(self) -> int:
        """The moment by which absences are put in order."""
        return self.moments[0] if self.start is None else self.start


def absences(record: VisitRecord) -> tuple[Absence, ...]:
    """Return every absence that the visit's sightings allow to be stated, in order of time.

    Sightings without an observed time allow none: it cannot be told whether the place was open.
    “The rest of this zone” is one look at every window it names (`_looks_of_sweeps`).
    Each inspector's watching stands for itself; a noon break divides it into two absences.
    """
    known = {window.id: window for window in record.windows}
    order = {window.id: position for position, window in enumerate(in_order(record.windows))}
    result: list[Absence] = []
    sightings = sorted(_seen(record), key=lambda item: item.window)
    for window, group in groupby(sightings, key=lambda item: item.window):
        seen = sorted(group, key=by_time)
        hours = _hours_at(record, known.get(window))
        result += _watched(seen, hours, known.get(window))
        result += _looked_at(seen, hours, known.get(window))
    return tuple(
        sorted(result, key=lambda item: (item.first, order.get(item.window, -1), item.sightings))
    )


def was_closed(record: VisitRecord, look: Sighting) -> bool:
    """Return whether a window was seen empty while it was closed by its hours.

    Such a look says nothing of an absence. False where no hours are recorded, or it has no time.
    """
    window = next((each for each in record.windows if each.id == look.window), None)
    if look.observed_from is None or not _is_empty(look, window):
        return False
    hours = _hours_at(record, window)
    if _is_watched(look):
        return open_overlap(hours, start_of(look), end_of(look)) == ()
    return _opening(look, hours) is Opening.CLOSED


def looks_when_closed(record: VisitRecord) -> int:
    """Return how many looks `absences` leaves out as the window was closed; see `was_closed`."""
    return sum(was_closed(record, look) for look in _seen(record))


def _seen(record: VisitRecord) -> tuple[Sighting, ...]:
    """Return every look at a window that has a time."""
    return (*timed(record), *_looks_of_sweeps(record))


def _looks_of_sweeps(record: VisitRecord) -> Iterator[Sighting]:
    """Yield the looks that sweeps are.

    A sighting of the window itself stands above them: one in that round (as in `round_looks`), or
    watching that went on at that moment.
    """
    sightings = effective(record.sightings)
    own = {(item.round, item.window) for item in sightings}
    watched = [item for item in sightings if item.observed_from is not None and _is_watched(item)]
    shared = [name.name for name in fields(Fact)]
    for sweep in effective(record.sweeps):
        at = sweep.observed_from
        if at is None:
            continue
        during = {item.window for item in watched if start_of(item) <= at <= end_of(item)}
        values = {name: getattr(sweep, name) for name in shared}
        for window in sweep.windows:
            if (sweep.round, window) not in own and window not in during:
                yield Sighting(**values, round=sweep.round, window=window, state=sweep.state)


def _hours_at(record: VisitRecord, window: Window | None) -> Timetable:
    own = window.hours if window else {}
    return timetable(record.hall.hours, own, record.calendars, record.hall.zone_minutes)


def _watched(seen: list[Sighting], hours: Timetable, window: Window | None) -> Iterator[Absence]:
    """Yield the absences that continuous watching gives, one for each part inside the hours."""
    for chain in _chains(seen, window):
        start = min(start_of(item) for item in chain)
        end = max(item.observed_to or 0 for item in chain)
        inexact = 1000 * max(_precision(item) for item in chain)
        parts = open_overlap(hours, start, end)
        for first, last in ((start, end),) if parts is None else parts:
            yield _absence(
                chain,
                hours_known=parts is not None,
                span=(first, last),
                certain=max(0, min(last, end - inexact) - max(first, start + inexact)),
                clipped=(first, last) != (start, end),
                contradicted=tuple(
                    item.id
                    for item in seen
                    if _is_other(item, window) and _falls_into(item, first, last)
                ),
            )


def _chains(seen: list[Sighting], window: Window | None) -> Iterator[list[Sighting]]:
    """Yield runs of abutting or overlapping continuous sightings of one inspector."""
    watched = [item for item in seen if _is_empty(item, window) and _is_watched(item)]
    for _, group in groupby(
        sorted(watched, key=lambda item: (item.observer, start_of(item))),
        key=lambda item: item.observer,
    ):
        chain: list[Sighting] = []
        end = 0
        for item in group:
            if chain and start_of(item) > end:
                yield chain
                chain = []
            end = max(end, item.observed_to or 0) if chain else item.observed_to or 0
            chain.append(item)
        yield chain


def _falls_into(item: Sighting, first: int, last: int) -> bool:
    """Say whether `item` speaks of a time between `first` and `last`; a look certainly does."""
    if _is_watched(item):
        return max(start_of(item), first) < min(end_of(item), last)
    return first < start_of(item) and end_of(item) < last


def _looked_at(seen: list[Sighting], hours: Timetable, window: Window | None) -> Iterator[Absence]:
    """Yield one absence for each run of separate looks on a day with no other state in between."""
    others = [item for item in seen if _is_watched(item) and _is_other(item, window)]
    run: list[Sighting] = []
    for item in seen:
        if _is_empty(item, window):
            if _is_watched(item):
                continue
            if run and _day(item) != _day(run[-1]):
                yield from _looks(run, hours, others)
                run = []
            run.append(item)
        elif _is_other(item, window):
            yield from _looks(run, hours, others)
            run = []
    yield from _looks(run, hours, others)


def _looks(run: list[Sighting], hours: Timetable, others: list[Sighting]) -> Iterator[Absence]:
    """Yield the absence of a run of looks; `others` is the watching that found no absence."""
    openings = {item.id: _opening(item, hours) for item in run}
    inside = [item for item in run if openings[item.id] is not Opening.CLOSED]
    if not inside:
        return
    minutes = {
        clock(start_of(item), item.observed_zone): start_of(item) for item in reversed(inside)
    }
    yield _absence(
        inside,
        hours_known=Opening.UNKNOWN not in openings.values(),
        contradicted=tuple(
            other.id
            for other in others
            if any(
                start_of(other) < start_of(item) and end_of(item) < end_of(other) for item in inside
            )
        ),
        moments=tuple(sorted(minutes.values())),
    )


def _opening(item: Sighting, hours: Timetable) -> Opening:
    """Return whether the place was open; for a look within bounds, at both of them."""
    found = {is_open(hours, start_of(item)), is_open(hours, end_of(item))}
    if Opening.CLOSED in found:
        return Opening.CLOSED
    return Opening.UNKNOWN if Opening.UNKNOWN in found else Opening.OPEN


def _absence(
    items: list[Sighting],
    *,
    hours_known: bool,
    span: tuple[int, int] | None = None,
    certain: int = 0,
    clipped: bool = False,
    contradicted: tuple[str, ...] = (),
    moments: tuple[int, ...] = (),
) -> Absence:
    waiting = [item.people_waiting for item in items if item.people_waiting is not None]
    return Absence(
        window=items[0].window,
        observers=tuple(sorted({item.observer for item in items})),
        sightings=tuple(item.id for item in items),
        zone=items[0].observed_zone,
        precision=max(_precision(item) for item in items),
        about=any(item.time_source is TimeSource.MEMORY for item in items),
        hours_known=hours_known,
        people_waiting=max(waiting, default=None),
        start=span[0] if span else None,
        end=span[1] if span else None,
        certain=certain,
        clipped=clipped,
        contradicted=contradicted,
        moments=moments,
    )


def _precision(item: Sighting) -> int:
    """Return how exact the times of a sighting are, in seconds: a single look within bounds may
    have been at any moment between them.
    """
    if _is_watched(item):
        return item.time_precision
    return max(item.time_precision, -(-(end_of(item) - start_of(item)) // 1000))


def _is_empty(item: Sighting, window: Window | None) -> bool:
    return stated(item.state, window) is WindowState.UNATTENDED


def _is_watched(item: Sighting) -> bool:
    return item.continuous and item.observed_to is not None and item.observed_to > start_of(item)


def _is_other(item: Sighting, window: Window | None) -> bool:
    """Say whether a sighting says of the window that it was not unattended."""
    return not _is_empty(item, window) and item.state is not WindowState.NOT_LOOKED_AT


def _day(item: Sighting) -> str:
    return iso_day(start_of(item), item.observed_zone)
