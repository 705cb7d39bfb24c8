"""The depots at the left: which there are, whether each can be used now, what waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.depots import ROW, DepotLine, DepotsModel, visited
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.lines import Lines
from ui.widgets.ticks import paint_pill

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.desk import Desk

    Index = QModelIndex | QPersistentModelIndex

_LINE = 68
_ICON = 22
_ICONS = {"folder": "folder", "": "warning"}
_SERVER = "link"


def icon_of(kind: str) -> str:
    """Return the icon of a kind of depot."""
    return _ICONS.get(kind, _SERVER)


class DepotItem(QStyledItemDelegate):
    """One depot: an icon of its kind, its name, its state as a word, the last visit."""

    def __init__(self, desk: Desk, parent: DepotList, model: DepotsModel) -> None:
        super().__init__(parent)
        self._desk, self._model = desk, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        del option, index
        return QSize(0, round(_LINE * self._desk.look.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: DepotLine = index.data(ROW)
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
        room = place.adjusted(tokens.L, tokens.S, -tokens.M, -tokens.S)
        picture = look.pixmap(icon_of(line.depot.kind), _ICON, Tone.NEUTRAL)
        painter.drawPixmap(room.left(), room.center().y() - _ICON // 2, picture)
        room.setLeft(room.left() + _ICON + tokens.M)
        upper = QRect(room.left(), room.top(), room.width(), room.height() // 2)
        word, tone = line.state(self._desk.tr)
        pill = paint_pill(painter, look, upper, word, tone, room.width() // 2)
        upper.setRight(upper.right() - pill - tokens.S)
        self._say(painter, upper, line.depot.name, Type.STRONG, look.colours.text)
        lower = QRect(room.left(), upper.bottom(), room.width(), room.bottom() - upper.bottom())
        self._say(painter, lower, self._about(line), Type.CAPTION, look.colours.text2)
        painter.restore()

    def _about(self, line: DepotLine) -> str:
        tr = self._desk.tr
        said = (line.waits(tr), visited(line.depot, self._model.zone, tr))
        return " · ".join(filter(None, said))

    def _say(self, painter: QPainter, room: QRect, text: str, role: Type, ink: str) -> None:
        painter.setFont(self._desk.look.font(role))
        painter.setPen(QColor(ink))
        fit = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fit)


class DepotList(Lines):
    """Arrows go through the depots, Enter visits the one that one stands on."""

    #: Another depot became the current one.
    moved = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, model: DepotsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(DepotItem(desk, self, model))
        self.setAccessibleName(desk.tr("Depots"))
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Visit by Enter; a key held down was meant once."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered.emit()
        else:
            super().keyPressEvent(event)
