"""Thumbnails in a strip or a grid: a list model over frozen rows, painted, loaded when seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from inspector.base.values import frozen
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.work.pictures import Arrived, Want

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from ui.theme.look import Look
    from ui.work.pictures import Shelf

Index = QModelIndex | QPersistentModelIndex
THUMB_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_WIDTH, _HEIGHT = 132, 88
_GAP = tokens.S
_BADGE = 22


@frozen
class Thumb:
    """One file: its id and hash, its name, and the word and tone of its state.

    pictured: it is shown as a picture; else its name stands there, and no picture is asked for.
    """

    id: str
    sha256: str
    name: str
    badge: str = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    pictured: bool = True


def paint_covering(painter: QPainter, image: QImage, frame: QRect, outline: QPainterPath) -> None:
    """Draw a picture so that it fills `frame`; what stands beyond `outline` is left out."""
    shown = image.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    target = QRect(frame.topLeft(), shown)
    target.moveCenter(frame.center())
    painter.setClipPath(outline)
    painter.drawImage(target, image)
    painter.setClipping(False)


class ThumbModel(QStringListModel):
    """The files in the order in which they are shown.

    Qt's own list of their ids says how many there are: a view that lays out ten thousand lines
    asks that for each of them, which took most of the time when Python answered.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbs: tuple[Thumb, ...] = ()
        self._rows: dict[str, int] = {}

    def show(self, thumbs: Sequence[Thumb]) -> None:
        """Show other files; where only their states changed, selection and place stay."""
        new = tuple(thumbs)
        if [each.id for each in new] == [each.id for each in self.thumbs]:
            self.thumbs = new
            if new:
                self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return
        self.thumbs = new
        self._rows = {each.id: row for row, each in enumerate(new)}
        self.setStringList([each.id for each in new])

    def index_of(self, id: str) -> QModelIndex:
        """Return where a file stands; an invalid index if it does not."""
        row = self._rows.get(id)
        return QModelIndex() if row is None else self.index(row)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let files be chosen, and nothing else."""
        return super().flags(index) & (Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the `Thumb` for `THUMB_ROLE`, and its words for people who cannot see it."""
        if not index.isValid() or index.row() >= len(self.thumbs):
            return None
        thumb = self.thumbs[index.row()]
        if role == THUMB_ROLE:
            return thumb
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{thumb.name} {thumb.badge}".strip()
        return None


class ThumbDelegate(QStyledItemDelegate):
    """Paints a thumbnail with the badge of its state."""

    def __init__(self, look: Look, shelf: Shelf, parent: ThumbView) -> None:
        super().__init__(parent)
        self._look = look
        self._shelf = shelf
        self._asked = parent.asked
        self._ratio = parent.devicePixelRatioF()

    def want(self, thumb: Thumb) -> Want:
        """Return the picture that a thumbnail needs."""
        return Want(thumb.sha256, round(_WIDTH * 1.5 * self._ratio))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the same size for all."""
        del option, index
        return QSize(_WIDTH + _GAP, _HEIGHT + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw picture, frame and badge."""
        thumb = index.data(THUMB_ROLE)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        half = _GAP // 2
        frame = place.adjusted(half, half, -half, -half)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._picture(painter, frame, thumb)
        self._frame(painter, frame, state)
        if thumb.badge:
            self._badge(painter, frame, thumb)
        painter.restore()

    def _picture(self, painter: QPainter, frame: QRect, thumb: Thumb) -> None:
        outline = QPainterPath()
        outline.addRoundedRect(frame, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        painter.fillPath(outline, QColor(self._look.colours.sunken))
        if not thumb.pictured:
            self._name(painter, frame, thumb)
            return
        want = self.want(thumb)
        image = self._shelf.image(want)
        if image is not None:
            paint_covering(painter, image, frame, outline)
            return
        # Also what could not be shown before: it may have been asked for again.
        self._asked.add(want)
        is_lost = self._shelf.problem(want) is not None
        picture = self._look.pixmap("warning" if is_lost else "camera", 22)
        painter.drawPixmap(frame.center().x() - 11, frame.top() + 20, picture)

    def _name(self, painter: QPainter, frame: QRect, thumb: Thumb) -> None:
        font = self._look.font(Type.BADGE)
        painter.setFont(font)
        painter.setPen(QColor(self._look.colours.text2))
        room = frame.adjusted(tokens.S, tokens.S, -tokens.S, 0)
        words = painter.fontMetrics().elidedText(
            thumb.name, Qt.TextElideMode.ElideMiddle, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignTop), words)

    def _frame(self, painter: QPainter, frame: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        colours = self._look.colours
        ink = colours.focus if focused else colours.accent if chosen else colours.border
        painter.setPen(QPen(QColor(ink), 3 if chosen or focused else 1))
        painter.drawRoundedRect(frame, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)

    def _badge(self, painter: QPainter, frame: QRect, thumb: Thumb) -> None:
        ink, soft = self._look.colours.of(thumb.tone)
        font = self._look.font(Type.BADGE)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        height = max(_BADGE, metrics.height() + 4)
        icon = 14 + tokens.XS if thumb.icon else 0
        width = min(metrics.horizontalAdvance(thumb.badge) + icon + 16, frame.width() - 12)
        pill = QRect(frame.left() + 6, frame.bottom() - height - 5, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        if thumb.icon:
            top = pill.center().y() - 7
            painter.drawPixmap(pill.left() + 7, top, self._look.pixmap(thumb.icon, 14, thumb.tone))
        painter.setPen(QColor(ink))
        room = pill.adjusted(8 + icon, 0, -6, 0)
        words = metrics.elidedText(thumb.badge, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class ThumbView(QListView):
    """A strip of thumbnails from top to bottom, or a grid of them (`grid`)."""

    def __init__(self, look: Look, shelf: Shelf, name: str, *, grid: bool = False) -> None:
        super().__init__()
        self.asked: set[Want] = set()
        self._shelf = shelf
        self._delegate = ThumbDelegate(look, shelf, self)
        self.thumbs = ThumbModel(self)
        self.setModel(self.thumbs)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        if grid:
            self.setViewMode(QListView.ViewMode.IconMode)
            self.setResizeMode(QListView.ResizeMode.Adjust)
            self.setMovement(QListView.Movement.Static)
        else:
            self.setFixedWidth(_WIDTH + _GAP + 18)
        shelf.arrived.connect(self._arrived)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def _arrived(self, arrived: Arrived) -> None:
        if arrived.want in self.asked:
            self.asked.discard(arrived.want)
            self.viewport().update()

    def _scrolled(self) -> None:
        """Give up what scrolled away before it was loaded."""
        if not self.asked:
            return
        seen = {self._delegate.want(each) for each in self._visible()}
        gone = self.asked - seen
        self._shelf.drop(gone)
        self.asked &= seen

    def _visible(self) -> tuple[Thumb, ...]:
        """Return what is seen, and a row more at either end."""
        area = self.viewport().rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        first, last = self.indexAt(area.topLeft()), self.indexAt(area.bottomLeft())
        across = max(1, self.viewport().width() // (_WIDTH + _GAP))
        begin = max(0, first.row() - across) if first.isValid() else 0
        # At the left edge stands the first of its row, so the row itself is counted too.
        end = last.row() + 2 * across if last.isValid() else self.thumbs.rowCount()
        return self.thumbs.thumbs[begin:end]
