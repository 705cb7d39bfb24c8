"""Window states by round, and absences: what watching windows allows one to say.

A round starts with nothing looked at and nothing carries over. Only continuous watching gives a
duration; separate looks give their moments. Only what lies inside the opening hours counts, and a
window that is covered by another, paused, closed or left with a notice is never unattended.
`domain.absence_text` puts absences into words.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.values import frozen
from inspector.domain.clocktext import clock, iso_day
from inspector.domain.entities import Fact, Sighting
from inspector.domain.facts import effective
from inspector.domain.hours import Opening, Timetable, is_open, open_overlap, timetable
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import TimeSource, WindowState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.domain.entities import Sweep, Window
    from inspector.domain.record import VisitRecord

#: States of ordinary service.
_ORDINARY = frozenset({WindowState.NOT_LOOKED_AT, WindowState.SERVING, WindowState.IDLE})


def worth_telling(sighting: Sighting) -> bool:
    """Return whether a sighting has a line of its own on the timeline.

    Ordinary service has none where a round tells of it: thirty such looks are made in one. A single
    look stands nowhere else.
    """
    if sighting.state not in _ORDINARY or sighting.continuous or sighting.note:
        return True
    return not sighting.round and sighting.state is not WindowState.NOT_LOOKED_AT


@frozen
class Absence:
    """A window seen unattended within the opening hours, or where none are recorded.

    Watched: `start` and `end` (milliseconds since 1970 UTC, already cut to the hours; `clipped`
    says that watching went on outside them). Otherwise `moments` are the separate looks, each a
    different minute. `precision` is the coarsest of its times in seconds, `about` that one of them
    rests on memory. `hours_known` is False where no opening hours could be applied.
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


@frozen
class Look:
    """What the last look at a window in a round said; `fact` is None where nobody looked yet."""

    state: WindowState = WindowState.NOT_LOOKED_AT
    fact: Sighting | Sweep | None = None


def round_states(record: VisitRecord, round_id: str) -> dict[str, WindowState]:
    """Return the state of each window of a round, in the order of the windows.

    See `round_looks`, which raises the same.
    """
    return {window: look.state for window, look in round_looks(record, round_id).items()}


def round_looks(record: VisitRecord, round_id: str) -> dict[str, Look]:
    """Return the look that counts for each window of a round, in the order of the windows.

    Windows in the round's scope begin as NOT_LOOKED_AT. A sweep fills the windows it names; a
    window's own sighting in that round stands above any sweep, whichever was entered first. Of
    several sightings the one observed last counts. Raises MingchaError `round_not_found`.
    """
    found = next((item for item in effective(record.rounds) if item.id == round_id), None)
    if found is None:
        raise MingchaError("round_not_found")
    known = {window.id: window for window in record.windows}
    looks = dict.fromkeys(_in_scope(record, found.floor, found.zone), Look())
    sweeps = [item for item in effective(record.sweeps) if item.round == round_id]
    sightings = [item for item in effective(record.sightings) if item.round == round_id]
    for sweep in sorted(sweeps, key=_by_time):
        for window in sweep.windows:
            looks[window] = Look(stated(sweep.state, known.get(window)), sweep)
    for sighting in sorted(sightings, key=_by_time):
        state = stated(sighting.state, known.get(sighting.window))
        looks[sighting.window] = Look(state, sighting)
    return looks


def latest_looks(record: VisitRecord, round_id: str) -> dict[str, Look]:
    """Return what is known last of each window of a round, by observed time.

    It is the look that counts (`round_looks`, which raises the same), unless the window was seen
    later than that while the round went on and noted outside of it, as by notes typed elsewhere or
    by watching without a break. A round goes on until the next one begins.
    """
    looks = round_looks(record, round_id)
    for sighting in sorted(_seen_meanwhile(record, round_id), key=_until):
        before = looks.get(sighting.window)
        if before is not None and (before.fact is None or _until(before.fact) < _until(sighting)):
            known = {window.id: window for window in record.windows}
            state = stated(sighting.state, known.get(sighting.window))
            looks[sighting.window] = Look(state, sighting)
    return looks


def _seen_meanwhile(record: VisitRecord, round_id: str) -> list[Sighting]:
    """Return what was seen while a round went on and belongs to no round."""
    begins = {item.id: item.observed_from for item in effective(record.rounds)}
    begin = begins[round_id]
    if begin is None:
        return []
    end = min((at for at in begins.values() if at is not None and at > begin), default=None)
    return [
        item
        for item in _timed(record)
        if not item.round and _start(item) >= begin and (end is None or _until(item) < end)
    ]


def sweep_targets(
    record: VisitRecord, round_id: str, floor: str = "", zone: str = ""
) -> tuple[str, ...]:
    """Return the windows that “the rest of this zone” means now, to be written into a Sweep.

    Those of the round's scope (narrowed to `floor` and `zone`, "" for all) that nobody saw while it
    went on (`latest_looks`). Raises MingchaError `round_not_found`.
    """
    narrowed = set(_in_scope(record, floor, zone))
    return tuple(
        window
        for window, look in latest_looks(record, round_id).items()
        if look.state is WindowState.NOT_LOOKED_AT and window in narrowed
    )


def stated(state: WindowState, window: Window | None) -> WindowState:
    """Return what `state` says of `window`: empty but covered by another is COVERED."""
    covered = window is not None and window.covered_by is not None
    return WindowState.COVERED if covered and state is WindowState.UNATTENDED else state


def absences(record: VisitRecord) -> tuple[Absence, ...]:
    """Return every absence that the visit's sightings allow to be stated, in order of time.

    Sightings without an observed time allow none: it cannot be told whether the place was open.
    “The rest of this zone” is one look at every window it names (`_looks_of_sweeps`).
    Each inspector's watching stands for itself; a noon break divides it into two absences.
    """
    known = {window.id: window for window in record.windows}
    order = {window.id: position for position, window in enumerate(_ordered(record.windows))}
    result: list[Absence] = []
    sightings = sorted((*_timed(record), *_looks_of_sweeps(record)), key=lambda item: item.window)
    for window, group in groupby(sightings, key=lambda item: item.window):
        seen = sorted(group, key=_by_time)
        hours = _hours_at(record, known.get(window))
        result += _watched(seen, hours, known.get(window))
        result += _looked_at(seen, hours, known.get(window))
    return tuple(
        sorted(result, key=lambda item: (item.first, order.get(item.window, -1), item.sightings))
    )


def _timed(record: VisitRecord) -> Iterator[Sighting]:
    return (item for item in effective(record.sightings) if item.observed_from is not None)


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
        during = {item.window for item in watched if _start(item) <= at <= _until(item)}
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
        start = min(_start(item) for item in chain)
        end = max(item.observed_to or 0 for item in chain)
        parts = open_overlap(hours, start, end)
        for first, last in ((start, end),) if parts is None else parts:
            yield _absence(
                chain,
                hours_known=parts is not None,
                span=(first, last),
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
        sorted(watched, key=lambda item: (item.observer, _start(item))),
        key=lambda item: item.observer,
    ):
        chain: list[Sighting] = []
        end = 0
        for item in group:
            if chain and _start(item) > end:
                yield chain
                chain = []
            end = max(end, item.observed_to or 0) if chain else item.observed_to or 0
            chain.append(item)
        yield chain


def _falls_into(item: Sighting, first: int, last: int) -> bool:
    """Say whether `item` speaks of a time between `first` and `last`; a look certainly does."""
    if _is_watched(item):
        return max(_start(item), first) < min(_until(item), last)
    return first < _start(item) and _until(item) < last


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
    minutes = {clock(_start(item), item.observed_zone): _start(item) for item in reversed(inside)}
    yield _absence(
        inside,
        hours_known=Opening.UNKNOWN not in openings.values(),
        contradicted=tuple(
            other.id
            for other in others
            if any(_start(other) < _start(item) and _until(item) < _until(other) for item in inside)
        ),
        moments=tuple(sorted(minutes.values())),
    )


def _opening(item: Sighting, hours: Timetable) -> Opening:
    """Return whether the place was open; for a look within bounds, at both of them."""
    found = {is_open(hours, _start(item)), is_open(hours, item.observed_to or _start(item))}
    if Opening.CLOSED in found:
        return Opening.CLOSED
    return Opening.UNKNOWN if Opening.UNKNOWN in found else Opening.OPEN


def _absence(
    items: list[Sighting],
    *,
    hours_known: bool,
    span: tuple[int, int] | None = None,
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
    return max(item.time_precision, -(-(_until(item) - _start(item)) // 1000))


def _is_empty(item: Sighting, window: Window | None) -> bool:
    return stated(item.state, window) is WindowState.UNATTENDED


def _is_watched(item: Sighting) -> bool:
    return item.continuous and item.observed_to is not None and item.observed_to > _start(item)


def _start(item: Sighting) -> int:
    return item.observed_from or 0


def _until(item: Fact) -> int:
    """Return the last moment that a fact speaks of, 0 without a time."""
    return item.observed_to or item.observed_from or 0


def _is_other(item: Sighting, window: Window | None) -> bool:
    """Say whether a sighting says of the window that it was not unattended."""
    return not _is_empty(item, window) and item.state is not WindowState.NOT_LOOKED_AT


def _day(item: Sighting) -> str:
    return iso_day(_start(item), item.observed_zone)


def _by_time(item: Fact) -> tuple[bool, int, str]:
    """Order by observed time; facts without one come first, ids settle equal times."""
    return (item.observed_from is not None, item.observed_from or 0, item.id)


def _ordered(windows: Iterable[Window]) -> list[Window]:
    return sorted(windows, key=lambda item: (item.position, item.number, item.id))


def _in_scope(record: VisitRecord, floor: str, zone: str) -> list[str]:
    """Return the ids of the windows of a floor and zone ("" for all), in order."""
    return [
        window.id
        for window in _ordered(effective(record.windows))
        if floor in ("", window.floor) and zone in ("", window.zone)
    ]
