"""Files that are dragged over a page: the place where they may be let go is marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import tokens
from ui.theme.tokens import Type

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QPaintEvent

    from ui.desk import Desk

_LEFT = frozenset({QEvent.Type.DragLeave, QEvent.Type.Drop, QEvent.Type.Hide})


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """Return the files and folders that are carried or were copied."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class Target(QWidget):
    """Lies over the page while something is carried over it that it takes; no hand feels it."""

    def __init__(self, desk: Desk, page: QWidget, words: str) -> None:
        super().__init__(page)
        self._desk, self.words = desk, words
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(words)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a frame around the whole page, and in its middle what happens here."""
        del event
        look = self._desk.look
        ink, soft = QColor(look.colours.accent), QColor(look.colours.accent_soft)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(soft)
        veil.setAlpha(150)
        painter.setBrush(veil)
        painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
        inner = self.rect().adjusted(tokens.S, tokens.S, -tokens.S, -tokens.S)
        painter.drawRoundedRect(inner, tokens.M, tokens.M)
        painter.setFont(look.font(Type.SECTION))
        flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
        room = inner.adjusted(2 * tokens.XL, 0, -2 * tokens.XL, 0)
        said = painter.fontMetrics().boundingRect(room, flags, self.words)
        plate = QRect(said).adjusted(-tokens.L, -tokens.M, tokens.L, tokens.M)
        painter.setBrush(soft)
        painter.setPen(QPen(ink, 1))
        painter.drawRoundedRect(plate, tokens.S, tokens.S)
        painter.drawText(room, flags, self.words)


class Dropping(QObject):
    """Lets a page take what is dropped on it; a copy is made, nothing is moved.

    wanted: tells whether what is carried is taken. dropped: takes it. words: what happens when it
    is let go, which whoever looks over the shoulder may read.
    """

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        wanted: Callable[[QMimeData], object],
        dropped: Callable[[QMimeData], None],
        words: str,
    ) -> None:
        super().__init__(page)
        self._page, self._wanted, self._dropped = page, wanted, dropped
        self.target = Target(desk, page, words)
        page.setAcceptDrops(True)
        page.installEventFilter(self)
        desk.covered.connect(self.target.hide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mark the page while something is carried over it, and take what is let go."""
        kind = event.type()
        if kind in _LEFT:
            self.target.hide()
        if kind is QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent):
            if self._wanted(event.mimeData()):
                _accept(event)
                self._mark()
            return True
        if kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            _accept(event)
            self._dropped(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def _mark(self) -> None:
        self.target.setGeometry(self._page.rect())
        self.target.raise_()
        self.target.show()


def _accept(event: QDropEvent) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
