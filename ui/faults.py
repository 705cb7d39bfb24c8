"""A fault of the program itself: told once, kept without names, and the windows go on."""

from __future__ import annotations

import importlib
import logging
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from inspector.base.clock import SystemClock
from inspector.base.crash import keep, trace_of
from inspector.base.settings import settings_file

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QApplication, QWidget

    from inspector.base.clock import Clock
    from ui.desk import Desk
    from ui.fault_report import Report
    from ui.frame.window import MainWindow

logger = logging.getLogger(__name__)

#: Loaded where there is a fault to tell.
_MESSAGES, _REPORT = "ui.messages", "ui.fault_report"


def watch(app: QApplication, window: MainWindow) -> None:
    """Take the faults of the program until it ends, and end in order where the system asks to."""
    end_when_told(app)
    faults = Faults(window.desk, window, SystemClock(), settings_file().parent)
    faults.install()
    app.aboutToQuit.connect(faults.uninstall)


def end_when_told(app: QApplication) -> None:
    """Close everything when the system asks to end, once what is being done is done.

    A signal is heard between any two steps of whatever runs, also halfway through an opening.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: QTimer.singleShot(0, app.closeAllWindows))


class Faults(QObject):
    """Takes every exception that nobody took, from slots, timers and events."""

    #: From whatever thread: the fault, as `trace_of` tells it.
    _met = Signal(list)

    def __init__(self, desk: Desk, window: QWidget, clock: Clock, elsewhere: Path) -> None:
        """`elsewhere`: the folder that keeps faults while no workspace is open."""
        super().__init__(window)
        self._desk, self._window, self._clock = desk, window, clock
        self._elsewhere = elsewhere
        self._shown: Report | None = None
        self._before = sys.excepthook
        self._met.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take faults from now on."""
        sys.excepthook = self.take

    def uninstall(self) -> None:
        """Give them back to whoever took them before."""
        sys.excepthook = self._before

    def take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Keep the fault and tell it once control is back with the windows."""
        if not issubclass(kind, Exception):
            self._before(kind, error, trace)
            return
        lines = trace_of(error)
        logger.error("a fault of the program: %s", lines[-1])
        self._met.emit(lines)

    def _tell(self, lines: list[str]) -> None:
        file = keep(lines, self._folder(), self._clock)
        if self._shown is not None:
            # One at a time: a fault in a timer would bury the windows under reports.
            return
        self._shown = importlib.import_module(_REPORT).Report(self._desk, self._window, lines, file)
        self._shown.finished.connect(self._forget)
        importlib.import_module(_MESSAGES).present(self._desk, self._shown)

    def _folder(self) -> Path:
        if self._desk.root is not None:
            return self._desk.root
        # A fault here would be told by way of here: without the folder it is told, not kept.
        with suppress(OSError):
            self._elsewhere.mkdir(parents=True, exist_ok=True)
        return self._elsewhere

    def _forget(self, _answer: int) -> None:
        self._shown = None
