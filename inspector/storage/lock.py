"""One program per workspace: a lock on a file of its own.

The database file itself is never opened except through SQLite: closing any other descriptor of it
would drop SQLite's POSIX locks.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from inspector.base.errors import MingchaError
from inspector.storage.connection import place_refused

if TYPE_CHECKING:
    from inspector.base.paths import Workspace


def acquire(workspace: Workspace) -> FileLock:
    """Lock the workspace for this program; the caller releases it.

    Raises MingchaError `workspace_in_use` at once when another program has it, and
    `workspace_not_writable` or `disk_error` when the lock file cannot be made or opened.
    """
    lock = FileLock(workspace.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        # Where no file can be made some systems say "not found", which filelock takes for a wait.
        if not os.path.lexists(workspace.lock):
            refused = PermissionError(errno.EACCES, "")
            raise place_refused(refused, workspace.root) from error
        raise MingchaError("workspace_in_use") from error
    except OSError as error:
        raise place_refused(error, workspace.root) from error
    return lock
