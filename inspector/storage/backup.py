"""Copies of the database, and taking one back without losing what came after it.

Originals are immutable files of their own and are not copied: a backup names them by hash.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.files import sync_folder
from inspector.ledger.operation import InvalidOperation, base32, parse
from inspector.storage.connection import APPLICATION_ID, DATABASE_ERRORS, connect, guarded
from inspector.storage.integrity import rebuild
from inspector.storage.lock import acquire
from inspector.storage.log import OperationLog
from inspector.storage.migrations import SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.base.progress import Progress
    from inspector.storage.store import Store

#: Database pages copied at a time: the store is held for a few milliseconds only.
PAGES = 200

#: Automatic copies kept; older ones are removed.
KEEP = 10


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: operations in the backup, added from the file it replaced, and where
    that file now lies (None if there was none)."""

    operations: int
    added: int
    set_aside: Path | None


def copy_database(db: Database, target: Path) -> Path:
    """Copy the open database to `target`, complete and durable, while it stays in use."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    try:
        with guarded():
            with closing(sqlite3.connect(partial)) as copy:
                db.conn.backup(copy, pages=PAGES)
            with partial.open("rb+") as file:
                os.fsync(file.fileno())
        partial.replace(target)
        sync_folder(target.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return target


def back_up(store: Store, target: Path | None = None) -> Path:
    """Make a backup: to `target`, or an automatic one named after the number of operations."""
    if target is None:
        target = store.workspace.backups / f"auto-{store.log.count():09d}.db"
    if not target.exists():
        copy_database(store.db, target)
    for old in sorted(store.workspace.backups.glob("auto-*.db"))[:-KEEP]:
        old.unlink()
    return target


def newest(workspace: Workspace) -> Path:
    """Return the newest automatic backup. Raises MingchaError `backup_unusable` if none."""
    found = sorted(workspace.backups.glob("auto-*.db"))
    if not found:
        raise MingchaError("backup_unusable", path=workspace.backups, detail="empty")
    return found[-1]


def restore(workspace: Workspace, source: Path, entropy: Entropy, progress: Progress) -> Restored:
    """Put the backup `source` in place of the database.

    The replaced file is kept beside it, and every operation that can still be read from it and is
    not in the backup is added, so a restore loses nothing. The device starts a new chain, because
    its old one may go on elsewhere. Raises MingchaError `backup_unusable` or `workspace_in_use`
    before anything is touched.
    """
    workspace.root.mkdir(parents=True, exist_ok=True)
    lock = acquire(workspace)
    try:
        _require_backup(source)
        partial = workspace.root / "restoring.db"
        partial.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as original,
            closing(sqlite3.connect(partial)) as copy,
        ):
            original.backup(copy)
        operations, added = _complete(partial, workspace.database, entropy, progress)
        os.replace(partial, workspace.restored)
        sync_folder(workspace.root)
        aside = finish_restore(workspace)
    finally:
        lock.release()
    return Restored(operations, added, aside)


def finish_restore(workspace: Workspace) -> Path | None:
    """Swap in a finished restore, also one that a power cut interrupted between its renames.

    Returns where the replaced file lies now. Does nothing if no finished restore is waiting.
    """
    if not workspace.restored.exists():
        return None
    aside = _set_aside(workspace)
    os.replace(workspace.restored, workspace.database)
    sync_folder(workspace.root)
    return aside


def _complete(
    partial: Path, current: Path, entropy: Entropy, progress: Progress
) -> tuple[int, int]:
    """Add what `current` has more to the copy, name a new chain, rebuild; return both counts."""
    db = connect(partial)
    try:
        operations = OperationLog(db).count()
        with guarded(), db.atomic():
            db.execute("UPDATE local_kv SET v = ? WHERE k = 'log'", (base32(entropy(16)),))
            added = _add_missing(db, current) if current.exists() else 0
        with guarded():
            rebuild(db, progress)
    finally:
        db.conn.close()
    return operations, added


def _require_backup(source: Path) -> None:
    if not source.is_file():
        raise MingchaError("backup_unusable", path=source, detail="missing")
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as db:
            mark = db.execute("PRAGMA application_id").fetchone()[0]
            version = db.execute("PRAGMA user_version").fetchone()[0]
            state = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except DATABASE_ERRORS as error:
        raise MingchaError("backup_unusable", path=source, detail=str(error)) from error
    if mark != APPLICATION_ID or version != SCHEMA_VERSION or state != "ok":
        detail = f"mark {mark}, schema {version}, {state}"
        raise MingchaError("backup_unusable", path=source, detail=detail)


def _set_aside(workspace: Workspace) -> Path | None:
    """Rename the current database (and its WAL) so that nothing of it is overwritten."""
    if not workspace.database.exists():
        return None
    number = 1
    while (aside := workspace.root / f"replaced-{number}.db").exists():
        number += 1
    for suffix in ("-wal", "-shm", ""):
        part = Path(f"{workspace.database}{suffix}")
        if part.exists():
            os.replace(part, f"{aside}{suffix}")
    sync_folder(workspace.root)
    return aside


def _add_missing(db: Database, aside: Path) -> int:
    """Add the operations of a set-aside file that verify and are not known; return their number."""
    log = OperationLog(db)
    added = 0
    for raw in _readable(aside):
        try:
            operation = parse(raw)
        except InvalidOperation:
            continue
        if not log.contains(operation.id):
            log.append(operation)
            added += 1
    return added


def _readable(aside: Path) -> Iterator[bytes]:
    """Yield what can be read of a possibly damaged file, place by place, skipping bad pages."""
    try:
        with closing(sqlite3.connect(aside)) as damaged:
            highest = damaged.execute("SELECT max(seq) FROM op").fetchone()[0] or 0
            for place in range(1, highest + 1):
                raw = _one(damaged, place)
                if raw is not None:
                    yield raw
    except DATABASE_ERRORS:
        # The file's first pages are gone: nothing of it can be read, and it stays where it is.
        return


def _one(damaged: sqlite3.Connection, place: int) -> bytes | None:
    try:
        row = damaged.execute("SELECT raw FROM op WHERE seq = ?", (place,)).fetchone()
    except DATABASE_ERRORS:
        return None
    return row[0] if row else None


def missing_operations(store: Store, outside: Path) -> list[str]:
    """Return the ids of operations that the backup `outside` holds and the workspace does not.

    Raises MingchaError `backup_unusable`.
    """
    _require_backup(outside)
    with closing(sqlite3.connect(f"file:{outside}?mode=ro", uri=True)) as other:
        found = other.execute("SELECT id FROM op ORDER BY seq")
        return [row[0].hex() for row in found if not store.log.contains(row[0].hex())]
