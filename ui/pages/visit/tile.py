"""One window as a tile: number, state, people waiting, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from inspector.domain.clocktext import clock
from inspector.domain.terms import short_state, term
from inspector.domain.vocabulary import WindowState
from ui.theme import tokens
from ui.theme.tokens import Tone, Type

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector.domain.board import Tile
    from ui.desk import Desk
    from ui.theme.tokens import Colours

#: Tone and icon of each state.
SIGNS: dict[WindowState, tuple[Tone, str]] = {
    WindowState.NOT_LOOKED_AT: (Tone.NEUTRAL, "unanswered"),
    WindowState.SERVING: (Tone.OK, "conforms"),
    WindowState.IDLE: (Tone.INFO, "clock"),
    WindowState.UNATTENDED: (Tone.DANGER, "person"),
    WindowState.ABSENT_WITH_NOTICE: (Tone.WARN, "note"),
    WindowState.COVERED: (Tone.INFO, "covered"),
    WindowState.PAUSED: (Tone.WARN, "pause"),
    WindowState.CLOSED: (Tone.NEUTRAL, "close"),
}
#: States that are framed: one should see them from afar.
_FRAMED = (Tone.DANGER, Tone.WARN)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a tile shows beside the window itself. watching: since when it is watched."""

    tile: Tile
    zone: int
    watching: bool = False
    typed: str = ""


class WindowTile(QAbstractButton):
    """A button that is painted as a tile. Pressing it offers the states."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Shown | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def tile(self) -> Tile | None:
        """The window that is shown."""
        return self._shown.tile if self._shown else None

    def show_window(self, shown: Shown) -> None:
        """Show a window."""
        if shown == self._shown:
            return
        self._shown = shown
        self.setAccessibleName(self._said(shown))
        self.setToolTip("")
        self.update()

    def _said(self, shown: Shown) -> str:
        tr, tile = self._desk.tr, shown.tile
        parts = [
            tr("window {number}", number=tile.window.number or tile.window.label),
            term(tile.state, self._desk.lang),
        ]
        if tile.people_waiting is not None:
            parts.append(tr("{count} people waiting", count=tile.people_waiting))
        if tile.since is not None:
            parts.append(clock(tile.since, shown.zone))
        if shown.watching:
            parts.append(tr("being watched"))
        return ", ".join(parts)

    def sizeHint(self) -> QSize:
        """Return the size of a tile."""
        scale = self._desk.look.scale
        return QSize(round(104 * scale), round(62 * scale))

    def minimumSizeHint(self) -> QSize:
        """Return the least room that number and state need."""
        scale = self._desk.look.scale
        return QSize(round(78 * scale), round(56 * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        del event
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._desk.look.colours
        tone, icon = SIGNS[self._shown.tile.state]
        self._frame(painter, colours, tone)
        inside = self.rect().adjusted(tokens.S, tokens.XS, -tokens.S, -tokens.XS)
        half = inside.height() // 2
        self._head(painter, QRect(inside.x(), inside.y(), inside.width(), half))
        foot = QRect(inside.x(), inside.y() + half, inside.width(), inside.height() - half)
        self._foot(painter, foot, tone, icon)
        painter.end()

    def _frame(self, painter: QPainter, colours: Colours, tone: Tone) -> None:
        ink, soft = colours.of(tone)
        framed = tone in _FRAMED
        edge, width = (ink, 2) if framed else (colours.border, 1)
        if self.isDown() or self.underMouse():
            edge = colours.accent
        if self.hasFocus():
            edge, width = colours.focus, 3
        path = QPainterPath()
        path.addRoundedRect(
            self.rect().adjusted(2, 2, -2, -2), tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS
        )
        painter.fillPath(path, QColor(soft if framed else colours.surface))
        painter.setPen(QPen(QColor(edge), width))
        painter.drawPath(path)

    def _head(self, painter: QPainter, box: QRect) -> None:
        assert self._shown is not None
        look, tile = self._desk.look, self._shown.tile
        painter.setPen(QColor(look.colours.text))
        painter.setFont(look.font(Type.SECTION))
        number = tile.window.number or tile.window.label
        painter.drawText(box, _LEFT, number)
        left = painter.fontMetrics().horizontalAdvance(number) + tokens.S
        painter.setFont(look.font(Type.CAPTION))
        text, colour = self._beside(tile)
        painter.setPen(QColor(colour))
        room = box.adjusted(left, 0, 0, 0)
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _RIGHT, fitting)

    def _beside(self, tile: Tile) -> tuple[str, str]:
        """Return what stands beside the number: what is being typed, people, or what it is for."""
        assert self._shown is not None
        colours, tr = self._desk.look.colours, self._desk.tr
        if self._shown.typed:
            return tr("{count} waiting", count=self._shown.typed) + "…", colours.accent
        if tile.people_waiting is not None:
            return tr("{count} waiting", count=tile.people_waiting), colours.text2
        label = tile.window.label if tile.window.label != tile.window.number else ""
        return label or "".join(tile.window.matters[:1]), colours.text3

    def _foot(self, painter: QPainter, box: QRect, tone: Tone, icon: str) -> None:
        assert self._shown is not None
        look, tile = self._desk.look, self._shown.tile
        size = round(14 * look.scale)
        painter.drawPixmap(
            box.x(), box.y() + (box.height() - size) // 2, look.pixmap(icon, size, tone)
        )
        painter.setFont(look.font(Type.CAPTION))
        painter.setPen(QColor(look.colours.of(tone)[0]))
        words = box.adjusted(size + tokens.XS, 0, 0, 0)
        state = short_state(tile.state, self._desk.lang)
        painter.drawText(words, _LEFT, state)
        time = "●" if self._shown.watching else ""
        if not time and tile.since is not None:
            time = clock(tile.since, self._shown.zone)
        room = words.width() - painter.fontMetrics().horizontalAdvance(state) - tokens.XS
        if time and painter.fontMetrics().horizontalAdvance(time) <= room:
            tint = look.colours.danger if self._shown.watching else look.colours.text3
            painter.setPen(QColor(tint))
            painter.drawText(words, _RIGHT, time)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
