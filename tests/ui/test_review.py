"""The page of reviews: by keys and by mouse, what is decided and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton

from inspector.domain.vocabulary import ReviewDecision, ReviewState
from inspector.operations.people import add_person, use_person
from inspector.operations.reviews import decisions_on, return_visit, review_item
from tests.scenes.review import _supervise
from tests.ui.hands import click, press, words
from tests.ui.test_codes_only import partly_open
from tests.ui.test_codes_only import words as told
from ui.pages.review.page import ReviewPage
from ui.pages.review.photo import Photo

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench


@pytest.fixture
def page(opened: Bench, office: Office) -> ReviewPage:
    """The page with a visit that waits, two findings of it grave; who decides was not there."""
    opened.ask(lambda session: _supervise(session, office.sealed))
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    shown = opened.go("review")
    assert isinstance(shown, ReviewPage)
    rest(opened, shown)
    return shown


def rest(bench: Bench, page: ReviewPage) -> None:
    """Wait until what is chosen is shown."""
    bench.qtbot.waitUntil(lambda: not page._rest.isActive())
    bench.settle()


def titles(page: ReviewPage) -> list[str]:
    return [str(page.model.index(row).data()) for row in range(page.model.rowCount())]


def state(bench: Bench, office: Office) -> ReviewState:
    return bench.ask(lambda session: review_item(session, office.sealed).state)


def test_grave_findings_stand_before_their_visit(page: ReviewPage) -> None:
    assert page.model.rowCount() == 2
    assert page.shown.finding
    assert titles(page)[1].startswith("走访 2026-0001")
    assert page.queue.hasFocus()
    assert page.chips["waiting"].text() == "待复核 1"
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_j_and_k_go_through_them_and_the_right_side_follows(
    opened: Bench, page: ReviewPage
) -> None:
    first = words(page.detail)
    press(opened, "j")
    rest(opened, page)
    second = words(page.detail)
    assert page.shown.title in second
    assert first != second
    press(opened, "j", "j")
    rest(opened, page)
    assert not page.shown.finding
    assert "2 / 2" in page.place.text()
    press(opened, "k", "k")
    assert page.queue.currentIndex().row() == 0


def test_a_approves_one_after_the_other(opened: Bench, page: ReviewPage, office: Office) -> None:
    press(opened, "a")
    rest(opened, page)
    assert page.model.rowCount() == 1
    assert state(opened, office) is ReviewState.WAITING
    assert not page.shown.finding
    press(opened, "a")
    assert state(opened, office) is ReviewState.APPROVED
    assert page.model.rowCount() == 0
    assert page._right.currentIndex() == 2
    assert page.chips["approved"].text() == "已通过 1"


def test_the_visit_waits_for_its_grave_findings(
    opened: Bench, page: ReviewPage, office: Office
) -> None:
    press(opened, "j")
    rest(opened, page)
    click(opened, page.foot.yes)
    assert "1" in page.foot._said.text()
    assert state(opened, office) is ReviewState.WAITING


def test_r_asks_for_a_reason_and_enter_returns(
    opened: Bench, page: ReviewPage, office: Office
) -> None:
    press(opened, "r")
    assert page.foot.reason.hasFocus()
    assert not page.foot._said.isHidden()
    assert state(opened, office) is ReviewState.WAITING
    # A letter is a letter in a field.
    press(opened, "a", "j")
    assert page.foot.text == "aj"
    press(opened, Qt.Key.Key_Return)
    assert state(opened, office) is ReviewState.RETURNED
    assert page.model.rowCount() == 0
    page.show_view("returned")
    rest(opened, page)
    assert "aj" in words(page.detail)


def test_a_usual_reason_and_the_mouse_return_as_well(
    opened: Bench, page: ReviewPage, office: Office
) -> None:
    page.foot._add("补照片")
    click(opened, page.foot.back)
    item = opened.ask(lambda session: review_item(session, office.sealed))
    [made] = opened.ask(lambda session: decisions_on(session, item.seal.id))
    assert (made.decision, made.reason, bool(made.finding)) == (
        ReviewDecision.RETURNED,
        "补照片",
        True,
    )


def test_a_remark_waits_at_its_line_and_goes_with_its_decision(
    opened: Bench, page: ReviewPage, office: Office
) -> None:
    page.foot.reason.setText("时间不符")
    press(opened, "j", at=page.queue)
    rest(opened, page)
    assert page.foot.text == ""
    page.foot.reason.setText("看整次走访")
    press(opened, "k", at=page.queue)
    rest(opened, page)
    assert page.foot.text == "时间不符"
    # What is written meanwhile below the next line is not taken away by the decision on this one.
    press(opened, "a", at=page.queue)
    rest(opened, page)
    assert page.foot.text == "看整次走访"
    item = opened.ask(lambda session: review_item(session, office.sealed))
    [made] = opened.ask(lambda session: decisions_on(session, item.seal.id))
    assert made.reason == "时间不符"
    page.undo()
    opened.settle()
    rest(opened, page)
    page.queue.setCurrentIndex(page.model.index(0, 0))
    rest(opened, page)
    assert page.foot.text == ""


def test_a_remark_that_waits_keeps_its_page(opened: Bench, page: ReviewPage) -> None:
    assert not page.would_lose()
    first = page.foot.findChildren(QPushButton)[0]
    click(opened, first)
    click(opened, first)
    assert page.foot.text == f"{first.text()}；{first.text()}"
    press(opened, "j", at=page.queue)
    rest(opened, page)
    assert page.foot.text == ""
    assert page.would_lose()


def test_a_decision_is_taken_back(opened: Bench, page: ReviewPage, office: Office) -> None:
    press(opened, "a")
    rest(opened, page)
    page.undo()
    opened.settle()
    rest(opened, page)
    assert page.model.rowCount() == 2
    item = opened.ask(lambda session: review_item(session, office.sealed))
    assert opened.ask(lambda session: decisions_on(session, item.seal.id)) == ()


def test_single_letters_can_be_switched_off(
    opened: Bench, page: ReviewPage, office: Office
) -> None:
    object.__setattr__(opened.desk.settings, "single_keys", False)
    press(opened, "a", "j", at=page.queue)
    assert page.queue.currentIndex().row() == 0
    assert state(opened, office) is ReviewState.WAITING
    press(opened, Qt.Key.Key_Down, at=page.queue)
    assert page.queue.currentIndex().row() == 1


def test_nobody_decides_on_their_own_visit(opened: Bench, page: ReviewPage, office: Office) -> None:
    opened.ask(lambda session: use_person(session, office.me))
    opened.go("review")
    rest(opened, page)
    assert not page.foot.yes.isEnabled()
    press(opened, "a", at=page.queue)
    assert state(opened, office) is ReviewState.WAITING
    assert "由他人复核" in words(page.detail)


def test_words_narrow_the_queue(opened: Bench, page: ReviewPage) -> None:
    opened.qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is page.filter
    page.filter.setText("没有这样的词")
    assert page.model.rowCount() == 0
    page.filter.setText("2026-0001")
    assert page.model.rowCount() == 2


def test_what_came_in_is_listed_and_opened(opened: Bench, page: ReviewPage, office: Office) -> None:
    page.show_view("inbox")
    assert page.inbox.rowCount() == 1
    QAbstractItemModelTester(page.inbox, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.arrived.selectRow(0)
    page._open_arrival()
    opened.settle()
    assert opened.window.place.id == office.sealed


def test_the_board_shows_the_teams(opened: Bench, page: ReviewPage) -> None:
    page.show_view("board")
    assert page.board.hasFocus()
    rows = range(page.teams.rowCount())
    cells = [[page.teams.index(row, column).data() for column in range(7)] for row in rows]
    assert ["–", "–", "–", "–"] in [each[3:] for each in cells]
    assert ["1", "0"] in [each[4:6] for each in cells]
    QAbstractItemModelTester(page.teams, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_nothing_is_decided_on_before_it_stands_on_the_screen(
    opened: Bench, page: ReviewPage, office: Office
) -> None:
    """Whoever goes on quickly has not read it: one finding at a time means one that was seen."""
    seal = opened.ask(lambda session: review_item(session, office.sealed).seal.id)
    for key in "ja":
        opened.qtbot.keyClicks(page.queue, key)
    opened.settle()
    assert not opened.ask(lambda session: decisions_on(session, seal))
    rest(opened, page)
    opened.qtbot.keyClicks(page.queue, "k")
    rest(opened, page)
    opened.qtbot.keyClicks(page.queue, "a")
    opened.settle()
    assert len(opened.ask(lambda session: decisions_on(session, seal))) == 1


def test_reasons_and_pictures_tell_no_place_while_somebody_is_covert(
    opened: Bench, office: Office
) -> None:
    hall = partly_open(opened, office)

    def returned(session: Session) -> None:
        use_person(session, add_person(session, "赵敏").id)
        return_visit(session, office.sealed, f"{hall.name}补充")
        use_person(session, office.me)

    opened.ask(returned)
    home = opened.go("home")
    opened.settle()
    assert [each for each in told(home) if "补充" in each]
    assert not [each for each in told(home) if hall.name in each]
    found = opened.go("review")
    assert isinstance(found, ReviewPage)
    found.show_view("returned")
    rest(opened, found)
    assert [each for each in told(found) if "补充" in each]
    assert not [each for each in told(found) if hall.name in each]
    assert not found.findChildren(Photo)
