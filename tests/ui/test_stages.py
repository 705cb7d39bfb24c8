"""What is made in steps: in order, a turn of its own for each, all at once if somebody needs it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ui.work.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.support.office import Office
    from tests.ui.conftest import Bench

#: What the papers are made with.
PAPERS = ("inspector.operations.dossiers", "inspector.report.dossier", "reportlab")


def test_each_step_has_a_turn_of_its_own(qtbot: QtBot) -> None:
    owner, done = QObject(), []

    def first() -> None:
        done.append("first")
        QTimer.singleShot(0, owner, lambda: done.append("between"))
        stages.add([lambda: done.append("added")])

    stages = Stages([first, lambda: done.append("second")], owner)
    stages.ended.connect(lambda: done.append("ended"))
    assert not stages.is_done
    stages.begin()
    stages.begin()
    assert done == []
    qtbot.waitUntil(lambda: stages.is_done)
    assert done == ["first", "between", "second", "added", "ended"]


def test_whoever_needs_all_of_it_gets_it_at_once(qtbot: QtBot) -> None:
    owner, done = QObject(), []
    stages = Stages([lambda: done.append(1), lambda: done.append(2)], owner)
    stages.ended.connect(lambda: done.append("ended"))
    stages.begin()
    stages.finish()
    stages.finish()
    assert done == [1, 2, "ended"]
    qtbot.wait(1)
    assert done == [1, 2, "ended"]


def test_the_rest_is_made_where_one_step_fails(qtbot: QtBot) -> None:
    owner, done = QObject(), []

    def fail() -> None:
        raise KeyError

    stages = Stages([fail, lambda: done.append("second")], owner)
    stages.ended.connect(lambda: done.append("ended"))
    with qtbot.captureExceptions() as faults:
        stages.begin()
        qtbot.waitUntil(lambda: stages.is_done)
    assert [fault[0] for fault in faults] == [KeyError]
    assert done == ["second", "ended"]


def _turns(until: Callable[[], bool], count: list[int]) -> None:
    """Go on, one turn of the events after the other, and count them.

    Turns are what is measured here, so the loop is the test's own: a waiting one has them unseen.
    """
    while not until():
        count[0] += 1
        QCoreApplication.processEvents()


def test_what_a_step_made_is_laid_out_in_a_turn_without_a_step(qtbot: QtBot) -> None:
    owner, turn, at = QWidget(), [0], []
    qtbot.addWidget(owner)

    class Laid(QObject):
        def event(self, event: QEvent) -> bool:
            if event.type() is QEvent.Type.LayoutRequest:
                at.append(("laid out", turn[0]))
            return super().event(event)

    laid = Laid(owner)

    def step() -> None:
        at.append(("made", turn[0]))
        QCoreApplication.postEvent(laid, QEvent(QEvent.Type.LayoutRequest))

    stages = Stages([step, step, step], owner)
    stages.begin()
    _turns(lambda: len(at) == 6, turn)
    assert [what for what, _turn in at] == ["made", "laid out"] * 3
    assert len({turn for _what, turn in at}) == 6


def test_two_that_make_something_never_do_it_in_one_turn(qtbot: QtBot) -> None:
    owner, turn, at = QObject(), [0], []
    both = [Stages([lambda: at.append(turn[0])] * 3, owner) for _one in range(2)]
    for each in both:
        each.begin()
    _turns(lambda: len(at) == 6, turn)
    assert len(set(at)) == 6


def test_what_was_dropped_is_not_made(qtbot: QtBot) -> None:
    owner, done = QObject(), []
    stages = Stages([lambda: done.append(1)], owner)
    stages.begin()
    stages.drop()
    assert stages.is_done
    qtbot.wait(1)
    assert done == []


def test_a_page_is_made_in_one_turn_and_laid_out_in_another(opened: Bench) -> None:
    home = opened.go("home")
    opened.desk.go("findings")
    page = opened.window.page
    assert page is not home
    assert not page.isVisible()
    # No key may act on what is left already.
    assert not home.isVisible()
    opened.settle()
    assert page.isVisible()
    assert page.isAncestorOf(opened.window.focusWidget()) or page is opened.window.focusWidget()


def test_whoever_goes_on_at_once_sees_where_he_went_last(opened: Bench) -> None:
    opened.go("home")
    opened.desk.go("findings")
    opened.desk.go("halls")
    opened.settle()
    assert opened.window.page.isVisible()
    passed = opened.go("findings")
    assert passed.isVisible()


def test_a_visit_shows_its_checklist_before_the_rest_is_made(opened: Bench, office: Office) -> None:
    seen: list[bool] = []
    opened.desk.go("visit", office.covert)
    page = opened.window.page
    page.keeper.shown.connect(lambda _board: seen.append(page.is_whole))
    opened.qtbot.waitUntil(lambda: bool(seen))
    assert seen == [False]
    assert page.checklist.model.rowCount() > 100
    opened.settle()
    assert page.is_whole
    assert page.windows.tiles


def test_a_key_that_needs_a_card_not_made_yet_makes_it(opened: Bench, office: Office) -> None:
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    opened.desk.go("visit", office.covert)
    page = opened.window.page
    # The first moment at which somebody sees something to press a key for.
    page.keeper.shown.connect(lambda _board: opened.qtbot.keyClick(page, Qt.Key.Key_F2))
    opened.qtbot.waitUntil(lambda: page.keeper.board is not None and page.is_whole)
    assert page.finding.keys[0].hasFocus()


@pytest.mark.parametrize("page", ["visit", "evidence", "findings"])
def test_no_page_of_a_visit_loads_what_papers_are_made_with(page: str) -> None:
    code = f"import sys, ui.pages.{page}.page; print([m for m in {PAPERS} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
