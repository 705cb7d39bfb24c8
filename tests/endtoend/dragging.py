"""Another program that hands over files: a small window from which they are dragged.

python -m tests.endtoend.dragging X Y FILE …

Runs until it is ended. X and Y are where its upper left corner stands on the screen.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent

#: Logical pixels.
SIDE = 56


class Files(QLabel):
    """Pressing it begins to drag all the files."""

    def __init__(self, files: Sequence[str]) -> None:
        super().__init__("files")
        self._files = files
        self.setFixedSize(SIDE, SIDE)
        self.setWindowFlags(
            Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Carry the files until they are dropped."""
        del event
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(file) for file in self._files])
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def main(words: Sequence[str]) -> int:
    """Show the window."""
    app = QApplication(["files"])
    window = Files(words[2:])
    window.move(int(words[0]), int(words[1]))
    window.show()
    print("ready", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
