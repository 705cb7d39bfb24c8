"""Whether the database that is open still lies where it was opened.

A folder that is deleted or moved while a program has it open goes on being written to: SQLite would
report every action as saved, into a file that nobody can open any more.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.paths import Workspace


class Place:
    """Where the open database of a workspace was when it was opened."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known = _identity(workspace.database)

    def require(self) -> None:
        """Raise MingchaError `workspace_gone` unless the open file is still the one in place."""
        if _identity(self._workspace.database) != self._known:
            raise MingchaError("workspace_gone", path=self._workspace.root)

    def free(self) -> int:
        """Return the free bytes of its disk. Raises MingchaError `workspace_gone`."""
        self.require()
        return shutil.disk_usage(self._workspace.root).free


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
