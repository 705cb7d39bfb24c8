"""Fields that several pages have in the same way."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit


def filter_field(name: str, hint: str) -> QLineEdit:
    """Return a field whose words narrow what stands below it."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setClearButtonEnabled(True)
    return made
