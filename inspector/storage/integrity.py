"""Proving the projection: digests, comparison with the record, and rebuilding from it."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.schema import KINDS
from inspector.ledger.chain import Head, follow
from inspector.ledger.operation import InvalidOperation, Operation, parse
from inspector.storage.connection import connect
from inspector.storage.log import OperationLog
from inspector.storage.migrations import STEPS
from inspector.storage.projection import Projector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from inspector.base.progress import Progress

#: Operations per transaction and per flush while rebuilding: bounds memory.
BATCH = 2000

#: Tables besides the nouns that follow from the operations.
AUXILIARY = ("candidate", "dead")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `check` found. `code` is stable; `where` names the place for a person."""

    code: str
    where: str


def verified(log: OperationLog) -> Iterator[tuple[int, Operation | None, Problem | None]]:
    """Yield (place, operation, problem) over the whole record, following every chain.

    A broken operation is yielded as None with its problem; the rest goes on.
    """
    heads: dict[str, Head] = {}
    for place, stored_id, raw in log.rows():
        try:
            operation = parse(raw)
        except InvalidOperation as error:
            yield place, None, Problem(f"operation_{error.code}", f"op {place}")
            continue
        if bytes.fromhex(operation.id) != stored_id:
            yield place, operation, Problem("operation_id", f"op {place}")
            continue
        name = operation.header.log
        heads[name], broken = follow(heads.get(name, Head(name)), operation)
        yield (
            place,
            operation,
            Problem(f"chain_{broken.code}", f"{broken.log}:{broken.n}") if broken else None,
        )


def project_all(
    source: OperationLog, target: Database, progress: Progress, label: str
) -> list[Problem]:
    """Apply every operation of `source` to the empty tables of `target`.

    `target` may be the database of `source`. Returns the problems met; broken operations are left.
    """
    problems: list[Problem] = []
    projector = Projector(target, source)
    progress.start(label, source.count())
    waiting = 0
    for place, operation, problem in verified(source):
        if problem:
            problems.append(problem)
        if operation is not None:
            projector.apply(place, operation)
        waiting += 1
        if waiting == BATCH:
            projector.flush()
            progress.step(waiting)
            waiting = 0
    projector.flush()
    progress.step(waiting)
    return problems


def clear(db: Database) -> None:
    """Empty the projected tables and the search index."""
    for table in (*KINDS, *AUXILIARY):
        db.execute(f'DELETE FROM "{table}"')
    db.execute("INSERT INTO search_index(search_index) VALUES('delete-all')")


def digest(db: Database) -> str:
    """Return the SHA-256 over all projected rows, ordered by table and id.

    `_seq` is left out: it is the order of arrival on this device, everything else is the same on
    all devices that hold the same operations.
    """
    total = hashlib.sha256()
    for table in (*KINDS, *AUXILIARY):
        total.update(f"{table}\n".encode())
        for (line,) in db.execute(_lines_sql(db, table)):
            total.update(line.encode())
            total.update(b"\n")
    return total.hexdigest()


def compare(db: Database, other: Database) -> list[Problem]:
    """Return a problem for every row of `db` that is not in `other` as it is, or the reverse."""
    problems: list[Problem] = []
    for table in (*KINDS, *AUXILIARY):
        here = db.execute(_lines_sql(db, table, named=True))
        there = other.execute(_lines_sql(other, table, named=True))
        problems.extend(_compare_table(table, here, there))
    return problems


def _compare_table(
    table: str, here: Iterator[tuple[str, str]], there: Iterator[tuple[str, str]]
) -> Iterator[Problem]:
    """Merge two ordered lists of (key, content)."""
    left, right = next(here, None), next(there, None)
    while left or right:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            yield Problem("row_added", f"{table} {left[0]}")
            left = next(here, None)
        elif left is None or right[0] < left[0]:
            yield Problem("row_missing", f"{table} {right[0]}")
            right = next(there, None)
        else:
            if left[1] != right[1]:
                yield Problem("row_changed", f"{table} {left[0]}")
            left, right = next(here, None), next(there, None)


def _lines_sql(db: Database, table: str, *, named: bool = False) -> str:
    columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")') if row[1] != "_seq"]
    quoted = ", ".join(f'"{name}"' for name in columns)
    order = "e, id, field, op" if table in AUXILIARY else "id"
    key = "e || ' ' || id || ' ' || field || ' ' || op" if table in AUXILIARY else "id"
    wanted = f"{key}, json_array({quoted})" if named else f"json_array({quoted})"
    return f'SELECT {wanted} FROM "{table}" ORDER BY {order}'


@contextmanager
def scratch(folder: Path) -> Iterator[Database]:
    """Give an empty database with our schema that vanishes afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="check-") as name:
        db = connect(Path(name) / "scratch.db", durable=False)
        try:
            STEPS.apply(db)
            yield db
        finally:
            db.conn.close()


def audit_projection(db: Database, folder: Path, progress: Progress) -> list[Problem]:
    """Replay the record into a scratch database in `folder` and compare every row.

    Also verifies every operation and chain. Returns all problems, an empty list if none.
    """
    log = OperationLog(db)
    with scratch(folder) as replayed:
        with replayed.atomic():
            problems = project_all(log, replayed, progress, N_("Replaying the record"))
        if digest(db) != digest(replayed):
            problems.extend(compare(db, replayed))
    found = db.execute("PRAGMA quick_check(20)").fetchall()
    problems.extend(Problem("database_file", row[0]) for row in found if row[0] != "ok")
    return problems


def rebuild(db: Database, progress: Progress) -> list[Problem]:
    """Make the projection anew from the record, in one transaction."""
    with db.atomic():
        clear(db)
        return project_all(OperationLog(db), db, progress, N_("Rebuilding from the record"))
