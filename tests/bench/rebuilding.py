"""Rebuilding all tables from the record, against parsing, hashing and inserting bare rows."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from typing import TYPE_CHECKING, Any

from inspector.base.progress import SILENT
from inspector.domain.schema import KINDS
from inspector.operations.workspaces import create_workspace, open_workspace
from tests.bench.children import run_child
from tests.bench.measuring import MIB, Check, Row, alternate, median, say, seconds
from tests.bench.records import PER_VISIT, Grower

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.bench.measuring import Plan

#: Megabytes by which the peak may rise when the record is twice as long.
GROWTH_LIMIT = 20
#: What makes a table and its indexes.
DEFINITIONS = """
    SELECT sql FROM sqlite_master
    WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"""
#: Operations of one visit as `Grower` makes it: the visit, its findings, every tenth judged.
_PER_VISIT = 1 + PER_VISIT + PER_VISIT // 10


def run(plan: Plan) -> list[Row]:
    """Measure rebuilding a record of one operation per fact."""
    count = 10_000 if plan.quick else 100_000
    say(f"rebuild: {count:,} operations")
    half, whole = plan.folder / "rebuild-half", plan.folder / "rebuild"
    make_record(half, count // 2)
    make_record(whole, count)
    with open_workspace(whole) as session:
        operations, before = session.store.log.count(), session.store.digest()
        tables = _tables(session)
        timings = alternate(
            lambda _: seconds(lambda: session.store.rebuild(SILENT)),
            lambda number: _floor(session, tables, plan.folder / f"rebuild-bare-{number}.db"),
            rounds=3,
        )
        changed = float(before != session.store.digest())
    return [
        Row(
            name="rebuild",
            work=f"rebuild {operations:,} operations: verify, registers, rows, search index",
            floor_work="parse, hash and bare inserts of the same rows into the same tables",
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=2.5,
            checks=(
                Check("digests changed by rebuilding", changed, "", 0),
                *_memory(half, whole),
            ),
        )
    ]


def make_record(root: Path, operations: int) -> None:
    """Make a workspace with about so many operations, one for each fact."""
    with create_workspace(root) as session:
        Grower(session).grow(operations // _PER_VISIT * PER_VISIT, one_by_one=True)


def _memory(half: Path, whole: Path) -> Iterator[Check]:
    """Measure in processes of their own how much rebuilding takes at most."""
    peaks = [run_child("rebuild", root)["peak"] / MIB for root in (half, whole)]
    yield Check("memory", peaks[1], "MB")
    yield Check("memory more than for half the record", peaks[1] - peaks[0], "MB", GROWTH_LIMIT)


# -- the floor -----------------------------------------------------------------------------------


def _tables(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    found = {name: session.store.db.execute(f'SELECT * FROM "{name}"').fetchall() for name in KINDS}
    return {name: rows for name, rows in found.items() if rows}


def _floor(session: Session, tables: dict[str, list[tuple[Any, ...]]], path: Path) -> float:
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "synchronous=FULL"):
        bare.execute(f"PRAGMA {pragma}")
    for name in tables:
        # The same tables and indexes, without the triggers that guard them.
        for (statement,) in session.store.db.execute(DEFINITIONS, (name,)):
            bare.execute(statement)

    def rebuild() -> None:
        bare.execute("BEGIN")
        parse_and_hash(session)
        for name, rows in tables.items():
            marks = ", ".join("?" * len(rows[0]))
            bare.executemany(f'INSERT INTO "{name}" VALUES({marks})', rows)
        bare.execute("COMMIT")

    taken = seconds(rebuild)
    bare.close()
    path.unlink()
    return taken


def parse_and_hash(session: Session) -> None:
    """Parse every operation and hash its lines: what any reader has to do."""
    for (raw,) in session.store.db.execute("SELECT raw FROM op ORDER BY seq"):
        hashes = []
        for line in raw.split(b"\n"):
            json.loads(line)
            hashes.append(hashlib.sha256(line).hexdigest())
        hashlib.sha256("\n".join(hashes[1:]).encode()).hexdigest()
