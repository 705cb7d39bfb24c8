"""Proving the projection: digests, comparison with the record, and rebuilding from it."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.schema import KINDS
from inspector.storage.connection import DATABASE_ERRORS, catalogued, connect, guarded
from inspector.storage.drafting import Problem
from inspector.storage.log import OperationLog
from inspector.storage.migrations import STEPS
from inspector.storage.replaying import AUXILIARY, clear, project_all, unguarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from inspector.base.progress import Progress

#: Definitions of all tables, indexes and triggers, without those that SQLite and sqlite-utils make
#: for themselves, which differ between their versions.
_SCHEMA = """
    SELECT CAST(type || ' ' || name AS BLOB), CAST(coalesce(sql, '') AS BLOB) FROM sqlite_master
    WHERE name NOT LIKE '%sqlite\\_%' ESCAPE '\\'
        AND NOT (type = 'table' AND name LIKE 'search\\_index\\_%' ESCAPE '\\')
    ORDER BY type, name"""

#: The search index keeps no text, but it can be asked which words stand where.
_WORDS = "CREATE VIRTUAL TABLE temp.index_words USING fts5vocab(main, search_index, instance)"
_WORDS_OF_ROWS = """
    SELECT CAST(printf('%d %d %s\n', doc, offset, term) AS BLOB) FROM temp.index_words"""


def digest(db: Database) -> str:
    """Return the SHA-256 over all projected rows, ordered by table and id.

    `_seq` is left out: it is the order of arrival on this device, everything else is the same on
    all devices that hold the same operations.
    """
    total = hashlib.sha256()
    for table in (*KINDS, *AUXILIARY):
        total.update(f"{table}\n".encode())
        for (line,) in db.execute(_lines_sql(db, table)):
            total.update(line)
            total.update(b"\n")
    return total.hexdigest()


def compare(db: Database, replayed: Database) -> list[Problem]:
    """Return a problem for each difference of `db` from `replayed`: tables, rows, index, schema."""
    problems = list(_compare_lines("schema", db, replayed, _SCHEMA))
    for table in (*KINDS, *AUXILIARY):
        problems.extend(_compare_lines(table, db, replayed, _lines_sql(replayed, table, here=True)))
    if _index_digest(db) != _index_digest(replayed):
        problems.append(Problem("search_index", "search_index"))
    return problems


def _index_digest(db: Database) -> str:
    """Return the SHA-256 over which words stand where; the index keeps no text itself."""
    total = hashlib.sha256()
    db.execute(_WORDS)
    try:
        for (line,) in db.execute(_WORDS_OF_ROWS):
            total.update(line)
    except DATABASE_ERRORS as error:
        total.update(str(error).encode())
    finally:
        db.execute("DROP TABLE temp.index_words")
    return total.hexdigest()


def _compare_lines(table: str, db: Database, replayed: Database, sql: str) -> Iterator[Problem]:
    try:
        yield from _compare_table(table, db.execute(sql), replayed.execute(sql))
    except DATABASE_ERRORS as error:
        yield Problem("table_unreadable", f"{table}: {error}")


def _compare_table(
    table: str, here: Iterator[tuple[bytes, bytes]], there: Iterator[tuple[bytes, bytes]]
) -> Iterator[Problem]:
    """Merge two ordered lists of (key, content)."""
    left, right = next(here, None), next(there, None)
    while left or right:
        if right is None or (left is not None and left[0] < right[0]):
            assert left is not None
            yield Problem("row_added", _where(table, left[0]))
            left = next(here, None)
        elif left is None or right[0] < left[0]:
            yield Problem("row_missing", _where(table, right[0]))
            right = next(there, None)
        else:
            if left[1] != right[1]:
                yield Problem("row_changed", _where(table, left[0]))
            left, right = next(here, None), next(there, None)


def _where(table: str, key: bytes) -> str:
    return f"{table} {key.decode(errors='replace')}"


def _lines_sql(db: Database, table: str, *, here: bool = False) -> str:
    """Return the query for the rows of `table` as bytes, which even broken text can be read as.

    `here` adds a key, and the place in the order of arrival on this device.
    """
    columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
    if not here:
        columns = [name for name in columns if name != "_seq"]
    quoted = ", ".join(f'"{name}"' for name in columns)
    keys = ("e", "id", "field", "op") if table in AUXILIARY else ("id",)
    wanted = f"CAST(json_array({quoted}) AS BLOB)"
    if here:
        key = " || ' ' || ".join(keys)
        wanted = f"CAST({key} AS BLOB), {wanted}"
    return f'SELECT {wanted} FROM "{table}" ORDER BY {", ".join(keys)}'


@contextmanager
def scratch(folder: Path) -> Iterator[Database]:
    """Give an empty database with our schema that vanishes afterwards.

    Raises MingchaError `disk_full`, `disk_error`: nothing of the record is touched.
    """
    with guarded():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix="check-") as name:
            db = connect(Path(name) / "scratch.db", durable=False)
            try:
                STEPS.apply(db)
                yield db
            finally:
                db.conn.close()


def audit_projection(db: Database, folder: Path, progress: Progress) -> list[Problem]:
    """Replay the record into a scratch database in `folder` and compare everything with it.

    Also verifies every operation and chain. Returns all problems, an empty list if none.
    """
    with scratch(folder) as replayed:
        return audit_into(db, replayed, progress)


def audit_into(db: Database, replayed: Database, progress: Progress) -> list[Problem]:
    """Do the work of `audit_projection` with `replayed`, whose projected tables are empty."""
    try:
        log = OperationLog(db)
        with replayed.atomic(), unguarded(replayed, log):
            problems = project_all(log, replayed, progress, N_("Replaying the record"))
    except DATABASE_ERRORS as error:
        if catalogued(error).code != "workspace_damaged":
            raise
        problems = [Problem("record_unreadable", str(error))]
    problems.extend(compare(db, replayed))
    try:
        found = [row[0] for row in db.execute("PRAGMA quick_check(20)")]
    except DATABASE_ERRORS as error:
        found = [str(error)]
    problems.extend(Problem("database_file", text) for text in found if text != "ok")
    return problems


def rebuild(db: Database, progress: Progress) -> list[Problem]:
    """Make the projection anew from the record, in one transaction."""
    with db.atomic():
        log = OperationLog(db)
        with unguarded(db, log):
            clear(db)
            return project_all(log, db, progress, N_("Rebuilding from the record"))
