"""Notices that the computer slept or was locked, so that nobody finds the view open."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from inspector.base.clock import Clock, Reading

#: How often the clocks are looked at, and how much later than that means sleep. Milliseconds.
EVERY_MS, LATE_MS = 2_000, 10_000
#: Screen lockers and the session's own words for “locked” and “about to sleep” on Linux.
_LOCKERS = (
    ("org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("org.gnome.ScreenSaver", "ActiveChanged"),
    ("org.cinnamon.ScreenSaver", "ActiveChanged"),
    ("org.mate.ScreenSaver", "ActiveChanged"),
)
_LOGIN = ("org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep")


def slept(before: Reading, now: Reading) -> bool:
    """Say whether the computer slept between two looks that should be `EVERY_MS` apart.

    The counter stands still in sleep on some systems and goes on in others; the wall clock goes on
    everywhere, but may also be set. Either being late counts: hiding once too often costs a key.
    """
    latest = EVERY_MS + LATE_MS
    return now.ms - before.ms > latest or now.monotonic - before.monotonic > latest


class Waking(QObject):
    """Tells when the computer has slept, is about to, or its screen was locked."""

    woke = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock.read()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Compare the clocks with what they showed the last time."""
        now = self._clock.read()
        before, self._last = self._last, now
        if slept(before, now):
            self.woke.emit()

    def listen(self) -> bool:
        """Hear the desktop's own signals where there are any; return whether there are.

        The library is loaded only now: it is not needed for the first paint.
        """
        if sys.platform != "linux":
            return False
        bus: Any = importlib.import_module("PySide6.QtDBus").QDBusConnection
        service, interface, name = _LOGIN
        # Its own annotations ask for bytes here; what it takes is what SLOT returns.
        slot = SLOT("hear(bool)")
        path = "/org/freedesktop/login1"
        heard = [bus.systemBus().connect(service, path, interface, name, self, slot)]
        session = bus.sessionBus()
        heard += [session.connect("", "", *locker, self, slot) for locker in _LOCKERS]
        return any(heard)

    @Slot(bool)
    def hear(self, active: bool) -> None:
        """A screen was locked, or the computer is about to sleep."""
        if active:
            self.woke.emit()
