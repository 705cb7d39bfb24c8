"""Pressed twice, held down, or taken back elsewhere: what was meant once is recorded once."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from inspector.domain.entities import Finding, Visit
from inspector.operations.places import halls, windows_of
from inspector.operations.visits import new_visit
from tests.ui.closing_steps import (
    carry_to_the_sheet,
    make_told,
    page_of,
    settle,
)
from tests.ui.hands import click
from ui.pages.closing.sheet import Sheet, take_in
from ui.pages.halls.page import HallsPage
from ui.pages.new_visit import NewVisitPage
from ui.pages.visit.notes import NotesDialog

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage


def recorded(bench: Bench) -> int:
    """Return how many operations this device has written."""

    def count(session: Session) -> int:
        return sum(1 for _each in session.store.log.newest_first(session.store.chain))

    return bench.ask(count)


def found_in(bench: Bench, page: VisitPage) -> int:
    """Return how many findings the visit on a page has."""
    assert page.keeper.board is not None
    visit = page.keeper.board.visit
    found = bench.ask(lambda session: session.store.select(Finding))
    return len([each for each in found if each.visit == visit])


def twice(bench: Bench, widget: QWidget) -> None:
    """Press twice before the first press can be saved."""
    for _press in range(2):
        bench.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    bench.settle()


def held(bench: Bench, widget: QWidget, key: Qt.Key, text: str) -> None:
    """Hold a key down; each repetition comes after the one before it was saved."""
    for number in range(4):
        plain = Qt.KeyboardModifier.NoModifier
        pressed = QKeyEvent(QEvent.Type.KeyPress, key, plain, text, number > 0)
        QApplication.sendEvent(widget, pressed)
        bench.settle()


# -- pressed twice -----------------------------------------------------------------------------


def test_a_visit_is_prepared_once(opened: Bench) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    before = opened.ask(lambda session: len(session.store.select(Visit)))
    twice(opened, page.save)
    assert opened.ask(lambda session: len(session.store.select(Visit))) == before + 1


def test_a_place_without_a_code_is_saved_once(opened: Bench) -> None:
    page = opened.go("halls")
    assert isinstance(page, HallsPage)
    click(opened, page.new)
    page.form.name.setText("村便民服务站")
    twice(opened, page.form.save)
    assert [hall.name for hall in opened.ask(halls)].count("村便民服务站") == 1


def test_a_window_of_the_plan_is_saved_once(opened: Bench, office: Office) -> None:
    page = opened.go("halls")
    assert isinstance(page, HallsPage)
    page.plan.show_hall(office.hall)
    opened.settle()
    page.plan.form.begin()
    page.plan.form.label.setText("导办台")
    for _press in range(2):
        page.plan.form.save.click()
    opened.settle()
    labels = [each.label for each in opened.ask(lambda s: windows_of(s, office.hall))]
    assert labels.count("导办台") == 1


def test_enter_twice_is_one_finding(opened: Bench, page: VisitPage) -> None:
    page.finding.begin()
    page.finding.keys[0].click()
    page.finding.text.setFocus()
    for _press in range(2):
        opened.qtbot.keyClick(page.finding.text, Qt.Key.Key_Return)
    opened.settle()
    assert found_in(opened, page) == 1


def test_another_finding_meanwhile_is_another_finding(opened: Bench, page: VisitPage) -> None:
    for number in (0, 1):
        page.finding.keys[number].click()
        page.finding.save()
    opened.settle()
    assert found_in(opened, page) == 2


def test_an_entry_and_pasted_notes_are_saved_once(opened: Bench, page: VisitPage) -> None:
    before = recorded(opened)
    page.timeline.add()
    form = page.timeline.form
    assert form is not None
    form.text.setPlainText("队伍排到门外")
    for _press in range(2):
        opened.qtbot.keyClick(form.seen.at, Qt.Key.Key_Return)
    opened.settle()
    assert recorded(opened) == before + 1

    assert page.keeper.board is not None
    notes = NotesDialog(opened.desk, page.acting, page.keeper.board)
    opened.qtbot.addWidget(notes)
    notes.show()
    notes.text.setPlainText("1038 05 空岗 6人")
    notes.read_now()
    opened.settle()
    twice(opened, notes.save)
    assert recorded(opened) == before + 2


# -- held down ---------------------------------------------------------------------------------


def test_a_digit_held_down_answers_one_item(opened: Bench, page: VisitPage) -> None:
    page.checklist.only_open.click()
    before = recorded(opened)
    model = page.checklist.model
    row = next(
        row
        for row in range(model.rowCount())
        if (asked := model.asked(row)) and asked.item.answer_type.value.startswith("yes_no")
    )
    page.checklist.list.setCurrentIndex(model.index(row))
    held(opened, page.checklist.list, Qt.Key.Key_1, "1")
    assert recorded(opened) == before + 1


def test_a_letter_held_down_looks_at_a_window_once(opened: Bench, page: VisitPage) -> None:
    before = recorded(opened)
    held(opened, page.windows.tiles[0], Qt.Key.Key_S, "s")
    assert recorded(opened) == before + 1


def test_a_digit_held_down_at_a_window_counts_as_one(opened: Bench, page: VisitPage) -> None:
    made = page.windows.tiles[0]
    assert made.tile is not None
    before = made.tile.people_waiting
    held(opened, made, Qt.Key.Key_3, "3")
    opened.qtbot.waitUntil(lambda: made.tile.people_waiting != before, timeout=5000)
    assert made.tile.people_waiting == 3


# -- feedback ----------------------------------------------------------------------------------


@pytest.fixture
def sheet(opened: Bench, office: Office, tmp_path: Path) -> Sheet:
    make_told(opened, office, tmp_path / "pictures")
    return cast("Sheet", carry_to_the_sheet(opened, office).steps["sheet"])


def test_undo_of_one_visit_leaves_another_alone(
    opened: Bench, office: Office, tmp_path: Path
) -> None:
    make_told(opened, office, tmp_path / "pictures")
    page = page_of(opened, office.covert)
    other = opened.ask(lambda s: new_visit(s, office.hall, [office.me]).id)
    page.undo()
    opened.settle()
    for each in QApplication.topLevelWidgets():
        if each is not opened.window and each.isVisible():
            each.close()
    [kept] = [each for each in opened.ask(lambda s: s.store.select(Visit)) if each.id == other]
    assert kept.void is None


def test_a_photograph_that_comes_in_takes_no_typed_refusal(
    opened: Bench, office: Office, sheet: Sheet, card: Path
) -> None:
    sheet.refusal.setText("不同意第二条")
    sheet.refusal.setFocus()
    photo = card / "in0.jpg"
    opened.ask(lambda session: take_in(session, office.covert, photo))
    settle(opened)
    assert sheet.refusal.text() == "不同意第二条"
    assert sheet.focusWidget() is sheet.refusal
