"""A photograph as a reviewer sees it: the preview; a press leads to the page with the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import show_hand
from ui.widgets.ticks import paint_pill
from ui.work.pictures import Arrived, Want

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from inspector.domain.entities import Evidence
    from ui.desk import Desk

#: Pixels of the preview that is asked for, and the least size on the page.
_PX = 720
_LEAST = QSize(160, 120)
_TALL = 210
#: Height of the line that says it is a preview.
_MARK = 34
_KEEP = Qt.AspectRatioMode.KeepAspectRatio


class Photo(QAbstractButton):
    """One photograph of a finding."""

    def __init__(self, desk: Desk, file: Evidence, visit: str, *, away: bool) -> None:
        """`away`: the original is not here, and a smaller picture stands in for it."""
        super().__init__()
        self._desk = desk
        self._mark = desk.tr("Preview, not the original") if away else ""
        self._want = Want(file.sha256, _PX)
        name = file.caption or file.original_name
        self.setAccessibleName(desk.tr("Photograph {name}: open in Evidence", name=name))
        self.setAccessibleDescription(self._mark)
        self.setToolTip(self._mark)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(_LEAST)
        self.setFixedHeight(round(_TALL * desk.look.scale))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        show_hand(self)
        self.clicked.connect(lambda: desk.go("evidence", visit, of=file.id))
        desk.pictures.arrived.connect(self._arrived)

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(2 * _LEAST.width(), _TALL)

    def _arrived(self, arrived: Arrived) -> None:
        if arrived.want == self._want:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photograph, or what stands in its place."""
        del event
        look = self._desk.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self.rect().adjusted(1, 1, -1, -1)
        outline = QPainterPath()
        outline.addRoundedRect(frame, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        painter.fillPath(outline, QColor(look.colours.sunken))
        image = self._desk.pictures.image(self._want)
        if image is not None:
            # Whole: what is cut off could be what matters.
            whole = QRect(frame.topLeft(), image.size().scaled(frame.size(), _KEEP))
            whole.moveCenter(frame.center())
            painter.drawImage(whole, image)
        else:
            lost = self._desk.pictures.problem(self._want) is not None
            picture = look.pixmap("warning" if lost else "camera", 22)
            painter.drawPixmap(frame.center().x() - 11, frame.center().y() - 11, picture)
        if self._mark:
            line = QRect(frame.left(), frame.bottom() - _MARK, frame.width() - tokens.S, _MARK)
            paint_pill(painter, look, line, self._mark, Tone.NEUTRAL, frame.width() - 2 * tokens.S)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = look.colours.focus if self.hasFocus() else look.colours.border
        painter.setPen(QPen(QColor(ink), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(frame, tokens.CONTROL_RADIUS, tokens.CONTROL_RADIUS)
        painter.end()
