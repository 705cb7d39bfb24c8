"""The steps of something that is done in order: where one is, what is done, what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import pressed_by_enter

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from ui.desk import Desk


class StepButton(QAbstractButton):
    """A numbered step. Painted, and a button all the same."""

    def __init__(self, desk: Desk, number: int, text: str) -> None:
        super().__init__()
        self._desk, self._number = desk, number
        self._done = self._now = False
        self.setText(text)
        self.setFont(desk.look.font(Type.STRONG))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_state(done=False, now=False)

    def show_state(self, *, done: bool, now: bool) -> None:
        """Show whether the step is done, and whether it is the one that is open."""
        if self.accessibleName() and (done, now) == (self._done, self._now):
            return
        self._done, self._now = done, now
        tr = self._desk.tr
        state = tr("now") if now else tr("done") if done else tr("to come")
        self.setAccessibleName(f"{self._number} {self.text()}, {state}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press by Enter as by the space bar."""
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room of circle and word."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        circle = round(26 * self._desk.look.scale)
        return QSize(circle + tokens.M + words + tokens.S, tokens.TOUCH)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a step is never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle and word."""
        del event
        look, colours = self._desk.look, self._desk.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = round(24 * look.scale)
        circle = QRect(4, (self.height() - size) // 2, size, size)
        fill, edge, ink = colours.surface, colours.control, colours.text2
        if self._now:
            fill, edge, ink = colours.accent, colours.accent, colours.on_accent
        elif self._done:
            fill, edge, ink = colours.ok, colours.ok, colours.on_accent
        painter.setPen(QPen(QColor(edge), 2))
        painter.setBrush(QColor(fill))
        painter.drawEllipse(circle)
        painter.setPen(QColor(ink))
        painter.setFont(look.font(Type.STRONG))
        mark = "✓" if self._done and not self._now else str(self._number)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, mark)
        painter.setPen(QColor(colours.accent if self._now else colours.text))
        painter.setFont(look.font(Type.STRONG if self._now else Type.BODY))
        words = self.rect().adjusted(circle.right() + tokens.S, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 3, -1, -3), 8, 8)
        painter.end()
