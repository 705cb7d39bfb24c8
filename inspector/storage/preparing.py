"""Making an opened file ready: its schema, its names, space set aside, errors in words."""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT
from inspector.domain.schema import KINDS
from inspector.ledger.operation import base32
from inspector.storage import structure
from inspector.storage.backup import copy_database
from inspector.storage.connection import DATABASE_ERRORS, catalogued
from inspector.storage.integrity import rebuild
from inspector.storage.migrations import SCHEMA_VERSION, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace

#: Bytes set aside to be given up when the disk is full, so that the program can still close.
RESERVE_BYTES = 4 * 1024 * 1024

#: Tables named in a sentence.
_SHOWN = 3


def migrate(db: Database, workspace: Workspace) -> None:
    """Bring the schema up to date; a copy of an older file is kept first.

    Raises MingchaError `workspace_newer` for a file of a newer version, which is left untouched.
    """
    found = db.execute("PRAGMA user_version").fetchone()[0]
    if found > SCHEMA_VERSION:
        raise MingchaError("workspace_newer", found=found, known=SCHEMA_VERSION)
    if found == SCHEMA_VERSION:
        return
    if found:
        copy_database(db, workspace.backups / f"before-schema-{SCHEMA_VERSION}.db")
    elif db.execute("SELECT 1 FROM sqlite_master WHERE name NOT LIKE '%sqlite%'").fetchone():
        raise MingchaError("workspace_damaged", detail="tables of another program")
    with db.atomic():
        STEPS.apply(db)
        if found and _keeps_fields_of_newer_versions(db):
            # What was kept beside the columns may have columns of its own by now.
            rebuild(db, SILENT)


def _keeps_fields_of_newer_versions(db: Database) -> bool:
    return any(
        db.execute(f'SELECT 1 FROM "{noun}" WHERE _x IS NOT NULL LIMIT 1').fetchone()
        for noun in KINDS
    )


def unreadable_tables(db: Database, *, allowed: bool) -> tuple[str, ...]:
    """Return the projected tables that another program took away, or columns of them.

    Raises MingchaError `tables_altered` unless that is `allowed`, and `workspace_damaged` if what
    cannot be made anew is gone.
    """
    found = structure.unreadable(db)
    lost = [name for name in found if name in structure.RECORD]
    if lost:
        raise MingchaError("workspace_damaged", detail=f"no table {lost[0]}")
    if found and not allowed:
        shown = ", ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
        raise MingchaError("tables_altered", tables=shown)
    return found


def name_workspace(db: Database, entropy: Entropy) -> None:
    """Give a new workspace its space and this device its chain."""
    with db.atomic():
        for key in ("space", "log"):
            if not db.execute("SELECT 1 FROM local_kv WHERE k = ?", (key,)).fetchone():
                put_local(db, key, base32(entropy(16)))


def put_local(db: Database, key: str, value: str) -> None:
    """Write a local setting, inside the caller's transaction."""
    db.execute(
        "INSERT INTO local_kv(k, v) VALUES(?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v",
        (key, value),
    )


def set_reserve_aside(workspace: Workspace) -> None:
    """Keep some disk space back, unless it would be the last there is: work needs it more."""
    if workspace.reserve.exists() and workspace.reserve.stat().st_size >= RESERVE_BYTES:
        return
    if shutil.disk_usage(workspace.root).free < 2 * RESERVE_BYTES:
        return
    try:
        workspace.reserve.write_bytes(bytes(RESERVE_BYTES))
    except OSError as error:
        workspace.reserve.unlink(missing_ok=True)
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise MingchaError("disk_error", detail=str(error)) from error


@contextmanager
def guarded_in(workspace: Workspace) -> Iterator[None]:
    """Catalogue the driver's errors; give up the reserve when the disk is full."""
    try:
        yield
    except DATABASE_ERRORS as error:
        failure = catalogued(error)
        if failure.code == "disk_full":
            workspace.reserve.unlink(missing_ok=True)
        raise failure from error
