"""What follows once something can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class NextPaint(QObject):
    """Calls `then` once, right after a window is painted the next time."""

    #: A window that is never painted, such as a minimised one, comes to it as well. Milliseconds.
    LATEST_MS = 500

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._then: Callable[[], None] | None = then
        window.installEventFilter(self)
        QTimer.singleShot(self.LATEST_MS, self, self._go_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint; it is seen here before it is done."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
