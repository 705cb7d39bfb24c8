"""Closing the window: what was typed and saved by nobody does not go with it unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication

from ui.messages import confirmed

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.frame.window import MainWindow


class Leaving(QObject):
    """Asks before the window closes while something stands in its fields that is not saved."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window open if somebody wants to go back to what is typed."""
        if event.type() == QEvent.Type.Close and watched is self._window and not self._may_close():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _may_close(self) -> bool:
        page = self._window.page
        if page is not None and not page.may_leave():
            return False
        app = QGuiApplication.instance()
        # Whoever logs out is not kept waiting by a question: the system would end the program.
        if isinstance(app, QGuiApplication) and app.isSavingSession():
            return True
        if not self._is_unsaved():
            return True
        tr = self._desk.tr
        return confirmed(
            self._desk,
            self._window,
            tr("Something is typed and not saved"),
            tr(
                "What was saved is safe. What stands in a field and was not saved is lost when the "
                "window closes."
            ),
            tr("Close without saving"),
            danger=True,
        )

    def _is_unsaved(self) -> bool:
        desk = self._desk
        begun = any(words("") for words in desk.typed.values())
        return begun or bool(desk.drafts) or self._window.is_unsaved()
