"""Receipts: who says, in a chain that the device signs, that it holds what others recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from inspector.ledger.operation import parse
from inspector.storage import exchange

if TYPE_CHECKING:
    from collections.abc import Collection

    from inspector.storage.store import Store

#: Chain that receives, place up to which it has another's chain.
Places = dict[str, int]


@dataclass(slots=True)
class Acknowledged:
    """What is acknowledged: for each chain by which chains and how far, and files by which chains.

    Whose receipt it is follows from the chain that its operation stands in, whoever is named there.
    """

    chains: dict[str, Places] = field(default_factory=dict)
    files: dict[str, set[str]] = field(default_factory=dict)
    count: int = 0

    def up_to(self, log: str, *, without: Collection[str] = ()) -> int:
        """Return how far anybody acknowledged the chain, `without` what these chains say."""
        listed = self.chains.get(log, {})
        return max((n for by, n in listed.items() if by not in without), default=0)


def acknowledged(store: Store) -> Acknowledged:
    """Read every receipt in the record.

    One that names an operation which does not stand at that place of the chain says nothing, and
    neither does a chain about itself.
    """
    found = Acknowledged()
    for _place, raw in exchange.receipts(store.db):
        operation = parse(raw)
        by = operation.header.log
        for change in operation.changes:
            if change is not None and change.entity == "receipt":
                found.count += 1
                _count_in(store, found, by, change.fields)
    return found


def _count_in(store: Store, found: Acknowledged, by: str, fields: Any) -> None:
    log, n, op, files = (fields.get(name) for name in ("log", "n", "op", "files"))
    if isinstance(log, str) and isinstance(n, int) and isinstance(op, str) and log != by:
        listed = found.chains.setdefault(log, {})
        if n > listed.get(by, 0) and _stands_at(store, log, n, op):
            listed[by] = n
    for sha256 in files if isinstance(files, list) else ():
        found.files.setdefault(str(sha256), set()).add(by)


def _stands_at(store: Store, log: str, n: int, op: str) -> bool:
    try:
        head = store.log.head_at(op)
    except ValueError:
        return False
    return head is not None and (head.log, head.n) == (log, n)
