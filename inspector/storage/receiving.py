"""Taking in operations of others: stored, projected and counted in one transaction.

Whoever calls has verified them. The order in which they arrive never matters, and what is here
already changes nothing.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from inspector.domain.schema import KINDS
from inspector.ledger.operation import NO_OPERATION
from inspector.storage.drafting import Composer, empty_draft, is_newer
from inspector.storage.late import note_late
from inspector.storage.log_state import is_forked, note_taken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.ledger.operation import Header, Operation
    from inspector.storage.drafting import Key
    from inspector.storage.log import OperationLog
    from inspector.storage.store import Store

#: Operations from which on their texts are written into the search index at once.
MANY = 50

#: How far a counter may be ahead of all that is known here. An honest one is ahead by what has not
#: come yet; one that is further waits until that has come, or for ever.
FARTHEST_AHEAD = 2**32


class NotYet(Exception):
    """What comes before these operations in their chain is not here: they are tried again later."""


class NoChain(ValueError):
    """The operations do not follow each other as those of one chain do."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking in came to.

    operations: new ones; touched: the entities they write; newer: how many of them hold something
    that only a newer version knows; forked: whether the chain is known to have branches.
    """

    operations: int = 0
    touched: frozenset[Key] = frozenset()
    newer: int = 0
    forked: bool = False


def require_chain(operations: Sequence[Operation]) -> None:
    """Raise NoChain unless each operation names the one before it, and all are of one chain."""
    for one, other in pairwise(operations):
        before, after = one.header, other.header
        if (
            before.log != after.log
            or after.n != before.n + 1
            or after.prev != one.id
            or after.lc <= before.lc
        ):
            raise NoChain(f"{after.log}:{after.n}")
    for operation in operations:
        header = operation.header
        if (header.n == 1) != (header.prev == NO_OPERATION):
            raise NoChain(f"{header.log}:{header.n}")


def take(store: Store, operations: Sequence[Operation]) -> Taken:
    """Take in operations of one chain that follow each other, inside of a transaction.

    Raises NoChain if they do not, NotYet if those before them are not here; then nothing is
    changed. Two different operations at one place of a chain are both kept, and the chain is
    marked as forked.
    """
    if not operations:
        return Taken()
    require_chain(operations)
    log, header = store.log, operations[0].header
    if operations[-1].header.lc > store.own.counter + FARTHEST_AHEAD:
        raise NotYet(f"{header.log}:{header.n}")
    head = log.head(header.log)
    follows = head.n + 1 == header.n and header.prev == head.id and head.lc < header.lc
    if not follows:
        _require_before(log, header)
    new = operations if follows else [each for each in operations if not log.contains(each.id)]
    if not new:
        return Taken(forked=is_forked(store.db, header.log))
    forked = not follows and _takes_a_place(log, new)
    if header.log == store.chain:
        # Somebody else goes on with this chain: a copy of this disk, or this one before it was
        # taken back to an earlier state. From now on each has a chain of its own.
        store.own.begin()
    touched = _apply(store, new)
    note_late(store.db, sorted({each.header.visit for each in new} - {""}))
    newer = sum(map(is_newer, new))
    note_taken(store, header.log, newer, forked)
    store.received(max(each.header.lc for each in new))
    return Taken(len(new), frozenset(touched), newer, forked)


def _require_before(log: OperationLog, header: Header) -> None:
    if header.prev == NO_OPERATION:
        return
    before = log.head_at(header.prev)
    if before is None:
        raise NotYet(f"{header.log}:{header.n}")
    if before.log != header.log or before.n + 1 != header.n or before.lc >= header.lc:
        raise NoChain(f"{header.log}:{header.n}")


def _apply(store: Store, operations: Sequence[Operation]) -> set[Key]:
    """Store and project operations, new entities as rows are made of a whole record."""
    keys = {
        (change.entity, change.id)
        for operation in operations
        for change in operation.changes
        if change is not None and change.entity in KINDS
    }
    known = store.projector.known(keys)
    places = store.log.append_all(operations)
    placed = list(zip(places, operations, strict=True))
    # Also what is only named as replaced may be known, and then must be asked about.
    composer = Composer(lambda key: key in keys and key not in known)
    for place, operation in placed:
        composer.add(place, operation)
    draft = composer.write(empty_draft())
    with store.projector.many() if len(placed) >= MANY else nullcontext():
        store.projector.receive(placed, draft)
    return keys


def _takes_a_place(log: OperationLog, new: Sequence[Operation]) -> bool:
    """Tell whether another operation has the place of the first new one."""
    header = new[0].header
    return log.head(header.log).n >= header.n
