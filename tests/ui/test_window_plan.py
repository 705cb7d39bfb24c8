"""The windows of a place: laid out by keys alone, put in order, changed, retired, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from inspector.domain.entities import Hall
from inspector.operations.places import add_hall, windows_of
from tests.ui.hands import click, press, words
from ui.models.windows import WindowsModel
from ui.pages.halls import plan as plan_module
from ui.pages.halls.page import HallsPage
from ui.pages.halls.views import PLAN, REGISTER

if TYPE_CHECKING:
    import pytest

    from inspector.domain.entities import Window
    from tests.support.office import Office
    from tests.ui.conftest import Bench


def planned(opened: Bench, hall: str) -> HallsPage:
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    page = opened.go("halls", hall=hall, view="windows")
    assert isinstance(page, HallsPage)
    assert page._views.currentIndex() == PLAN
    return page


def stored(opened: Bench, hall: str) -> list[Window]:
    return opened.ask(lambda session: windows_of(session, hall))


def type_over(opened: Bench, text: str) -> None:
    """Replace what stands in the field that has the focus, and go on to the next."""
    target = QApplication.focusWidget()
    opened.qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    opened.qtbot.keyClicks(target, text)
    opened.qtbot.keyClick(target, Qt.Key.Key_Tab)


def test_36_windows_on_two_floors_are_laid_out_by_keys_alone(opened: Bench) -> None:
    hall = opened.ask(lambda session: add_hall(session, Hall(id="", code="N1", name="新"))).id
    before = opened.ask(lambda session: session.store.log.count())
    page = planned(opened, hall)
    laying = page.plan.laying
    assert laying.lines[0].last.hasFocus()
    for text in ("18", "1", ""):
        type_over(opened, text)
    assert laying.more.hasFocus()
    press(opened, Qt.Key.Key_Space)
    assert laying.lines[1].last.hasFocus()
    for text in ("36", "2"):
        type_over(opened, text)
    assert "19" in words(laying)
    press(opened, Qt.Key.Key_Return)
    found = stored(opened, hall)
    assert [each.number for each in found] == [f"{n:02d}" for n in range(1, 37)]
    assert [each.floor for each in found] == ["1"] * 18 + ["2"] * 18
    assert page.plan.model.rowCount() == 36
    assert opened.ask(lambda session: session.store.log.count()) == before + 1
    opened.qtbot.keyClick(opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.settle()
    assert stored(opened, hall) == []
    assert page.plan.model.rowCount() == 0


def test_ranges_that_overlap_are_said_and_stay(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    click(opened, page.plan.laying.more)
    lines = len(page.plan.laying.lines)
    page.plan.laying.lines[-1].first.setValue(36)
    click(opened, page.plan.laying.go)
    assert page.plan._notes.count() == 1
    assert len(page.plan.laying.lines) == lines
    assert {each.floor for each in stored(opened, office.hall)} == {"一层", "二层"}


def test_windows_are_put_in_order_by_keys_and_by_mouse(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    page.plan.table.selectRow(4)
    opened.qtbot.keyClick(page.plan.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    opened.settle()
    assert page.plan._current().number == "05"
    click(opened, page.plan.up)
    assert [each.number for each in stored(opened, office.hall)][:5] == [
        *("01", "02", "05", "03", "04")
    ]
    click(opened, page.plan.down)
    assert page.plan.table.currentIndex().row() == 3


def test_a_window_is_changed(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    page.plan.table.selectRow(4)
    press(opened, Qt.Key.Key_Return, at=page.plan.table)
    form = page.plan.form
    assert form.label.hasFocus()
    assert not form.number.isEnabled()
    form.label.setText("医保参保 =1+1")
    form.matters.setText("参保登记；社保卡申领;参保登记")
    form.covered.setCurrentIndex(form.covered.findText("06"))
    form.hours.setText("周九")
    press(opened, Qt.Key.Key_Return)
    assert form.timed.hint.property("tone") == "danger"
    form.hours.setText("周一至周五 9:00-12:00")
    press(opened, Qt.Key.Key_Return)
    found = stored(opened, office.hall)
    assert (found[4].label, found[4].matters) == ("医保参保 =1+1", ("参保登记", "社保卡申领"))
    assert found[4].covered_by == found[5].id
    assert found[4].hours
    assert page.plan.model.index(4, 5).data() == "06"


def test_a_window_is_added_and_a_number_that_is_taken_is_said(
    opened: Bench, office: Office
) -> None:
    page = planned(opened, office.hall)
    click(opened, page.plan.new)
    form = page.plan.form
    assert form.number.hasFocus()
    press(opened, "5", Qt.Key.Key_Return)
    assert form.numbered.hint.property("tone") == "danger"
    form.number.setText("37")
    form.floor.setText("三层")
    click(opened, form.save)
    assert stored(opened, office.hall)[-1].number == "37"
    assert page.plan._current().number == "37"


def test_a_window_is_retired_with_the_reason_and_comes_back(
    opened: Bench, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_module, "asked_text", lambda *_words, **_about: "撤并")
    page = planned(opened, office.hall)
    # The covert visit has seen the first twelve.
    page.plan.table.selectRow(4)
    press(opened, Qt.Key.Key_Delete, at=page.plan.table)
    assert page.plan._notes.count() == 1
    page.plan.table.selectRow(30)
    press(opened, Qt.Key.Key_Delete, at=page.plan.table)
    assert len(stored(opened, office.hall)) == 35
    page.undo()
    opened.settle()
    assert len(stored(opened, office.hall)) == 36


def test_one_key_leads_there_and_back(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    page.plan.table.setFocus()
    press(opened, Qt.Key.Key_F4)
    assert page._views.currentIndex() == REGISTER
    press(opened, Qt.Key.Key_F4)
    assert page._views.currentIndex() == PLAN


def test_the_table_keeps_the_rules_of_models(opened: Bench, office: Office) -> None:
    model = WindowsModel(opened.desk.tr)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    model.take(stored(opened, office.hall))
    model.take([])
    assert tester.model() is model


def test_laying_out_begins_with_how_the_windows_stand(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    before = [(each.number, each.floor, each.zone) for each in stored(opened, office.hall)]
    assert len({floor for _number, floor, _zone in before}) == 2
    click(opened, page.plan.laying.go)
    after = [(each.number, each.floor, each.zone) for each in stored(opened, office.hall)]
    assert after == before, "a press without a change moves no window"


def test_another_window_is_shown_only_when_what_is_typed_is_saved_or_discarded(
    opened: Bench, office: Office
) -> None:
    page = planned(opened, office.hall)
    plan, form = page.plan, page.plan.form
    plan.table.selectRow(4)
    form.zone.selectAll()
    opened.qtbot.keyClicks(form.zone, "North")
    plan.table.setFocus()
    press(opened, Qt.Key.Key_Down, at=plan.table)
    assert (form.shown.number, form.zone.text()) == ("05", "North")
    assert plan.table.currentIndex().row() == 4
    assert [each.row() for each in plan.table.selectionModel().selectedRows()] == [4]
    assert not form.save.visibleRegion().isEmpty()
    assert "先保存或放弃" in form.asked.text()
    assert form.save.hasFocus()
    click(opened, form.save)
    assert stored(opened, office.hall)[4].zone == "North"
    assert (plan.table.currentIndex().row(), form.shown.number) == (5, "06")
    assert form.asked.isHidden()


def test_what_is_typed_can_be_discarded_in_place(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    plan, form = page.plan, page.plan.form
    before = stored(opened, office.hall)
    plan.table.selectRow(4)
    form.zone.selectAll()
    opened.qtbot.keyClicks(form.zone, "North")
    click(opened, plan.new)
    assert form.zone.text() == "North"
    click(opened, form.discard)
    assert (form.shown, form.zone.text(), form.number.hasFocus()) == (None, "", True)
    opened.qtbot.keyClicks(form.number, "9")
    press(opened, Qt.Key.Key_F4, at=plan.table)
    assert page._views.currentIndex() == PLAN
    click(opened, form.discard)
    assert page._views.currentIndex() == REGISTER
    assert stored(opened, office.hall) == before


def test_the_plan_of_another_place_waits_for_what_is_typed(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    other = opened.ask(lambda session: add_hall(session, Hall(id="", code="N1", name="新"))).id
    page.plan.form.zone.selectAll()
    opened.qtbot.keyClicks(page.plan.form.zone, "North")
    opened.go("halls", hall=other, view="windows")
    assert page.plan.form.zone.text() == "North"
    click(opened, page.plan.form.discard)
    assert "N1" in page.plan.title.text() or "新" in page.plan.title.text()


def test_a_window_that_is_moved_keeps_what_is_typed_about_it(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    page.plan.table.selectRow(4)
    page.plan.form.zone.selectAll()
    opened.qtbot.keyClicks(page.plan.form.zone, "North")
    click(opened, page.plan.down)
    assert page.plan.form.zone.text() == "North"
    click(opened, page.plan.form.save)
    assert stored(opened, office.hall)[5].zone == "North"


def test_another_range_begins_on_the_floor_above(opened: Bench) -> None:
    hall = opened.ask(lambda session: add_hall(session, Hall(id="", code="N1", name="新"))).id
    laying = planned(opened, hall).plan.laying
    for floor, zone, last in (("1", "A", 10), ("1", "", 18), ("2", "", 36), ("2", "", 40)):
        line = laying.lines[-1]
        line.floor.setText(floor)
        line.zone.setText(zone)
        line.last.setValue(last)
        click(opened, laying.more)
    assert [line.floor.text() for line in laying.lines] == ["1", "1", "2", "2", "3"]


def test_what_is_typed_while_a_window_is_being_saved_stays(opened: Bench, office: Office) -> None:
    form = planned(opened, office.hall).plan.form
    form.zone.setText("North")
    form.save.click()
    form.zone.setText("Northern")
    opened.settle()
    first = stored(opened, office.hall)[0]
    assert (first.zone, form.zone.text(), form.is_changed) == ("North", "Northern", True)
    click(opened, form.save)
    assert stored(opened, office.hall)[0].zone == "Northern"
    assert not form.is_changed


def test_what_is_typed_while_a_new_window_is_being_saved_is_about_that_window(
    opened: Bench, office: Office
) -> None:
    page = planned(opened, office.hall)
    click(opened, page.plan.new)
    form = page.plan.form
    form.number.setText("37")
    form.label.setText("导办")
    form.save.click()
    form.label.setText("导办台")
    form.save.click()
    opened.settle()
    assert (form.shown.number, form.label.text(), form.is_changed) == ("37", "导办台", True)
    assert form.numbered.hint.property("tone") != "danger"
    click(opened, form.save)
    assert [each.label for each in stored(opened, office.hall)][36:] == ["导办台"]


def test_a_window_that_is_shown_meanwhile_is_not_taken_for_the_saved_one(
    opened: Bench, office: Office
) -> None:
    page = planned(opened, office.hall)
    plan, form = page.plan, page.plan.form
    form.zone.setText("North")
    form.save.click()
    form.discard.click()
    plan.table.selectRow(7)
    form.zone.setText("South")
    form.zone.setFocus()
    opened.settle()
    assert form.shown.number == "08"
    assert form.zone.hasFocus()
    assert form.asked.isHidden()
    assert (form.zone.text(), form.is_changed) == ("South", True)
    assert [each.zone for each in stored(opened, office.hall)].count("North") == 1


def test_ranges_that_were_typed_go_along_when_the_page_is_made_anew(
    opened: Bench, office: Office
) -> None:
    page = planned(opened, office.hall)
    other = opened.ask(lambda session: add_hall(session, Hall(id="", code="N1", name="新"))).id
    click(opened, page.plan.laying.more)
    page.plan.laying.lines[-1].zone.setText("C")
    typed = page.plan.laying.spans
    opened.go("halls", hall=other, view="windows")
    page.plan.laying.lines[0].last.setValue(9)
    opened.window.rebuild()
    opened.settle()
    again = planned(opened, office.hall)
    assert again is not page
    assert again.plan.laying.spans == typed
    opened.go("halls", hall=other, view="windows")
    assert again.plan.laying.lines[0].last.value() == 9


def test_ranges_that_were_typed_stand_there_again(opened: Bench, office: Office) -> None:
    page = planned(opened, office.hall)
    other = opened.ask(lambda session: add_hall(session, Hall(id="", code="N1", name="新"))).id
    laying = page.plan.laying
    click(opened, laying.more)
    laying.lines[-1].last.setValue(44)
    laying.lines[-1].zone.setText("C")
    typed = laying.spans
    opened.go("halls", hall=other, view="windows")
    assert len(laying.lines) == 1
    laying.lines[0].last.setValue(9)
    opened.go("halls", hall=office.hall, view="windows")
    assert laying.spans == typed
    click(opened, laying.go)
    assert len(stored(opened, office.hall)) == 44
    opened.go("halls", hall=other, view="windows")
    assert laying.lines[0].last.value() == 9
    opened.go("halls", hall=office.hall, view="windows")
    assert not laying.is_changed
