"""Taking in operations of others, against parsing, hashing and inserting the same bare rows."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from inspector.domain.schema import KINDS
from inspector.operations.workspaces import create_workspace, open_workspace
from tests.bench.children import run_child
from tests.bench.measuring import MIB, Check, Row, alternate, median, say, seconds
from tests.bench.rebuilding import DEFINITIONS, make_record, parse_and_hash
from tests.bench.taking import take_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.bench.measuring import Plan

#: Megabytes by which the peak may rise when there is twice as much to take in.
GROWTH_LIMIT = 20


def run(plan: Plan) -> list[Row]:
    """Measure taking in a chain of one operation per fact, segment by segment."""
    count = 10_000 if plan.quick else 300_000
    say(f"receive: {count:,} operations")
    half, whole = plan.folder / "receive-half", plan.folder / "receive"
    make_record(half, count // 2)
    make_record(whole, count)
    with open_workspace(whole) as session:
        operations, digest = session.store.log.count(), session.store.digest()
        tables = _tables(session)
        digests: set[str] = {digest}
        timings = alternate(
            lambda number: _ours(session, plan.folder / f"receive-{number}", digests),
            lambda number: _floor(session, tables, plan.folder / f"receive-bare-{number}.db"),
            rounds=3,
        )
    return [
        Row(
            name="receive",
            work=f"take in {operations:,} operations: verify, registers, rows, search index",
            floor_work="parse, hash and bare inserts of the same operations and rows",
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=2.5,
            checks=(
                Check("other digests than the sender's", float(len(digests) - 1), "", 0),
                *_memory(half, whole),
            ),
        )
    ]


def _ours(session: Session, target: Path, digests: set[str]) -> float:
    with create_workspace(target) as receiver:
        taken = seconds(lambda: take_all(session, receiver))
        digests.add(receiver.store.digest())
    return taken


def _memory(half: Path, whole: Path) -> Iterator[Check]:
    """Measure in processes of their own how much it takes at most."""
    peaks = [run_child("receive", root)["peak"] / MIB for root in (half, whole)]
    yield Check("memory", peaks[1], "MB")
    yield Check("memory more than for half the record", peaks[1] - peaks[0], "MB", GROWTH_LIMIT)


# -- the floor -----------------------------------------------------------------------------------


def _tables(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    names = ("op", *KINDS)
    found = {name: session.store.db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    return {name: rows for name, rows in found.items() if rows}


def _floor(session: Session, tables: dict[str, list[tuple[Any, ...]]], path: Path) -> float:
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        bare.execute(f"PRAGMA {pragma}")
    for name in tables:
        # The same tables and indexes, without the triggers that guard them.
        for (statement,) in session.store.db.execute(DEFINITIONS, (name,)):
            bare.execute(statement)

    def insert() -> None:
        bare.execute("BEGIN")
        parse_and_hash(session)
        for name, rows in tables.items():
            marks = ", ".join("?" * len(rows[0]))
            bare.executemany(f'INSERT INTO "{name}" VALUES({marks})', rows)
        bare.execute("COMMIT")

    taken = seconds(insert)
    bare.close()
    path.unlink()
    return taken
