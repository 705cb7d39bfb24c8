"""The windows in a process of their own: from its first instruction to what a person sees.

python -m tests.bench.window_children bare
python -m tests.bench.window_children JOB WORKSPACE [VISIT]

Prints JSON. Moments are seconds after the process was begun, which the parent hands over; the
clock is one for the whole machine.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication, QWidget

    from ui.frame.window import MainWindow
    from ui.pages.findings.page import FindingsPage
    from ui.pages.visit.page import VisitPage

ROOT = Path(__file__).resolve().parents[2]
SCREEN = Path(__file__).with_name("screen.json")
#: What takes long to load and must wait until the window stands.
HEAVY = ("sqlite_utils", "PIL", "reportlab")
#: Answers given, and steps through the register, in one run.
ANSWERS = 40
STEPS = 300
JUMPS = 20
#: How long after Home is shown somebody presses what stands there: the fastest that people react
#: to what they see. Seconds.
REACTION = 0.25
#: For how long a page is watched that was opened: all of it stands long before. Seconds.
WATCHED = 1.0
#: Pages that show one visit.
OF_A_VISIT = ("visit", "closing", "evidence")
#: What is waited for at most. Seconds.
PATIENCE = 120
_BEGUN = "MINGCHA_BENCH_BEGUN"


def run_child(*arguments: object) -> dict[str, Any]:
    """Run a child and return its figures."""
    # Here and not above: the children load no more than what they measure, on both sides.
    import json
    import subprocess

    command = [sys.executable, "-m", "tests.bench.window_children", *map(str, arguments)]
    # Compiled modules are kept, as they are where the program is installed.
    surroundings = os.environ | {
        # A screen with room for the whole window: Qt's own would make it smaller.
        "QT_QPA_PLATFORM": f"offscreen:configfile={SCREEN}",
        "PYTHONDONTWRITEBYTECODE": "",
        "XDG_CONFIG_HOME": str(_settings(arguments)),
        "MINGCHA_WORKSPACE": str(arguments[1]) if arguments[1:] else "",
        _BEGUN: str(time.monotonic()),
    }
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _settings(arguments: Sequence[object]) -> Path:
    """Return a folder of settings beside the workspace: Chinese, all else as it comes."""
    folder = Path(str(arguments[1])).with_name("bench-settings") if arguments[1:] else ROOT
    if arguments[1:] and not folder.exists():
        (folder / "mingcha").mkdir(parents=True)
        (folder / "mingcha" / "settings.json").write_text('{"lang": "zh"}', encoding="utf-8")
    return folder


def _since() -> float:
    return time.monotonic() - float(os.environ[_BEGUN])


def _memory() -> int:
    import psutil

    return int(psutil.Process().memory_info().rss)


class Painted:
    """Tells when a window was painted the next time."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        from PySide6.QtCore import QEvent, QObject, Qt, Signal

        moments: list[float] = []

        class Watch(QObject):
            begun = Signal()

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if watched is window and event.type() is QEvent.Type.Paint:
                    # It is seen before it is worked off; what is painted stands right after it.
                    # Queued and not by a timer: those that were set before would go first.
                    self.begun.emit()
                return False

        self._watch = Watch(window)
        self._watch.begun.connect(
            lambda: moments.append(_since()), Qt.ConnectionType.QueuedConnection
        )
        self._moments = moments
        window.installEventFilter(self._watch)
        self._app = app

    def next(self) -> float:
        """Wait for the next painting and return its moment."""
        self._moments.clear()
        wait_until(self._app, lambda: bool(self._moments))
        return self._moments[0]


def wait_until(app: QApplication, happened: Callable[[], bool]) -> None:
    """Go on with events until something is so."""
    from PySide6.QtCore import QEventLoop, QTimer

    late: list[None] = []
    timer = QTimer(singleShot=True, interval=PATIENCE * 1000)
    timer.timeout.connect(lambda: late.append(None))
    timer.start()
    # Sleeps until there is an event: whoever asked again and again would take the worker's time.
    while not happened():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if late:
            raise TimeoutError("it did not happen")


def bare() -> dict[str, Any]:
    """Show a window with an empty table and nothing else."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget

    app = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(0, 8))
    window.resize(1440, 900)
    painted = Painted(app, window)
    window.show()
    return {"painted": painted.next(), "memory": _memory()}


def home(_root: str) -> dict[str, Any]:
    """Start as the program does, until Home shows its data."""
    app, window, figures = _started()
    figures["home"] = _shown_home(app, window)
    _rest(app, window)
    figures["memory"] = _memory()
    window.close()
    return figures


def visit(_root: str, visit: str) -> dict[str, Any]:
    """Open a visit, then answer by keys."""
    from PySide6.QtTest import QTest

    app, window, figures = _started()
    _shown_home(app, window)
    _rest(app, window)
    _react(app)
    page = _open(app, window, visit, figures)
    taken = []
    seen: list[int] = []
    page.keeper.shown.connect(lambda board: seen.append(sum(bool(e.answers) for e in board.asked)))
    # An item whose answer is typed is answered “not seen”, which every item can be.
    for _ in range(ANSWERS):
        before = sum(bool(each.answers) for each in page.keeper.board.asked)
        seen.clear()
        start = time.perf_counter()
        QTest.keyClicks(page.checklist.list, "?")
        wait_until(app, lambda before=before: bool(seen) and seen[-1] > before)
        app.processEvents()
        taken.append(time.perf_counter() - start)
    figures["answers"] = taken
    window.close()
    return figures


def visit_at_once(_root: str, visit: str) -> dict[str, Any]:
    """Open a visit the moment Home is shown, faster than a person can."""
    app, window, figures = _started()
    _shown_home(app, window)
    _open(app, window, visit, figures)
    window.close()
    return figures


def _open(app: QApplication, window: MainWindow, visit: str, figures: dict[str, Any]) -> VisitPage:
    """Open a visit; note when its page was painted and when all of it stood there."""
    painted = Painted(app, window)
    # What of its page was not loaded since Home was shown is loaded now; that is part of the time.
    began = _since()
    window.desk.go("visit", visit)
    page = cast("VisitPage", window.page)
    wait_until(app, lambda: page.keeper.board is not None)
    figures["painted"] = painted.next() - began
    # What stands beside the checklist is made after that.
    wait_until(app, lambda: page.is_whole)
    _rest(app, window)
    figures["complete"] = _since() - began
    return page


def findings(_root: str) -> dict[str, Any]:
    """Scroll through the register of findings, a step each frame."""
    app, window, figures = _started()
    _shown_home(app, window)
    _rest(app, window)
    window.desk.go("findings")
    page = cast("FindingsPage", window.page)
    wait_until(app, lambda: page.model.rowCount() > 0)
    _rest(app, window)
    bar = page.table.verticalScrollBar()
    frames = []
    for step in range(1, STEPS + 1):
        start = time.perf_counter()
        bar.setValue(bar.maximum() * step // STEPS)
        page.table.viewport().repaint()
        app.processEvents()
        frames.append(time.perf_counter() - start)
    figures |= {"rows": page.model.rowCount(), "frames": frames, "filled": _jumps(app, page)}
    window.close()
    return figures


def pages(_root: str, visit: str) -> dict[str, Any]:
    """Open each page for the first time; note the longest turn of the thread of the windows."""
    import importlib

    from ui.frame.pages import PAGES

    app, window, figures = _started()
    _shown_home(app, window)
    _rest(app, window)
    # As the program does by itself where nobody works for a second.
    for spec in PAGES.values():
        for module in spec.modules:
            importlib.import_module(module)
    names = [each for each in PAGES if each not in ("start", "home")]
    figures["turns"] = {
        name: _longest_turn(app, window, name, visit if name in OF_A_VISIT else "")
        for name in [*names, "home"]
    }
    window.close()
    return figures


def _longest_turn(app: QApplication, window: MainWindow, page: str, id: str) -> float:
    """Return for how long the thread of the windows did one thing, so that no key was heard.

    Its own time: what others do meanwhile on the same processor is not its fault.
    """
    from PySide6.QtCore import QEventLoop, QTimer

    timer = QTimer(interval=20)
    timer.start()
    began = time.thread_time()
    window.desk.go(page, id)
    taken = [time.thread_time() - began]
    end = time.monotonic() + WATCHED
    while time.monotonic() < end:
        began = time.thread_time()
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        taken.append(time.thread_time() - began)
    return max(taken)


def _jumps(app: QApplication, page: FindingsPage) -> list[float]:
    """Jump through the register and return how long it takes until the rows stand there."""
    bar, taken = page.table.verticalScrollBar(), []

    def stand_there() -> bool:
        return all(page.model.index(row, 0).data() is not None for row in page.table.in_sight)

    for step in range(JUMPS):
        start = time.perf_counter()
        # Between the places where it was before.
        bar.setValue(bar.maximum() * (2 * step + 1) // (2 * JUMPS) + 50)
        page.table.viewport().repaint()
        wait_until(app, stand_there)
        app.processEvents()
        taken.append(time.perf_counter() - start)
    return taken


def _started() -> tuple[QApplication, MainWindow, dict[str, Any]]:
    from ui import app as program

    # Started as by its icon, without words; its surroundings name the workspace.
    settings, workspace, _tr = program.asked([])
    running = program.windows()
    app, window = running.shown(settings, workspace, lambda _detail: 3)
    painted = Painted(app, window)
    moment = painted.next()
    loaded = [name for name in HEAVY if name in sys.modules]
    return app, window, {"painted": moment, "loaded": loaded}


def _shown_home(app: QApplication, window: MainWindow) -> float:
    from ui.pages.home import HomePage

    wait_until(app, lambda: isinstance(window.page, HomePage) and bool(window.page.subtitle))
    app.processEvents()
    return _since()


def _rest(app: QApplication, window: MainWindow) -> None:
    """Wait until the worker has nothing to do that a person waits for, and all of it is shown."""
    for _generation in range(2):
        done: list[None] = []
        window.desk.read(window, lambda _session: None, done.append)
        wait_until(app, lambda done=done: bool(done))
        app.processEvents()


def _react(app: QApplication) -> None:
    """Wait as long as a person needs to see what is shown and press."""
    from PySide6.QtCore import QTimer

    seen: list[None] = []
    QTimer.singleShot(round(REACTION * 1000), app, lambda: seen.append(None))
    wait_until(app, lambda: bool(seen))


if __name__ == "__main__":
    jobs: dict[str, Callable[..., dict[str, Any]]] = {
        "bare": bare,
        "home": home,
        "visit": visit,
        "visit_at_once": visit_at_once,
        "findings": findings,
        "pages": pages,
    }
    import json

    print(json.dumps(jobs[sys.argv[1]](*sys.argv[2:])))
