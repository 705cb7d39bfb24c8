"""The page of a visit: by key and by mouse, and what of it reached the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu

from inspector.domain.vocabulary import Conformity, TimeSource, WaitOutcome, WindowState
from tests.ui.hands import asked, click, press, record, tile

if TYPE_CHECKING:
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage

Key = Qt.Key


# -- checklist -------------------------------------------------------------------------------------


def test_a_digit_answers_and_the_next_open_item_follows(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    assert card.list.hasFocus()
    row = card.model.row_of("S02-06")
    card.list.setCurrentIndex(card.model.index(row))
    press(opened, Key.Key_2)
    answer = asked(record(opened, page), "S02-06").latest
    assert answer is not None
    assert (answer.conformity, answer.time_source) == (
        Conformity.DOES_NOT_CONFORM,
        TimeSource.LIVE,
    )
    assert card.model.asked(card.list.currentIndex().row()).answers == ()
    assert card.list.hasFocus()


def test_the_second_of_two_quick_digits_answers_the_second_item(
    opened: Bench, page: VisitPage
) -> None:
    card = page.checklist
    row = card.model.row_of("S02-06")
    card.list.setCurrentIndex(card.model.index(row))
    first, second = card.model.asked(row), card.model.asked(card.model.next_open(row))
    assert first is not None
    assert second is not None
    # Nothing is delivered between the two: the first answer cannot be shown as saved yet.
    opened.qtbot.keyClick(card.list, Key.Key_1)
    opened.qtbot.keyClick(card.list, Key.Key_2)
    opened.settle()
    stored = record(opened, page)
    answers = [asked(stored, each.item.code).latest for each in (first, second)]
    assert [each and each.conformity for each in answers] == [
        Conformity.CONFORMS,
        Conformity.DOES_NOT_CONFORM,
    ]


def test_an_answer_by_mouse(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-06")))
    option, made = card.answering._options[3]
    assert made.accessibleName() == "不适用"
    click(opened, made)
    answer = asked(record(opened, page), "S02-06").latest
    assert answer is not None
    assert answer.conformity is option.conformity is Conformity.NOT_APPLICABLE


def test_a_count_is_typed_and_digits_stay_text_there(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-01")))
    press(opened, Key.Key_Return)
    assert card.answering.field.hasFocus()
    press(opened, "31", Key.Key_Return)
    answer = asked(record(opened, page), "S02-01").latest
    assert answer is not None
    assert answer.value == {"count": 31}


@pytest.mark.parametrize("digits", ["3", "47"])
def test_digits_are_the_number_where_an_item_asks_for_one(
    opened: Bench, page: VisitPage, digits: str
) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-01")))
    press(opened, *digits)
    assert (card.answering.field.text(), card.answering.field.hasFocus()) == (digits, True)
    assert asked(record(opened, page), "S02-01").latest is None
    press(opened, Key.Key_Return)
    answer = asked(record(opened, page), "S02-01").latest
    assert answer is not None
    assert answer.value == {"count": int(digits)}


@pytest.mark.parametrize(
    ("sign", "said"), [("-", Conformity.NOT_APPLICABLE), ("?", Conformity.NOT_SEEN)]
)
@pytest.mark.parametrize("code", ["S02-01", "S02-06"])
def test_signs_answer_at_items_of_every_kind(
    opened: Bench, page: VisitPage, code: str, sign: str, said: Conformity
) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of(code)))
    if code == "S02-01":
        shown = [made.text() for _option, made in card.answering._options.values()]
        assert shown == ["- 不适用", "? 未查看"]
        assert "数字" in card.answering.field.placeholderText()
    press(opened, sign)
    answer = asked(record(opened, page), code).latest
    assert answer is not None
    assert answer.conformity is said


def test_a_minus_begins_the_answer_where_one_may(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S20-04")))
    before = [each.answers for each in record(opened, page).asked if each.item.code != "S20-04"]
    shown = [made.text() for _option, made in card.answering._options.values()]
    assert shown == ["不适用", "? 未查看"]
    assert "未报填 -" in card.answering.field.placeholderText()
    press(opened, *"-/2026-03-31", Key.Key_Return)
    now = record(opened, page)
    answer = asked(now, "S20-04").latest
    assert answer is not None
    assert answer.value == {"numerator": "", "denominator": "2026-03-31"}
    assert [each.answers for each in now.asked if each.item.code != "S20-04"] == before


@pytest.mark.parametrize("text", ["=1+1", "<b>9</b>", "🙂"])
def test_what_is_no_count_is_told_and_stays_to_be_mended(
    opened: Bench, page: VisitPage, text: str
) -> None:
    card = page.checklist
    card.list.setCurrentIndex(card.model.index(card.model.row_of("S02-01")))
    press(opened, Key.Key_Return)
    refused = []
    opened.desk.worker.refused.disconnect()
    opened.desk.worker.refused.connect(refused.append)
    press(opened, text, Key.Key_Return)
    assert [error.code for error in refused] == ["answer_not_whole"]
    assert card.answering.field.text() == text
    assert asked(record(opened, page), "S02-01").answers == ()


def test_only_unanswered_hides_what_is_answered(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    everything = card.model.rowCount()
    done = sum(bool(each.answers) for each in record(opened, page).asked)
    click(opened, card.only_open)
    assert card.model.rowCount() == everything - done
    card.take_focus()
    press(opened, "-")
    assert card.model.rowCount() == everything - done - 1


def test_a_section_can_be_shown_alone(opened: Bench, page: VisitPage) -> None:
    card = page.checklist
    card.section.setCurrentIndex(card.section.findData("S03"))
    sections = {card.model.asked(n).item.section for n in range(card.model.rowCount())}
    assert sections == {"S03"}


def test_the_models_keep_the_rules_of_models(opened: Bench, page: VisitPage) -> None:
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (page.checklist.model, page.timeline.model)
    ]
    page.checklist.take_focus()
    press(opened, "-")
    page.undo()
    opened.settle()
    assert len(testers) == 2


def test_single_keys_can_be_switched_off(opened: Bench, page: VisitPage) -> None:
    before = record(opened, page).asked
    object.__setattr__(opened.desk.settings, "single_keys", False)
    page.checklist.take_focus()
    press(opened, Key.Key_1)
    press(opened, Key.Key_U, at=page.windows.tiles[0])
    stored = record(opened, page)
    assert stored.asked == before
    assert tile(stored, "01").state is WindowState.SERVING


# -- windows ---------------------------------------------------------------------------------------


def test_letters_set_the_state_of_a_window_and_digits_its_people(
    opened: Bench, page: VisitPage
) -> None:
    press(opened, Key.Key_F4, at=page)
    made = page.windows.tiles[12]
    assert made.hasFocus()
    press(opened, "6", "U")
    seen = tile(record(opened, page), "13")
    assert (seen.state, seen.people_waiting) == (WindowState.UNATTENDED, 6)
    press(opened, Key.Key_Right, "P")
    assert tile(record(opened, page), "14").state is WindowState.PAUSED


def test_people_typed_later_leave_the_time_of_the_look(opened: Bench, page: VisitPage) -> None:
    before = tile(record(opened, page), "04")
    opened.clock.advance(minutes=7)
    press(opened, "1", "2", at=page.windows.tiles[3])
    opened.qtbot.waitUntil(lambda: not page.windows.round.digits.at(before.window.id), timeout=5000)
    opened.settle()
    after = tile(record(opened, page), "04")
    assert (after.people_waiting, after.since) == (12, before.since)


def test_the_rest_of_a_floor_is_one_key(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_R, at=page.windows.tiles[0])
    stored = record(opened, page)
    first, second = page.windows.round.sheets
    assert tile(stored, "18").state is WindowState.SERVING
    assert tile(stored, "04").state is WindowState.UNATTENDED
    assert {each.state for each in second.tiles} == {WindowState.NOT_LOOKED_AT}
    assert WindowState.NOT_LOOKED_AT not in {each.state for each in first.tiles}


def test_a_new_round_begins_with_nothing_looked_at(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F5, at=page)
    stored = record(opened, page)
    assert stored.round is not None
    assert stored.round.number == 2
    assert {each.state for each in stored.tiles} == {WindowState.NOT_LOOKED_AT}


def test_the_menu_sets_a_state_directly(opened: Bench, page: VisitPage) -> None:
    made = page.windows.tiles[14]
    click(opened, made)
    [menu] = [each for each in made.findChildren(QMenu) if each.isVisible()]
    [action] = [each for each in menu.actions() if each.text().startswith("关闭")]
    action.trigger()
    menu.close()
    opened.settle()
    assert tile(record(opened, page), "15").state is WindowState.CLOSED


def test_watching_gives_an_interval(opened: Bench, page: VisitPage) -> None:
    made = page.windows.tiles[3]
    press(opened, "W", at=made)
    assert "观察中" in made.accessibleName()
    opened.clock.advance(minutes=14, seconds=30)
    page.keeper.show(page.keeper.board.visit)
    opened.settle()
    press(opened, "W", at=made)
    [watched] = [each for each in record(opened, page).record.sightings if each.continuous]
    assert watched.observed_from is not None
    assert watched.observed_to is not None
    assert (watched.observed_to - watched.observed_from) // 60_000 == 14
    assert watched.state is WindowState.UNATTENDED


def test_tiles_are_buttons_with_names(page: VisitPage) -> None:
    assert page.windows.tiles[3].accessibleName().startswith("04号窗口, 空岗, 4人等候")


# -- waiting ---------------------------------------------------------------------------------------


def test_a_wait_is_started_called_and_ended(opened: Bench, page: VisitPage) -> None:
    press(opened, Key.Key_F7, at=page)
    assert page.waits.form.promised.text() == "30"
    press(opened, "B7", Key.Key_Return)
    assert [each.ticket for each in record(opened, page).waits] == ["A032", "B7"]
    opened.clock.advance(minutes=12)
    click(opened, page.waits.steps["called"])
    opened.clock.advance(minutes=3)
    click(opened, page.waits.steps["done"])
    [wait] = [each for each in record(opened, page).record.waits if each.ticket == "B7"]
    assert wait.joined is not None
    assert wait.called is not None
    assert wait.ended is not None
    assert (wait.called - wait.joined, wait.ended - wait.called) == (12 * 60_000, 3 * 60_000)
    assert wait.outcome is WaitOutcome.DONE


def test_a_wait_beyond_its_promise_says_by_how_much(opened: Bench, page: VisitPage) -> None:
    limit = page.waits._limit
    assert limit.text() == "承诺 30 分钟内叫号，已超 89 分钟"
    assert limit.property("tone") == "danger"


def test_one_without_a_ticket_gives_up(opened: Bench, page: VisitPage) -> None:
    page.waits.begin()
    press(opened, Key.Key_Return, at=page.waits.form.ticket)
    opened.clock.advance(minutes=20)
    click(opened, page.waits.steps["gave_up"])
    [wait] = [each for each in record(opened, page).record.waits if not each.ticket]
    assert wait.outcome is WaitOutcome.GAVE_UP


def test_the_last_wait_that_ends_leaves_the_focus_where_the_next_begins(
    opened: Bench, page: VisitPage
) -> None:
    steps = page.waits.steps
    while page.waits._waits:
        button = steps["done"]
        before = page.waits._waits
        click(opened, button)
        opened.qtbot.waitUntil(lambda before=before: page.waits._waits != before)
    opened.qtbot.waitUntil(page.waits.more.hasFocus)
