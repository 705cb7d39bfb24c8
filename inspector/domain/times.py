"""Observed time: what was seen when, by whom, and what the time rests on.

It stands beside the automatic time of entry (`Entered`); paper prints both. Phase and
acquisition follow observer and observed time, never the moment of entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from inspector.domain.vocabulary import TimeSource

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS

#: Precision in seconds that a source gives if nothing else is said.
DEFAULT_PRECISION: dict[TimeSource, int] = {
    TimeSource.LIVE: 1,
    TimeSource.STOPWATCH: 1,
    TimeSource.PHOTOGRAPH: 1,
    TimeSource.TICKET: 60,
    TimeSource.HALL_CLOCK: 60,
    TimeSource.NOTE: 60,
    TimeSource.MEMORY: 300,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """Who saw something, and when.

    observer: id of a person; start/end: milliseconds since 1970 UTC, `end` only for an
    interval; zone: minutes east of UTC at the place; precision: seconds.
    """

    observer: str
    start: int | None
    end: int | None
    zone: int
    source: TimeSource
    precision: int

    def fields(self) -> dict[str, Any]:
        """Return the fields of a `Fact` that this fills."""
        return {
            "observer": self.observer,
            "observed_from": self.start,
            "observed_to": self.end,
            "observed_zone": self.zone,
            "time_source": self.source,
            "time_precision": self.precision,
        }
