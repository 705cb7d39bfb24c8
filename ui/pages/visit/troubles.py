"""What the disk refused, over a visit: what was typed stays where it is, and is saved again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.surfaces import Banner, cleared, column

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.recording.acting import Acting, Trouble


#: Somebody who did not move the pointer for so long is not about to press something. Milliseconds.
REST_MS = 1500


class Troubles(QWidget):
    """There only while it says something, at the foot of the page and over it.

    It comes while somebody works quickly: nothing may move from under the pointer for it. Once
    that rests, the page makes room, and nothing lies under it any longer.
    """

    def __init__(self, desk: Desk, acting: Acting, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._acting = desk, acting
        #: Where it lies in the layout of the page, as high as it once there is room for it.
        self.room = QWidget()
        self.room.setFixedHeight(0)
        self._rest = QTimer(self, interval=REST_MS)
        self._rest.timeout.connect(self._look)
        self._pointer = QPoint()
        self.banners = column(spacing=tokens.S)
        self.setLayout(self.banners)
        self.hide()
        acting.refused.connect(self._show)
        acting.saved.connect(self._calm)
        self.room.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the page, whatever its size."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        wide = self.room.width() - 2 * tokens.M
        high = self.banners.totalHeightForWidth(wide)
        below = self.room.geometry().bottom() + 1
        self.setGeometry(tokens.M, below - high - tokens.S, wide, high)

    def _wait(self) -> None:
        self._pointer = QCursor.pos()
        self._rest.start()

    def _look(self) -> None:
        """Let the page have the room that this takes, or have it back, once the pointer rests."""
        before, self._pointer = self._pointer, QCursor.pos()
        if before != self._pointer or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return
        self._rest.stop()
        self.room.setFixedHeight(0 if self.isHidden() else self.height() + tokens.S)

    def _show(self, trouble: Trouble) -> None:
        """Say what the disk refused, and offer it again."""
        cleared(self.banners)
        tr, count = self._desk.tr, len(self._acting.waiting)
        words = trouble.error.text(tr)
        if count > 1:
            words += "\n" + tr("Not saved so far: {count}", count=count)
        again = partial(self._acting.try_again, trouble)
        look = self._desk.look
        self.banners.addWidget(Banner(look, words, Tone.DANGER, "warning", tr("Save again"), again))
        self.show()
        self._place()
        self.raise_()
        self._wait()

    def _calm(self) -> None:
        """Take away what was said, unless something else still waits to be saved."""
        cleared(self.banners)
        self.hide()
        if self._acting.waiting:
            self._show(self._acting.waiting[-1])
        elif self.room.height():
            self._wait()
