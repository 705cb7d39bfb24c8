"""A depot that fails in the ways in which sticks, shares and servers do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from inspector.sync.depots.protocol import DepotError, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

    from inspector.sync.depots.folder import FolderDepot

Fault = Literal[
    *("none", "before", "torn", "empty", "lost_ack"),
    *("full", "denied", "vanishing", "stale", "shuffled"),
]
FAULTS: tuple[Fault, ...] = get_args(Fault)


class FaultyDepot:
    """Hands everything on to a folder until the fault comes, at the `at`-th write or request.

    before: nothing is written; torn, empty: half of it or nothing lies under the final name;
    lost_ack: it is there and nobody is told; stale: a listing lacks objects; shuffled: it comes in
    another order; vanishing: from some request on nothing answers.
    """

    def __init__(
        self, depot: FolderDepot, root: Path, fault: Fault, at: int, chance: Random
    ) -> None:
        self.place = depot.place
        self._depot = depot
        self._root = root
        self._fault = fault
        self._at = at
        self._chance = chance
        self._writes = 0
        self._asked = 0

    @property
    def requests(self) -> int:
        """How often the place was asked."""
        return self._depot.requests

    def read(self, name: str, limit: int) -> bytes:
        """Read as the folder does."""
        self._ask()
        return self._depot.read(name, limit)

    def write(self, name: str, data: bytes) -> None:
        """Write, unless the fault is due."""
        self._ask()
        self._writes += 1
        if self._writes == self._at:
            self._fail(name, data)
        self._depot.write(name, data)

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List, perhaps without some objects or in another order."""
        self._ask()
        listed = list(self._depot.entries(folder, below=below))
        if self._fault == "shuffled":
            self._chance.shuffle(listed)
        if self._fault == "stale":
            listed = [each for each in listed if self._chance.random() > 0.3]
        return iter(listed)

    def remove(self, name: str) -> None:
        """Remove."""
        self._ask()
        self._depot.remove(name)

    def free(self) -> int | None:
        """Return the free bytes."""
        return self._depot.free()

    def close(self) -> None:
        """Do nothing."""

    def _ask(self) -> None:
        self._asked += 1
        if self._fault == "vanishing" and self._asked >= 3 * self._at:
            raise DepotError("away", self.place, "pulled")

    def _fail(self, name: str, data: bytes) -> None:
        acts: dict[str, Callable[[], None]] = {
            "torn": lambda: self._put(name, data[: len(data) // 2]),
            "empty": lambda: self._put(name, b""),
            "lost_ack": lambda: self._put(name, data),
        }
        if self._fault in acts:
            acts[self._fault]()
            raise DepotError("away", self.place, "pulled while writing")
        if self._fault == "before":
            raise DepotError("away", self.place, "pulled before writing")
        if self._fault in ("full", "denied"):
            raise DepotError(self._fault, self.place, "")  # type: ignore[arg-type]

    def _put(self, name: str, data: bytes) -> None:
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
