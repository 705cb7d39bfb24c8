"""Windows that stay beside the page, put aside while only one window may be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_BESIDE = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Tool)


def put_aside(*staying: QWidget) -> list[QWidget]:
    """Hide every other window that is shown, and return what was hidden.

    What goes on in them goes on. A window that waits for an answer stays: hiding it would answer.
    """
    hidden = [
        window
        for window in QApplication.topLevelWidgets()
        if window.isVisible()
        and window.windowType() in _BESIDE
        and not window.isModal()
        and window not in staying
    ]
    for window in hidden:
        window.hide()
    return hidden


def bring_back(hidden: list[QWidget]) -> None:
    """Show again what was put aside, unless it is gone."""
    for window in hidden:
        if isValid(window):
            window.show()
    hidden.clear()
