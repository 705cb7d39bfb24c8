"""The page of conflicts: side by side, by keys and by mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.operations.conflicts import count_conflicts
from inspector.operations.history import entity_history
from inspector.operations.people import add_person
from tests.scenes.conflicts import differ
from tests.ui.hands import click, press, words
from ui.pages.conflicts import ConflictsPage
from ui.pages.home import HomePage
from ui.widgets.text import plain_tip
from ui.widgets.twolines import TwoLines

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench


@pytest.fixture
def page(opened: Bench, office: Office) -> ConflictsPage:
    opened.ask(lambda session: differ(session, office.covert, office.hall, office.other))
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    shown = opened.go("conflicts")
    assert isinstance(shown, ConflictsPage)
    return shown


def left(bench: Bench) -> int:
    return bench.ask(count_conflicts)


def test_the_values_stand_beside_each_other_with_who_wrote_them(page: ConflictsPage) -> None:
    assert page.model.rowCount() == 2
    assert len(page.choices) == 2
    said = words(page)
    for side in page.shown.sides:
        assert side.text in said
        assert side.device in said
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_digit_settles_the_one_shown(opened: Bench, page: ConflictsPage) -> None:
    press(opened, "j")
    shown = page.shown
    page.why.setText("看牌匾")
    press(opened, "2", at=page.list)
    assert left(opened) == 1
    entries = opened.ask(lambda session: list(entity_history(session, shown.id)))
    assert entries[-1].fields == {shown.field: shown.sides[1].value}
    assert entries[-1].why == "看牌匾"
    assert page.model.rowCount() == 1
    press(opened, "9", at=page.list)
    assert left(opened) == 1


def test_the_mouse_settles_as_well_and_then_nothing_is_left(
    opened: Bench, page: ConflictsPage
) -> None:
    click(opened, page.choices[0])
    click(opened, page.choices[0])
    assert left(opened) == 0
    assert page._stack.currentIndex() == 2


def test_a_visit_is_stood_on_and_home_leads_here(
    opened: Bench, page: ConflictsPage, office: Office
) -> None:
    opened.go("conflicts", office.covert)
    assert page.shown.visit == office.covert
    home = opened.go("home")
    assert isinstance(home, HomePage)
    [go] = [each for each in home.findChildren(type(page.choices[0])) if "冲突" in each.text()]
    assert go.text() == "2 处冲突待认定"
    click(opened, go)
    assert isinstance(opened.window.page, ConflictsPage)


def test_what_is_typed_as_a_reason_never_becomes_a_choice(
    opened: Bench, page: ConflictsPage
) -> None:
    page.why.setFocus()
    opened.qtbot.keyClicks(page.why, "abc")
    opened.desk.act(opened.window, lambda session: add_person(session, "赵敏"))
    opened.settle()
    assert page.why.hasFocus()
    opened.qtbot.keyClicks(page.why, "2")
    opened.settle()
    assert page.why.text() == "abc2"
    assert left(opened) == 2


def test_a_line_says_what_differs_where_and_how_many_values_there_are(page: ConflictsPage) -> None:
    line = page.list.itemDelegate()
    assert isinstance(line, TwoLines)
    for row in range(page.model.rowCount()):
        found = page.model.row(row)
        told = line.told(page.model.index(row, 0))
        assert (told.title, told.word) == (found.title, "2 个值")
        assert found.label in told.about
        assert found.visit_label in told.about
    # All lines are of one height, so that nothing is measured to paint one.
    assert page.list.uniformItemSizes()


def test_a_line_that_is_cut_is_told_whole_with_its_count(page: ConflictsPage) -> None:
    first = page.model.index(0)
    shown = first.data(Qt.ItemDataRole.DisplayRole)
    assert plain_tip(shown) == first.data(Qt.ItemDataRole.ToolTipRole)
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == f"{shown}\n2 个值"
