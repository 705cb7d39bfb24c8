"""A depot that fails as media and servers do, by a seed: the same seed, the same failures.

It stands before any real depot and keeps its contract while no fault is set. A fault is set for
one call to come (`next_fault`) or drawn for every call (`chance`). What it did is in `happened`.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.sync.depots.protocol import GONE, Depot, DepotError, Entry, Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Fault(StrEnum):
    """What can go wrong with one call."""

    CRASH_BEFORE = "crash before"  # a write: the program dies, nothing was written
    CRASH_AFTER = "crash after"  # a write: the object is there, the program dies
    TORN = "torn"  # a write: half of it under its final name, then away
    EMPTY = "empty"  # a write: no byte of it under its final name, then away
    LIED = "lied"  # a write: acknowledged though only half was kept
    LOST_ANSWER = "lost answer"  # a write or removal: done, but the answer says away
    STALE = "stale"  # a listing: as it was when the last one but some was asked for
    REORDERED = "reordered"  # a listing: in another order
    SHORT = "short"  # a listing: breaks off in the middle
    FULL = "full"
    DENIED = "denied"
    AWAY = "away"  # from now on, until `plug_in`
    OTHER = "other"  # another depot is in its place from now on, until `plug_in`
    ROT = "rot"  # a read: one bit of what lies there has turned over


#: What each kind of call can suffer.
WRITING = (
    Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.TORN, Fault.EMPTY, Fault.LIED, Fault.LOST_ANSWER,
    Fault.FULL, Fault.DENIED, Fault.AWAY, Fault.OTHER,
)  # fmt: skip
LISTING = (Fault.STALE, Fault.REORDERED, Fault.SHORT, Fault.AWAY, Fault.OTHER)
READING = (Fault.ROT, Fault.AWAY, Fault.OTHER)
REMOVING = (Fault.CRASH_BEFORE, Fault.LOST_ANSWER, Fault.DENIED, Fault.AWAY)


class Crashed(BaseException):
    """The program ended here; nothing of it runs on. Not an Exception, so nobody catches it."""


@dataclass
class FaultyDepot:
    """`inner` with faults. `other`: what is found in its place after Fault.OTHER.

    chance: of each call to fail by itself, drawn with `seed`; 0 leaves only what is set.
    """

    inner: Depot
    seed: int = 0
    chance: float = 0.0
    other: Depot | None = None
    happened: list[tuple[Fault, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with everything in order."""
        self._random = random.Random(self.seed)
        self._next: list[Fault] = []
        self._away = False
        self._swapped = False
        self._listings: dict[tuple[str, bool], list[Entry]] = {}

    @property
    def place(self) -> str:
        """As the depot behind is called."""
        return self._there.place

    @property
    def lists_at_once(self) -> bool:
        """As the inner one."""
        return self.inner.lists_at_once

    @property
    def requests(self) -> int:
        """As often as the depot behind was asked."""
        return self.inner.requests

    def next_fault(self, *faults: Fault) -> None:
        """Let these faults happen, each at the next call that can suffer it, in this order."""
        self._next.extend(faults)

    def plug_in(self) -> None:
        """The right medium is back and works."""
        self._away = self._swapped = False
        self._next.clear()

    def read(self, name: str, limit: int) -> bytes:
        """Read, or suffer."""
        fault = self._drawn(READING, name)
        if fault is Fault.ROT:
            self.rot(name)
        return self._there.read(name, limit)

    def write(self, name: str, data: bytes) -> None:
        """Write, or suffer."""
        fault = self._drawn(WRITING, name)
        if fault in (Fault.CRASH_BEFORE, Fault.FULL, Fault.DENIED):
            self._fail(fault)
        kept = {Fault.TORN: len(data) // 2, Fault.LIED: len(data) // 2, Fault.EMPTY: 0}
        there = self._there
        there.write(name, data[: kept.get(fault, len(data))] if fault else data)
        if fault in (Fault.TORN, Fault.EMPTY):
            self._away = True
        if fault in (Fault.CRASH_AFTER, Fault.TORN, Fault.EMPTY, Fault.LOST_ANSWER):
            self._fail(fault)

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Write one after the other, each of which may suffer."""
        for name, data in objects:
            self.write(name, data)

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List, or suffer."""
        fault = self._drawn(LISTING, folder)
        found = list(self._there.entries(folder, below=below))
        before = self._listings.get((folder, below), [])
        if not self._swapped:
            self._listings[folder, below] = found
        if fault is Fault.STALE:
            found = before
        elif fault is Fault.REORDERED:
            found = self._random.sample(found, len(found))
        yield from found[: len(found) // 2] if fault is Fault.SHORT else found
        if fault is Fault.SHORT:
            self._fail(fault)

    def remove(self, name: str) -> None:
        """Remove, or suffer."""
        fault = self._drawn(REMOVING, name)
        if fault in (Fault.CRASH_BEFORE, Fault.DENIED):
            self._fail(fault)
        self._there.remove(name)
        if fault is Fault.LOST_ANSWER:
            self._fail(fault)

    def free(self) -> int | None:
        """As the depot behind says."""
        self._require_plugged()
        return self._there.free()

    def close(self) -> None:
        """Close the depot behind."""
        self.inner.close()

    def rot(self, name: str) -> bool:
        """Turn one bit of an object over, wherever the seed says. False if there is none."""
        try:
            data = bytearray(self._there.read(name, 1 << 30))
        except Missing:
            return False
        if not data:
            return False
        data[self._random.randrange(len(data))] ^= 1 << self._random.randrange(8)
        self._there.write(name, bytes(data))
        self.happened.append((Fault.ROT, name))
        return True

    def rot_any(self, choose: Callable[[str], bool] = bool) -> str | None:
        """Turn one bit of any object over whose name `choose` takes; return its name."""
        there = sorted(e.name for e in self.inner.entries("", below=True) if choose(e.name))
        name = self._random.choice(there) if there else None
        return name if name is not None and self.rot(name) else None

    @property
    def _there(self) -> Depot:
        return self.other if self._swapped and self.other is not None else self.inner

    def _require_plugged(self) -> None:
        if self._away:
            raise DepotError("away", self.place, GONE)

    def _drawn(self, possible: tuple[Fault, ...], name: str) -> Fault | None:
        """Return what this call suffers, having done what does not depend on the call."""
        self._require_plugged()
        fault = next((each for each in self._next if each in possible), None)
        if fault is not None:
            self._next.remove(fault)
        elif self._random.random() < self.chance:
            fault = self._random.choice(possible)
        if fault is Fault.OTHER and self.other is None:
            fault = Fault.AWAY
        if fault is not None and fault is not Fault.ROT:
            self.happened.append((fault, name))
        if fault is Fault.OTHER:
            self._swapped = True
        if fault is Fault.AWAY:
            self._away = True
        self._require_plugged()
        return fault

    def _fail(self, fault: Fault | None) -> None:
        if fault in (Fault.CRASH_BEFORE, Fault.CRASH_AFTER):
            raise Crashed(fault)
        if fault is Fault.FULL:
            raise DepotError("full", self.place, "fault")
        if fault is Fault.DENIED:
            raise DepotError("denied", self.place, "fault")
        raise DepotError("away", self.place, "fault")
