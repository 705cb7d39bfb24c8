"""Opening the database of a workspace, or making it; what is held is let go when that fails."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.errors import MingchaError
from inspector.base.files import make_folder, sync_folder
from inspector.storage.connection import connect, guarded, place_refused
from inspector.storage.lock import Lock, acquire
from inspector.storage.preparing import (
    Guarded,
    migrate,
    name_workspace,
    set_reserve_aside,
    sweep_scratch,
    unreadable_tables,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.ids import Entropy
    from inspector.base.paths import Workspace
    from inspector.storage.connection import Database

#: Needed only where a restore was interrupted, so loaded when it was.
_BACKUP = "inspector.storage.backup"


class Held(NamedTuple):
    """What an open workspace holds.

    unreadable: projected tables that another program took away, or columns of them.
    """

    db: Database
    lock: Lock
    unreadable: tuple[str, ...]


def require_database(workspace: Workspace) -> None:
    """Raise MingchaError `workspace_missing` or `workspace_damaged` unless one can be opened."""
    with guarded():
        if not _holds_database(workspace):
            raise MingchaError("workspace_missing", path=workspace.root)
        database = workspace.database
        # SQLite takes an empty file for a new database; one that had backups was not empty.
        if workspace.backups.exists() and database.exists() and not database.stat().st_size:
            raise MingchaError("workspace_damaged", detail="0 bytes")


def make_place(workspace: Workspace) -> None:
    """Make the folder of a new workspace.

    Raises MingchaError `workspace_exists`, `workspace_not_writable`, `disk_error`, `disk_full`.
    """
    try:
        if _holds_database(workspace):
            raise MingchaError("workspace_exists", path=workspace.root)
        make_folder(workspace.root, 0o700)
    except OSError as error:
        raise place_refused(error, workspace.root) from error


@contextmanager
def opening(workspace: Workspace, entropy: Entropy, *, altered: bool) -> Iterator[Held]:
    """Give the workspace's database, brought up to date; close it again if what follows fails.

    Raises what `Store.open` raises.
    """
    with ExitStack() as held:
        lock = acquire(workspace)
        held.callback(lock.release)
        with guarded():
            if workspace.restored.exists():
                import_module(_BACKUP).finish_restore(workspace)
            sweep_scratch(workspace)
        db = connect(workspace.database)
        held.callback(db.conn.close)
        with Guarded(workspace):
            migrate(db, workspace)
            unreadable = unreadable_tables(db, allowed=altered)
            name_workspace(db, entropy)
            yield Held(db, lock, unreadable)
        with guarded():
            # SQLite does not say when it failed to make the names of its files durable.
            sync_folder(workspace.root)
            set_reserve_aside(workspace)
        held.pop_all()


def _holds_database(workspace: Workspace) -> bool:
    return workspace.database.exists() or workspace.restored.exists()
