"""All that works behind the frame; it is imported once the frame is painted.

Only after it stands are keys and presses heard, so nothing of it is missed by anybody.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from inspector.base.clock import SystemClock
from ui.entering import open_first
from ui.frame.cover import Cover
from ui.frame.waking import Waking
from ui.leaving import Leaving
from ui.messages import show_note
from ui.mini.switch import Switch
from ui.opening import usual_workspace
from ui.theme import look
from ui.upkeep import Upkeep
from ui.work import sharing

if TYPE_CHECKING:
    from inspector.base.settings import Loaded, Settings
    from ui.desk import Desk
    from ui.frame.window import MainWindow


#: When the start is over: the desktop's signals are heard, which are loaded for it. Milliseconds.
LATER_MS = 2_000
#: When garbage is looked for at the latest (see `ui.app`): before, once the pages are loaded, which
#: they are while nothing else is done. Milliseconds.
COLLECT_MS = 10_000


def begin(app: QApplication, window: MainWindow, loaded: Loaded, root: Path | None) -> None:
    """Begin with the workspace that was named, the last one, or none."""
    desk = window.desk
    QTimer.singleShot(COLLECT_MS, window, sharing.collect_garbage)
    app.setWindowIcon(desk.look.icon("list"))
    clock = SystemClock()
    Restyling(app, desk, window).look_again()
    Switch(desk, window)
    Leaving(desk, window)
    cover = Cover(desk, window)
    Upkeep(desk, window)
    waking = Waking(clock, window)
    waking.woke.connect(cover.hide_view)
    recent = desk.settings.recent
    root = root or (Path(recent[0]) if recent else usual_workspace())
    if root is None:
        desk.go("start")
    else:
        open_first(desk, window, root)
        # The worker is still busy with that; the first page needs it.
        window.complete()
    _tell_unread(desk, window, loaded)
    QTimer.singleShot(LATER_MS, window, waking.listen)


def _tell_unread(desk: Desk, window: MainWindow, loaded: Loaded) -> None:
    tr = desk.tr
    if loaded.put_aside is not None:
        text = tr(
            "The settings could not be read and were put aside as {file}. The records are not "
            "affected. Language, theme and the list of workspaces begin anew.",
            file=loaded.put_aside,
        )
    elif loaded.stuck is not None:
        text = tr(
            "The settings at {file} can neither be read nor put aside. The records are not "
            "affected. Language, theme and the list of workspaces are the usual ones until "
            "somebody removes what lies there.",
            file=loaded.stuck,
        )
    else:
        return
    show_note(desk, window, tr("Settings begin anew"), text)


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

    def look_again(self) -> None:
        """Ask the system for its colours, and follow if they are others than those shown."""
        self._desk.system_dark = None
        self._restyle()

    def _follow(self, _scheme: object = None) -> None:
        """Take the system's colours, and renew what waited, once nothing is lost by it."""
        if self._desk.look == self._shown:
            if _is_asked() or self._window.renew():
                self._later.start()
        elif _is_asked() or self._window.is_typed_in():
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
