"""Files that were pasted, received or taken here and lie in the workspace until they are stored.

What the camera took stays there even if the program ends: it is nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.incoming import forget, forget_all
from ui.messages import confirmed

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk


class Waiting:
    """What waits; each file is removed once it is stored, or once nobody wants it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._paths: list[Path] = []
        self._kept = 0
        #: When files were taken by this computer's own clock. Milliseconds since 1970 UTC.
        self.live: dict[Path, int] = {}

    def add(self, path: Path, taken_ms: int | None = None) -> None:
        """Wait with a file. taken_ms: when this computer took it, by its own clock."""
        self._paths.append(path)
        if taken_ms is not None:
            self.live[path] = taken_ms

    def stored(self, path: Path) -> None:
        """Wait with it no longer, if it waited: it is in the record."""
        if path in self._paths:
            self._paths.remove(path)
            forget(self._desk.root or path, path)

    def keep_taken(self, *, sealed: bool) -> str:
        """Keep what the camera took, as the visit takes nothing any more; say so, "" if nothing is.

        It is nowhere else, and nobody chose that it should go: a supplement can store it.
        """
        before, tr = len(self._paths), self._desk.tr
        self._paths = [path for path in self._paths if path not in self.live]
        self._kept += before - len(self._paths)
        if not self._kept:
            return ""
        if sealed:
            return tr(
                "Not stored, and kept in this workspace for a supplement to this visit: {count} "
                "pictures taken here.",
                count=self._kept,
            )
        return tr(
            "Not stored, and kept in this workspace: {count} pictures taken here.",
            count=self._kept,
        )

    def may_leave(self, window: QWidget) -> bool:
        """Ask what becomes of what is not stored; say whether the window may close."""
        if not self._paths:
            return True
        tr = self._desk.tr
        return confirmed(
            self._desk,
            window,
            tr("Close without storing"),
            tr(
                "{count} files that were received, pasted or taken here are not stored and will "
                "not be kept here. A telephone still has what it sent; what was taken with the "
                "camera of this computer is nowhere else.",
                count=len(self._paths),
            ),
            tr("Close without storing"),
            danger=True,
        )

    def leave(self) -> None:
        """Remove what nobody wants."""
        waiting, root = tuple(self._paths), self._desk.root
        if waiting and root is not None:
            self._desk.papers.run(self._desk, lambda _progress: forget_all(root, waiting))
