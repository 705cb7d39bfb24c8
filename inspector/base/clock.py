"""Wall-clock time as a recorded claim.

No rule of the program depends on the clock being right: a reading is written beside each
operation together with its zone, the identity of the running system and a monotonic counter,
so that a clock that was set back can be seen later.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

from inspector.base.values import frozen


@frozen
class Reading:
    """One look at the device's clocks.

    ms: milliseconds since 1970-01-01 UTC as the device claims; zone: minutes east of UTC;
    boot: 32 hex digits naming the run of the operating system; monotonic: milliseconds of a
    counter that never goes back within that run.
    """

    ms: int
    zone: int
    boot: str
    monotonic: int


class Clock(Protocol):
    """Where readings come from."""

    def read(self) -> Reading:
        """Look at the clocks now."""
        ...


class SystemClock:
    """The clocks of this machine."""

    def __init__(self) -> None:
        self._boot = _boot_id()

    def read(self) -> Reading:
        """Look at the clocks now."""
        ms = time.time_ns() // 1_000_000
        return Reading(
            ms=ms,
            zone=time.localtime(ms // 1000).tm_gmtoff // 60,
            boot=self._boot,
            monotonic=time.monotonic_ns() // 1_000_000,
        )


def _boot_id() -> str:
    """Return Linux's boot id; elsewhere a random one for the life of this process."""
    source = Path("/proc/sys/kernel/random/boot_id")
    if source.exists():
        return source.read_text(encoding="ascii").strip().replace("-", "")
    return os.urandom(16).hex()


def to_datetime(ms: int, zone: int) -> datetime:
    """Return the moment `ms` (since 1970 UTC) as a datetime in the zone `zone` (minutes east)."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=ms)
    return moment.astimezone(timezone(timedelta(minutes=zone)))


def to_ms(moment: datetime) -> int:
    """Return an aware datetime as milliseconds since 1970 UTC."""
    return (moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
