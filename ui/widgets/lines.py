"""Lists and tables of lines of one height: what changes is painted anew, and nothing else.

Qt moves the picture of what scrolls only where it is told that nothing shines through; the style
sheet, which paints the ground otherwise, does not tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPaintEvent

    Index = QModelIndex | QPersistentModelIndex


#: How one line of text is drawn. Without being told Qt looks for more lines and for what must be
#: clipped, which takes longer than drawing does.
ONE_LINE = (Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip).value


def claimed_ground(view: QAbstractItemView) -> QWidget:
    """Return the ground of `view`, which promises to paint all of it at each of its paintings."""
    # One of our own: to learn what Qt's is, everything that it could be would be loaded.
    ground = QWidget()
    ground.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    ground.setBackgroundRole(QPalette.ColorRole.Base)
    view.setViewport(ground)
    return ground


class Lines(QListView):
    """A list of lines of one height, as wide as the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._ground = claimed_ground(self)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint the changed lines anew; a QListView would lay out and paint all of them."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines on their ground."""
        painter = QPainter(self._ground)
        painter.fillRect(event.rect(), self.palette().base())
        painter.end()
        super().paintEvent(event)
