"""Changes between the full window and the mini window; only one of them is ever shown."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from ui.frame.aside import bring_back, put_aside
from ui.messages import present_withheld, show_refusal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.desk import Desk
    from ui.mini.window import MiniWindow

#: Imported when it is first wanted.
MINI = "ui.mini.window"


def mini_window() -> type[MiniWindow]:
    """Import what the mini window needs and return its class."""
    cls: type[MiniWindow] = importlib.import_module(MINI).MiniWindow
    return cls


class Switch(QObject):
    """Hides one window and shows the other. What is to be said in words waits for the full one."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._visit = ""
        #: The mini window that was used last; what is typed in it stays.
        self.mini: MiniWindow | None = None
        #: Windows beside the full one, such as that which brings photographs in.
        self._aside: list[QWidget] = []
        desk.shrunk.connect(self.shrink)
        desk.closing.connect(self._drop)

    def shrink(self, visit: str) -> None:
        """Go on with a visit in the mini window."""
        if self._desk.locked or self._desk.discreet:
            return
        mini = self._ready(visit)
        self._visit = visit
        self._desk.discreet = True
        mini.show_visit(visit)
        # First the one, then the other: with no window at all the program would end.
        mini.show()
        mini.activateWindow()
        self._aside += put_aside(mini, self._window)
        self._window.hide()

    def enlarge(self) -> None:
        """Bring the full window back, at the visit, and say what could not be said before."""
        if not self._desk.discreet or self.mini is None:
            return
        self._desk.discreet = False
        self._window.show()
        self._window.activateWindow()
        self.mini.hide()
        bring_back(self._aside)
        self._desk.go("visit", self._visit)
        present_withheld(self._desk)
        if self.mini.unsaved is not None:
            show_refusal(self._desk, self._window, self.mini.unsaved)

    def _ready(self, visit: str) -> MiniWindow:
        """Return the mini window, made anew for another visit, language or text size."""
        look, old = self._desk.look, self.mini
        if old is not None and isValid(old):
            same = (old.look.scale, old.look.lang) == (look.scale, look.lang)
            if same and self._visit == visit:
                return old
            old.deleteLater()
        made = mini_window()(self._desk)
        made.left.connect(self.enlarge)
        made.move(self._window.frameGeometry().topLeft())
        self.mini = made
        return made

    def _drop(self) -> None:
        if self.mini is not None and isValid(self.mini):
            self.mini.hide()
            self.mini.deleteLater()
        self._desk.typed.pop("mini", None)
        self.mini = None
