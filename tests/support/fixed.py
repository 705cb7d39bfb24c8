"""A clock that stands where it is set and bytes that repeat: the same test, the same record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from inspector.base.clock import Reading, to_ms

SHANGHAI = timezone(timedelta(hours=8))
START = datetime(2026, 3, 4, 9, 30, tzinfo=SHANGHAI)


@dataclass
class FixedClock:
    """Shows `start` plus what it was advanced by; each reading may step on by `step_ms`."""

    start: datetime = START
    step_ms: int = 0
    boot: str = "0" * 32
    elapsed_ms: int = 0

    def read(self) -> Reading:
        """Return the present reading, then step on."""
        offset = self.start.utcoffset() or timedelta(0)
        reading = Reading(
            ms=to_ms(self.start) + self.elapsed_ms,
            zone=int(offset.total_seconds() // 60),
            boot=self.boot,
            monotonic=self.elapsed_ms,
        )
        self.elapsed_ms += self.step_ms
        return reading

    def advance(self, *, minutes: int = 0, seconds: int = 0, ms: int = 0) -> None:
        """Let time pass."""
        self.elapsed_ms += (minutes * 60 + seconds) * 1000 + ms


@dataclass
class CountingEntropy:
    """Bytes from SHA-256 of a counter: never the same twice, the same in every run."""

    seed: str = ""
    count: int = 0

    def __call__(self, count: int, /) -> bytes:
        """Return the next `count` bytes."""
        drawn = b""
        while len(drawn) < count:
            drawn += hashlib.sha256(f"{self.seed}:{self.count}".encode()).digest()
            self.count += 1
        return drawn[:count]
