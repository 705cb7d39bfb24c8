"""Small steps of writing files so that they outlive a power cut, on POSIX and Windows."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from typing import TYPE_CHECKING, TypeVar

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
# A virus scanner or an indexer holds a file for a moment: access denied, sharing, lock violation.
_WINDOWS_BUSY = (5, 32, 33)
_PATIENCE = tuple(0.01 * 2**n for n in range(8))


def patiently(action: Callable[[], T]) -> T:
    """Run `action`, again after a pause while Windows says that somebody holds the file."""
    for pause in _PATIENCE:
        try:
            return action()
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _WINDOWS_BUSY:
                raise
            time.sleep(pause)
    return action()


def make_read_only(path: Path) -> None:
    """Take away the right to write, for everybody but an administrator."""
    path.chmod(stat.S_IREAD)


def make_writable(path: Path) -> None:
    """Give the owner the right to write."""
    path.chmod(stat.S_IREAD | stat.S_IWRITE)


def discard(path: Path) -> None:
    """Remove a file if that is possible."""
    # Left-overs are harmless and swept at the next start: they must not hide the real error.
    with contextlib.suppress(OSError):
        if os.name == "nt":
            make_writable(path)
        path.unlink(missing_ok=True)


def failure(error: OSError) -> MingchaError:
    """Return the catalogued error for a failed write: disk_full or blob_write_failed."""
    if error.errno in _FULL:
        return MingchaError("disk_full")
    return MingchaError("blob_write_failed", reason=reason_of(error))
