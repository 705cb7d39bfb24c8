"""Lines of a list in two: what it is, with its state as a word, and below it where and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.ticks import paint_pill

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex


class Told(NamedTuple):
    """What a line says: above and below, and its state as a word, "" for none."""

    title: str
    about: str
    word: str = ""
    tone: Tone = Tone.NEUTRAL


class TwoLines(QStyledItemDelegate):
    """Paints such lines; its kinds say what stands in one (`told`) and before it (`lead`)."""

    #: How high a line is. Logical pixels at 100 % text.
    HIGH: ClassVar[int] = 62

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.look = look

    def told(self, index: Index) -> Told:
        """Return what a line says."""
        raise NotImplementedError

    def lead(self, painter: QPainter, room: QRect, index: Index) -> int:
        """Draw what stands before the words; return how much of the width of `room` it takes."""
        del painter, room, index
        return 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        del option, index
        return QSize(0, round(self.HIGH * self.look.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        colours, place, state = self.look.colours, option.rect, option.state
        told = self.told(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(colours.accent_soft))
        painter.setPen(QColor(colours.border))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        room = place.adjusted(tokens.L, tokens.S, -tokens.M, -tokens.S)
        room.setLeft(room.left() + self.lead(painter, room, index))
        upper = QRect(room.left(), room.top(), room.width(), room.height() // 2)
        lower = QRect(room.left(), upper.bottom(), room.width(), room.bottom() - upper.bottom())
        if told.word:
            widest = room.width() // 2
            pill = paint_pill(painter, self.look, upper, told.word, told.tone, widest)
            upper.setRight(upper.right() - pill - tokens.S)
        self._say(painter, upper, told.title, Type.STRONG, colours.text)
        self._say(painter, lower, told.about, Type.CAPTION, colours.text2)
        painter.restore()

    def _say(self, painter: QPainter, room: QRect, text: str, role: Type, ink: str) -> None:
        painter.setFont(self.look.font(role))
        painter.setPen(QColor(ink))
        fit = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fit)
