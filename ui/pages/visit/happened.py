"""The timeline as a list: time, sign and words of each entry, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from inspector.domain.clocktext import clock
from inspector.domain.entities import (
    Event,
    Fact,
    Feedback,
    Finding,
    HeadCount,
    Remark,
    Round,
    Sighting,
    Sweep,
    Wait,
)
from inspector.domain.vocabulary import EventKind, RemarkKind
from inspector.operations.board import tells_who, told
from ui.pages.visit.naming import in_sight
from ui.pages.visit.tile import SIGNS
from ui.theme import tokens
from ui.theme.tokens import Tone, Type

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from inspector.domain.board import Row
    from inspector.operations.board import Board
    from ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex

_SIGNS: dict[type[Fact], tuple[Tone, str]] = {
    Round: (Tone.ACCENT, "refresh"),
    Sweep: (Tone.OK, "check"),
    Wait: (Tone.ACCENT, "stopwatch"),
    HeadCount: (Tone.ACCENT, "people"),
    Remark: (Tone.NEUTRAL, "note"),
    Finding: (Tone.DANGER, "deviates"),
    Feedback: (Tone.ACCENT, "chat"),
}
_EVENTS = {
    EventKind.ARRIVED: "door",
    EventKind.LEFT: "door",
    EventKind.REVEAL: "key",
    EventKind.RULES_ACCEPTED: "shield",
    EventKind.PHASE: "next",
}


def sign(fact: Fact) -> tuple[Tone, str]:
    """Return tone and icon of an entry."""
    if isinstance(fact, Sighting):
        return SIGNS[fact.state]
    if isinstance(fact, Event):
        return Tone.NEUTRAL, _EVENTS.get(fact.kind, "note")
    if isinstance(fact, Remark) and fact.kind is RemarkKind.GOOD_PRACTICE:
        return Tone.OK, "star"
    return _SIGNS.get(type(fact), (Tone.NEUTRAL, "note"))


def line_height(scale: float) -> int:
    """Return the height of an entry at a text scale."""
    return round(30 * scale)


class HappenedModel(QAbstractListModel):
    """What happened in a visit."""

    #: The `Row` of a line.
    ROW = Qt.ItemDataRole.UserRole

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._board: Board | None = None
        self._rows: tuple[Row, ...] = ()

    def take(self, board: Board) -> None:
        """Show what happened as it stands now."""
        self.beginResetModel()
        self._board, self._rows = in_sight(board, self._desk.lang), board.timeline
        self.endResetModel()

    def row_of(self, fact: str) -> int:
        """Return the line of an entry, -1 without one."""
        return next((n for n, row in enumerate(self._rows) if row.fact.id == fact), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line shows, and what assistive tools say of it."""
        if self._board is None or not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == self.ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._said(row.fact)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = f"{self.time(row)} {self.data(index)}"
            return f"{said}, {self._desk.tr('withdrawn')}" if row.void else said
        return None

    def _said(self, fact: Fact) -> str:
        """Return the words of a line; who saw it comes first where that is not who is typing."""
        assert self._board is not None
        record = self._board.record
        text = " ".join(told(record, fact, self._desk.tr).split())
        if fact.observer in ("", self._board.me) or tells_who(fact):
            return text
        return f"{record.person_name(fact.observer)} · {text}"

    def time(self, row: Row) -> str:
        """Return the observed time of a line."""
        return clock(row.at, row.fact.observed_zone) if row.at is not None else "–"


class HappenedPainter(QStyledItemDelegate):
    """Paints an entry on one line; what was withdrawn is struck out."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = desk.look
        self._body, self._small = self._look.font(Type.BODY), self._look.font(Type.CAPTION)
        self._struck = QFont(self._body)
        self._struck.setStrikeOut(True)
        self._height = line_height(self._look.scale)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a line."""
        del index
        return QSize(option.rect.width(), self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line."""
        row: Row = index.data(HappenedModel.ROW)
        model = index.model()
        assert isinstance(model, HappenedModel)
        colours = self._look.colours
        painter.save()
        box = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colours.accent_soft))
        inside = box.adjusted(tokens.S, 0, -tokens.S, 0)
        painter.setFont(self._small)
        painter.setPen(QColor(colours.text2))
        painter.drawText(inside, _LEFT, model.time(row))
        inside.setLeft(inside.left() + painter.fontMetrics().horizontalAdvance("00:00") + tokens.S)
        tone, icon = sign(row.fact)
        tone = Tone.NEUTRAL if row.void else tone
        size = round(16 * self._look.scale)
        top = box.y() + (box.height() - size) // 2
        painter.drawPixmap(inside.x(), top, self._look.pixmap(icon, size, tone))
        inside.setLeft(inside.left() + size + tokens.S)
        painter.setFont(self._struck if row.void else self._body)
        painter.setPen(QColor(colours.text3 if row.void else colours.text))
        words = painter.fontMetrics().elidedText(
            index.data(), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, _LEFT, words)
        painter.restore()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
