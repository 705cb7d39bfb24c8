"""Registers: the places with how often they were visited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.domain.entities import Hall
from inspector.operations.volumes import newest_days

if TYPE_CHECKING:
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class HallRow:
    """A place in the register. this_year: visits on its newest day of this year; last: ISO day.

    A visit that is only prepared counts for neither.
    """

    hall: Hall
    windows: int
    this_year: int
    last: str


def hall_rows(session: Session) -> list[HallRow]:
    """Return all places in order of entry, with their windows and visits counted."""
    store = session.store
    reading = store.clock.read()
    year = str(to_datetime(reading.ms, reading.zone).year)
    windows = dict(
        store.db.execute("SELECT hall, count(*) FROM window WHERE void IS NULL GROUP BY hall")
    )
    days: dict[str, list[str]] = {}
    newest = newest_days(session)
    for visit, hall in store.db.execute(
        "SELECT id, hall FROM visit WHERE void IS NULL AND supplement_of IS NULL"
    ):
        if visit in newest:
            days.setdefault(hall, []).append(newest[visit])
    return [
        HallRow(
            hall=hall,
            windows=windows.get(hall.id, 0),
            this_year=sum(day.startswith(year) for day in days.get(hall.id, ())),
            last=max(days.get(hall.id, ()), default=""),
        )
        for hall in store.select(Hall, "void IS NULL")
    ]
