"""Whether the database that is open still lies where it was opened.

A folder that is deleted or moved while a program has it open goes on being written to: SQLite would
report every action as saved, into a file that nobody can open any more.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError

if TYPE_CHECKING:
    from inspector.base.paths import Workspace


class Place:
    """Where the open database of a workspace was when it was opened."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        # As text: asked before every action, a path would be taken apart and joined each time.
        self._database = str(workspace.database)
        self._known = _identity(self._database)

    def require(self) -> None:
        """Raise MingchaError `workspace_gone` unless the open file is still the one in place."""
        if _identity(self._database) != self._known:
            raise MingchaError("workspace_gone", path=self._workspace.root)

    def free(self) -> int:
        """Return the free bytes of its disk. Raises MingchaError `workspace_gone`."""
        self.require()
        return shutil.disk_usage(self._workspace.root).free


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
