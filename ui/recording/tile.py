"""One window of a round as a button that is painted: what every kind of tile has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from inspector.base.values import frozen

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMenu

    from inspector.domain.board import Tile


@frozen
class Shown:
    """What a tile shows.

    zone: of its times, in minutes east of UTC; watching: the window is watched without a break;
    typed: digits that are still being typed.
    """

    tile: Tile
    zone: int
    watching: bool = False
    typed: str = ""


class TileButton(QAbstractButton):
    """Shows one window. Its kinds say what it is called and how it is painted."""

    #: It has the focus and shows another window than before: another sheet was turned to.
    turned = Signal()

    def __init__(self, height: QSizePolicy.Policy) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, height)

    @property
    def tile(self) -> Tile | None:
        """The window that is shown."""
        return self._shown.tile if self._shown else None

    def show_window(self, shown: Shown) -> None:
        """Show a window."""
        before = self.tile
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleName(self.said(shown))
            self.update()
        if before and before.window.id != shown.tile.window.id and self.hasFocus():
            self.turned.emit()

    def offer(self, menu: QMenu) -> None:
        """Open a menu where the tile stands."""
        self.setFocus()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def said(self, shown: Shown) -> str:
        """Return what assistive tools say of the window."""
        raise NotImplementedError

    def paint(self, painter: QPainter, shown: Shown) -> None:
        """Paint the window."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        del event
        if self._shown is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter, self._shown)
            painter.end()

    def halves(self, aside: int, above: int) -> tuple[QRect, QRect]:
        """Return the upper and the lower half of what is inside the given margins."""
        inside = self.rect().adjusted(aside, above, -aside, -above)
        half = inside.height() // 2
        return inside.adjusted(0, 0, 0, half - inside.height()), inside.adjusted(0, half, 0, 0)
