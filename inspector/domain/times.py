"""Observed time: what was seen when, by whom, and what the time rests on.

It stands beside the automatic time of entry (`Entered`); paper prints both. Phase and
acquisition follow observer and observed time, never the moment of entry.
"""

from __future__ import annotations

from typing import Any

from inspector.base.values import frozen
from inspector.domain.vocabulary import TimeSource

MINUTE_MS = 60_000
#: Clocks of people and devices differ by a few minutes.
CLOCKS_DIFFER_MS = 5 * MINUTE_MS

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


@frozen
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


def lies_ahead(start: int | None, end: int | None, now: int) -> bool:
    """Tell whether an observed time lies after `now` by more than clocks differ. Milliseconds."""
    return max(start or 0, end or 0) > now + CLOCKS_DIFFER_MS
