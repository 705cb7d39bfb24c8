"""Places: the register, one with its history, a new one, changes, what is refused."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.base.i18n import translator
from inspector.domain.entities import Hall, Unit, Visit
from inspector.domain.vocabulary import HallLevel
from inspector.operations.calendars import calendars
from inspector.operations.places import add_unit, halls, windows_of
from inspector.operations.recording import get, void
from inspector.operations.registers import hall_rows
from inspector.operations.visits import new_visit
from tests.ui.hands import click, press, words
from ui.models.halls import COLUMNS, NAME, HallsModel
from ui.pages.findings.page import FindingsPage
from ui.pages.halls import form as form_module
from ui.pages.halls import swaps as swaps_module
from ui.pages.halls.page import HallsPage
from ui.pages.visit.page import VisitPage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office
    from tests.ui.conftest import Bench


@pytest.fixture
def page(opened: Bench) -> HallsPage:
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    found = opened.go("halls")
    assert isinstance(found, HallsPage)
    return found


def cells(page: HallsPage, name: str) -> list[str]:
    column = next(number for number, each in enumerate(COLUMNS) if each.name == name)
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


# -- the form ----------------------------------------------------------------------------------


def test_a_new_place_has_its_windows_on_two_floors(opened: Bench, page: HallsPage) -> None:
    click(opened, page.new)
    assert page.form.name.hasFocus()
    assert not page.new.isEnabled()
    page.form.name.setText("<b>北苑 =1+1")
    page.form.code.setText("A-03")
    page.form.hours.setPlainText("周一至周五 9:00-12:00 13:30-17:00")
    page.form.windows.setValue(36)
    page.form.floors.setText("1、2")
    click(opened, page.form.save)
    [hall] = [each for each in opened.ask(halls) if each.code == "A-03"]
    assert hall.name == "<b>北苑 =1+1"
    found = opened.ask(lambda session: windows_of(session, hall.id))
    assert [sum(each.floor == floor for each in found) for floor in ("1", "2")] == [18, 18]
    assert page.model.row(page.table.currentIndex().row()).hall.id == hall.id
    assert page.overview.shown.hall.id == hall.id
    assert page.new.isEnabled()


def test_the_corners_beside_the_register_are_round_with_no_place_chosen(
    opened: Bench, page: HallsPage
) -> None:
    page.overview.show_nothing()
    opened.settle()
    drawn = page.overview.grab().toImage()
    across, down = drawn.width(), drawn.height()
    for left, top in ((0, 0), (0, down - 5), (across - 5, down - 5)):
        corner = [(left + x, top + y) for x in range(5) for y in range(5)]
        # The border goes round it.
        assert min(drawn.pixelColor(*each).lightness() for each in corner) < 240


def test_an_organisation_is_added_where_a_place_needs_it(
    opened: Bench, page: HallsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_module, "asked_text", lambda *_words, **_about: "北苑街道办事处")
    click(opened, page.new)
    page.form.name.setText("北苑便民服务中心")
    click(opened, page.form.new_unit)
    assert page.form.unit.currentText() == "北苑街道办事处"
    assert page.form.name.text() == "北苑便民服务中心"
    press(opened, Qt.Key.Key_Return, at=page.form.name)
    [hall] = [each for each in opened.ask(halls) if each.name == "北苑便民服务中心"]
    assert hall.unit is not None
    unit = opened.ask(lambda session: get(session, Unit, hall.unit or ""))
    assert unit.name == "北苑街道办事处"


@pytest.mark.parametrize("asked", ["elsewhere", "early"])
def test_a_new_place_waits_for_no_register(opened: Bench, asked: str) -> None:
    opened.desk.go("halls", view="new" if asked == "elsewhere" else "")
    page = opened.window.page
    assert isinstance(page, HallsPage)
    if asked == "early":
        page.new.click()
    opened.settle()
    assert page.model.rowCount()
    assert page.form.isVisible()
    page.form.cancelled.emit()
    opened.settle()
    assert page.overview.shown is not None
    assert page.overview.shown.hall.id == page.model.row(0).hall.id
    assert page.table.selectionModel().isRowSelected(0)


def test_a_place_is_changed_by_keys_and_its_code_stays(
    opened: Bench, page: HallsPage, office: Office
) -> None:
    unit = opened.ask(lambda session: add_unit(session, Unit(id="", name="审批局")))
    page = opened.go("halls", hall=office.hall)
    page.table.setFocus()
    press(opened, Qt.Key.Key_F2)
    assert page.form.name.hasFocus()
    assert not page.form.code.isEnabled()
    page.form.address.setText("人民路 1 号")
    page.form.unit.setCurrentIndex(page.form.unit.findData(unit.id))
    page.form.level.setCurrentIndex(page.form.level.findData(HallLevel.TOWNSHIP))
    page.form.hours.setPlainText(
        "周一至周五 9:00-12:00 13:30-17:00\n夏季(05-01..09-30) 周一至周五 9:00-12:00 14:30-17:30\n"
        "集日 逢2、5日 8:00-13:00\n2026-12-01 休息"
    )
    click(opened, page.form.save)
    found = opened.ask(lambda session: get(session, Hall, office.hall))
    assert (found.address, found.unit, found.level) == (
        "人民路 1 号",
        unit.id,
        HallLevel.TOWNSHIP,
    )
    assert found.hours.keys() == {"week", "seasons", "extra", "dates"}
    press(opened, Qt.Key.Key_F2)
    assert len(page.form.hours.toPlainText().splitlines()) == 4


def test_what_is_typed_is_not_lost_by_choosing_another_place(
    opened: Bench, page: HallsPage
) -> None:
    first = page.model.row(page.table.currentIndex().row()).hall.id
    page.table.setFocus()
    press(opened, Qt.Key.Key_F2)
    assert page.form.isVisible()
    page.form.address.setText("人民路 1 号")
    for row in range(page.model.rowCount()):
        page.table.selectRow(row)
        opened.settle()
    click(opened, page.new)
    assert page.form.isVisible()
    assert page.form.address.text() == "人民路 1 号"
    assert page.model.row(page.table.currentIndex().row()).hall.id == first
    page.form.cancelled.emit()
    page.table.selectRow(page.model.rowCount() - 1)
    opened.settle()
    assert page.form.isHidden()


@pytest.mark.parametrize("new", [True, False])
def test_what_is_typed_while_a_place_is_being_saved_stays(
    opened: Bench, page: HallsPage, new: bool
) -> None:
    if new:
        click(opened, page.new)
    else:
        page.table.setFocus()
        press(opened, Qt.Key.Key_F2)
    form = page.form
    form.name.setText("北苑")
    form.address.setText("人民路 1")
    form.save.click()
    form.address.setText("人民路 1 号")
    opened.settle()
    [hall] = [each for each in opened.ask(halls) if each.name == "北苑"]
    assert (hall.address, form.address.text()) == ("人民路 1", "人民路 1 号")
    assert form.isVisible()
    assert form.is_changed
    click(opened, form.save)
    assert opened.ask(lambda session: get(session, Hall, hall.id)).address == "人民路 1 号"
    assert form.isHidden()


def test_what_is_said_of_a_new_place_once_stands_still_while_it_is_saved(
    opened: Bench, page: HallsPage
) -> None:
    click(opened, page.new)
    form = page.form
    once = (form.code, form.windows, form.floors)
    form.name.setText("北苑")
    form.code.setText("A-03")
    form.windows.setValue(4)
    form.save.click()
    assert not any(each.isEnabled() for each in once)
    opened.settle()
    assert form.isHidden()
    click(opened, page.new)
    assert all(each.isEnabled() for each in once)
    form.name.setText("南苑")
    form.code.setText("A-03")
    form.save.click()
    opened.settle()
    assert form.refusals
    assert all(each.isEnabled() for each in once), "what was refused is to be mended"


def test_examples_are_put_into_the_hours_and_can_be_read(opened: Bench, page: HallsPage) -> None:
    click(opened, page.new)
    for _words, zh, _en in form_module._EXAMPLES[:-1]:
        page.form._insert(zh)
        assert page.form.timed.hint.text().startswith("按此理解")
    page.form._insert(form_module._EXAMPLES[-1][1])
    assert "2026-03-06 休息" in page.form.hours.toPlainText()
    assert "休息" in page.form.timed.hint.text()


@pytest.mark.parametrize(
    ("name", "hours", "said"), [("", "", "named"), ("厅", "周九 25:00", "timed")]
)
def test_what_cannot_be_saved_is_said_at_its_field(
    opened: Bench, page: HallsPage, name: str, hours: str, said: str
) -> None:
    before = len(opened.ask(halls))
    click(opened, page.new)
    page.form.name.setText(name)
    page.form.hours.setPlainText(hours)
    click(opened, page.form.save)
    assert getattr(page.form, said).hint.text()
    assert getattr(page.form, said).hint.property("tone") == "danger"
    assert len(opened.ask(halls)) == before
    assert page.form.name.text() == name


def test_a_code_that_is_taken_is_said(opened: Bench, page: HallsPage) -> None:
    click(opened, page.new)
    page.form.name.setText("另一个")
    page.form.code.setText("B-02")
    click(opened, page.form.save)
    assert page.form.refusals == 1


def test_a_place_is_withdrawn_with_the_reason(
    opened: Bench, page: HallsPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_module, "asked_text", lambda *_words, **_about: "重复登记")
    page = opened.go("halls", hall=office.hall)
    click(opened, page.overview.edit)
    click(opened, page.form.withdraw)
    assert opened.ask(lambda session: get(session, Hall, office.hall)).void == "重复登记"
    assert page.model.rowCount() == 1
    opened.qtbot.keyClick(opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert page.model.rowCount() == 2


# -- the register ------------------------------------------------------------------------------


def test_visits_of_this_year_are_counted(opened: Bench, office: Office) -> None:
    rows = {row.hall.id: row for row in opened.ask(hall_rows)}
    first = rows.pop(office.hall)
    assert (first.windows, first.this_year, first.last) == (36, 2, "2026-03-06")
    [second] = rows.values()
    assert (second.windows, second.this_year, second.last) == (6, 0, "")


def test_a_place_nobody_visited_has_no_figure(opened: Bench, page: HallsPage) -> None:
    assert cells(page, "year") == ["2", "–"]
    assert cells(page, "last") == ["2026-03-06", "–"]
    page.table.selectRow(1)
    opened.settle()
    said = words(page.overview)
    assert "–" in said
    assert "今年未走访" in said


def test_names_are_hidden_while_a_covert_part_goes_on(
    opened: Bench, page: HallsPage, office: Office
) -> None:
    assert page.table.isColumnHidden(NAME)
    assert cells(page, "name") == ["", ""]
    assert "明州市" not in words(page.overview)
    page.filter.setText("开发区")
    assert page.model.rowCount() == 0
    page.filter.clear()
    opened.ask(lambda session: void(session, Visit, office.covert, "错"))
    opened.qtbot.waitUntil(lambda: not page.table.isColumnHidden(NAME))
    page.filter.setText("开发区")
    assert page.model.rowCount() == 1


def test_the_register_is_narrowed_and_the_empty_one_offers_the_way_back(
    opened: Bench, page: HallsPage
) -> None:
    page.unvisited.setChecked(True)
    assert cells(page, "code") == ["B-02"]
    page.level.setCurrentIndex(page.level.findData(HallLevel.VILLAGE))
    assert page.model.rowCount() == 0
    assert page._list.currentIndex() == 2
    page._widen()
    opened.settle()
    assert page.model.rowCount() == 2


def test_a_heading_orders_the_places(opened: Bench, page: HallsPage) -> None:
    stood = page._chosen
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert cells(page, "code") == ["B-02", "MZ-ZWZX"]
    page.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert cells(page, "code") == ["MZ-ZWZX", "B-02"]
    assert page._chosen == stood


def test_the_table_with_its_windows_is_exported(
    opened: Bench, page: HallsPage, tmp_path: Path
) -> None:
    target = tmp_path / "场所.csv"
    page.export.write(target)
    opened.settle()
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 42


def test_the_history_leads_to_visits_and_findings(opened: Bench, office: Office) -> None:
    page = opened.go("halls", hall=office.hall)
    shown = page.overview.shown
    assert [each.visit.id for each in shown.visits] == [office.covert, office.sealed]
    assert (shown.findings, shown.this_year) == (5, 2)
    [every] = [each for each in page.overview.findChildren(type(page.new)) if "问题" in each.text()]
    click(opened, every)
    assert isinstance(opened.window.page, FindingsPage)
    assert opened.window.page.filters.wanted.hall == office.hall
    page = opened.go("halls", hall=office.hall)
    [visit] = [
        each for each in page.overview.findChildren(type(page.new)) if each.text() == "2026-0001"
    ]
    click(opened, visit)
    assert isinstance(opened.window.page, VisitPage)


def test_more_visits_than_fit_are_counted(opened: Bench, office: Office) -> None:
    members = [office.me, office.other]
    opened.ask(lambda session: [new_visit(session, office.hall, members) for _ in range(8)])
    page = opened.go("halls", hall=office.hall)
    assert len(page.overview.shown.visits) == 10
    assert "4" in words(page.overview)


def test_the_table_keeps_the_rules_of_models(opened: Bench) -> None:
    model = HallsModel(translator("zh"))
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    model.take(opened.ask(hall_rows))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.restrict("B-02")
    assert model.rowCount() == 1
    model.restrict("没有")
    assert model.rowCount() == 0
    assert tester.model() is model


# -- holidays ----------------------------------------------------------------------------------


def test_a_calendar_is_shown_before_it_is_imported(
    opened: Bench, page: HallsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(opened, page.new)
    swaps, asked = page.form.swaps, []
    monkeypatch.setattr(
        swaps_module, "confirmed", lambda *words: bool(asked.append(words[3]) or len(asked) > 1)
    )
    file = tmp_path / "2031.csv"
    file.write_text("日期,安排\n2031-10-01,放假\n2031-10-11,上班\n", encoding="utf-8")
    before = opened.ask(calendars)
    for known in (len(before), len(before) + 1):
        swaps.read(file)
        opened.qtbot.waitUntil(lambda known=known: len(asked) == known - len(before) + 1)
        opened.settle()
        assert len(opened.ask(calendars)) == known
    assert "2031" in asked[0]
    assert "2031" in swaps.known.text()
    file.write_text("日期,安排\nyesterday,放假\n", encoding="utf-8")
    swaps.read(file)
    opened.qtbot.waitUntil(lambda: swaps.known.property("tone") == "danger")
    assert len(opened.ask(calendars)) == len(before) + 1
