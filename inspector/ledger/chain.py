"""The chain of one device: each operation names the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.ledger.operation import NO_OPERATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.ledger.operation import Operation

#: Operations of one chain that may wait for one that should come before them; bounds memory.
MAX_EARLY = 10_000


@frozen
class Head:
    """Where a device's chain stands: its last operation (`n` is 0 before the first)."""

    log: str
    n: int = 0
    id: str = NO_OPERATION
    lc: int = 0


@frozen
class Break:
    """A place where a chain does not hold.

    `code`: gap (operations before this one are missing), prev (it follows another operation than
    the one that is there), counter (its Lamport counter does not grow), fork (its place is taken).
    """

    code: str
    log: str
    n: int


@frozen
class _Link:
    prev: str
    head: Head


class Chains:
    """Follows many chains at once, whatever order their operations arrive in."""

    def __init__(self) -> None:
        #: Where each chain stands that was met.
        self.heads: dict[str, Head] = {}
        self._early: dict[str, dict[int, _Link]] = {}

    def add(self, operation: Operation) -> list[Break]:
        """Take the next operation; return what is now known to be broken."""
        header = operation.header
        head = self.heads.get(header.log) or Head(header.log)
        early = self._early.setdefault(header.log, {})
        if header.n == head.n + 1 and header.prev == head.id and header.lc > head.lc and not early:
            self.heads[header.log] = Head(header.log, header.n, operation.id, header.lc)
            return []
        if header.n <= head.n or header.n in early:
            return [Break("fork", header.log, header.n)]
        early[header.n] = _Link(header.prev, Head(header.log, header.n, operation.id, header.lc))
        found = list(self._advance(header.log))
        if len(early) > MAX_EARLY:
            found.extend(self._jump(header.log))
        return found

    def end(self) -> list[Break]:
        """Return what is still missing when all operations have been added."""
        return [found for log in self._early for found in self._jump(log)]

    def _advance(self, log: str) -> Iterator[Break]:
        head, early = self.heads.get(log, Head(log)), self._early[log]
        while link := early.pop(head.n + 1, None):
            if link.prev != head.id:
                yield Break("prev", log, link.head.n)
            elif link.head.lc <= head.lc:
                yield Break("counter", log, link.head.n)
            head = link.head
        self.heads[log] = head

    def _jump(self, log: str) -> Iterator[Break]:
        """Give the missing operations up and go on behind them."""
        early = self._early[log]
        while early:
            n = min(early)
            yield Break("gap", log, n)
            self.heads[log] = early.pop(n).head
            yield from self._advance(log)
