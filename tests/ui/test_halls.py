"""Places: a new one with its windows, changes, what is refused, the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.base.i18n import translator
from inspector.domain.entities import Hall
from inspector.operations.places import halls, windows_of
from inspector.operations.registers import hall_rows
from ui.models.halls import HallsModel

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.halls import HallsPage


@pytest.fixture
def page(opened: Bench) -> HallsPage:
    return opened.go("halls")


def press_save(opened: Bench, page: HallsPage) -> None:
    opened.qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    opened.settle()


def test_a_new_place_has_its_windows_on_two_floors(opened: Bench, page: HallsPage) -> None:
    page.name.setText("<b>北苑 =1+1")
    page.code.setText("A-03")
    page.hours.setText("周一至周五 9:00-12:00 13:30-17:00")
    page.windows.setValue(36)
    page.floors.setText("1，2")
    press_save(opened, page)
    [hall] = [each for each in opened.ask(halls) if each.code == "A-03"]
    assert hall.name == "<b>北苑 =1+1"
    found = opened.ask(lambda session: windows_of(session, hall.id))
    assert [sum(each.floor == floor for each in found) for floor in ("1", "2")] == [18, 18]
    assert page.model.row(page.table.currentIndex().row()).hall.id == hall.id


def test_a_place_is_changed_and_its_code_stays(
    opened: Bench, page: HallsPage, office: Office
) -> None:
    page.table.selectRow(page.model.place(office.hall))
    assert not page.code.isEnabled()
    page.address.setText("人民路 1 号")
    press_save(opened, page)
    assert opened.ask(lambda s: s.store.get(Hall, office.hall)).address == "人民路 1 号"


@pytest.mark.parametrize(
    ("name", "hours", "said"), [("", "", "_named"), ("厅", "周九 25:00", "_timed")]
)
def test_what_cannot_be_saved_is_said_at_its_field(
    opened: Bench, page: HallsPage, name: str, hours: str, said: str
) -> None:
    before = len(opened.ask(halls))
    page.name.setText(name)
    page.hours.setText(hours)
    press_save(opened, page)
    assert getattr(page, said).hint.text()
    assert getattr(page, said).field.property("wrong") == "true"
    assert len(opened.ask(halls)) == before


def test_a_code_that_is_taken_is_said(opened: Bench, page: HallsPage) -> None:
    page.name.setText("另一个")
    page.code.setText("B-02")
    press_save(opened, page)
    assert page._notes.count() == 1


def test_visits_of_this_year_are_counted(opened: Bench, office: Office) -> None:
    rows = {row.hall.id: row for row in opened.ask(hall_rows)}
    first = rows.pop(office.hall)
    assert (first.windows, first.this_year, first.last) == (36, 2, "2026-03-06")
    [second] = rows.values()
    assert (second.windows, second.this_year, second.last) == (6, 0, "")


def test_the_table_keeps_the_rules_of_models(opened: Bench) -> None:
    model = HallsModel(translator("zh"))
    tester = QAbstractItemModelTester(model)
    model.take(opened.ask(hall_rows))
    model.restrict("B-02")
    assert model.rowCount() == 1
    model.restrict("没有")
    assert model.rowCount() == 0
    assert tester.model() is model
