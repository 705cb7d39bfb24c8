"""Records to test with: stores in folders of their own, and operations made outside of any."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from inspector.base.clock import Reading
from inspector.base.paths import Workspace
from inspector.ledger.operation import (
    NO_OPERATION,
    TX,
    Change,
    Header,
    Operation,
    body_hash,
    change_line,
    parse,
    seal_lines,
)
from inspector.storage.connection import connect
from inspector.storage.later import LaterIndex
from inspector.storage.log import OperationLog
from inspector.storage.migrations import STEPS
from inspector.storage.projection import Projector
from inspector.storage.store import Edit, Store
from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from inspector.storage.connection import Database

LOG = "a" * 26
SPACE = "testspace"
READING = Reading(1_790_000_000_000, 480, "0" * 32, 12_345)


def make(
    *changes: Change,
    n: int = 1,
    prev: str = NO_OPERATION,
    lc: int | None = None,
    log: str = LOG,
    kind: str = TX,
    reading: Reading = READING,
    visit: str = "",
) -> Operation:
    """Return an operation with everything unimportant filled in."""
    lines = [change_line(change, index.to_bytes(16, "big")) for index, change in enumerate(changes)]
    header = Header(
        space=SPACE,
        log=log,
        n=n,
        prev=prev,
        lc=n if lc is None else lc,
        reading=reading,
        by="person-1",
        app="1.0",
        kind=kind,
        action=f"action-{n}",
        body=body_hash(lines),
        visit=visit,
    )
    return parse(seal_lines(header, lines))


@contextmanager
def opened(root: Path, seed: str = "") -> Iterator[Store]:
    """Give the store in `root`, made if there is none yet, and close it afterwards."""
    workspace = Workspace(root)
    there = workspace.database.exists() or workspace.restored.exists()
    way = Store.open if there else Store.create
    store = way(workspace, FixedClock(step_ms=7), CountingEntropy(f"{seed}:{root.name}"))
    try:
        yield store
    finally:
        store.close()


@contextmanager
def empty_database(path: Path) -> Iterator[Database]:
    """Give a database with our schema and nothing in it."""
    db = connect(path, durable=False)
    try:
        STEPS.apply(db.whole)
        yield db
    finally:
        db.conn.close()


def feed(db: Database, operations: Iterable[Operation], batch: int = 1) -> None:
    """Add operations as they would arrive, `batch` of them at a time."""
    log = OperationLog(db)
    projector = Projector(db, log, LaterIndex(db))
    waiting = list(operations)
    for start in range(0, len(waiting), batch):
        with db.atomic():
            for operation in waiting[start : start + batch]:
                projector.apply(log.append(operation), operation)
            projector.flush()


def operations_of(store: Store) -> list[Operation]:
    """Return the operations of a store in order of arrival."""
    return [parse(stored.raw) for stored in store.log.rows()]


def receive(store: Store, operations: Sequence[Operation]) -> None:
    """Bring operations of other devices into an open store's database, and reopen what is cached.

    Ends with the store's own chain untouched and its counter above all that it has seen.
    """
    feed(store.db, [each for each in operations if not store.log.contains(each.id)])
    Store.__init__(store, store.workspace, store.db, store._lock, store.clock, store.entropy)


def edit(kind: str, entity: str, /, **fields: Any) -> Edit:
    """Return an edit of some fields."""
    return Edit(kind, entity, fields)


def altered_from_outside(root: Path, script: str) -> None:
    """Run SQL on a closed workspace as another program would that gets round the guards."""
    with closing(sqlite3.connect(Workspace(root).database)) as db:
        db.create_function("inspector_core", 0, lambda: 1)
        db.executescript(script)
