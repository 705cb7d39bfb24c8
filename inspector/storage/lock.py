"""One program per workspace: a lock on a file of its own.

The database file itself is never opened except through SQLite: closing any other descriptor of it
would drop SQLite's POSIX locks. The system lets a lock go with the program that holds it, however
that ends. The file stays: who removed it would let two programs lock two files of one name.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.storage.connection import place_refused

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from inspector.base.paths import Workspace

#: How systems say that another program holds the lock.
_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
#: Not through a link, which would lead to a file elsewhere; children do not inherit it.
_OPENING = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


class Lock:
    """A lock that is held until it is released."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let other programs in; nothing if that was done already."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                # Closing alone leaves it locked while a child that is being started shares it.
                _let_go(descriptor)
            finally:
                os.close(descriptor)


def acquire(workspace: Workspace) -> Lock:
    """Lock the workspace for this program; the caller releases it.

    Raises MingchaError `workspace_in_use` at once when another program has it, and
    `workspace_not_writable` or `disk_error` when the lock file cannot be made or opened.
    """
    try:
        descriptor = os.open(workspace.lock, _OPENING, 0o600)
    except OSError as error:
        raise place_refused(error, workspace.root) from error
    try:
        _take(descriptor)
    except OSError as error:
        os.close(descriptor)
        if error.errno in _HELD:
            raise MingchaError("workspace_in_use") from error
        raise place_refused(error, workspace.root) from error
    return Lock(descriptor)


def _take(descriptor: int) -> None:
    """Lock an open file without waiting. Raises OSError."""
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_go(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
