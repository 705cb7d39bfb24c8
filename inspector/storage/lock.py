"""One program per workspace: a lock on a file of its own.

The database file itself is never opened except through SQLite: closing any other descriptor of it
would drop SQLite's POSIX locks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from inspector.base.errors import MingchaError

if TYPE_CHECKING:
    from inspector.base.paths import Workspace


def acquire(workspace: Workspace) -> FileLock:
    """Lock the workspace for this program; the caller releases it.

    Raises MingchaError `workspace_in_use` at once when another program has it, and `disk_error`
    when the lock file cannot be made.
    """
    lock = FileLock(workspace.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise MingchaError("workspace_in_use") from error
    except OSError as error:
        raise MingchaError("disk_error", detail=str(error)) from error
    return lock
