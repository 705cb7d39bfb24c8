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
from inspector.ledger.operation import KNOWN_KINDS, NO_OPERATION
from inspector.storage.drafting import Composer, Draft
from inspector.storage.late import note_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.ledger.operation import Header, Operation
    from inspector.storage.connection import Database
    from inspector.storage.drafting import Key
    from inspector.storage.log import OperationLog
    from inspector.storage.store import Store

#: Operations from which on their texts are written into the search index at once.
_MANY = 50

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
    note_late(store, sorted({each.header.visit for each in new} - {""}))
    newer = sum(map(_is_newer, new))
    _note_state(store, header.log, newer, forked)
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
    draft = composer.write(Draft([], set(), {}, [], {}))
    with store.projector.many() if len(placed) >= _MANY else nullcontext():
        store.projector.receive(placed, draft)
    return keys


def _takes_a_place(log: OperationLog, new: Sequence[Operation]) -> bool:
    """Tell whether another operation has the place of the first new one."""
    header = new[0].header
    return log.head(header.log).n >= header.n


def _is_newer(operation: Operation) -> bool:
    """Tell whether an operation holds something that only a newer version knows."""
    return operation.header.kind not in KNOWN_KINDS or any(
        change is not None
        and (change.entity not in KINDS or not change.fields.keys() <= KINDS[change.entity].names)
        for change in operation.changes
    )


def _note_state(store: Store, log: str, newer: int, forked: bool) -> None:
    head = store.log.head(log)
    store.db.execute(
        "INSERT INTO log_state(log, n, op, forked, newer) VALUES(?, ?, ?, ?, ?) "
        "ON CONFLICT(log) DO UPDATE SET n = excluded.n, op = excluded.op, "
        "forked = max(forked, excluded.forked), newer = newer + excluded.newer",
        (log, head.n, head.id, int(forked), newer),
    )


def is_forked(db: Database, log: str) -> bool:
    """Tell whether two different operations are known at one place of the chain."""
    row = db.execute("SELECT forked FROM log_state WHERE log = ?", (log,)).fetchone()
    return bool(row and row[0])


def forked_logs(db: Database) -> list[str]:
    """Return the chains known to have branches: a disk that was copied, or a key that was."""
    return [row[0] for row in db.execute("SELECT log FROM log_state WHERE forked ORDER BY log")]


def waiting_for_newer_version(db: Database) -> int:
    """Return how many operations hold something that only a newer version of the program knows.

    They are kept and handed on as they came.
    """
    return int(db.execute("SELECT coalesce(sum(newer), 0) FROM log_state").fetchone()[0])
