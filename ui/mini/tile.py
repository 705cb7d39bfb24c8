"""One window as a small tile: its number, a letter, people waiting. No word, no colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from inspector.domain.codes import look_code, state_code, window_code
from inspector.domain.vocabulary import WindowState
from ui.recording.tile import Shown, TileButton
from ui.theme import tokens
from ui.theme.tokens import Type

if TYPE_CHECKING:
    from ui.theme.look import Look

#: States that need no second look.
_QUIET = frozenset({WindowState.SERVING, WindowState.IDLE, WindowState.CLOSED})


class MiniTile(TileButton):
    """Pressing it offers the letters."""

    def __init__(self, look: Look) -> None:
        super().__init__(QSizePolicy.Policy.Expanding)
        self._look = look

    def said(self, shown: Shown) -> str:
        """Return its codes: nobody who listens learns more than who looks."""
        tile = shown.tile
        code = look_code(tile.state, tile.people_waiting)
        parts = (window_code(tile.window), code, "W" if shown.watching else "")
        return " ".join(part for part in parts if part)

    def sizeHint(self) -> QSize:
        """Return the least room: the grid gives what is left."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return what a finger needs."""
        return QSize(tokens.TOUCH, tokens.TOUCH)

    def paint(self, painter: QPainter, shown: Shown) -> None:
        """Paint number above, letter and people below."""
        tile, colours = shown.tile, self._look.colours
        seen = tile.state is not WindowState.NOT_LOOKED_AT
        notable = seen and tile.state not in _QUIET
        self._frame(painter, notable=notable)
        top, foot = self.halves(4, 3)
        painter.setPen(QColor(colours.text if notable or not seen else colours.text2))
        font = self._look.font(Type.SECTION)
        font.setWeight(QFont.Weight.DemiBold if notable or not seen else QFont.Weight.Normal)
        painter.setFont(font)
        number = painter.fontMetrics().elidedText(
            window_code(tile.window), Qt.TextElideMode.ElideRight, top.width()
        )
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, number)
        painter.setPen(QColor(colours.text if notable else colours.text2))
        painter.setFont(self._look.font(Type.STRONG if notable else Type.BODY))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, _code(shown))

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


def _code(shown: Shown) -> str:
    tile, typed = shown.tile, shown.typed
    if typed:
        return f"{state_code(tile.state)} {typed}…"
    code = look_code(tile.state, tile.people_waiting)
    return f"{code} ∘" if shown.watching else code
