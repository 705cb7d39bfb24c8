"""Making an opened file ready: its schema, its names, space set aside, errors in words."""

from __future__ import annotations

import errno
import shutil
from importlib import import_module
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.ledger.operation import base32
from inspector.storage.connection import DATABASE_ERRORS, catalogued
from inspector.storage.presence import RECORD, unreadable
from inspector.storage.schema_number import SCHEMA_VERSION

if TYPE_CHECKING:
    from types import TracebackType

    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.storage.connection import Database

#: Bytes set aside to be given up when the disk is full, so that the program can still close.
RESERVE_BYTES = 4 * 1024 * 1024

_MIGRATING = "inspector.storage.migrating"

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
    # What the steps need is loaded only to run them.
    import_module(_MIGRATING).bring_up(db, workspace, found)


def sweep_scratch(workspace: Workspace) -> None:
    """Remove copies that a power cut left behind in the middle of a check or a restore."""
    for leftover in (*workspace.root.glob("salvage-*"), *workspace.cache.glob("check-*")):
        # What cannot be removed now is tried again at the next start.
        shutil.rmtree(leftover, ignore_errors=True)


def unreadable_tables(db: Database, *, allowed: bool) -> tuple[str, ...]:
    """Return the projected tables that another program took away, or columns of them.

    Raises MingchaError `tables_altered` unless that is `allowed`, and `workspace_damaged` if what
    cannot be made anew is gone.
    """
    found = unreadable(db)
    lost = [name for name in found if name in RECORD]
    if lost:
        raise MingchaError("workspace_damaged", detail=f"no table {lost[0]}")
    if found and not allowed:
        shown = ", ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
        raise MingchaError("tables_altered", tables=shown)
    return found


def name_workspace(db: Database, entropy: Entropy) -> None:
    """Give a new workspace its space and this device its chain."""
    named = {row[0] for row in db.execute("SELECT k FROM local_kv")}
    missing = [key for key in ("space", "log") if key not in named]
    if missing:
        with db.atomic():
            for key in missing:
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
            raise MingchaError("disk_error", detail=reason_of(error, named=True)) from error


class Guarded:
    """Catalogues the driver's errors within; gives up the reserve when the disk is full.

    Entered for every read: a generator would take longer than most of what it guards.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, _kind: object, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if not isinstance(error, DATABASE_ERRORS):
            return
        failure = catalogued(error)
        if failure.code == "disk_full":
            self._workspace.reserve.unlink(missing_ok=True)
        raise failure from error
