"""A button whose words give way: the mini window never grows, whatever is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

#: Room between the words and the edge, at both sides together.
_PADDING = 10
#: Widths are cut to whole pixels, and what misses a fraction of one would be elided.
_ROUNDING = 2


class ElidedButton(QPushButton):
    """Ends in “…”, or begins with it, where there is no room; its name has the whole."""

    def __init__(self, mode: Qt.TextElideMode) -> None:
        super().__init__()
        self._mode = mode
        self._whole = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("extent", "touch")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def whole(self) -> str:
        """All that would be shown with room enough."""
        return self._whole

    def say(self, text: str, name: str = "") -> None:
        """Show `text`; `name` is what assistive tools say, the text itself without one."""
        self._whole = text
        self.setAccessibleName(name or text)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room of the whole."""
        words = self.fontMetrics().horizontalAdvance(self._whole) + _ROUNDING
        wide = words + self._icon_room() + _PADDING
        return QSize(max(wide, tokens.TOUCH), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return what a finger needs."""
        return QSize(tokens.TOUCH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits now."""
        super().resizeEvent(event)
        self._fit()

    def _icon_room(self) -> int:
        return 0 if self.icon().isNull() else self.iconSize().width() + 2 * tokens.S

    def _fit(self) -> None:
        room = self.width() - self._icon_room() - _PADDING
        self.setText(self.fontMetrics().elidedText(self._whole, self._mode, room))
