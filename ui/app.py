"""Starts the windows: first the frame, then – off the window's thread – the libraries behind it."""

from __future__ import annotations

import importlib
import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from inspector.base.settings import Settings, load_settings, settings_file
from ui.desk import Desk
from ui.frame.window import MainWindow
from ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inspector.operations.session import Session

#: Imported after the first paint: the libraries behind it take longer to load than the window.
_WORKSPACES = "inspector.operations.workspaces"
#: The application as the system's lists show it: neutral, like the window's title.
NAME = "mingcha"


def prepare_input() -> None:
    """Choose an input method that Qt's wheels can talk to: they bring a plug-in for ibus only."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"


def application(argv: Sequence[str]) -> QApplication:
    """Return the application object, made once."""
    prepare_input()
    made = QApplication(list(argv))
    made.setApplicationName(NAME)
    made.setDesktopFileName(NAME)
    return made


def run(argv: Sequence[str], root: Path | None = None) -> int:
    """Show the windows until the last one is closed; return the exit code.

    `root` is the workspace to open; without it the one that was opened last, or the wizard.
    """
    app = application(argv)
    file = settings_file()
    loaded = load_settings(file)
    desk = Desk(loaded.settings, file)
    look.apply(desk.look, app)
    window = MainWindow(desk)
    window.resize(1440, 900)
    Restyling(app, desk, window)
    window.show()
    QTimer.singleShot(0, lambda: Beginning(desk, root).begin())
    return app.exec()


class Restyling(QObject):
    """Dresses the application anew when the settings or the system's colours change."""

    def __init__(self, app: QApplication, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._app, self._desk, self._window = app, desk, window
        self._shown = desk.look
        desk.preferred.connect(self._restyle)
        app.styleHints().colorSchemeChanged.connect(self._restyle)

    def _restyle(self, _cause: Settings | object = None) -> None:
        if self._desk.look == self._shown:
            return
        self._shown = self._desk.look
        look.apply(self._shown, self._app)
        self._window.rebuild()


class Beginning(QObject):
    """Opens a workspace on the worker and goes home, or to the wizard where there is none."""

    def __init__(self, desk: Desk, root: Path | None) -> None:
        super().__init__(desk)
        self._desk = desk
        self._root = root

    def begin(self) -> None:
        """Open what is to be opened."""
        if self._root is None:
            self._desk.go("start")
            return
        root = self._root
        self._desk.worker.open(self, lambda: opened(root), self._home)

    def _home(self, root: Path) -> None:
        self._desk.root = root
        self._desk.prefer(self._desk.settings.opened(root))
        self._desk.go("home")


def opened(root: Path) -> Session:
    """Open a workspace. Runs on the worker, which also imports what takes long to import."""
    session: Session = importlib.import_module(_WORKSPACES).open_workspace(root)
    return session


def main() -> int:
    """Start the desktop application."""
    return run(sys.argv)
