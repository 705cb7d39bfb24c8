"""Units, halls and windows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import DayCalendar, Hall, Unit, Window
from inspector.domain.schedules import parse as parse_schedule
from inspector.domain.unit_tree import above
from inspector.operations.recording import fit, named, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspector.domain.changes import Changes
    from inspector.operations.session import Session


def hall_id(session: Session, code: str) -> str:
    """Return the id of a new hall: derived from its code, so that two imports make one hall."""
    return session.store.derived_id("hall", code) if code else session.store.new_id()


def add_hall(session: Session, hall: Hall, windows: Iterable[Window] = ()) -> Hall:
    """Add a place with its windows.

    Raises MingchaError `name_missing`, `hall_code_taken`, `window_nameless`.
    """
    hall = fit(hall)
    if not hall.name:
        raise MingchaError("name_missing")
    parse_schedule(hall.hours)
    hall = replace(hall, id=hall_id(session, hall.code))
    known = session.store.get(Hall, hall.id)
    if known and known.void is None:
        raise MingchaError("hall_code_taken", code=hall.code)
    session.store.save(hall, *(_of_hall(session, hall.id, window) for window in windows))
    return stored(session, hall)


def _of_hall(session: Session, hall: str, window: Window) -> Window:
    """Return a window as it is saved; its id rests on the number as stored, not as typed."""
    window = fit(window)
    return replace(window, id=window_id(session, hall, window.number, window.label), hall=hall)


def window_id(session: Session, hall: str, number: str, label: str = "") -> str:
    """Return the id of a window: derived from its hall and number, or label without a number.

    Raises MingchaError `window_nameless` if it has neither.
    """
    key = (number.strip(),) if number.strip() else ("", label.strip())
    if not key[-1]:
        raise MingchaError("window_nameless")
    return session.store.derived_id("window", hall, *key)


def add_windows(session: Session, hall: str, windows: Iterable[Window]) -> Changes:
    """Add or update windows of a hall by their number, or label where they have no number.

    Raises MingchaError `window_nameless`, and for hours that cannot be read.
    """
    own = []
    for window in windows:
        parse_schedule(window.hours)
        own.append(_of_hall(session, hall, window))
    return session.store.save(*own)


def numbered_windows(count: int, floors: Iterable[str]) -> list[Window]:
    """Return `count` windows numbered 01…, spread evenly over `floors`."""
    names = list(floors) or [""]
    per_floor = -(-count // len(names))
    width = max(2, len(str(count)))
    return [
        Window(
            id="",
            number=f"{number:0{width}d}",
            floor=names[(number - 1) // per_floor],
            position=number,
        )
        for number in range(1, count + 1)
    ]


def halls(session: Session) -> list[Hall]:
    """Return all places in order of entry."""
    return session.store.select(Hall, "void IS NULL")


def find_hall(session: Session, name: str) -> Hall:
    """Return a place by id, code or name. Raises MingchaError `hall_not_found`."""
    found = named(session, Hall, name)
    if found is None:
        raise MingchaError("hall_not_found", name=name.strip())
    return found


def windows_of(session: Session, hall: str) -> list[Window]:
    """Return the windows of a place in their order there."""
    found = session.store.select(Window, "hall = ? AND void IS NULL", hall)
    return sorted(found, key=lambda window: (window.position, window.number))


def unit_id(session: Session, key: str) -> str:
    """Return the id of a unit: derived from its code, or from its name if it has none."""
    return session.store.derived_id("unit", key)


def add_unit(session: Session, unit: Unit) -> Unit:
    """Add or update an organisation by its code.

    Raises MingchaError `name_missing`, `unit_circle`.
    """
    unit = fit(unit)
    if not unit.name:
        raise MingchaError("name_missing")
    unit = replace(unit, id=unit_id(session, unit.code or unit.name))
    parents = {each.id: each.parent for each in session.store.select(Unit)}
    if unit.id in above(parents | {unit.id: unit.parent}, unit.id):
        raise MingchaError("unit_circle", name=unit.name)
    session.store.save(unit)
    return stored(session, unit)


def set_calendar(
    session: Session, name: str, year: int, days: Mapping[str, str], source: str
) -> DayCalendar:
    """Record the holiday swaps of a year (`days`: ISO date to "work" or "rest")."""
    calendar = fit(DayCalendar(id="", name=name, year=year, days=dict(days), source=source))
    calendar = replace(
        calendar, id=session.store.derived_id("day_calendar", calendar.name, str(year))
    )
    session.store.save(calendar)
    return stored(session, calendar)
