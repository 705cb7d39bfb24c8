"""Running the steps that bring an older file up to today's schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT
from inspector.domain.schema import KINDS
from inspector.storage.integrity import rebuild
from inspector.storage.log_state import waiting_for_newer_version
from inspector.storage.migrations import STEPS
from inspector.storage.schema_number import SCHEMA_VERSION
from inspector.storage.whole_copy import copy_database

if TYPE_CHECKING:
    from inspector.base.paths import Workspace
    from inspector.storage.connection import Database


def bring_up(db: Database, workspace: Workspace, found: int) -> None:
    """Run the steps after schema `found`, 0 for an empty file; a copy of an older one is kept."""
    if found:
        copy_database(db, workspace.backups / f"before-schema-{SCHEMA_VERSION}.db")
    elif db.execute("SELECT 1 FROM sqlite_master WHERE name NOT LIKE '%sqlite%'").fetchone():
        raise MingchaError("workspace_damaged", detail="tables of another program")
    with db.atomic():
        STEPS.apply(db.whole)
        if found and _keeps_what_was_newer(db):
            # What was kept beside the columns may have columns of its own by now, and nouns that
            # were only handed on may have tables.
            rebuild(db, SILENT)


def _keeps_what_was_newer(db: Database) -> bool:
    return waiting_for_newer_version(db) > 0 or any(
        db.execute(f'SELECT 1 FROM "{noun}" WHERE _x IS NOT NULL LIMIT 1').fetchone()
        for noun in KINDS
    )
