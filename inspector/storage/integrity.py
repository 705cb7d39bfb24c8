"""Proving the projection: digests, comparison with the record, and rebuilding from it."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.storage import state, structure
from inspector.storage.comparing import PROJECTED, compare_table, key_columns, row_bytes
from inspector.storage.connection import DATABASE_ERRORS, catalogued, connect, guarded
from inspector.storage.late import note_all_late
from inspector.storage.later import caught_up, note_complete
from inspector.storage.log import OperationLog
from inspector.storage.log_state import note_anew
from inspector.storage.problems import Problem
from inspector.storage.replaying import clear, project_all, reader, unguarded
from inspector.storage.verifying import as_branches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.progress import Progress
    from inspector.storage.connection import Database

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
    for table, lines in _queries(db).items():
        total.update(f"{table}\n".encode())
        for (line,) in db.execute(lines):
            total.update(line)
            total.update(b"\n")
    return total.hexdigest()


def schema_problems(db: Database) -> list[Problem]:
    """Return a problem for each table, index and trigger that is not as the migrations make it."""
    with structure.as_made() as pristine:
        return [Problem(*each) for each in structure.differences(db, pristine)]


def compare(db: Database, replayed: Database) -> list[Problem]:
    """Return a problem for each difference of `db` from `replayed`: tables, rows, index, schema."""
    problems = [Problem(*each) for each in structure.differences(db, replayed)]
    for table in PROJECTED:
        for differing in compare_table(table, db, replayed):
            problems.extend(differing)
    if _index_differs(db, replayed):
        problems.append(Problem("search_index", "search_index"))
    return problems


#: The queries for the rows of all tables, by database, with the schema they were made for.
_QUERIES: WeakKeyDictionary[Database, tuple[int, dict[str, str]]] = WeakKeyDictionary()


def _queries(db: Database) -> dict[str, str]:
    [stand] = db.execute("PRAGMA schema_version").fetchone()
    known = _QUERIES.get(db)
    if known is None or known[0] != stand:
        known = stand, {table: _lines_sql(db, table) for table in PROJECTED}
        _QUERIES[db] = known
    return known[1]


def _lines_sql(db: Database, table: str) -> str:
    """Return the query for the rows of `table` as bytes, without their place on this device."""
    columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
    shared = [name for name in columns if name != "_seq"]
    order = ", ".join(key_columns(table))
    return f'SELECT {row_bytes(shared)} FROM "{table}" ORDER BY {order}'


def _index_differs(db: Database, replayed: Database) -> bool:
    try:
        with caught_up(db):
            found = _index_digest(db)
    except DATABASE_ERRORS:
        return True  # what it lacks cannot be read
    return found != _index_digest(replayed)


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
                structure.make(db)
                yield db
            finally:
                db.conn.close()


def audit_projection(db: Database, folder: Path, progress: Progress) -> list[Problem]:
    """Replay the record into a scratch database in `folder` and compare everything with it.

    Also verifies every operation and chain. Returns all problems, an empty list if none.
    """
    try:
        with scratch(folder) as replayed:
            return audit_into(db, replayed, progress)
    except MingchaError as error:
        if error.code != "disk_full":
            raise
    # Reading must work on a full disk: the replay takes memory instead.
    with guarded(), structure.as_made() as replayed:
        return audit_into(db, replayed, progress)


def audit_into(db: Database, replayed: Database, progress: Progress) -> list[Problem]:
    """Do the work of `audit_projection` with `replayed`, whose projected tables are empty."""
    try:
        log = OperationLog(db)
        with reader(log) as helper, replayed.atomic(), unguarded(replayed, log):
            label = N_("Replaying the record")
            problems, _ = project_all(log, replayed, helper, progress, label)
    except DATABASE_ERRORS as error:
        if catalogued(error).code != "workspace_damaged":
            raise
        problems = [Problem("record_unreadable", str(error))]
    problems = as_branches(problems, OperationLog(db))
    problems.extend(compare(db, replayed))
    problems.extend(file_problems(db))
    return problems


def file_problems(db: Database) -> list[Problem]:
    """Return what SQLite finds wrong with its file: pages, and indexes that hide rows."""
    try:
        found = [row[0] for row in db.execute("PRAGMA integrity_check(20)")]
    except DATABASE_ERRORS as error:
        found = [str(error)]
    return [Problem("database_file", text) for text in found if text != "ok"]


def rebuild(db: Database, progress: Progress) -> list[Problem]:
    """Make schema and projection anew from the record, in one transaction.

    Returns what is wrong with the record, and what of the schema could not be brought back.
    """
    log = OperationLog(db)
    with db.atomic(), reader(log) as helper:
        left = [Problem(*each) for each in structure.mend(db)]
        with unguarded(db, log):
            clear(db)
            label = N_("Rebuilding from the record")
            found, newer = project_all(log, db, helper, progress, label)
            note_complete(db)
        state.forget(db)
        with any_text(db):
            note_anew(db, newer)
            note_all_late(db)
        found = as_branches(found, log)
    return [*left, *found]


@contextmanager
def any_text(db: Database) -> Iterator[None]:
    """Read also what somebody made unreadable: `check` tells of it, and the rest goes on."""
    usual = db.conn.text_factory
    db.conn.text_factory = lambda text: text.decode(errors="replace")
    try:
        yield
    finally:
        db.conn.text_factory = usual
