"""A bar that says how much of something is used, or done.

Painted by itself: a QProgressBar paints at once, and everything below it with it, whenever its
value changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.desk import Desk


class Bar(QWidget):
    """A share of the whole, in a tone, with a mark where something ends (0 without one)."""

    def __init__(self, desk: Desk, *, mark: float = 0.0) -> None:
        super().__init__()
        self._colours = desk.look.colours
        self._share, self._tone, self._mark = 0.0, Tone.ACCENT, mark
        self.setFixedHeight(14 if mark else 6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, tone: Tone, said: str = "") -> None:
        """Show a share from 0 to 1; `said` is what assistive tools say of it."""
        self._share, self._tone = min(1.0, max(0.0, share)), tone
        self.setAccessibleName(said)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bar and mark."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - 6) / 2
        painter.setBrush(QColor(self._colours.sunken))
        painter.drawRoundedRect(QRectF(0, top, self.width(), 6), 3, 3)
        painter.setBrush(QColor(self._colours.of(self._tone)[0]))
        painter.drawRoundedRect(QRectF(0, top, self.width() * self._share, 6), 3, 3)
        if self._mark:
            place = QRectF(self.width() * self._mark, 0, 2, self.height())
            painter.fillRect(place, QColor(self._colours.text))
        painter.end()
