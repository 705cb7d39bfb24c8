"""The chain of one device: each operation names the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.ledger.operation import NO_OPERATION

if TYPE_CHECKING:
    from inspector.ledger.operation import Operation


@dataclass(frozen=True, slots=True)
class Head:
    """Where a device's chain stands: its last operation (`n` is 0 before the first)."""

    log: str
    n: int = 0
    id: str = NO_OPERATION
    lc: int = 0


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a chain does not hold. `code`: gap, prev, counter, space."""

    code: str
    log: str
    n: int


def follow(head: Head, operation: Operation) -> tuple[Head, Break | None]:
    """Return the head after `operation`, and how it fails to follow `head` (None if it does)."""
    header = operation.header
    problem = None
    if header.n != head.n + 1:
        problem = "gap"
    elif header.prev != head.id:
        problem = "prev"
    elif header.lc <= head.lc:
        problem = "counter"
    found = Break(problem, header.log, header.n) if problem else None
    return Head(header.log, header.n, operation.id, header.lc), found
