"""Window states by round as papers show them: charts, and which sightings are worth a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.facts import effective
from inspector.domain.observations import round_states, stated
from inspector.domain.vocabulary import WindowState

if TYPE_CHECKING:
    from inspector.domain.entities import Round, Sighting, Window
    from inspector.domain.record import VisitRecord

_ORDINARY = frozenset({WindowState.SERVING, WindowState.IDLE, WindowState.NOT_LOOKED_AT})


def covers(round_: Round, window: Window) -> bool:
    """Return whether a round went where the window is."""
    floor_fits = not round_.floor or round_.floor == window.floor
    return floor_fits and (not round_.zone or round_.zone == window.zone)


def windows_in(record: VisitRecord, state: WindowState) -> set[str]:
    """Return the windows seen in `state` at least once, in a round or apart from one."""
    known = {window.id: window for window in record.windows}
    seen = {
        item.window
        for item in effective(record.sightings)
        if stated(item.state, known.get(item.window)) is state
    }
    for round_ in effective(record.rounds):
        seen |= {window for window, at in round_states(record, round_.id).items() if at is state}
    return seen


def windows_looked_at(record: VisitRecord) -> set[str]:
    """Return the windows that somebody looked at."""
    seen = {
        item.window
        for item in effective(record.sightings)
        if item.state is not WindowState.NOT_LOOKED_AT
    }
    for round_ in effective(record.rounds):
        states = round_states(record, round_.id)
        seen |= {window for window, at in states.items() if at is not WindowState.NOT_LOOKED_AT}
    return seen


def worth_telling(sighting: Sighting) -> bool:
    """Return whether a sighting stands in the timeline: more than ordinary service."""
    return sighting.state not in _ORDINARY or sighting.continuous or bool(sighting.note)
