"""Copying the whole database while it stays in use: before an update, and for a person."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.files import make_folder, sync_folder
from inspector.storage.connection import GUARD_FUNCTION, guarded, open_plain, set_journal
from inspector.storage.presence import SECRET
from inspector.storage.record_copy import remove_database

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from inspector.storage.connection import Database

#: Database pages copied at a time: the store is held for a few milliseconds only.
PAGES = 200


def copy_database(db: Database, target: Path) -> Path:
    """Copy the open database to `target`, complete and durable, while it stays in use."""
    partial = target.with_name(target.name + ".part")
    with guarded():
        try:
            make_folder(target.parent)
            remove_database(partial)
            with closing(open_plain(partial)) as copy:
                db.conn.backup(copy, pages=PAGES)
                # One file that can be read where nothing can be written, such as a disc.
                set_journal(copy, "delete")
                _leave_out_secrets(copy)
            with partial.open("rb+") as file:
                os.fsync(file.fileno())
            partial.replace(target)
            sync_folder(target.parent)
        finally:
            remove_database(partial)
    return target


def _leave_out_secrets(copy: sqlite3.Connection) -> None:
    """Wipe what a copy may not hold: it may leave the machine, or be copied by anybody."""
    copy.create_function(GUARD_FUNCTION, 0, lambda: 1)
    copy.execute("PRAGMA secure_delete=ON")
    copy.execute("PRAGMA journal_mode=MEMORY")
    for table in SECRET:
        # A backup from before an update of the program may lack it.
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
            copy.execute(f"DELETE FROM {table}")
    copy.commit()


def carry(clean: Path, target: Path) -> Path:
    """Copy a finished file to where the user wants it, durably.

    Raises MingchaError `backup_target_full`, `backup_not_written`.
    """
    partial = target.with_name(target.name + ".part")
    try:
        with guarded():
            make_folder(target.parent)
            try:
                shutil.copyfile(clean, partial)
                with partial.open("rb+") as file:
                    os.fsync(file.fileno())
                partial.replace(target)
                sync_folder(target.parent)
            finally:
                partial.unlink(missing_ok=True)
    except MingchaError as error:
        if error.code == "disk_full":
            raise MingchaError("backup_target_full", path=target) from error
        if error.code == "disk_error":
            raise MingchaError("backup_not_written", path=target, **error.fields) from error
        raise
    return target
