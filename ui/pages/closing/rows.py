"""How a finding stands in the list: mark, number, grade, what was seen, what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from inspector.domain.terms import severity_name, term
from inspector.domain.vocabulary import FindingOutcome
from ui.models.findings_to_tell import ROW
from ui.pages.closing.statement import LOOKS
from ui.theme import tokens
from ui.theme.tokens import Tone, Type

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QStyleOptionViewItem

    from inspector.operations.closing import FindingRow
    from ui.desk import Desk

_Index = QModelIndex | QPersistentModelIndex
_BOX = 20
_TONES = {
    FindingOutcome.OPEN: Tone.NEUTRAL,
    FindingOutcome.ESTABLISHED: Tone.ACCENT,
    FindingOutcome.EXPLAINED: Tone.INFO,
    FindingOutcome.NOT_ESTABLISHED: Tone.NEUTRAL,
}


class FindingDelegate(QStyledItemDelegate):
    """Paints two lines; a press on the box checks it. `said`: the state is the unit's word."""

    def __init__(self, desk: Desk, *, said: bool = False) -> None:
        super().__init__()
        self._desk, self._said = desk, said

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of two lines."""
        del option, index
        return QSize(200, round(62 * self._desk.look.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        row: FindingRow = index.data(ROW)
        colours = self._desk.look.colours
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.accent_soft))
            edge = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(edge, QColor(colours.accent))
        painter.setPen(QColor(colours.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left = rect.left() + tokens.M
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        if check is not None:
            self._box(painter, self.box(rect), checked=check == Qt.CheckState.Checked)
            left = self.box(rect).right() + tokens.M
        right = self._tag(painter, rect, *self._state(row))
        line = rect.height() // 2
        top = QRect(left, rect.top() + 6, right - left - tokens.S, line - 4)
        low = QRect(left, rect.top() + line, rect.right() - left - tokens.M, line - 6)
        painter.setPen(QColor(colours.text))
        self._line(painter, top, f"{row.number}  {row.finding.text}", Type.STRONG)
        grade = severity_name(row.finding.severity, self._desk.lang)
        parts = [grade, row.when, row.spot]
        painter.setPen(QColor(colours.text2))
        self._line(painter, low, " · ".join(part for part in parts if part), Type.CAPTION)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def box(self, rect: QRect) -> QRect:
        """Return where the mark of a row is."""
        return QRect(rect.left() + tokens.M, rect.top() + (rect.height() - _BOX) // 2, _BOX, _BOX)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        """Check a row by a press on its mark, or by the space bar."""
        rect: QRect = option.rect
        check = index.data(Qt.ItemDataRole.CheckStateRole)
        if check is None:
            return False
        # A touch is wider than the mark.
        near = self.box(rect).adjusted(-tokens.M, -tokens.M, tokens.M, tokens.M)
        released = event.type() == QEvent.Type.MouseButtonRelease
        pressed = (
            isinstance(event, QMouseEvent)
            and released
            and near.contains(event.position().toPoint())
        )
        keyed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not (pressed or (keyed and event.type() == QEvent.Type.KeyPress)):
            return False
        other = Qt.CheckState.Unchecked if check == Qt.CheckState.Checked else Qt.CheckState.Checked
        return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)

    def _state(self, row: FindingRow) -> tuple[str, Tone]:
        tr, lang = self._desk.tr, self._desk.lang
        if self._said:
            if row.statement is None:
                return tr("not asked yet"), Tone.WARN
            _icon, tone = LOOKS[row.statement.position]
            return term(row.statement.position, lang), tone
        if row.needs_confirmation:
            return tr("not confirmed yet"), Tone.WARN
        return term(row.finding.outcome, lang), _TONES[row.finding.outcome]

    def _tag(self, painter: QPainter, rect: QRect, text: str, tone: Tone) -> int:
        """Paint the state at the right of the first line; returns where it begins."""
        ink, soft = self._desk.look.colours.of(tone)
        painter.setFont(self._desk.look.font(Type.CAPTION))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(text) + 2 * tokens.S
        pill = QRect(rect.right() - width - tokens.S, rect.top() + 8, width, metrics.height() + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(QColor(ink))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left()

    def _line(self, painter: QPainter, box: QRect, text: str, role: Type) -> None:
        painter.setFont(self._desk.look.font(role))
        flat = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _box(self, painter: QPainter, box: QRect, *, checked: bool) -> None:
        look, colours = self._desk.look, self._desk.look.colours
        painter.setPen(QPen(QColor(colours.accent if checked else colours.control), 2))
        painter.setBrush(QColor(colours.accent if checked else colours.surface))
        painter.drawRoundedRect(box, tokens.TAG_RADIUS, tokens.TAG_RADIUS)
        if checked:
            mark = look.icon("check", on_accent=True).pixmap(16, 16)
            painter.drawPixmap(box.center().x() - 7, box.center().y() - 7, mark)
