"""Copies of the database, and taking one back without losing what came after it.

Originals are immutable files of their own and are not copied: a backup names them by hash.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.files import make_folder, sync_folder
from inspector.base.paths import Workspace
from inspector.base.values import frozen
from inspector.ledger.operation import InvalidOperation, base32, parse
from inspector.storage import belongings, structure
from inspector.storage.connection import (
    APPLICATION_ID,
    DATABASE_ERRORS,
    connect,
    guarded,
    open_plain,
    open_read_only,
)
from inspector.storage.envelopes import reopen
from inspector.storage.identity import ORGANISATION, begin_chain, local
from inspector.storage.integrity import rebuild
from inspector.storage.keyring import make_key
from inspector.storage.lock import acquire
from inspector.storage.log import OperationLog
from inspector.storage.record_copy import copy_record, remove_database
from inspector.storage.schema_number import SCHEMA_VERSION
from inspector.storage.spaces import Spaces
from inspector.storage.whole_copy import carry, copy_database

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from inspector.base.ids import Entropy
    from inspector.base.progress import Progress
    from inspector.storage.connection import Database
    from inspector.storage.problems import Problem

#: Automatic copies kept; older ones are removed.
KEEP = 10

#: No operation takes fewer bytes; bounds how many a damaged file can hold.
SMALLEST_OPERATION = 256


@frozen
class Restored:
    """What a restore did: operations in the backup, added from the file it replaced, where that
    file now lies (None if there was none), and whether it could be read to its end."""

    operations: int
    added: int
    set_aside: Path | None
    whole: bool = True
    problems: tuple[Problem, ...] = ()


def back_up(db: Database, workspace: Workspace, target: Path | None = None) -> Path:
    """Make a backup: a whole copy to `target`, or an automatic one (see `in_pieces`).

    Raises MingchaError `backup_exists` rather than overwrite a file that the user named,
    `backup_target_full`, `backup_not_written`.
    """
    if target is None:
        for _ in in_pieces(db, workspace):
            continue
        return newest(workspace)
    if target.exists():
        raise MingchaError("backup_exists", path=target)
    _require_room(db, workspace)
    # What is wiped here never was on the medium, whose old pages others may read.
    clean = workspace.root / "leaving.db"
    try:
        copy_database(db, clean)
        return carry(clean, target)
    finally:
        with guarded():
            remove_database(clean)


def in_pieces(db: Database, workspace: Workspace) -> Generator[None, None, bool]:
    """Make an automatic backup of the record piece by piece; it replaces the oldest of them.

    Returns whether one was made: not while nothing has been recorded since the newest.
    """
    found = _automatic(workspace)
    if found and _stand_of(found[-1]) == _stand(db.conn):
        return False
    number = int(found[-1].stem.removeprefix("auto-")) + 1 if found else 1
    _require_room(db, workspace)
    yield from copy_record(db, workspace.backups / f"auto-{number:06d}.db")
    with guarded():
        for old in found[: 1 - KEEP]:
            old.unlink()
    return True


def _require_room(db: Database, workspace: Workspace) -> None:
    """Raise MingchaError `disk_full` before a copy takes the last of the disk from the record."""
    pages, size = (
        db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")
    )
    with guarded():
        if shutil.disk_usage(workspace.root).free < pages * size:
            raise MingchaError("disk_full")


def _automatic(workspace: Workspace) -> list[Path]:
    """Return the automatic backups, the oldest first: their numbers only grow."""
    return sorted(workspace.backups.glob("auto-[0-9]*[0-9].db"))


def _stand_of(path: Path) -> object:
    try:
        with closing(open_read_only(path)) as db:
            return _stand(db)
    except DATABASE_ERRORS:
        return None


def _stand(db: sqlite3.Connection) -> object:
    """Return what grows with everything that a backup holds."""
    row = db.execute("SELECT id FROM op ORDER BY seq DESC LIMIT 1").fetchone()
    return bytes(row[0]) if row else b"", *belongings.counts(db)


def newest(workspace: Workspace) -> Path:
    """Return the newest automatic backup. Raises MingchaError `backup_none` if none."""
    found = _automatic(workspace)
    if not found:
        raise MingchaError("backup_none", path=workspace.root)
    return found[-1]


def restore(workspace: Workspace, source: Path, entropy: Entropy, progress: Progress) -> Restored:
    """Put the backup `source` in place of the database.

    The replaced file is kept beside it, and every operation that can still be read from it and is
    not in the backup is added, so a restore loses nothing. The device starts a new chain, because
    its old one may go on elsewhere. Raises MingchaError `backup_missing`, `backup_unusable`,
    `backup_of_other_space`, `workspace_newer` or `workspace_in_use` before anything is touched.
    """
    _require_backup(source)
    partial = workspace.root / "restoring.db"
    with guarded():
        make_folder(workspace.root)
    lock = acquire(workspace)
    try:
        with guarded():
            finish_restore(workspace)
            remove_database(partial)
            with closing(open_read_only(source)) as original, closing(open_plain(partial)) as copy:
                original.backup(copy)
            done = _complete(partial, source, workspace.database, entropy, progress)
            os.replace(partial, workspace.restored)
            sync_folder(workspace.root)
            aside = finish_restore(workspace)
    finally:
        remove_database(partial)
        lock.release()
    return replace(done, set_aside=aside)


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
    partial: Path, source: Path, current: Path, entropy: Entropy, progress: Progress
) -> Restored:
    """Add what `current` has more to the copy, name a new chain, rebuild."""
    db = connect(partial)
    try:
        operations = OperationLog(db).count()
        added, whole = 0, True
        with db.atomic():
            # An automatic backup holds the record only, without indexes.
            structure.mend(db)
            chain = base32(entropy(16))
            begin_chain(db, chain)
            if current.exists():
                added, whole = _add_missing(db, current, source)
            if local(db, ORGANISATION):
                workspace = Workspace(current.parent)
                make_key(workspace, chain, entropy)
                reopen(db, workspace)
        problems = rebuild(db, progress)
    finally:
        db.conn.close()
    return Restored(operations, added, None, whole, tuple(problems))


def _require_backup(source: Path) -> None:
    if not source.is_file():
        raise MingchaError("backup_missing", path=source)
    try:
        with closing(open_read_only(source)) as db:
            mark = db.execute("PRAGMA application_id").fetchone()[0]
            version = db.execute("PRAGMA user_version").fetchone()[0]
            state = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except DATABASE_ERRORS as error:
        raise MingchaError("backup_unusable", path=source, detail=str(error)) from error
    # One from before an update of the program is as good as one from after it.
    if mark != APPLICATION_ID or not 0 < version <= SCHEMA_VERSION or state != "ok":
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


def _add_missing(db: Database, current: Path, source: Path) -> tuple[int, bool]:
    """Add the operations of the current file that verify and are not known.

    Returns their number, and whether the file could be read to its end.
    """
    log = OperationLog(db)
    added, whole = 0, True
    # SQLite would tidy up the file it reads (its write-ahead log, at least): read a copy instead.
    with tempfile.TemporaryDirectory(dir=current.parent, prefix="salvage-") as name:
        for suffix in ("", "-wal"):
            part = Path(f"{current}{suffix}")
            if part.exists():
                shutil.copyfile(part, Path(name) / f"copy.db{suffix}")
        copy = Path(name) / "copy.db"
        _take_belongings(db, copy, source)
        spaces = Spaces(db)
        for raw in _readable(copy):
            try:
                operation = parse(raw or b"")
            except InvalidOperation:
                whole = False
                continue
            header = operation.header
            if spaces.hold(header.log, header.space) and not log.contains(operation.id):
                log.append(operation)
                added += 1
        with _opened(copy) as damaged:
            belongings.add_segments(db, damaged, _is_damage)
    return added, whole


def _take_belongings(db: Database, copy: Path, source: Path) -> None:
    """Add what the replaced file knows of an organisation; refuse if it is not ours to replace.

    Either of the two may have joined since they were one, and neither forgets it.
    """
    with _opened(copy) as damaged:
        found = _one(damaged, "SELECT user_version FROM pragma_user_version WHERE ?", 1)
        if isinstance(found, int) and found > SCHEMA_VERSION:
            raise MingchaError("workspace_newer", found=found, known=SCHEMA_VERSION)
        known = belongings.read(damaged, _is_damage)
    if not belongings.are_one(belongings.read(db.conn, _is_damage), known):
        raise MingchaError("backup_of_other_space", path=source)
    belongings.add(db, known)


def _readable(copy: Path) -> Iterator[bytes | None]:
    """Yield what can be read of a possibly damaged file, place by place; None for what cannot."""
    with _opened(copy) as damaged:
        highest = _one(damaged, "SELECT max(seq) FROM op WHERE seq > ?", 0)
        if not isinstance(highest, int):
            yield None
        for place in range(1, _bound(copy, damaged, highest) + 1):
            raw = _one(damaged, "SELECT raw FROM op WHERE seq = ?", place)
            if isinstance(raw, bytes):
                yield raw
            elif isinstance(highest, int):
                yield None


@contextmanager
def _opened(copy: Path) -> Iterator[sqlite3.Connection]:
    """Open a salvaged copy without shared memory, which a full disk would refuse."""
    with closing(open_plain(copy)) as damaged:
        damaged.execute("PRAGMA locking_mode=EXCLUSIVE")
        yield damaged


def _bound(copy: Path, damaged: sqlite3.Connection, highest: object) -> int:
    """Return the last place, or a bound for it; 0 if not even the list of tables can be read."""
    if isinstance(highest, int):
        return highest
    if _one(damaged, "SELECT count(*) FROM sqlite_master WHERE name = 'op' AND ?", 1) != 1:
        return 0
    files = (copy, copy.with_name(f"{copy.name}-wal"))
    return sum(file.stat().st_size for file in files if file.exists()) // SMALLEST_OPERATION


def _one(damaged: sqlite3.Connection, query: str, value: int) -> object:
    try:
        row = damaged.execute(query, (value,)).fetchone()
    except DATABASE_ERRORS as error:
        if not _is_damage(error):
            raise
        return None
    return row[0] if row else None


def _is_damage(error: Exception) -> bool:
    """Tell a file that holds nonsense from a disk that refuses: only the former is skipped."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    nonsense = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
    return code & 0xFF in nonsense or code == sqlite3.SQLITE_IOERR_SHORT_READ


def missing_operations(log: OperationLog, outside: Path) -> list[str]:
    """Return the ids of operations that the backup `outside` holds and the workspace does not.

    Raises MingchaError `backup_unusable`.
    """
    _require_backup(outside)
    with closing(open_read_only(outside)) as other:
        found = other.execute("SELECT id FROM op ORDER BY seq")
        return [row[0].hex() for row in found if not log.contains(row[0].hex())]
