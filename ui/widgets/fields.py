"""Fields that several pages have in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QSpinBox

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent


class NumberField(QSpinBox):
    """A number that is typed or stepped by keys; the wheel scrolls the form it stands in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls below: nothing is counted in passing."""
        event.ignore()


def filter_field(name: str, hint: str) -> QLineEdit:
    """Return a field whose words narrow what stands below it."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setClearButtonEnabled(True)
    return made
