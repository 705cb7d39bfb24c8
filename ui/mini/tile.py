"""One window as a small tile: its number, a letter, people waiting. No word, no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from inspector.domain.codes import look_code, state_code, window_code
from inspector.domain.vocabulary import WindowState
from ui.theme import tokens
from ui.theme.tokens import Type

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector.domain.board import Tile
    from ui.theme.look import Look

#: States that need no second look.
_QUIET = frozenset({WindowState.SERVING, WindowState.IDLE, WindowState.CLOSED})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a tile shows. typed: digits that are still being typed."""

    tile: Tile
    watching: bool = False
    typed: str = ""


class MiniTile(QAbstractButton):
    """A button that is painted as a tile. Pressing it offers the letters."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: Shown | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def tile(self) -> Tile | None:
        """The window that is shown."""
        return self._shown.tile if self._shown else None

    def show_window(self, shown: Shown) -> None:
        """Show a window."""
        if shown == self._shown:
            return
        self._shown = shown
        tile = shown.tile
        code = look_code(tile.state, tile.people_waiting)
        said = [window_code(tile.window), code, "W" if shown.watching else ""]
        self.setAccessibleName(" ".join(part for part in said if part))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the least room: the grid gives what is left."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return what a finger needs."""
        return QSize(tokens.TOUCH, tokens.TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint number above, letter and people below."""
        del event
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tile, colours = self._shown.tile, self._look.colours
        seen = tile.state is not WindowState.NOT_LOOKED_AT
        notable = seen and tile.state not in _QUIET
        self._frame(painter, notable=notable)
        inside = self.rect().adjusted(4, 3, -4, -3)
        half = inside.height() // 2
        painter.setPen(QColor(colours.text if notable or not seen else colours.text2))
        font = self._look.font(Type.SECTION)
        font.setWeight(QFont.Weight.DemiBold if notable or not seen else QFont.Weight.Normal)
        painter.setFont(font)
        top = QRect(inside.x(), inside.y(), inside.width(), half)
        number = painter.fontMetrics().elidedText(
            window_code(tile.window), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, number)
        painter.setPen(QColor(colours.text if notable else colours.text2))
        painter.setFont(self._look.font(Type.STRONG if notable else Type.BODY))
        foot = QRect(inside.x(), inside.y() + half, inside.width(), inside.height() - half)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self._code())
        painter.end()

    def _code(self) -> str:
        assert self._shown is not None
        tile, typed = self._shown.tile, self._shown.typed
        if typed:
            return f"{state_code(tile.state)} {typed}…"
        code = look_code(tile.state, tile.people_waiting)
        return f"{code} ∘" if self._shown.watching else code

    def _frame(self, painter: QPainter, *, notable: bool) -> None:
        colours = self._look.colours
        edge, width = (colours.control, 1.0) if notable else (colours.border, 1.0)
        if self.hasFocus():
            edge, width = colours.focus, 2.0
        fill = colours.accent_soft if notable or self.isDown() else colours.surface
        painter.setBrush(QColor(fill))
        painter.setPen(QPen(QColor(edge), width))
        room = self.rect().adjusted(1, 1, -2, -2)
        painter.drawRoundedRect(room, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
