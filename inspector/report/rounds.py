"""Window states by round as papers show them in charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.absences import absences
from inspector.domain.facts import effective
from inspector.domain.observations import round_states
from inspector.domain.vocabulary import WindowState

if TYPE_CHECKING:
    from inspector.domain.entities import Round, Window
    from inspector.domain.record import VisitRecord


def covers(round_: Round, window: Window) -> bool:
    """Return whether a round went where the window is."""
    floor_fits = not round_.floor or round_.floor == window.floor
    return floor_fits and (not round_.zone or round_.zone == window.zone)


def times_unattended(record: VisitRecord) -> dict[str, int]:
    """Return the windows seen unattended with how often: in rounds, by single looks, watched.

    In the order of the hall. It counts what `absences` allows to be stated: nothing outside of the
    opening hours, looks within one minute once, watching without a break once.
    """
    looks: dict[str, set[object]] = {}
    for absence in absences(record):
        seen = absence.moments or (absence.sightings,)
        looks.setdefault(absence.window, set()).update(seen)
    order = {window.id: (window.position, window.number) for window in record.windows}
    last = (max((place[0] for place in order.values()), default=0) + 1, "")
    return {
        each: len(looks[each])
        for each in sorted(looks, key=lambda one: (order.get(one, last), one))
    }


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
