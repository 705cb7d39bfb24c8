"""Runs the windows: first the frame, then – off the window's thread – the libraries behind it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog

from inspector.base.clock import SystemClock
from inspector.base.settings import Loaded, Settings, settings_file
from ui.desk import Desk
from ui.faults import Faults
from ui.frame.cover import Cover
from ui.frame.waking import Waking
from ui.frame.window import MainWindow
from ui.messages import show_note
from ui.mini.switch import Switch
from ui.opening import usual_workspace
from ui.theme import look
from ui.upkeep import Upkeep
from ui.widgets.typed import is_typed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMessageLogContext

#: The application as the system's lists show it: neutral, like the window's title.
NAME = "mingcha"


def prepare_input() -> None:
    """Choose an input method that Qt's wheels can talk to: they bring a plug-in for ibus only."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"


def application(no_window: Callable[[str], int]) -> QApplication:
    """Return the application object, made once.

    Where there is no screen Qt ends the program by itself; `no_window` is told why before it does,
    and its value is the exit code.
    """
    prepare_input()
    told: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        told.append(text)
        if kind is QtMsgType.QtFatalMsg:
            # Nothing was opened yet, and Qt is about to abort: nothing is left to close in order.
            os._exit(no_window(told[0]))

    qInstallMessageHandler(listen)
    made = QApplication([NAME])
    qInstallMessageHandler(None)
    made.setApplicationName(NAME)
    made.setDesktopFileName(NAME)
    return made


def run(loaded: Loaded, root: Path | None, no_window: Callable[[str], int]) -> int:
    """Show the windows until the last one is closed; return the exit code.

    `root` is the workspace to open; without it the one that was opened last, or the wizard.
    """
    app = application(no_window)
    window = build(app, loaded, settings_file(), root)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: app.closeAllWindows())
    faults = Faults(window.desk, window, SystemClock(), settings_file().parent)
    faults.install()
    window.show()
    code = app.exec()
    faults.uninstall()
    return code


def build(app: QApplication, loaded: Loaded, settings: Path, root: Path | None) -> MainWindow:
    """Return the whole of the windows, not shown yet; they begin with their first paint.

    settings: where changed settings are kept.
    """
    desk = Desk(loaded.settings, settings)
    look.apply(desk.look, app)
    app.setWindowIcon(desk.look.icon("list"))
    window = MainWindow(desk)
    window.resize(1440, 900)
    Restyling(app, desk, window)
    Switch(desk, window)
    cover = Cover(desk, window)
    Upkeep(desk, window)
    waking = Waking(SystemClock(), window)
    waking.woke.connect(cover.hide_view)
    Beginning(desk, window, root, loaded.put_aside).begun.connect(waking.listen)
    return window


class Restyling(QObject):
    """Dresses the application anew when the settings or the system's colours change.

    Pages are made anew for it, but for those in which something is typed that is not saved: they
    follow once it is. Nobody asked for the system's colours at this moment, as at dusk, so all of
    them wait while a dialog is open or something is typed.
    """

    #: How often it is looked whether one can go on. Milliseconds.
    WAIT_MS = 1000

    def __init__(self, app: QApplication, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._app, self._desk, self._window = app, desk, window
        self._shown = desk.look
        desk.preferred.connect(self._restyle)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self._later = QTimer(self, singleShot=True, interval=self.WAIT_MS)
        self._later.timeout.connect(self._follow)

    def _follow(self, _scheme: object = None) -> None:
        """Take the system's colours, and renew what waited, once nothing is lost by it."""
        if self._desk.look == self._shown:
            if _is_asked() or self._window.renew():
                self._later.start()
        elif _is_asked() or is_typed_in(self._window):
            self._later.start()
        else:
            self._restyle()

    def _restyle(self, _settings: Settings | None = None) -> None:
        if self._desk.look == self._shown:
            return
        self._shown = self._desk.look
        look.apply(self._shown, self._app)
        self._window.rebuild()
        self._later.start()


def _is_asked() -> bool:
    """Tell whether a dialog waits for an answer."""
    tops = QApplication.topLevelWidgets()
    return any(isinstance(each, QDialog) and each.isVisible() for each in tops)


class Beginning(QObject):
    """Begins once the frame is painted: with the workspace that was named, the last one, or none.

    Whatever takes long to import is imported by what begins here.
    """

    begun = Signal()
    #: A window that is never painted, such as a minimised one, begins as well. Milliseconds.
    LATEST_MS = 500

    def __init__(
        self, desk: Desk, window: MainWindow, root: Path | None, put_aside: Path | None
    ) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._root = root
        self._put_aside = put_aside
        self._begun = False
        window.installEventFilter(self)
        QTimer.singleShot(self.LATEST_MS, self, self._begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)
        return False

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        recent = self._desk.settings.recent
        root = self._root or (Path(recent[0]) if recent else usual_workspace())
        if root is None:
            self._desk.go("start")
        else:
            self._desk.go("start", open=str(root))
        if self._put_aside is not None:
            self._tell_put_aside(self._put_aside)
        self.begun.emit()

    def _tell_put_aside(self, file: Path) -> None:
        tr = self._desk.tr
        text = tr(
            "The settings could not be read and were put aside as {file}. The records are not "
            "affected. Language, theme and the list of workspaces begin anew.",
            file=file,
        )
        show_note(self._desk, self._window, tr("Settings begin anew"), text)
