"""Runs the windows: first the frame alone, then all that works behind it.

What is imported here is loaded before anything is seen; only what the first paint needs is.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from inspector.base.settings import settings_file
from ui.desk import Desk
from ui.frame import placing
from ui.frame.painting import NextPaint
from ui.frame.window import MainWindow
from ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QMessageLogContext

    from inspector.base.settings import Loaded

#: The application as the system's lists show it: neutral, like the window's title.
NAME = "mingcha"
#: What works behind the frame; imported once the frame is painted.
_BEHIND, _FAULTS = "ui.behind", "ui.faults"


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
    # Said here and not by `setStyle`, which returns a style: Python would spell out all it knows.
    made = QApplication([NAME, "-style", "Fusion"])
    qInstallMessageHandler(None)
    made.setApplicationName(NAME)
    made.setDesktopFileName(NAME)
    return made


def run(loaded: Loaded, root: Path | None, no_window: Callable[[str], int]) -> int:
    """Show the windows until the last one is closed; return the exit code.

    `root` is the workspace to open; without it the one that was opened last, or the wizard.
    """
    app, _window = shown(loaded, root, no_window)
    return app.exec()


def shown(
    loaded: Loaded, root: Path | None, no_window: Callable[[str], int]
) -> tuple[QApplication, MainWindow]:
    """Show the frame; it is painted, and all else begins, once there are events."""
    app = application(no_window)
    window = build(app, loaded, settings_file(), root)
    NextPaint(window, lambda: importlib.import_module(_FAULTS).watch(app, window))
    if loaded.settings.maximised:
        window.showMaximized()
    else:
        window.show()
    return app, window


def build(app: QApplication, loaded: Loaded, settings: Path, root: Path | None) -> MainWindow:
    """Return the frame, not shown yet; everything else begins with its first paint.

    settings: where changed settings are kept.
    """
    desk = Desk(loaded.settings, None if loaded.stuck else settings)
    # What `Restyling` asks the system instead takes too long before the first paint.
    desk.system_dark = look.system_looks_dark()
    look.apply(desk.look, app)
    window = MainWindow(desk)
    placing.fit(window)
    desk.closing.connect(lambda: placing.remember(window))
    NextPaint(window, lambda: _begin(app, window, loaded, root))
    return window


def _begin(app: QApplication, window: MainWindow, loaded: Loaded, root: Path | None) -> None:
    importlib.import_module(_BEHIND).begin(app, window, loaded, root)
