"""Copying the record in pieces: the automatic backup, made while others go on working.

Operations are only ever added, so a copy made piece by piece holds a whole record at every moment;
all tables besides can be made anew from it. A file of half the size, and no long wait for anybody.
What the workspace knows of its organisation goes with it, but no secret key of anybody.
"""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

from inspector.base.files import make_folder, sync_folder
from inspector.storage.connection import APPLICATION_ID, guarded, open_plain, set_journal
from inspector.storage.log import BEFORE_ALL
from inspector.storage.presence import RECORD, SECRET
from inspector.storage.schema_number import SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from inspector.storage.connection import Database

#: Operations copied at a time: a millisecond or two, and even the largest stay below 15 MB.
_PIECE = 50

#: Bytes after which the copy is made durable: the disk must not have to write all at the end.
_SYNC_AFTER = 4 * 1024 * 1024

_TABLE = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
_OPERATIONS = "SELECT * FROM op WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"


def copy_record(db: Database, target: Path) -> Generator[None, None, None]:
    """Copy operations and local settings to `target`, durable under its name when this ends.

    What is recorded after the first piece comes into the next copy. Raises MingchaError
    `disk_full`, `disk_error`, `workspace_damaged`; then, and when it is closed half-way, nothing
    remains.
    """
    partial = target.with_name(target.name + ".part")
    with guarded():
        try:
            make_folder(target.parent)
            remove_database(partial)
            with closing(open_plain(partial)) as copy:
                set_journal(copy, "off")
                copy.execute("PRAGMA synchronous=OFF")
                yield from _fill(db, copy, partial)
                # One file that can be read where nothing can be written, such as a disc.
                set_journal(copy, "delete")
            _sync(partial)
            partial.replace(target)
            sync_folder(target.parent)
        finally:
            remove_database(partial)


def _fill(db: Database, copy: sqlite3.Connection, partial: Path) -> Generator[None, None, None]:
    _make_tables(db, copy)
    last = db.execute("SELECT coalesce(max(seq), 0) FROM op").fetchone()[0]
    place, size = BEFORE_ALL, 0
    while rows := db.execute(_OPERATIONS, (place, last, _PIECE)).fetchall():
        _insert(copy, "op", rows)
        copy.commit()
        place = rows[-1][0]
        size += sum(len(row[-1]) for row in rows)
        if size >= _SYNC_AFTER:
            _sync(partial)
            size = 0
        yield
    for table in _present(db, [each for each in RECORD[1:] if each not in SECRET]):
        _insert(copy, table, db.execute(f"SELECT * FROM {table}").fetchall())
    copy.commit()


def _make_tables(db: Database, copy: sqlite3.Connection) -> None:
    for sql in _present(db, RECORD).values():
        copy.execute(sql)
    copy.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    copy.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _present(db: Database, tables: Iterable[str]) -> dict[str, str]:
    """Return which of the tables there are, and how each is made."""
    found = {table: db.execute(_TABLE, (table,)).fetchone() for table in tables}
    return {table: row[0] for table, row in found.items() if row}


def _insert(copy: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]) -> None:
    if rows:
        slots = ", ".join("?" * len(rows[0]))
        copy.executemany(f"INSERT INTO {table} VALUES({slots})", rows)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def remove_database(path: Path) -> None:
    """Remove a database that nobody uses, with what SQLite may have left beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
