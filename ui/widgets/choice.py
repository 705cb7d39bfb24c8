"""Choices from a list: the wheel passes over them, and what is too long ends in an ellipsis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter

from ui.widgets.text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent


class ChoiceBox(QComboBox):
    """As wide as its longest entry. Nothing is chosen in passing: the wheel scrolls the form."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        # The wheel would bring the focus too, and the next letter typed would choose.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls below."""
        event.ignore()


class Choice(ChoiceBox):
    """Takes the room of its first entry, and ends a longer one in “…”, told whole in a tool tip.

    tip: the tool tip where the entry is seen whole.
    """

    def __init__(self, name: str, tip: str = "") -> None:
        super().__init__(name)
        self.tip = tip
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room of the first entry."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the room of the first entry."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        metrics = self.fontMetrics()
        words = QSize(metrics.horizontalAdvance(self.itemText(0)), metrics.height())
        kind = QStyle.ContentsType.CT_ComboBox
        return self.style().sizeFromContents(kind, option, words, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits, and offer the whole entry where it does not."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        shown, whole = self.shown_text(), self.currentText()
        option.currentText = shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        # Nobody points at what was not painted, and entries change without a signal when refilled.
        tip = self.tip if shown == whole else whole
        tip = plain_tip(tip) if tip else ""
        if tip != self.toolTip():
            self.setToolTip(tip)

    def shown_text(self) -> str:
        """Return the entry as it is drawn."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + 4
        return self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width() - icon
        )
