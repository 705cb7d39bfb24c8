"""Boxes to tick and words on pills within the painted lines of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor

from ui.theme import tokens
from ui.theme.tokens import Tone, Type

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from ui.theme.look import Look

#: How far from the left a press means the box and not the line. Logical pixels.
REACH = 44
_SIDE = 20


def paint_box(
    painter: QPainter, look: Look, room: QRect, *, checked: bool, enabled: bool = True
) -> None:
    """Draw a box at the left of `room`; one that cannot be ticked is sunken."""
    colours = look.colours
    box = QRect(room.left(), room.center().y() - _SIDE // 2, _SIDE, _SIDE)
    edge = colours.accent if checked else colours.control if enabled else colours.border
    fill = colours.accent if checked else colours.surface if enabled else colours.sunken
    painter.setPen(QColor(edge))
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(box, tokens.TAG_RADIUS, tokens.TAG_RADIUS)
    if checked:
        look.icon("check", on_accent=True).paint(painter, box.adjusted(2, 2, -2, -2))


def paint_pill(
    painter: QPainter, look: Look, room: QRect, word: str, tone: Tone, widest: int = 10_000
) -> int:
    """Draw a word on its pill at the right of `room` and return how wide it is."""
    ink, soft = look.colours.of(tone)
    painter.setFont(look.font(Type.CAPTION))
    metrics = painter.fontMetrics()
    width = min(metrics.horizontalAdvance(word) + 20, widest)
    height = metrics.height() + 6
    pill = QRect(room.right() - width, room.center().y() - height // 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(QColor(ink))
    fit = metrics.elidedText(word, Qt.TextElideMode.ElideRight, width - 16)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, fit)
    return width


def ticked(event: Any, model: Any, option: Any, index: QModelIndex | QPersistentModelIndex) -> bool:
    """Take a press on the box, or the space bar, for a tick; return whether it was one."""
    if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
        return False
    if event.type() is event.Type.MouseButtonRelease:
        if event.position().x() > option.rect.left() + REACH:
            return False
    elif not (event.type() is event.Type.KeyPress and event.key() == Qt.Key.Key_Space):
        return False
    role = Qt.ItemDataRole.CheckStateRole
    on = Qt.CheckState(index.data(role)) is not Qt.CheckState.Checked
    value = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
    return bool(model.setData(index, value, role))
