"""How the benchmarks measure: work of ours and a floor in turn, medians, ratios, memory."""

from __future__ import annotations

import gc
import math
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Check:
    """A figure with a limit of its own; `limit` is the largest value allowed, None for none."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def met(self) -> bool:
        """Whether the value is within its limit."""
        return self.limit is None or self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: seconds of ours and of the floor, and the largest ratio allowed."""

    name: str
    work: str
    floor_work: str
    ours: float
    floor: float
    target: float
    checks: tuple[Check, ...] = ()

    @property
    def ratio(self) -> float:
        """How many times the floor ours takes."""
        return self.ours / self.floor

    @property
    def met(self) -> bool:
        """Whether the ratio and every check are within their limits."""
        return self.ratio <= self.target and all(check.met for check in self.checks)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run on: a folder on a real disk, and whether small amounts are enough."""

    folder: Path
    quick: bool = False


@dataclass(slots=True)
class Timings:
    """Seconds of each round."""

    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)


def seconds(action: Callable[[], object], *, tidy: bool = True) -> float:
    """Run `action` and return how long it took, in seconds.

    tidy: garbage of what came before is not collected on this action's time. A look for it pushes
    what a short action needs out of the processor's caches, so those are measured without.
    """
    if tidy:
        gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def alternate(ours: Callable[[int], float], floor: Callable[[int], float], rounds: int) -> Timings:
    """Measure both in turn, each round beginning with the other one: the machine's load drifts.

    Each is given the number of the round and returns the seconds that count, so that preparing
    and cleaning up can be left out.
    """
    timings = Timings()
    for number in range(rounds):
        pair = [(timings.ours, ours), (timings.floor, floor)]
        for taken, measure in pair if number % 2 == 0 else reversed(pair):
            taken.append(measure(number))
    return timings


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def peak_memory() -> int:
    """Return the largest resident memory of this process so far, in bytes.

    Not `getrusage`: on Linux a fresh process inherits there what its parent had used.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    usage = psutil.Process().memory_info()
    return int(getattr(usage, "peak_wset", usage.rss))


def say(text: str) -> None:
    """Tell whoever waits what is going on."""
    print(text, file=sys.stderr, flush=True)
