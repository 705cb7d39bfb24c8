"""Photographs of the visit as tiles; each is loaded when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme.tokens import Tone, Type
from ui.widgets.text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector.domain.entities import Evidence
    from inspector.operations.session import Session
    from ui.desk import Desk


def thumbnail(session: Session, sha256: str) -> bytes:
    """Return the thumbnail of a stored picture as JPEG."""
    return session.derived.thumbnail(sha256)


class PictureTile(QAbstractButton):
    """One photograph with its name, and – if it can be chosen – whether it is.

    said: the word for a checked tile and for one that is not. covered: the picture is not shown.
    """

    def __init__(
        self,
        desk: Desk,
        item: Evidence,
        said: tuple[str, str] = ("", ""),
        width: int = 176,
        *,
        covered: bool = False,
    ) -> None:
        super().__init__()
        self._desk, self.item, self._said = desk, item, said
        self._picture: QPixmap | None = None
        self._size = QSize(width, round(width * 0.66) + round(30 * desk.look.scale))
        self.setCheckable(bool(said[0]))
        self.setText(item.caption or item.original_name)
        self.setToolTip(plain_tip(self.text()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._name)
        self._name()
        self._failed = covered
        if item.mime.startswith("image/") and not covered:
            sha256 = item.sha256
            desk.read(self, lambda session: thumbnail(session, sha256), self._show, self._fail)

    def sizeHint(self) -> QSize:
        """Return the size of the tile."""
        return self._size

    @property
    def has_picture(self) -> bool:
        """Whether the picture is there to be seen."""
        return self._picture is not None

    def _name(self) -> None:
        word = self._said[0] if self.isChecked() else self._said[1]
        self.setAccessibleName(f"{self.text()}, {word}" if word else self.text())

    def _show(self, jpeg: bytes) -> None:
        loaded = QPixmap()
        if loaded.loadFromData(jpeg):
            self._picture = loaded
        else:
            self._failed = True
        self.update()

    def _fail(self, _error: Exception) -> None:
        # A file without a picture of its own is still evidence: it is shown by its name.
        self._failed = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, name and mark."""
        del event
        look, colours = self._desk.look, self._desk.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        foot = round(30 * look.scale)
        box = self.rect().adjusted(1, 1, -1, -foot)
        painter.fillRect(box, QColor(colours.sunken))
        self._paint_picture(painter, box)
        checked, focused = self.isChecked(), self.hasFocus()
        edge = colours.focus if focused else colours.ok if checked else colours.border
        painter.setPen(QPen(QColor(edge), 2 if checked or focused else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.setFont(look.font(Type.CAPTION))
        words = QRect(box.left(), box.bottom() + 2, box.width(), foot - 2)
        text = (self._said[0] if checked else self._said[1]) or self.text()
        if self._said[0]:
            tone = Tone.OK if checked else Tone.WARN
            painter.drawPixmap(
                words.left(),
                words.center().y() - 7,
                look.pixmap("check" if checked else "people", 14, tone),
            )
            painter.setPen(QColor(colours.of(tone)[0]))
            words.setLeft(words.left() + 20)
        else:
            painter.setPen(QColor(colours.text2))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _paint_picture(self, painter: QPainter, box: QRect) -> None:
        if self._picture is not None:
            size = self._picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(box.center())
            painter.drawPixmap(target, self._picture)
        elif self._failed or not self.item.mime.startswith("image/"):
            mark = self._desk.look.pixmap("dossier", 28)
            painter.drawPixmap(box.center().x() - 14, box.center().y() - 14, mark)
