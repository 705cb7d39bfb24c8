"""The mini window: all of a covert part by keys and by mouse, and what of it was recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton

from inspector.domain.entities import Hall
from inspector.domain.vocabulary import (
    Conformity,
    EventKind,
    Phase,
    TimeSource,
    WaitOutcome,
    WindowState,
)
from inspector.operations.places import add_hall, numbered_windows
from inspector.operations.visits import change_phase, new_visit, reveal
from inspector.operations.watches import begun_watches
from tests.support.office import WEEK
from tests.ui.hands import asked, click, press, tile
from tests.ui.mini_steps import shrunk, stored
from ui.messages import Message
from ui.mini.switch import Switch
from ui.mini.window import MiniWindow

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench

Key = Qt.Key


def test_a_whole_round_by_keys_over_two_floors(opened: Bench, mini: MiniWindow) -> None:
    press(opened, Key.Key_F5, at=mini)
    assert {each.state for each in stored(opened, mini).tiles} == {WindowState.NOT_LOOKED_AT}
    press(opened, Key.Key_F4, at=mini)
    letters = "SSSUPIBNCSSSSSSSSU"
    for letter in letters:
        press(opened, letter, Key.Key_Right)
    assert mini.rounds.tiles[0].hasFocus()
    press(opened, "3", "U", Key.Key_Right, "I", "R")
    done = stored(opened, mini)
    numbers = [each.window.number for each in done.tiles]
    assert numbers == [f"{n:02}" for n in range(1, 37)]
    by_number = {each.window.number: each for each in done.tiles}
    assert by_number["04"].state is WindowState.UNATTENDED
    assert by_number["09"].state is WindowState.CLOSED
    assert by_number["18"].state is WindowState.UNATTENDED
    assert (by_number["19"].state, by_number["19"].people_waiting) == (WindowState.UNATTENDED, 3)
    assert by_number["20"].state is WindowState.IDLE
    assert {by_number[f"{n}"].state for n in range(21, 37)} == {WindowState.SERVING}
    assert done.round is not None
    assert done.round.number == 2


def test_a_window_is_gone_to_by_its_number(opened: Bench, mini: MiniWindow) -> None:
    press(opened, "/", at=mini.rounds.tiles[0])
    assert mini.rounds.seek.hasFocus()
    press(opened, "22u6", Key.Key_Return)
    seen = tile(stored(opened, mini), "22")
    assert (seen.state, seen.people_waiting) == (WindowState.UNATTENDED, 6)
    assert QApplication.focusWidget().accessibleName() == "22 U 6"
    press(opened, "/", "99", Key.Key_Return)
    assert mini.rounds.seek.selectedText() == "99"


def test_a_window_is_gone_to_from_the_stopwatch_and_from_a_button(
    opened: Bench, mini: MiniWindow
) -> None:
    before = stored(opened, mini).waits
    press(opened, Key.Key_F7, at=mini)
    assert mini.waits.time.hasFocus()
    press(opened, "/", "22u6", Key.Key_Return)
    assert tile(stored(opened, mini), "22").people_waiting == 6
    mini.rounds.rest.setFocus()
    press(opened, "/", "23u1", Key.Key_Return)
    assert tile(stored(opened, mini), "23").people_waiting == 1
    assert stored(opened, mini).waits == before


def test_a_number_is_that_of_a_window_again_once_the_items_are_left(
    opened: Bench, mini: MiniWindow
) -> None:
    mini.answers.take_focus()
    press(opened, "/", Key.Key_Escape)
    press(opened, "/", "22u6", Key.Key_Return)
    assert tile(stored(opened, mini), "22").people_waiting == 6


def test_the_keys_stay_on_the_window_when_all_were_looked_at(
    opened: Bench, mini: MiniWindow
) -> None:
    press(opened, Key.Key_F4, at=mini)
    press(opened, "R", Key.Key_PageDown, "R", Key.Key_Right)
    here = QApplication.focusWidget()
    assert here is not mini.rounds.tiles[0]
    mini.rounds.take_focus()
    assert QApplication.focusWidget() is here


def test_a_state_by_mouse_and_people_afterwards(opened: Bench, mini: MiniWindow) -> None:
    made = mini.rounds.tiles[14]
    click(opened, made)
    [menu] = [each for each in made.findChildren(QMenu) if each.isVisible()]
    next(each for each in menu.actions() if each.text() == "C").trigger()
    menu.close()
    opened.settle()
    assert tile(stored(opened, mini), "15").state is WindowState.CLOSED
    press(opened, "1", "2", at=made)
    opened.qtbot.waitUntil(lambda: tile(mini.keeper.board, "15").people_waiting == 12, timeout=5000)


def test_answers_by_digits_until_the_next_open_item(opened: Bench, mini: MiniWindow) -> None:
    press(opened, Key.Key_F4, at=mini)
    press(opened, Key.Key_L, at=mini)
    mini.answers.go_to("S02-06")
    press(opened, "2")
    latest = asked(stored(opened, mini), "S02-06").latest
    assert latest is not None
    assert latest.conformity is Conformity.DOES_NOT_CONFORM
    assert mini.answers.item.hasFocus()
    assert mini.keeper.board.asked[mini.answers._row].answers == ()


def test_an_item_is_gone_to_by_number_and_a_count_typed(opened: Bench, mini: MiniWindow) -> None:
    mini.answers.take_focus()
    press(opened, "/", "9", Key.Key_Return)
    assert mini.answers.item.text().startswith("9 ")
    press(opened, Key.Key_Return)
    assert mini.answers.field.hasFocus()
    press(opened, "31", Key.Key_Return)
    latest = asked(stored(opened, mini), "S02-01").latest
    assert latest is not None
    assert latest.value == {"count": 31}


def test_digits_are_the_number_and_signs_the_answers_where_an_item_asks_for_one(
    opened: Bench, mini: MiniWindow
) -> None:
    mini.answers.go_to("S02-01")
    assert [made.text() for _option, made in mini.answers.options.values()] == ["–", "?"]
    press(opened, "3", "4")
    assert (mini.answers.field.text(), mini.answers.field.hasFocus()) == ("34", True)
    assert asked(stored(opened, mini), "S02-01").latest is None
    press(opened, Key.Key_Return)
    latest = asked(stored(opened, mini), "S02-01").latest
    assert latest is not None
    assert latest.value == {"count": 34}
    mini.answers.go_to("S02-01")
    press(opened, "?")
    latest = asked(stored(opened, mini), "S02-01").latest
    assert latest is not None
    assert latest.conformity is Conformity.NOT_SEEN


def test_what_is_half_typed_at_an_item_stays_with_that_item(
    opened: Bench, mini: MiniWindow
) -> None:
    answers = mini.answers
    answers.go_to("S02-01")
    press(opened, "3", Key.Key_Escape, Key.Key_Down)
    assert answers.field.text() == ""
    press(opened, "5", Key.Key_Return)
    latest = asked(stored(opened, mini), "S02-02").latest
    assert latest is not None
    assert latest.value == {"count": 5}
    assert asked(stored(opened, mini), "S02-01").latest is None
    answers.go_to("S02-01")
    assert answers.field.text() == "3"
    press(opened, "6", Key.Key_Return)
    latest = asked(stored(opened, mini), "S02-01").latest
    assert latest is not None
    assert latest.value == {"count": 36}
    answers.go_to("S02-01")
    assert answers.field.text() == ""


def test_an_answer_by_mouse(opened: Bench, mini: MiniWindow) -> None:
    mini.answers.go_to("S02-06")
    click(opened, mini.answers.options[4][1])
    latest = asked(stored(opened, mini), "S02-06").latest
    assert latest is not None
    assert latest.conformity is Conformity.NOT_SEEN


def test_what_cannot_be_read_is_told_in_words_only_in_the_full_window(
    opened: Bench, mini: MiniWindow
) -> None:
    mini.answers.go_to("S02-01")
    press(opened, Key.Key_Return, at=mini.answers.item)
    press(opened, "=1", Key.Key_Return)
    assert mini.again_button.text() == "未保存"
    assert mini.answers.field.text() == "=1"
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [mini]
    press(opened, Key.Key_F10, at=mini)
    [message] = [each for each in opened.window.findChildren(Message) if each.isVisible()]
    assert "整数" in "\n".join(each.text() for each in message.findChildren(QLabel))
    message.close()


def test_stopwatches_with_and_without_a_ticket(opened: Bench, mini: MiniWindow) -> None:
    press(opened, Key.Key_F7, at=mini)
    assert mini.waits.time.hasFocus()
    press(opened, Key.Key_F7, at=mini)
    assert mini.waits.form.ticket.hasFocus()
    assert mini.waits.form.promised.text() == "30"
    press(opened, "B7", Key.Key_Return)
    opened.clock.advance(minutes=12)
    press(opened, "1", at=mini.waits.time)
    opened.clock.advance(minutes=3)
    press(opened, "2", at=mini.waits.time)
    waits = {each.ticket: each for each in stored(opened, mini).record.waits}
    served = waits["B7"]
    assert (served.called - served.joined, served.ended - served.called) == (720_000, 180_000)
    assert (served.promised_minutes, served.outcome) == (30, WaitOutcome.DONE)
    click(opened, mini.waits.more)
    press(opened, Key.Key_Return, at=mini.waits.form.ticket)
    click(opened, mini.waits.steps[2])
    [silent] = [each for each in stored(opened, mini).record.waits if not each.ticket]
    assert silent.outcome is WaitOutcome.GAVE_UP


def test_several_stopwatches_are_one_arrow_apart(opened: Bench, mini: MiniWindow) -> None:
    mini.waits.begin()
    press(opened, "B7", Key.Key_Return)
    assert mini.waits.time.whole.startswith("B7 ")
    assert mini.waits.time.whole.endswith("+1")
    press(opened, Key.Key_Down)
    assert mini.waits.time.whole.startswith("A032 ")


def test_taking_back_names_what_it_takes(opened: Bench, mini: MiniWindow) -> None:
    press(opened, "6", "U", at=mini.rounds.tiles[12])
    assert mini.undo_button.whole == mini.undo_button.text() == "13 U 6"
    press(opened, Key.Key_Z, at=mini)
    assert tile(stored(opened, mini), "13").state is WindowState.UNATTENDED
    QTest.keyClick(mini, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert tile(stored(opened, mini), "13").state is WindowState.NOT_LOOKED_AT
    assert mini.undo_button.whole != "13 U 6"


def test_something_seen_earlier(opened: Bench, mini: MiniWindow) -> None:
    press(opened, Key.Key_F6, at=mini)
    press(opened, "10:38", at=mini.seen.at)
    mini.seen.source.setCurrentIndex(mini.seen.source.findData(TimeSource.NOTE))
    mini.seen.observer.setCurrentIndex(1)
    press(opened, "U", at=mini.rounds.tiles[12])
    held = stored(opened, mini)
    fact = next(each for each in held.record.sightings if each.id == tile(held, "13").fact)
    assert fact.time_source is TimeSource.NOTE
    assert fact.observer == mini.seen.observer.currentData() != held.me
    press(opened, Key.Key_F6, at=mini)
    assert mini.seen.typed.at == ""
    assert mini.seen.observer.currentData() == held.me


def test_it_records_for_who_is_still_covert(opened: Bench, office: Office) -> None:
    def show_identity(session: object) -> None:
        seen = replace(session.now(), observer=office.me)
        reveal(session, office.covert, seen, to_whom="Wang", document="card")

    opened.ask(show_identity)
    mini = shrunk(opened, office)
    held = stored(opened, mini)
    assert held.standing.of(office.me) is Phase.OVERT
    assert [e for e in held.record.events if e.kind is EventKind.REVEAL]
    assert mini.seen.observer.count() == 1
    press(opened, "U", at=mini.rounds.tiles[12])
    held = stored(opened, mini)
    fact = next(each for each in held.record.sightings if each.id == tile(held, "13").fact)
    assert fact.observer == office.other


def test_single_keys_can_be_switched_off(opened: Bench, mini: MiniWindow) -> None:
    before = stored(opened, mini)
    opened.desk.settings = replace(opened.desk.settings, single_keys=False)
    press(opened, "U", at=mini.rounds.tiles[12])
    press(opened, "2", at=mini.answers.item)
    assert stored(opened, mini).tiles == before.tiles
    assert stored(opened, mini).asked == before.asked


def test_a_watch_begun_here_is_ended_in_the_full_window(opened: Bench, mini: MiniWindow) -> None:
    press(opened, "W", at=mini.rounds.tiles[3])
    assert mini.rounds.tiles[3].accessibleName().endswith(" W")
    press(opened, Key.Key_F10, at=mini)
    page = opened.window.page
    opened.clock.advance(minutes=14, seconds=30)
    page.keeper.show(page.keeper.board.visit)
    opened.settle()
    press(opened, "W", at=page.windows.tiles[3])
    [watched] = [each for each in page.keeper.board.record.sightings if each.continuous]
    assert (watched.observed_to - watched.observed_from) // 60_000 == 14


def test_a_begun_watch_is_there_after_the_program_ended_at_once(
    opened: Bench, mini: MiniWindow, office: Office
) -> None:
    press(opened, "W", at=mini.rounds.tiles[3])
    press(opened, "W", at=mini.rounds.tiles[4])
    press(opened, "W", at=mini.rounds.tiles[4])
    # What was only in memory is gone, and the windows are others.
    opened.desk.watches.clear()
    opened.clock.advance(minutes=3, seconds=30)
    again = MiniWindow(opened.desk)
    opened.qtbot.addWidget(again)
    again.show_visit(office.covert)
    again.show()
    opened.settle()
    assert again.rounds.tiles[3].accessibleName().endswith(" W")
    assert not again.rounds.tiles[4].accessibleName().endswith(" W")
    press(opened, "W", at=again.rounds.tiles[3])
    watched = [each for each in stored(opened, again).record.sightings if each.continuous]
    lasted = sorted((each.observed_to - each.observed_from) // 60_000 for each in watched)
    assert lasted == [0, 3]
    assert opened.ask(lambda session: begun_watches(session, office.covert)) == {}


def test_escape_leaves_the_field_to_go_somewhere(opened: Bench, mini: MiniWindow) -> None:
    mini.rounds.tiles[6].setFocus()
    press(opened, "/", Key.Key_Escape)
    assert mini.rounds.tiles[6].hasFocus()


def test_home_leads_to_it_while_a_covert_part_goes_on(opened: Bench) -> None:
    switch = Switch(opened.desk, opened.window)
    home = opened.go("home")
    [made] = [each for each in home.findChildren(QPushButton) if each.text() == "小窗"]
    click(opened, made)
    assert switch.mini is not None
    assert switch.mini.isVisible()


def test_a_large_hall_has_all_its_floors_within_reach(opened: Bench, office: Office) -> None:
    def enter(session: Session) -> str:
        floors = ["1", "2", "3", "4", "North wing"]
        hall = Hall(id="", code="C-09", name="Large", hours=WEEK)
        large = add_hall(session, hall, numbered_windows(100, floors))
        visit = new_visit(session, large.id, [office.me]).id
        change_phase(session, visit, Phase.COVERT, session.now(), accepted_by=[office.me])
        return visit

    visit = opened.ask(enter)
    mini = shrunk(opened, replace(office, covert=visit))
    codes = set()
    for _sheet in range(10):
        codes |= {chip.text() for chip in mini.rounds.chips if chip.isVisible()}
        press(opened, Key.Key_PageDown, at=mini.rounds.tiles[0])
    assert sorted(codes) == sorted(
        f"{floor}{part}·{count}" for floor in "12345" for part, count in (("a", 18), ("b", 2))
    )
    press(opened, "/", at=mini.rounds.tiles[0])
    press(opened, "100P", Key.Key_Return)
    assert tile(stored(opened, mini), "100").state is WindowState.PAUSED
    assert [chip.text() for chip in mini.rounds.chips if chip.isChecked()] == ["5b·1"]


def test_tab_goes_through_the_window_from_above(opened: Bench, mini: MiniWindow) -> None:
    """In the order in which things are seen; what the answers are changes with the item."""
    mini.answers.go_to("S02-06")
    mini.later_button.setFocus()
    way = []
    for _stop in range(60):
        press(opened, Key.Key_Tab)
        at = QApplication.focusWidget().mapTo(mini, QPoint())
        way.append((at.y() // 40, at.x()))
        if QApplication.focusWidget() is mini.undo_button:
            break
    assert way == sorted(way)
    assert len(way) > 40
