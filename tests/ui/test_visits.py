"""The list of visits and a new one: by key and by mouse, without names while one is covert."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from inspector.domain.entities import Trip, Visit
from inspector.domain.vocabulary import TripKind
from inspector.operations.catalogues import DEFAULT_CHECKLIST, index
from inspector.operations.overview import members_of
from inspector.operations.people import add_person, people
from inspector.operations.recording import get
from inspector.operations.withdrawing import withdraw_person
from inspector.operations.workspaces import create_workspace
from tests.support.fixed import CountingEntropy
from ui.models.visits import NAME
from ui.pages.halls.page import HallsPage
from ui.pages.new_visit import NewVisitPage
from ui.pages.settings.page import SettingsPage
from ui.pages.visit.page import VisitPage
from ui.pages.visits import VisitsPage

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.i18n import Lang
    from tests.support.office import Office
    from tests.ui.conftest import Bench


def listed(bench: Bench) -> VisitsPage:
    page = bench.go("visits")
    assert isinstance(page, VisitsPage)
    return page


def cells(page: VisitsPage) -> str:
    model = page.model
    return "\n".join(
        str(model.index(row, column).data())
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    )


def test_visits_are_listed_by_code_while_one_is_covert(opened: Bench) -> None:
    page = listed(opened)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert page.model.rowCount() == 3
    assert page.table.isColumnHidden(NAME)
    assert "中心" not in cells(page)
    assert "2026-0001" in cells(page)


def test_without_a_place_the_form_of_a_new_one_is_one_press_away(
    bench: Bench, tmp_path: Path
) -> None:
    root = tmp_path / "empty"
    with create_workspace(root, bench.clock, CountingEntropy("empty")) as made:
        add_person(made, "李娜")
    bench.open(root)
    page = bench.go("new_visit")
    assert not any(each.isVisible() for each in page.findChildren(QScrollArea))
    [new] = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert new.hasFocus()
    bench.qtbot.keyClick(new, Qt.Key.Key_Space)
    bench.settle()
    halls = bench.window.page
    assert isinstance(halls, HallsPage)
    assert halls.form.name.hasFocus()


def test_typing_leaves_what_fits_and_never_finds_by_a_hidden_name(opened: Bench) -> None:
    page = listed(opened)
    page.filter.setText("封存 2026")
    assert page.model.rowCount() == 1
    page.filter.setText("服务中心")
    assert page.model.rowCount() == 0
    opened.settle()
    [clear] = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    assert clear.text() == "清除筛选条件"
    opened.qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert page.model.rowCount() == 3
    assert page.table.isVisible()


def test_what_prepares_the_visit_stays_where_it_is_once_a_second_one_is_ticked(
    opened: Bench, office: Office
) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    opened.settle()
    assert page.alone.isVisible()
    before = page.save.mapTo(page, QPoint())
    page.members[office.other].setChecked(True)
    opened.settle()
    assert not page.alone.isVisible()
    assert page.save.mapTo(page, QPoint()) == before


def test_tab_goes_through_a_new_visit_as_it_is_read(opened: Bench) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    for widget in (page.hall, page.checklist, *page.members.values(), page.trip):
        assert widget.hasFocus()
        opened.qtbot.keyClick(widget, Qt.Key.Key_Tab)


@pytest.mark.parametrize(("lang", "version"), [("zh", "（2026.1 版）"), ("en", ", version 2026.1")])
def test_a_checklist_is_named_by_title_and_version(opened: Bench, lang: Lang, version: str) -> None:
    opened.desk.settings = replace(opened.desk.settings, lang=lang)
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    box = page.checklist
    offered = {box.itemData(n): box.itemText(n) for n in range(box.count())}
    known = {each.reference: each.zh if lang == "zh" else each.en for each in index()}
    assert offered[DEFAULT_CHECKLIST] == known[DEFAULT_CHECKLIST] + version
    assert not any("@" in each for each in offered.values())


def test_enter_opens_a_visit(opened: Bench, office: Office) -> None:
    page = listed(opened)
    assert page.table.hasFocus()
    opened.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    opened.qtbot.keyClick(page.table, Qt.Key.Key_Return)
    opened.settle()
    shown = opened.window.page
    assert isinstance(shown, VisitPage)
    assert shown.keeper.board is not None
    assert shown.keeper.board.visit == office.prepared


def test_a_visit_without_an_id_is_the_list(opened: Bench) -> None:
    opened.desk.go("visit")
    opened.qtbot.waitUntil(lambda: isinstance(opened.window.page, VisitsPage))


def test_one_inspector_alone_is_told_what_the_seal_asks_for(opened: Bench, office: Office) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    assert page.alone.isVisible()
    page.members[office.other].setChecked(True)
    assert not page.alone.isVisible()
    page.members[office.other].setChecked(False)
    page.trip.setCurrentIndex(1)
    assert page.alone.isVisible()
    page.kind.setCurrentIndex(page.kind.findData(TripKind.LEADER))
    assert not page.alone.isVisible()


def test_a_visit_is_prepared_with_a_new_journey(opened: Bench, office: Office) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    names = [page.hall.itemText(n) for n in range(page.hall.count())]
    assert "B-02" in names
    assert not any("中心" in name for name in names)
    page.hall.setCurrentIndex(names.index("B-02"))
    page.members[office.other].setChecked(True)
    page.trip.setCurrentIndex(1)
    page.document.setText("<b>关于开展督查的通知</b>")
    opened.qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    opened.settle()
    shown = opened.window.page
    assert isinstance(shown, VisitPage)
    assert shown.keeper.board is not None
    made = shown.keeper.board.visit
    visit = opened.ask(lambda session: get(session, Visit, made))
    trip = opened.ask(lambda session: get(session, Trip, visit.trip or ""))
    members = opened.ask(lambda session: [each.id for each in members_of(session, made)])
    assert trip.document_title == "<b>关于开展督查的通知</b>"
    assert members == [office.me, office.other]


def test_what_is_missing_is_said_above_and_the_form_stays(opened: Bench, office: Office) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    for box in page.members.values():
        box.setChecked(False)
    page.name.setText("三月")
    opened.qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    opened.settle()
    assert opened.window.page is page
    assert page.name.text() == "三月"
    banner = page._trouble.itemAt(0).widget()
    assert any(each.text() for each in banner.findChildren(QLabel))
    assert opened.ask(lambda session: len(session.store.select(Visit))) == 3


def test_where_nobody_can_take_part_the_members_are_offered(opened: Bench) -> None:
    for person in opened.ask(people):
        opened.ask(lambda session, gone=person: withdraw_person(session, gone.id, "已调离"))
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    assert page._area.isHidden()
    opened.qtbot.keyClick(opened.window.focusWidget(), Qt.Key.Key_Space)
    opened.settle()
    shown = opened.window.page
    assert isinstance(shown, SettingsPage)
    assert shown._made["members"].isVisible()


def test_a_clue_is_asked_for_only_where_a_visit_follows_one(opened: Bench) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    page.trip.setCurrentIndex(1)
    assert page.clue.isHidden()
    page.kind.setCurrentIndex(1)
    assert not page.clue.isHidden()


def test_a_clue_typed_for_another_kind_is_not_meant(opened: Bench) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    page.trip.setCurrentIndex(1)
    page.kind.setCurrentIndex(1)
    page.clue.setText("不是 编号")
    page.kind.setCurrentIndex(0)
    opened.qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    opened.settle()
    assert isinstance(opened.window.page, VisitPage)


def test_the_next_visit_makes_no_second_journey(opened: Bench) -> None:
    page = opened.go("new_visit")
    assert isinstance(page, NewVisitPage)
    page.trip.setCurrentIndex(1)
    page.name.setText("三月督查")
    opened.qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    opened.settle()
    opened.go("new_visit")
    opened.qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    opened.settle()
    trips = opened.ask(lambda session: session.store.select(Trip))
    assert [trip.name for trip in trips].count("三月督查") == 1
