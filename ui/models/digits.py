"""Digits that are typed one after another at a tile, and mean people waiting."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

#: How long digits are waited for. Milliseconds.
PAUSE_MS = 900
#: The last so many count.
_MOST = 3


class Digits(QObject):
    """Collects digits for one window; what is typed elsewhere begins anew."""

    #: Digits came, or were forgotten.
    changed = Signal()
    #: No more came: the id of the window. They stay until they are taken.
    paused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window, self._typed = "", ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(lambda: self.paused.emit(self._window))

    def add(self, window: str, digit: str) -> None:
        """Take one more digit."""
        self._typed = (self._typed + digit)[-_MOST:] if window == self._window else digit
        self._window = window
        self._pause.start()
        self.changed.emit()

    def at(self, window: str) -> str:
        """Return what was typed at a window so far."""
        return self._typed if window == self._window else ""

    def take(self, window: str) -> int | None:
        """Return the number typed at a window, None without one, and forget what was typed."""
        typed = self.at(window)
        self._window, self._typed = "", ""
        self._pause.stop()
        self.changed.emit()
        return int(typed) if typed else None
