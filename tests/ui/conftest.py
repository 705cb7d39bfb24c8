"""A window on a real workspace, without a screen: every test gets a copy of the same office."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QEvent

from inspector.base.settings import Settings
from inspector.operations.workspaces import open_workspace
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.office import Office, make_office

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from tests.ui.bringing_steps import answered, card_of_visit
from tests.ui.closing_steps import make_told
from tests.ui.mini_steps import shrunk
from ui.desk import Desk
from ui.frame.window import MainWindow
from ui.pages.evidence.bring import bring_in
from ui.pages.visit.page import VisitPage
from ui.theme import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.support.closing import Told
    from ui.mini.window import MiniWindow
    from ui.page import Page
    from ui.pages.evidence.bring import BringDialog

#: What the worker is waited for at most. Milliseconds.
PATIENCE_MS = 20_000
#: How long a page lets the eye or the hand rest at most before it goes on by itself. Milliseconds.
REST_MS = 300
T = TypeVar("T")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["mingcha"]


@pytest.fixture(scope="session")
def made_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("made") / "office")


@pytest.fixture
def office(made_office: Office, tmp_path: Path) -> Office:
    """A workspace with a sealed visit, one in its covert part and one prepared."""
    return made_office.copied_to(tmp_path / "office")


@dataclass
class Bench:
    """The windows of a test: go to a page, wait for the worker, look at what is there."""

    qtbot: QtBot
    desk: Desk
    window: MainWindow
    clock: FixedClock

    def settle(self) -> None:
        """Wait until the worker has done everything and its results are shown.

        What is delivered may ask for more: an action changes something, which is read again, which
        shows that photographs are to be read. Some of it is asked for only once the eye or the hand
        rests, and a layout shows what was put into it one turn of the event loop later.
        """
        for _generation in range(4):
            self._wait()
        while not self.desk.worker.is_idle:
            self._wait()
        page = self.window.page
        if page is not None and not page.is_whole:
            self.qtbot.waitUntil(lambda: page.is_whole, timeout=PATIENCE_MS)
            self.settle()
        elif self._resting():
            self.qtbot.waitUntil(lambda: not self._resting(), timeout=PATIENCE_MS)
            self.settle()
        else:
            self._turn()

    def _wait(self) -> None:
        done: list[None] = []
        self.desk.worker.when_idle(self.window, done.append)
        self.qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE_MS)

    def _resting(self) -> bool:
        """Say whether something of the page waits for a moment's rest."""
        page = self.window.page
        timers = page.findChildren(QTimer) if page is not None else []
        return any(t.isSingleShot() and t.isActive() and t.interval() <= REST_MS for t in timers)

    def _turn(self) -> None:
        """Let the event loop turn twice: what was posted is delivered, and what that posted."""
        for _turn in range(2):
            done: list[bool] = []
            QTimer.singleShot(0, self.window, lambda done=done: done.append(True))
            self.qtbot.waitUntil(lambda done=done: bool(done), timeout=PATIENCE_MS)

    def open(self, root: Path, entropy: CountingEntropy | None = None) -> None:
        """Open a workspace with the test's clock."""
        opened: list[Path] = []
        used = entropy or CountingEntropy("window")
        self.desk.worker.open(
            self.window, lambda: open_workspace(root, self.clock, used), opened.append
        )
        self.qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)
        self.desk.root = root

    def go(self, page: str, id: str = "", **more: str) -> Page:
        """Go to a page and return it once it shows what it reads."""
        self.desk.go(page, id, **more)
        self.settle()
        assert self.window.page is not None
        return self.window.page

    def ask(self, work: Callable[..., T]) -> T:
        """Return what the worker reads from the open session."""
        got: list[T] = []
        self.desk.read(self.window, work, got.append)
        self.settle()
        return got[0]


def bench_of(
    qtbot: QtBot, qapp: QApplication, settings: Settings, clock: FixedClock
) -> Iterator[Bench]:
    """Yield windows dressed as `settings` say, and take them down in order."""
    desk = Desk(settings, None)
    look.apply(desk.look, qapp)
    window = MainWindow(desk)
    window.resize(1280, 720)
    window.show()
    try:
        yield Bench(qtbot, desk, window, clock)
    finally:
        window.close()
        desk.shutdown()
        window.deleteLater()
        desk.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, clock: FixedClock) -> Iterator[Bench]:
    """The windows in Chinese, light, at 1280 × 720, without a workspace; it is the third day."""
    clock.advance(minutes=50 * 60)
    yield from bench_of(qtbot, qapp, Settings(lang="zh", theme="light"), clock)


@pytest.fixture
def opened(bench: Bench, office: Office) -> Bench:
    """The same with the office opened."""
    bench.open(office.root)
    return bench


@pytest.fixture
def page(opened: Bench, office: Office) -> VisitPage:
    """The page of the visit that is in its covert part."""
    shown = opened.go("visit", office.covert)
    assert isinstance(shown, VisitPage)
    return shown


@pytest.fixture
def mini(opened: Bench, office: Office) -> MiniWindow:
    """The mini window with the visit that is in its covert part."""
    return shrunk(opened, office)


@pytest.fixture
def told(opened: Bench, office: Office, tmp_path: Path) -> Told:
    """The findings of that visit, ready to be told; both inspectors have a PIN."""
    return make_told(opened, office, tmp_path / "pictures")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A folder of photographs as they come from a telephone."""
    return card_of_visit(tmp_path / "card")


@pytest.fixture
def dialog(opened: Bench, page: VisitPage, office: Office) -> Iterator[BringDialog]:
    """The window for bringing photographs into the visit that is in its covert part."""
    made = bring_in(opened.desk, page, office.covert)
    opened.settle()
    yield made
    if isValid(made):
        QTimer.singleShot(0, partial(answered, QDialog.DialogCode.Accepted))
        made.close()
    opened.settle()
