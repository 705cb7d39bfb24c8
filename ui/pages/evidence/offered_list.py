"""The list of offered files, painted: box, thumbnail, name, time and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.pages.evidence.offered import OfferedModel, State
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.thumbs import paint_covering
from ui.widgets.ticks import paint_box, paint_pill, ticked
from ui.work.pictures import Arrived, Shelf, Want

if TYPE_CHECKING:
    from inspector.operations.offering import Offered
    from ui.theme.look import Look

    Index = QModelIndex | QPersistentModelIndex

_BOX = 34
_THUMB = QSize(76, 52)


class OfferedLine(QStyledItemDelegate):
    """One file. Thumbnails are asked for only when a line is painted, and only if wanted."""

    def __init__(self, look: Look, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._shelf = look, shelf
        self.pictures = False
        self.ratio = 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        del option, index
        return QSize(0, max(_THUMB.height() + 12, round(58 * self._look.scale)))

    def want(self, offered: Offered) -> Want:
        """Return the picture that a line needs."""
        return Want(offered.file.sha256, round(_THUMB.width() * 1.5 * self.ratio))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one file."""
        look, place, state = self._look, option.rect, option.state
        offered: Offered = index.data(OfferedModel.OFFERED)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(look.colours.accent_soft))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(look.colours.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        room = place.adjusted(tokens.M, 0, -tokens.M, 0)
        free = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        on = checked is Qt.CheckState.Checked
        paint_box(painter, look, room, checked=on, enabled=free)
        room.setLeft(room.left() + _BOX)
        if self.pictures:
            self._picture(painter, room, offered)
            room.setLeft(room.left() + _THUMB.width() + tokens.M)
        said: State = index.data(OfferedModel.STATE)
        pill = paint_pill(painter, look, room, said.word, said.tone, room.width() // 2)
        room.setRight(room.right() - pill - tokens.M)
        self._words(painter, room, index)
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, index: Index) -> None:
        colours, half = self._look.colours, room.height() // 2
        for text, role, ink, top in (
            (index.data(Qt.ItemDataRole.DisplayRole), Type.BODY, colours.text, 3),
            (index.data(OfferedModel.ABOUT), Type.CAPTION, colours.text2, half - 2),
        ):
            painter.setFont(self._look.font(role))
            painter.setPen(QColor(ink))
            line = QRect(room.left(), room.top() + top, room.width(), half)
            fit = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, fit)

    def _picture(self, painter: QPainter, room: QRect, offered: Offered) -> None:
        frame = QRect(room.left(), room.center().y() - _THUMB.height() // 2, 0, 0)
        frame.setSize(_THUMB)
        outline = QPainterPath()
        outline.addRoundedRect(frame, tokens.TAG_RADIUS, tokens.TAG_RADIUS)
        painter.fillPath(outline, QColor(self._look.colours.sunken))
        image = self._shelf.image(self.want(offered)) if offered.is_image else None
        if image is not None:
            paint_covering(painter, image, frame, outline)
            return
        lost = offered.reason is not None or self._shelf.problem(self.want(offered)) is not None
        name, tone = ("warning", Tone.WARN) if lost else (_icon(offered), None)
        picture = self._look.pixmap(name, 22, tone)
        painter.drawPixmap(frame.center().x() - 11, frame.center().y() - 11, picture)

    def editorEvent(
        self, event: Any, model: Any, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Take a press on the box, or the space bar, for a tick."""
        return ticked(event, model, option, index)


def _icon(offered: Offered) -> str:
    if offered.is_image:
        return "camera"
    return "play" if offered.file.mime.startswith("video/") else "dossier"


class OfferedList(QListView):
    """Arrows go through the files, Space ticks one."""

    def __init__(self, look: Look, shelf: Shelf, model: OfferedModel, name: str) -> None:
        super().__init__()
        self._shelf = shelf
        self.line = OfferedLine(look, shelf, self)
        self.line.ratio = self.devicePixelRatioF()
        self.setModel(model)
        self.setItemDelegate(self.line)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        shelf.arrived.connect(self._arrived)

    def sizeHint(self) -> QSize:
        """Ask for little: what stands above and below needs its room, the list takes the rest."""
        return self.minimumSize()

    def show_pictures(self, *, shown: bool) -> None:
        """Show thumbnails, or icons only."""
        self.line.pictures = shown
        self.viewport().update()

    def _arrived(self, _arrived: Arrived) -> None:
        self.viewport().update()

    def _scrolled(self) -> None:
        """Give up the thumbnails of what scrolled away before they were loaded."""
        if not self.line.pictures:
            return
        model = self.model()
        top = self.indexAt(self.viewport().rect().topLeft()).row()
        bottom = self.indexAt(self.viewport().rect().bottomLeft()).row()
        shown = range(max(0, top), (bottom if bottom >= 0 else model.rowCount() - 1) + 1)
        seen = {self.line.want(model.index(row, 0).data(OfferedModel.OFFERED)) for row in shown}
        self._shelf.drop(self._shelf.waiting - seen)
