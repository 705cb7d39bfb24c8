"""What a camera sees, small; and its frames as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from inspector.base.errors import MingchaError
from ui.theme import tokens
from ui.theme.tokens import Type

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.desk import Desk

#: How JPEG keeps a picture: above this files grow and nothing more is to be seen.
QUALITY = 95
#: The picture that is only looked at: its size in logical pixels, and how often it is renewed.
PREVIEW, PREVIEW_MS = QSize(224, 126), 100


class Preview(QWidget):
    """What the camera sees, unless it may not be shown."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self.image: QImage | None = None
        self.words = ""
        self.setAccessibleName(name)
        self.setFixedSize(PREVIEW)

    def show_image(self, image: QImage | None, words: str = "") -> None:
        """Show a picture, or say why there is none."""
        self.image, self.words = image, words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the whole picture, or the words."""
        del event
        painter, look = QPainter(self), self._desk.look
        painter.fillRect(self.rect(), QColor(look.colours.sunken))
        if self.image is None:
            painter.setFont(look.font(Type.CAPTION))
            painter.setPen(QColor(look.colours.text2))
            room = self.rect().adjusted(tokens.M, 0, -tokens.M, 0)
            flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
            painter.drawText(room, flags, self.words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(self.rect().topLeft(), size)
        target.moveCenter(self.rect().center())
        painter.drawImage(target, self.image)


def small_image(image: QImage, size: QSize) -> QImage:
    """Return a picture that fits into a size; off the thread of the windows."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(size, keep, smooth)


def jpeg_of(image: QImage) -> bytes:
    """Return the frame as JPEG.

    Raises MingchaError `picture_not_made` if there is none in it, or none that can be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(buffer, "JPG", QUALITY):  # type: ignore[call-overload]
        raise MingchaError("picture_not_made")
    return bytes(buffer.data().data())
