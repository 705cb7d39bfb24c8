"""The large view of one photograph: zoomed, turned and moved as a view; the file stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from ui.desk import Desk

#: One step of zooming, and how far it goes: pixels of the screen for one of the original.
STEP = 1.25
MOST = 4.0
#: What an arrow key moves. Logical pixels.
MOVE = 80
_MARGIN = tokens.M


class Canvas(QWidget):
    """Paints one picture. It holds no other than the one it shows."""

    #: Zoom, turn or place changed.
    viewed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._image: QImage | None = None
        #: The longer side of the original in pixels: zoom is told against it.
        self._long = 0
        #: Screen pixels for one pixel of the original; None fits the picture into the view.
        self._zoom: float | None = None
        self._turned = 0
        self._offset = QPointF()
        self._grabbed: QPoint | None = None
        self.words = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 180)

    # -- what is shown ---------------------------------------------------------------------

    @property
    def image(self) -> QImage | None:
        """The picture that is shown."""
        return self._image

    def clear(self, words: str = "") -> None:
        """Show no picture, but say something; the view begins anew."""
        self._image, self._long, self._zoom, self._turned = None, 0, None, 0
        self._offset = QPointF()
        self.words = words
        self.unsetCursor()
        self._changed()

    def show_image(self, image: QImage, long: int = 0) -> None:
        """Show a picture, or the same one in finer grain: how it is looked at stays.

        long: the longer side of the original in pixels, if it is known.
        """
        self._image = image
        self._long = max(long, self._long, image.width(), image.height())
        self.words = ""
        self._changed()

    # -- looking ---------------------------------------------------------------------------

    @property
    def is_fitted(self) -> bool:
        """Whether the whole picture is in view."""
        return self._zoom is None

    @property
    def turned(self) -> int:
        """By how many degrees the view is turned clockwise."""
        return self._turned

    @property
    def zoom(self) -> float:
        """Screen pixels for one pixel of the original; 0 without a picture."""
        if self._image is None:
            return 0.0
        return self._fitting() if self._zoom is None else self._zoom

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom, self._offset = None, QPointF()
        self._changed()

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom, keeping what lies at `at` (the middle without one) where it is."""
        if self._image is None:
            return
        before, fitting = self.zoom, self._fitting()
        after = min(max(zoom, fitting), MOST)
        if after <= fitting:
            self.fit()
            return
        point = (at or self._middle()) - self._middle() - self._offset
        self._zoom = after
        self._offset -= point * (after / before - 1)
        self._keep_near()
        self._changed()

    def zoom_in(self) -> None:
        """Look closer."""
        self.zoom_to(self.zoom * STEP)

    def zoom_out(self) -> None:
        """Step back, until the whole picture is in view."""
        self.zoom_to(self.zoom / STEP)

    def own_size(self) -> None:
        """Show one pixel of the screen for each of the original."""
        self.zoom_to(1.0)

    def toggle_fit(self) -> None:
        """Change between the whole picture and the original's own size."""
        if self.is_fitted:
            self.zoom_to(1.0)
        else:
            self.fit()

    def turn(self, degrees: int) -> None:
        """Turn the view; the file is not touched."""
        self._turned = (self._turned + degrees) % 360
        self.fit()

    def move_by(self, right: float, down: float) -> None:
        """Move what is seen."""
        self._offset -= QPointF(right, down)
        self._keep_near()
        self._changed()

    # -- arithmetic ------------------------------------------------------------------------

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _size(self) -> QSizeF:
        """Return the size of the whole original as it is turned. Screen pixels at zoom 1."""
        assert self._image is not None
        scale = self._long / max(self._image.width(), self._image.height(), 1)
        size = QSizeF(self._image.size()) * (scale / self.devicePixelRatioF())
        return size.transposed() if self._turned % 180 else size

    def _fitting(self) -> float:
        """Return the zoom of the whole picture; a small one is never shown larger than it is."""
        size = self._size()
        room = QSizeF(max(1, self.width() - 2 * _MARGIN), max(1, self.height() - 2 * _MARGIN))
        return min(room.width() / size.width(), room.height() / size.height(), 1.0)

    def _keep_near(self) -> None:
        """Let no edge of the picture come further in than the middle."""
        size = self._size() * self.zoom
        x, y = (size.width() / 2, size.height() / 2)
        self._offset = QPointF(min(max(self._offset.x(), -x), x), min(max(self._offset.y(), -y), y))

    def _changed(self) -> None:
        self.update()
        self.viewed.emit()

    # -- events ----------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return some room: the layout gives what there is."""
        return QSize(640, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The zoom that fits is another one."""
        super().resizeEvent(event)
        self.viewed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer with Ctrl; without it move what is zoomed."""
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = STEP if turn.y() > 0 else 1 / STEP
            self.zoom_to(self.zoom * factor, event.position())
        elif not self.is_fitted:
            self.move_by(-turn.x() / 2, -turn.y() / 2)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() is Qt.MouseButton.LeftButton and not self.is_fitted:
            self._grabbed = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if self._grabbed is not None:
            at = event.position().toPoint()
            moved = at - self._grabbed
            self._grabbed = at
            self.move_by(-moved.x(), -moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        del event
        self._grabbed = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look closer at this point, or at the whole again."""
        if self.is_fitted:
            self.zoom_to(1.0, event.position())
        else:
            self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture on a dark ground in every theme, or the words."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.DARK.canvas))
        if self._image is None:
            painter.setPen(QColor(tokens.DARK.text2))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
        else:
            self._paint(painter, self._image)
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(QPen(QColor(tokens.DARK.focus), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter, image: QImage) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 2)
        scale = self.zoom * self._long / max(image.width(), image.height(), 1)
        scale /= self.devicePixelRatioF()
        painter.translate(self._middle() + self._offset)
        painter.rotate(self._turned)
        painter.scale(scale, scale)
        painter.drawImage(QPointF(-image.width() / 2, -image.height() / 2), image)
