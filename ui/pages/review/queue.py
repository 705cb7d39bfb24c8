"""The queue at the left: what to decide on, by J and K, A and R, or the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.review import ROW, QueueModel
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.lines import Lines
from ui.widgets.ticks import paint_pill

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from inspector.operations.review_rows import ReviewRow
    from ui.desk import Desk

    Index = QModelIndex | QPersistentModelIndex

#: Days after which a visit that waits is marked.
_LONG = 7
_LINE = 62
_BAR = 4


class QueueLine(QStyledItemDelegate):
    """One thing to decide on: severity as a bar, what it is, where and whose, since when."""

    def __init__(self, desk: Desk, parent: QueueList) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        del option, index
        return QSize(0, round(_LINE * self._desk.look.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        row: ReviewRow = index.data(ROW)
        look, place, state = self._desk.look, option.rect, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(look.colours.accent_soft))
        painter.setPen(QColor(look.colours.border))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.colours.focus), 2))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        self._bar(painter, place, row)
        room = place.adjusted(tokens.L + _BAR, tokens.S, -tokens.M, -tokens.S)
        word, tone = self._state(row)
        pill = paint_pill(painter, look, self._upper(room), word, tone, room.width() // 2)
        upper = self._upper(room)
        upper.setRight(upper.right() - pill - tokens.S)
        self._say(painter, upper, row.title, Type.STRONG, look.colours.text)
        lower = QRect(room.left(), upper.bottom(), room.width(), room.bottom() - upper.bottom())
        self._say(painter, lower, row.about, Type.CAPTION, look.colours.text2)
        painter.restore()

    def _upper(self, room: QRect) -> QRect:
        return QRect(room.left(), room.top(), room.width(), room.height() // 2)

    def _bar(self, painter: QPainter, place: QRect, row: ReviewRow) -> None:
        tone = Tone.DANGER if row.severity > 2 else Tone.INFO
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._desk.look.colours.of(tone)[0]))
        bar = QRect(place.left() + tokens.M, place.top() + 10, _BAR, place.height() - 20)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _state(self, row: ReviewRow) -> tuple[str, Tone]:
        tr = self._desk.tr
        if row.item.own:
            return tr("your own"), Tone.NEUTRAL
        if row.item.assignee:
            return tr("for {name}", name=row.item.assignee), Tone.ACCENT
        if row.days == 0:
            return tr("today"), Tone.NEUTRAL
        return tr("{count} days", count=row.days), Tone.WARN if row.days > _LONG else Tone.NEUTRAL

    def _say(self, painter: QPainter, room: QRect, text: str, role: Type, ink: str) -> None:
        painter.setFont(self._desk.look.font(role))
        painter.setPen(QColor(ink))
        fit = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fit)


class QueueList(Lines):
    """Arrows, J and K go through the lines; A approves, R returns, while the list has the keys."""

    #: Another line became the current one.
    moved = Signal()
    approved = Signal()
    returned = Signal()

    def __init__(self, desk: Desk, model: QueueModel) -> None:
        super().__init__()
        self._desk = desk
        self.setModel(model)
        self.setItemDelegate(QueueLine(desk, self))
        self.setAccessibleName(desk.tr("Queue"))
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what single letters mean here, unless they are switched off in the settings."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        letter = event.text().upper() if plain and self._desk.settings.single_keys else ""
        if letter in ("J", "K"):
            self.step(1 if letter == "J" else -1)
        elif letter in ("A", "R") and not event.isAutoRepeat():
            (self.approved if letter == "A" else self.returned).emit()
        elif letter not in ("A", "R"):
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the next line, or back."""
        at = max(0, min(self.model().rowCount() - 1, self.currentIndex().row() + by))
        self.setCurrentIndex(self.model().index(at, 0))
