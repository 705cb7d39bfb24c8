"""A screen of its own with a window manager, and hands: real keys and a real mouse through X.

The application runs in this process, so that a test knows where its widgets are; keys and clicks
come from outside, by way of the X server, as from a person.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QProcess, QProcessEnvironment, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)

TOOLS = ("Xvfb", "openbox", "xdotool")
SIZE = "1500x950x24"
#: What is waited for at most. Milliseconds.
PATIENCE_MS = 30_000
#: No widget of a page is further away than so many presses of Tab.
MOST_TABS = 120
#: Nor outside what can be seen by more than so many turns of the wheel.
MOST_TURNS = 60
#: Where the window stands from which files are dragged: beside the application's.
FILES_AT = (1442, 880)
#: A widget stands still that was at the same place so many times, 10 ms apart.
LOOKS = 5


def missing_tools() -> list[str]:
    """Return the programs that are not installed."""
    return [name for name in TOOLS if shutil.which(name) is None]


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """Yield the name of a display with a window manager on it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        display = f":{told.readline().strip()}"
    environment = os.environ | {"DISPLAY": display, "HOME": str(folder)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    manager = subprocess.Popen(["openbox"], **quiet)
    try:
        # A window that is mapped before there is a manager never gets the keys.
        while subprocess.run(["xdotool", "get_num_desktops"], check=False, **quiet).returncode:
            with suppress(subprocess.TimeoutExpired):
                manager.wait(0.1)
                raise RuntimeError("the window manager did not start")
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


@dataclass
class Hands:
    """Types and clicks, and waits for what happens."""

    qtbot: QtBot
    display: str

    def keys(self, *combinations: str) -> None:
        """Press keys one after the other, named as xdotool names them (“ctrl+n”, “F2”)."""
        self._tool("key", "--delay", "40", *combinations)

    def take(self, window: QWidget) -> None:
        """Bring a window to the front and wait until keys go to it."""
        window.activateWindow()
        self.until(lambda: window.isActiveWindow() and window.windowHandle().isExposed())

    def type(self, text: str) -> None:
        """Enter a text where the focus is: typed, or pasted if it is lines or no key bears it.

        An input method hands over whole words too; X remaps keys for them too slowly to be true.
        """
        if text.isascii() and "\n" not in text:
            self._tool("type", "--delay", "25", text)
        else:
            QApplication.clipboard().setText(text)
            self.keys("ctrl+v")

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Move the mouse to a widget and press its left button, once it can be seen."""
        where = self._still(widget, at)
        for _each in range(MOST_TURNS):
            if widget.visibleRegion().contains(at or widget.rect().center()):
                break
            self._turn_wheel(widget, where)
            where = self._still(widget, at)
        self._tool("mousemove", str(where.x()), str(where.y()), "click", "1")

    def _still(self, widget: QWidget, at: QPoint | None) -> QPoint:
        """Return where a widget is on the screen, once it stands still."""
        places: list[QPoint] = []

        def still() -> bool:
            places.append(widget.mapToGlobal(at or widget.rect().center()))
            return places[-LOOKS:] == [places[-1]] * LOOKS

        self.until(still)
        return places[-1]

    def _turn_wheel(self, widget: QWidget, where: QPoint) -> None:
        """Turn the wheel over what holds a widget, towards it."""
        area = widget.parentWidget()
        while not isinstance(area, QScrollArea):
            assert area is not None, f"{widget} cannot be brought into view"
            area = area.parentWidget()
        edge = area.viewport().mapToGlobal(QPoint(4, area.viewport().height() // 2))
        wheel = "5" if where.y() > edge.y() else "4"
        self._tool("mousemove", str(edge.x()), str(edge.y()), "click", wheel)

    def reach(self, widget: QWidget) -> None:
        """Bring the focus to a widget by Tab, and by arrows among buttons of one choice."""
        group = widget.group() if isinstance(widget, QAbstractButton) else None
        chosen = group.checkedButton() if group is not None and group.exclusive() else None
        if chosen is not None and chosen is not widget:
            self.reach(chosen)
            for _each in group.buttons():
                if not widget.hasFocus():
                    self.keys("Down")
            return
        holder = widget.focusProxy() or widget
        for _each in range(MOST_TABS):
            if holder.hasFocus():
                return
            before = QApplication.focusWidget()
            self.keys("Tab")
            self.until(lambda before=before: QApplication.focusWidget() is not before)
        raise AssertionError(f"Tab does not lead to {widget} {widget.accessibleName()!r}")

    def in_next_window(self, words: Callable[[QWidget], list[str]]) -> None:
        """Have xdotool do `words` once another window is in front; call it before what opens that.

        A question that is asked in a loop of its own lets this test go on only when answered.
        """
        before = QApplication.activeWindow()
        timer = QTimer(QApplication.instance(), interval=100)

        def look() -> None:
            window = QApplication.activeModalWidget()
            if window is None or window is before or not window.isActiveWindow():
                return
            timer.stop()
            QProcess.startDetached("xdotool", words(window))

        timer.timeout.connect(look)
        timer.start()

    def drag_files(self, files: list[Path], onto: QWidget) -> None:
        """Drag files out of another program and drop them on a widget."""
        source = QProcess()
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("DISPLAY", self.display)
        environment.insert("QT_QPA_PLATFORM", "xcb")
        source.setProcessEnvironment(environment)
        words = [str(each) for each in FILES_AT]
        source.start(sys.executable, ["-m", "tests.endtoend.dragging", *words, *map(str, files)])
        self.until(source.canReadLine)
        start = [str(each + 20) for each in FILES_AT]
        where = self._still(onto, None)
        self._tool("mousemove", *start, "mousedown", "1")
        # A drag begins with a movement, and what lies below is told of the next one.
        for step in (1, 2, 3, 4):
            part = [a + (b - a) * step // 4 for a, b in zip(FILES_AT, where.toTuple(), strict=True)]
            self._tool("mousemove", *map(str, part), "sleep", "0.1")
        self._tool("mousemove_relative", "3", "3", "sleep", "0.2", "mouseup", "1")
        source.terminate()
        self.until(lambda: source.state() is QProcess.ProcessState.NotRunning)

    def shot(self, file: Path) -> None:
        """Keep a picture of the window in front, for a person to look at."""
        window = QApplication.activeWindow()
        seen = [window] if window else [e for e in QApplication.topLevelWidgets() if e.isVisible()]
        for number, each in enumerate(seen):
            each.grab().save(str(file.with_stem(f"{file.stem}{number or ''}")))

    def find(self, cls: type[W], wanted: Callable[[W], bool], within: QWidget | None = None) -> W:
        """Return the one visible, enabled widget that is wanted; wait until it is there."""
        found: list[W] = []

        def looked() -> bool:
            roots = [within] if within else QApplication.topLevelWidgets()
            found[:] = [
                each
                for root in roots
                if root.isVisible()
                for each in root.findChildren(cls)
                if each.isVisible() and each.isEnabled() and wanted(each)
            ]
            return bool(found)

        self.until(looked)
        return found[0]

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(happened, timeout=PATIENCE_MS)

    def _tool(self, *words: str) -> None:
        """Run xdotool while this process goes on handling events."""
        process = QProcess()
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("DISPLAY", self.display)
        process.setProcessEnvironment(environment)
        process.start("xdotool", list(words))
        self.qtbot.waitUntil(
            lambda: process.state() is QProcess.ProcessState.NotRunning, timeout=PATIENCE_MS
        )
        assert process.exitCode() == 0, process.readAllStandardError().data().decode()
