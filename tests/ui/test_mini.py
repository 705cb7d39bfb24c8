"""The mini window: all of a covert part by keys and by mouse, and nothing of it can be read."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from inspector.base.paths import resource
from inspector.base.settings import Settings
from inspector.domain import vocabulary
from inspector.domain.entities import Hall
from inspector.domain.quick import QUICK
from inspector.domain.terms import term
from inspector.domain.vocabulary import (
    Conformity,
    EventKind,
    Phase,
    RemarkKind,
    TimeSource,
    WaitOutcome,
    WindowState,
)
from inspector.operations.board import board
from inspector.operations.recording import get
from inspector.operations.visits import reveal
from tests.ui.conftest import bench_of
from tests.ui.hands import asked, click, press, tile
from ui.faults import Faults, Report
from ui.frame.cover import Cover
from ui.messages import Message
from ui.mini.switch import Switch
from ui.mini.window import HEIGHT, WIDTH, MiniWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.board import Board
    from tests.support.fixed import FixedClock
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage

Key = Qt.Key


def shrunk(bench: Bench, office: Office) -> MiniWindow:
    """Go to the covert visit and on in the mini window."""
    switch = bench.window.findChild(Switch) or Switch(bench.desk, bench.window)
    bench.go("visit", office.covert)
    press(bench, Key.Key_F10, at=bench.window.page)
    assert switch.mini is not None
    bench.qtbot.waitUntil(switch.mini.isActiveWindow)
    return switch.mini


@pytest.fixture
def mini(opened: Bench, office: Office) -> MiniWindow:
    return shrunk(opened, office)


def stored(bench: Bench, mini: MiniWindow) -> Board:
    """Return the visit as the store has it, and see that the mini window shows the same."""
    shown = mini.keeper.board
    assert shown is not None
    held = bench.ask(lambda session: board(session, shown.visit))
    assert (shown.asked, shown.tiles, shown.waits) == (held.asked, held.tiles, held.waits)
    return held


# -- only one window is ever shown -----------------------------------------------------------------


def test_the_full_window_is_gone_while_the_mini_window_is_there(
    opened: Bench, mini: MiniWindow
) -> None:
    assert not opened.window.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [mini]
    assert (mini.windowTitle(), mini.size().toTuple()) == ("便笺", (WIDTH, HEIGHT))


@pytest.mark.parametrize("way", ["key", "button", "close"])
def test_leaving_brings_the_full_window_back_at_the_visit(
    opened: Bench, mini: MiniWindow, office: Office, way: str
) -> None:
    press(opened, "U", at=mini.rounds.tiles[12])
    if way == "key":
        press(opened, Key.Key_F10, at=mini)
    elif way == "button":
        click(opened, mini.full_button)
    else:
        mini.close()
        opened.settle()
    assert opened.window.isVisible()
    assert not mini.isVisible()
    assert opened.window.place.page == "visit"
    assert opened.window.place.id == office.covert
    page: VisitPage = opened.window.page
    assert tile(page.keeper.board, "13").state is WindowState.UNATTENDED
    assert opened.desk.worker.is_idle


def test_what_is_typed_stays_when_one_leaves_and_comes_back(
    opened: Bench, mini: MiniWindow, office: Office
) -> None:
    mini.finding.text.setText("half a line")
    press(opened, Key.Key_F10, at=mini)
    again = shrunk(opened, office)
    assert again is mini
    assert again.finding.text.text() == "half a line"


def test_ending_the_program_ends_it_in_order(
    opened: Bench, mini: MiniWindow, qapp: QApplication
) -> None:
    press(opened, "U", at=mini.rounds.tiles[12])
    saved: list[str] = []
    opened.desk.closing.connect(lambda: saved.append("closing"))
    qapp.closeAllWindows()
    assert saved == ["closing"]
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == []


def test_nothing_shrinks_while_the_screen_is_in_other_hands(opened: Bench, office: Office) -> None:
    switch = Switch(opened.desk, opened.window)
    opened.go("visit", office.covert)
    opened.desk.locked = True
    press(opened, Key.Key_F10, at=opened.window.page)
    assert switch.mini is None
    assert opened.window.isVisible()


def test_a_visit_that_is_not_covert_has_no_mini_window(opened: Bench, office: Office) -> None:
    switch = Switch(opened.desk, opened.window)
    page = opened.go("visit", office.prepared)
    assert page.heading.mini.isHidden()
    press(opened, Key.Key_F10, at=page)
    assert switch.mini is None


def test_the_mini_window_is_offered_when_the_covert_part_begins(
    opened: Bench, office: Office
) -> None:
    switch = Switch(opened.desk, opened.window)
    page = opened.go("visit", office.prepared)
    page.heading.steps[1].click()
    [dialog] = [w for w in opened.window.findChildren(QDialog) if w.isVisible()]
    for box in dialog.boxes.values():
        box.setChecked(True)
    click(opened, dialog.go)
    [offer] = [b for b in page.findChildren(QAbstractButton) if b.text() == "小窗 (F10)"]
    click(opened, offer)
    assert switch.mini is not None
    assert switch.mini.isVisible()


def test_the_full_window_may_be_made_anew_meanwhile(
    opened: Bench, mini: MiniWindow, office: Office
) -> None:
    opened.window.rebuild()
    opened.settle()
    press(opened, "P", at=mini.rounds.tiles[13])
    assert not opened.window.isVisible()
    assert tile(stored(opened, mini), "14").state is WindowState.PAUSED
    press(opened, Key.Key_F10, at=mini)
    assert opened.window.place.id == office.covert


# -- nothing can be read ---------------------------------------------------------------------------

#: Short forms and words of every day that the trade uses too.
_EVERYDAY = {"note", "time", "text", "number", "count", "n", "y", "min", "minutes", "分钟"}


def trade_words(hall: Hall) -> set[str]:
    """Every word of the trade that the program knows, in both languages."""
    found: set[str] = {hall.name, hall.code}
    for name in dir(vocabulary):
        kind = getattr(vocabulary, name)
        if isinstance(kind, type) and issubclass(kind, vocabulary.StrEnum) and len(kind):
            found |= {term(member, lang) for member in kind for lang in ("zh", "en")}
    for quick in QUICK:
        found |= {quick.zh, quick.en, quick.text_zh, quick.text_en}
    columns = {
        "glossary": ("zh",),
        "situations": ("zh", "en"),
        "checklist": ("section_zh", "section_en", "item_zh", "item_en"),
    }
    for file, names in columns.items():
        path = resource("catalogues", f"{file}.csv")
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for line in csv.DictReader(lines):
                found |= {line[name] for name in names}
    found |= {"inspect", "visit", "covert", "finding", "checklist", "mingcha"}
    found |= {"窗口", "检查", "巡", "问题", "明察", "暗访", "记录", "叫号", "办结"}
    return {word.lower() for word in found if len(word) > 1} - _EVERYDAY


def readable(window: QWidget) -> Iterator[str]:
    """Everything of a window that can be read or is read aloud."""
    for each in (window, *window.findChildren(QWidget)):
        yield from (each.windowTitle(), each.accessibleName(), each.accessibleDescription())
        yield from (each.toolTip(), each.statusTip(), each.whatsThis())
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()
        if isinstance(each, QLineEdit):
            yield from (each.text(), each.placeholderText())
        if isinstance(each, QComboBox):
            yield from (each.itemText(place) for place in range(each.count()))
        if isinstance(each, QMenu):
            yield from (action.text() for action in each.actions())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_tells_what_it_is(
    lang: str, qtbot: object, qapp: QApplication, clock: FixedClock, office: Office
) -> None:
    clock.advance(minutes=50 * 60)
    for bench in bench_of(qtbot, qapp, Settings(lang=lang, theme="light"), clock):
        bench.open(office.root)
        mini = shrunk(bench, office)
        hall = bench.ask(lambda session: get(session, Hall, office.hall))
        press(bench, Key.Key_F6, at=mini)
        mini.finding.begin()
        press(bench, "K", Key.Key_Return)
        press(bench, "2", at=mini.answers.item)
        mini.acting.desk.worker.refused.emit(_refusal(bench, mini))
        for state in (mini.rounds.tiles[3], mini.rounds.tiles[14]):
            click(bench, state)
        seen = "\n".join(filter(None, readable(mini))).lower()
        assert seen
        assert [word for word in sorted(trade_words(hall)) if word in seen] == []
        for menu in mini.findChildren(QMenu):
            menu.close()


def _refusal(bench: Bench, mini: MiniWindow) -> Exception:
    """What the operations answer to a count that is none."""
    caught: list[Exception] = []
    bench.desk.worker.refused.connect(caught.append)
    mini.answers.go_to("S02-01")
    mini.answers.field.setText("=1+1")
    press(bench, Key.Key_Return, at=mini.answers.field)
    bench.desk.worker.refused.disconnect(caught.append)
    return caught[0]


@pytest.mark.parametrize("scale", [100, 115, 130])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_keeps_its_size(
    lang: str, scale: int, qtbot: object, qapp: QApplication, clock: FixedClock, office: Office
) -> None:
    clock.advance(minutes=50 * 60)
    settings = Settings(lang=lang, theme="light", scale=scale)
    for bench in bench_of(qtbot, qapp, settings, clock):
        bench.open(office.root)
        mini = shrunk(bench, office)
        many = next(n for n, each in enumerate(mini.keeper.board.asked, 1) if each.item.choices)
        for item in ("S02-01", str(many)):
            mini.answers.go_to(item)
            for _turn in range(2):
                press(bench, Key.Key_F6, at=mini)
                least = mini.layout().totalMinimumSize()
                assert (least.width() <= WIDTH, least.height() <= HEIGHT) == (True, True), least
                assert mini.size().toTuple() == (WIDTH, HEIGHT)
                for made in mini.findChildren(QAbstractButton):
                    if made.isVisible() and made.focusPolicy() != Qt.FocusPolicy.NoFocus:
                        assert min(made.width(), made.height()) >= 44, made.accessibleName()


# -- a covert part ---------------------------------------------------------------------------------


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
    assert mini.waits.time.text().startswith("B7 ")
    assert mini.waits.time.text().endswith("+1")
    press(opened, Key.Key_Down)
    assert mini.waits.time.text().startswith("A032 ")


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
    assert mini.undo_button.text() == "13 U 6"
    press(opened, Key.Key_Z, at=mini)
    assert tile(stored(opened, mini), "13").state is WindowState.UNATTENDED
    QTest.keyClick(mini, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert tile(stored(opened, mini), "13").state is WindowState.NOT_LOOKED_AT
    assert mini.undo_button.text() != "13 U 6"


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


# -- cover, faults ---------------------------------------------------------------------------------


def test_the_notes_lie_over_it_and_one_is_where_one_was(opened: Bench, mini: MiniWindow) -> None:
    cover = Cover(opened.desk, opened.window)
    mini.rounds.turn(1)
    mini.rounds.tiles[7].setFocus()
    for _press in range(2):
        QTest.keyClick(mini.windowHandle(), Key.Key_F9)
        QApplication.processEvents()
        assert cover.is_hidden is (_press == 0)
        assert not opened.window.isVisible()
    assert mini.rounds.tiles[7].hasFocus()
    click(opened, mini.hide_button)
    sheet = mini.childAt(200, 320)
    assert sheet.window() is mini
    assert not isinstance(sheet, QAbstractButton)
    assert mini.size().toTuple() == (WIDTH, HEIGHT)
    cover.ask_back()
    press(opened, "U", at=mini.rounds.tiles[7])
    assert tile(stored(opened, mini), "26").state is WindowState.UNATTENDED


def test_a_fault_of_the_program_is_told_in_the_full_window(
    opened: Bench, mini: MiniWindow, clock: FixedClock, tmp_path: Path
) -> None:
    faults = Faults(opened.desk, opened.window, clock, tmp_path)
    try:
        raise ValueError("planted")
    except ValueError as error:
        faults.take(type(error), error, error.__traceback__)
    QApplication.processEvents()
    assert (opened.desk.root / "faults.log").exists()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [mini]
    press(opened, Key.Key_F10, at=mini)
    [report] = [each for each in opened.window.findChildren(Report) if each.isVisible()]
    report.close()
