"""Withdrawing and editing what visits rest on: places, windows, members, journeys.

Nothing is deleted, and what is sealed keeps the values it was sealed with. A withdrawn place or
member can no longer be chosen but stays with the visits that name it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.entities import (
    Fact,
    Finding,
    Hall,
    Person,
    Remark,
    Seal,
    Sighting,
    Sweep,
    Trip,
    Visit,
    Wait,
    Window,
)
from inspector.domain.schedules import parse as parse_schedule
from inspector.operations.recording import amend, get, void

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.changes import Changes
    from inspector.operations.session import Session

_NAMING_A_WINDOW: tuple[type[Fact], ...] = (Sighting, Wait, Remark, Finding)


def edit_hall(session: Session, hall: str, fields: Mapping[str, Any]) -> Changes:
    """Change fields of a place. Raises MingchaError `name_missing`, `hours_invalid`.

    Its code stays: a table recognises the place by it.
    """
    changed = replace(get(session, Hall, hall), **fields)
    _require_name(changed)
    parse_schedule(changed.hours)
    return amend(session, Hall, hall, fields)


def edit_window(session: Session, window: str, fields: Mapping[str, Any]) -> Changes:
    """Change fields of a window. Raises MingchaError `hours_invalid`."""
    parse_schedule(replace(get(session, Window, window), **fields).hours)
    return amend(session, Window, window, fields)


def edit_person(session: Session, person: str, fields: Mapping[str, Any]) -> Changes:
    """Change fields of a member. Raises MingchaError `name_missing`."""
    _require_name(replace(get(session, Person, person), **fields))
    return amend(session, Person, person, fields)


def withdraw_window(session: Session, window: str, reason: str) -> Changes:
    """Withdraw a window. Raises MingchaError `window_in_use` if an open visit has seen it."""
    found = get(session, Window, window)
    if any(_names(session, visit, window) for visit in _open_visits(session, found.hall)):
        raise MingchaError("window_in_use", number=found.number)
    return void(session, Window, window, reason)


def withdraw_person(session: Session, person: str, reason: str) -> Changes:
    """Withdraw a member; one who was typing on this computer no longer is."""
    changes = void(session, Person, person, reason)
    if session.store.user == person:
        session.store.set_local("user", "")
    return changes


def withdraw_trip(session: Session, trip: str, reason: str) -> Changes:
    """Withdraw a journey. Raises MingchaError `trip_in_use`: visits rest on its authority."""
    if session.store.select(Visit, "trip = ? AND void IS NULL", trip):
        raise MingchaError("trip_in_use", name=get(session, Trip, trip).name)
    return void(session, Trip, trip, reason)


def _require_name(entity: Hall | Person) -> None:
    if not entity.name.strip():
        raise MingchaError("name_missing")


def _open_visits(session: Session, hall: str) -> list[str]:
    sealed = {seal.visit for seal in session.store.select(Seal, "void IS NULL")}
    found = session.store.select(Visit, "hall = ? AND void IS NULL", hall)
    return [visit.id for visit in found if visit.id not in sealed]


def _names(session: Session, visit: str, window: str) -> bool:
    """Tell whether a fact of the visit that is not withdrawn is about the window."""
    store = session.store
    if any(
        store.select(cls, "visit = ? AND window = ? AND void IS NULL", visit, window)
        for cls in _NAMING_A_WINDOW
    ):
        return True
    sweeps = store.select(Sweep, "visit = ? AND void IS NULL", visit)
    return any(window in sweep.windows for sweep in sweeps)
