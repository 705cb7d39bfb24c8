"""Window states by round: what was looked at, and what counts of several looks.

A round starts with nothing looked at and nothing carries over. `domain.absences` says what looks at
an empty window come to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.values import frozen
from inspector.domain.facts import effective
from inspector.domain.vocabulary import WindowState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.domain.entities import Fact, Sighting, Sweep, Window
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
    for sweep in sorted(sweeps, key=by_time):
        for window in sweep.windows:
            looks[window] = Look(stated(sweep.state, known.get(window)), sweep)
    for sighting in sorted(sightings, key=by_time):
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
    for sighting in sorted(_seen_meanwhile(record, round_id), key=end_of):
        before = looks.get(sighting.window)
        if before is not None and (before.fact is None or end_of(before.fact) < end_of(sighting)):
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
        for item in timed(record)
        if not item.round and start_of(item) >= begin and (end is None or end_of(item) < end)
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


def timed(record: VisitRecord) -> Iterator[Sighting]:
    """Return the sightings of a visit that have a time."""
    return (item for item in effective(record.sightings) if item.observed_from is not None)


def start_of(item: Sighting) -> int:
    """Return the first moment that a sighting speaks of, 0 without a time."""
    return item.observed_from or 0


def end_of(item: Fact) -> int:
    """Return the last moment that a fact speaks of, 0 without a time."""
    return item.observed_to or item.observed_from or 0


def by_time(item: Fact) -> tuple[bool, int, str]:
    """Order by observed time; facts without one come first, ids settle equal times."""
    return (item.observed_from is not None, item.observed_from or 0, item.id)


def in_order(windows: Iterable[Window]) -> list[Window]:
    """Return windows in the order of the hall."""
    return sorted(windows, key=lambda item: (item.position, item.number, item.id))


def _in_scope(record: VisitRecord, floor: str, zone: str) -> list[str]:
    """Return the ids of the windows of a floor and zone ("" for all), in order."""
    return [
        window.id
        for window in in_order(effective(record.windows))
        if floor in ("", window.floor) and zone in ("", window.zone)
    ]
