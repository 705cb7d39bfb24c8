"""Journeys, looked up as people name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Trip
from inspector.domain.names import noun_name

if TYPE_CHECKING:
    from inspector.operations.session import Session


def trips(session: Session) -> list[Trip]:
    """Return all journeys in order of entry."""
    return session.store.select(Trip, "void IS NULL")


def find_trip(session: Session, name: str) -> Trip:
    """Return a journey by id, or by a name that only one has.

    Raises MingchaError `not_found`.
    """
    wanted = name.strip()
    found = [trip for trip in trips(session) if wanted in (trip.id, trip.name)]
    if len(found) != 1:
        raise MingchaError("not_found", kind=noun_name("trip"), name=wanted)
    return found[0]
