"""Moments of the visit's day, and what every fact of it says of its times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from inspector.domain.entities import Entered
from inspector.domain.vocabulary import TimeSource

ZONE = 480
CHINA = timezone(timedelta(minutes=ZONE))


def at(hour: int, minute: int, second: int = 0, day: int = 20) -> int:
    """Return a moment of the visit's day in milliseconds."""
    moment = datetime(2026, 11, day, hour, minute, second, tzinfo=CHINA)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def typed(by: str, hour: int, minute: int) -> Entered:
    return Entered(by, at(hour, minute), ZONE)


def seen(hour: int, minute: int, *, to: int | None = None, by: str = "p1", **fields) -> dict:
    values = {
        "visit": "v1",
        "observer": by,
        "observed_from": at(hour, minute),
        "observed_to": to,
        "time_source": TimeSource.STOPWATCH,
        "time_precision": 1,
        "entered": typed(by, 13, 5),
    }
    return values | fields
