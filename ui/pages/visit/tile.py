"""One window as a tile: number, state, people waiting, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy

from inspector.domain.clocktext import clock
from inspector.domain.terms import short_state, term
from inspector.domain.vocabulary import WindowState
from ui.recording.tile import Shown, TileButton
from ui.theme import tokens
from ui.theme.tokens import Tone, Type

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.theme.look import Look
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


class WindowTile(TileButton):
    """Pressing it offers the states."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QSizePolicy.Policy.Fixed)
        self._desk = desk

    def said(self, shown: Shown) -> str:
        """Return number, state, people, since when, and whether it is watched."""
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

    def paint(self, painter: QPainter, shown: Shown) -> None:
        """Paint number and people above, state and time below."""
        # Asked once: all tiles are painted together whenever their card grows.
        look = self._desk.look
        self._frame(painter, look.colours, SIGNS[shown.tile.state][0])
        head, foot = self.halves(tokens.S, tokens.XS)
        self._head(painter, head, shown, look)
        self._foot(painter, foot, shown, look)

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

    def _head(self, painter: QPainter, box: QRect, shown: Shown, look: Look) -> None:
        tile = shown.tile
        painter.setPen(QColor(look.colours.text))
        painter.setFont(look.font(Type.SECTION))
        number = tile.window.number or tile.window.label
        painter.drawText(box, _LEFT, number)
        left = painter.fontMetrics().horizontalAdvance(number) + tokens.S
        painter.setFont(look.font(Type.CAPTION))
        text, colour = self._beside(shown, look.colours)
        painter.setPen(QColor(colour))
        room = box.adjusted(left, 0, 0, 0)
        fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _RIGHT, fitting)

    def _beside(self, shown: Shown, colours: Colours) -> tuple[str, str]:
        """Return what stands beside the number: what is being typed, people, or what it is for."""
        tr, tile = self._desk.tr, shown.tile
        if shown.typed:
            return tr("{count} waiting", count=shown.typed) + "…", colours.accent
        if tile.people_waiting is not None:
            return tr("{count} waiting", count=tile.people_waiting), colours.text2
        label = tile.window.label if tile.window.label != tile.window.number else ""
        return label or "".join(tile.window.matters[:1]), colours.text3

    def _foot(self, painter: QPainter, box: QRect, shown: Shown, look: Look) -> None:
        tile = shown.tile
        tone, icon = SIGNS[tile.state]
        size = round(14 * look.scale)
        painter.drawPixmap(
            box.x(), box.y() + (box.height() - size) // 2, look.pixmap(icon, size, tone)
        )
        painter.setFont(look.font(Type.CAPTION))
        painter.setPen(QColor(look.colours.of(tone)[0]))
        words = box.adjusted(size + tokens.XS, 0, 0, 0)
        state = short_state(tile.state, self._desk.lang)
        painter.drawText(words, _LEFT, state)
        time = "●" if shown.watching else ""
        if not time and tile.since is not None:
            time = clock(tile.since, shown.zone)
        room = words.width() - painter.fontMetrics().horizontalAdvance(state) - tokens.XS
        if time and painter.fontMetrics().horizontalAdvance(time) <= room:
            tint = look.colours.danger if shown.watching else look.colours.text3
            painter.setPen(QColor(tint))
            painter.drawText(words, _RIGHT, time)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
