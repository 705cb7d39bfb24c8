"""The mini window is seen alone, and nothing on it says what it is."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
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
    Phase,
    WindowState,
)
from inspector.operations.recording import get
from tests.ui.conftest import bench_of
from tests.ui.hands import click, press, tile
from tests.ui.mini_steps import shrunk, stored
from ui.fault_report import Report
from ui.faults import Faults
from ui.frame.cover import Cover
from ui.mini.switch import Switch
from ui.mini.window import HEIGHT, WIDTH, MiniWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.fixed import FixedClock
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.evidence.bring import BringDialog
    from ui.pages.visit.page import VisitPage

Key = Qt.Key


# -- only one window is ever shown -----------------------------------------------------------------


def test_the_full_window_is_gone_while_the_mini_window_is_there(
    opened: Bench, mini: MiniWindow
) -> None:
    assert not opened.window.isVisible()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [mini]
    assert (mini.windowTitle(), mini.size().toTuple()) == ("便笺", (WIDTH, HEIGHT))


def test_a_window_beside_the_full_one_goes_and_comes_back_with_it(
    opened: Bench, dialog: BringDialog, office: Office
) -> None:
    switch = Switch(opened.desk, opened.window)
    opened.desk.shrunk.emit(office.covert)
    opened.settle()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [switch.mini]
    press(opened, Key.Key_F10, at=switch.mini)
    assert dialog.isVisible()


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
        with opened.qtbot.assertNotEmitted(QApplication.instance().lastWindowClosed):
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
    page.heading.steps[Phase.COVERT].click()
    [dialog] = [w for w in opened.window.findChildren(QDialog) if w.isVisible()]
    for box in dialog.boxes.values():
        box.setChecked(True)
    click(opened, dialog.go)
    said = page.hints.said
    assert "F10" in said.text()
    opened.window.resize(1280, 720)
    needed = said.fontMetrics().horizontalAdvance(said.text())
    opened.qtbot.waitUntil(lambda: page.width() <= 1280)
    opened.settle()
    assert needed <= said.width()
    offered = page.checklist.mapTo(page, QPoint())
    page.hints.tell("")
    opened.settle()
    assert page.checklist.mapTo(page, QPoint()) == offered  # nothing moves under a finger
    click(opened, page.heading.mini)
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
_EVERYDAY = {"note", "time", "text", "number", "count", "n", "y", "min", "minutes", "分钟", "文字"}


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


# -- cover, faults ---------------------------------------------------------------------------------


def test_the_notes_lie_over_it_and_one_is_where_one_was(opened: Bench, mini: MiniWindow) -> None:
    cover = Cover(opened.desk, opened.window)
    mini.rounds.turn(1)
    mini.rounds.tiles[7].setFocus()
    for _press in range(2):
        QTest.keyClick(mini.windowHandle(), Key.Key_F9)
        opened.qtbot.waitUntil(lambda _press=_press: cover.is_hidden is (_press == 0))
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


def test_closing_it_below_the_notes_shows_nothing(
    opened: Bench, mini: MiniWindow, office: Office
) -> None:
    cover = Cover(opened.desk, opened.window)
    cover.hide_view()
    mini.close()
    opened.settle()
    assert cover.is_hidden
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [opened.window]
    assert opened.window.windowTitle() == "便笺"
    top = opened.window.childAt(640, 300)
    assert top is not None
    assert top.window() is opened.window
    assert not opened.window.page.isAncestorOf(top)
    cover.ask_back()
    assert opened.window.windowTitle() == "记录"
    again = shrunk(opened, office)
    tile = again.rounds.tiles[12]
    click(opened, tile)
    assert [menu for menu in tile.findChildren(QMenu) if menu.isVisible()]
    assert again.childAt(tile.mapTo(again, tile.rect().center())) is tile


@pytest.mark.logs_warnings
def test_a_fault_of_the_program_is_told_in_the_full_window(
    opened: Bench, mini: MiniWindow, clock: FixedClock, tmp_path: Path
) -> None:
    faults = Faults(opened.desk, opened.window, clock, tmp_path)
    try:
        raise ValueError("planted")
    except ValueError as error:
        faults.take(type(error), error, error.__traceback__)
    opened.qtbot.waitUntil((opened.desk.root / "faults.log").exists)
    opened.settle()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [mini]
    press(opened, Key.Key_F10, at=mini)
    [report] = [each for each in opened.window.findChildren(Report) if each.isVisible()]
    report.close()
