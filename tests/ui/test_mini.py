"""The mini window: all of a covert part by keys and by mouse, and what of it was recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
)

from inspector.domain.quick import QUICK
from inspector.domain.vocabulary import (
    Conformity,
    EventKind,
    Phase,
    RemarkKind,
    TimeSource,
    WaitOutcome,
    WindowState,
)
from inspector.operations.visits import reveal
from tests.ui.hands import asked, click, press, tile
from tests.ui.mini_steps import shrunk, stored
from ui.messages import Message

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.mini.window import MiniWindow

Key = Qt.Key


@pytest.fixture
def mini(opened: Bench, office: Office) -> MiniWindow:
    return shrunk(opened, office)


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
    assert mini.waits.ticket.hasFocus()
    assert mini.waits.promised.text() == "30"
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
    press(opened, Key.Key_Return, at=mini.waits.ticket)
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


def test_a_finding_by_letter_and_one_by_digit(opened: Bench, mini: MiniWindow) -> None:
    before = len(stored(opened, mini).findings)
    mini.rounds.tiles[3].setFocus()
    press(opened, Key.Key_F2, at=mini)
    press(opened, "G", Key.Key_Return)
    press(opened, Key.Key_F2, at=mini)
    press(opened, "2", "0", Key.Key_Tab)
    press(opened, "玩手机十分钟", Key.Key_Return, at=mini.finding.text)
    first, second = stored(opened, mini).findings[before:]
    assert first.situations == (QUICK[4].situation,)
    assert first.text == QUICK[4].text_zh
    windows = {each.id: each.number for each in mini.keeper.board.record.windows}
    assert windows[first.window] == "04"
    assert (second.situations, second.window) == ((QUICK[1].situation,), None)
    assert second.text == "玩手机十分钟"


def test_a_note_and_good_practice(opened: Bench, mini: MiniWindow) -> None:
    press(opened, Key.Key_F8, at=mini)
    press(opened, "=1 <b>", Key.Key_Return)
    press(opened, Key.Key_F3, at=mini)
    press(opened, "ok", Key.Key_Return)
    note, praise = stored(opened, mini).record.remarks[-2:]
    assert (note.kind, note.text) == (RemarkKind.REMARK, "=1 <b>")
    assert (praise.kind, praise.text) == (RemarkKind.GOOD_PRACTICE, "ok")


def test_taking_back_names_what_it_takes(opened: Bench, mini: MiniWindow) -> None:
    press(opened, "6", "U", at=mini.rounds.tiles[12])
    assert mini.undo_button.whole == "13 U 6"
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
