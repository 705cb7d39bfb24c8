"""The register of findings: by key and by mouse, narrowed, ordered, exported, amended."""

from __future__ import annotations

import csv
import io
from array import array
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from inspector.base.errors import MingchaError
from inspector.base.settings import load_settings, save_settings
from inspector.domain.entities import Finding, Visit
from inspector.domain.quick import QUICK
from inspector.domain.vocabulary import Phase
from inspector.operations.places import windows_of
from inspector.operations.quick import quick_finding
from inspector.operations.recording import get, void
from inspector.operations.registers import FindingColumn, FindingFilter, findings_in_order
from tests.ui.hands import click, press, words
from ui.models.findings import COLUMNS, HALL, STRETCH, FindingsModel
from ui.pages.findings.amend import AmendDialog
from ui.pages.findings.page import FindingsPage
from ui.pages.visit.page import VisitPage

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench


def covert_finding(bench: Bench, office: Office) -> str:
    """Record a finding in the covert visit and return its id."""

    def find(session: Session) -> str:
        window = windows_of(session, office.hall)[4].id
        quick, now = QUICK[0], session.now()
        found = quick_finding(session, office.covert, quick, now, text="空岗", window=window)
        return found.id

    return bench.ask(find)


def shown(bench: Bench, id: str = "", **more: str) -> FindingsPage:
    bench.window.activateWindow()
    bench.qtbot.waitUntil(bench.window.isActiveWindow)
    page = bench.go("findings", id, **more)
    assert isinstance(page, FindingsPage)
    rest(bench, page)
    return page


def rest(bench: Bench, page: FindingsPage) -> None:
    """Wait until the pane shows the finding one stands on."""
    bench.settle()
    current = page._current()
    if current is not None:
        bench.qtbot.waitUntil(
            lambda: (
                page.detail.shown is not None
                and page.detail.shown.row.finding.id == current.finding.id
            )
        )


def cells(page: FindingsPage, by: FindingColumn) -> list[str]:
    column = next(number for number, each in enumerate(COLUMNS) if each.by is by)
    model = page.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_the_model_keeps_the_rules_of_models(opened: Bench) -> None:
    page = shown(opened)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(page.model, fatal)
    page.model.sort(0)
    opened.settle()
    page.filters.windowless.setChecked(True)
    opened.settle()
    assert page.model.rowCount() == 1
    assert tester.model() is page.model


def test_places_are_named_by_code_while_a_covert_part_goes_on(
    opened: Bench, office: Office
) -> None:
    covert_finding(opened, office)
    page = shown(opened)
    assert page.model.rowCount() == 6
    assert cells(page, FindingColumn.HALL) == ["MZ-ZWZX"] * 6
    items = [page.filters.place.itemText(n) for n in range(page.filters.place.count())]
    for text in (*items, words(page.detail)):
        assert "中心" not in text


def test_names_stand_there_again_once_nothing_is_covert(opened: Bench, office: Office) -> None:
    opened.ask(lambda session: void(session, Visit, office.covert, "错"))
    page = shown(opened)
    assert page.model.rowCount() == 5
    assert all("中心" in text for text in cells(page, FindingColumn.HALL))


def test_enter_opens_the_visit_of_the_finding(opened: Bench, office: Office) -> None:
    covert_finding(opened, office)
    page = shown(opened)
    assert page.table.hasFocus()
    press(opened, Qt.Key.Key_Return)
    assert isinstance(opened.window.page, VisitPage)
    assert opened.window.place.id == office.covert
    assert opened.window.place.more["finding"]


def test_one_arrives_at_the_row_of_a_finding_that_a_filter_left_out(
    opened: Bench, office: Office
) -> None:
    wanted = covert_finding(opened, office)
    page = shown(opened)
    page.filters.text.setText("没有")
    opened.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    page = shown(opened, wanted)
    assert page.filters.text.text() == ""
    assert page._current().finding.id == wanted


def test_a_withdrawn_finding_is_said_to_stand_no_more(opened: Bench, office: Office) -> None:
    gone = covert_finding(opened, office)
    opened.ask(lambda session: void(session, Finding, gone, "看错"))
    told: list[str] = []
    opened.desk.said.connect(lambda said: told.append(said.text))
    assert shown(opened, gone).model.rowCount() == 5
    assert len(told) == 1


def test_what_a_visit_lacks_is_shown_alone(opened: Bench, office: Office) -> None:
    covert_finding(opened, office)
    page = shown(opened, office.covert, gap="finding_unsupported")
    assert page.model.rowCount() == 1
    page = shown(opened, office.covert, gap="finding_without_situation")
    assert page.model.rowCount() == 0
    click(opened, page.filters.clear)
    assert page.model.rowCount() == 6


def test_typing_narrows_and_the_empty_list_offers_the_way_back(opened: Bench) -> None:
    page = shown(opened)
    opened.qtbot.keyClick(page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.text.hasFocus()
    press(opened, "不动产")
    opened.qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.filters.text.setText("没有这样的词")
    opened.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert page._stack.currentIndex() == 3
    assert not page.export.button.isEnabled()
    page.filters.reset()
    opened.settle()
    assert page.model.rowCount() == 5


@pytest.mark.parametrize(("period", "left"), [("today", 0), ("week", 5), ("year", 5)])
def test_a_period_narrows(opened: Bench, period: str, left: int) -> None:
    page = shown(opened)
    page.filters.period.setCurrentIndex(page.filters.period.findData(period))
    opened.settle()
    assert page.model.rowCount() == left


def test_days_are_chosen_by_hand(opened: Bench) -> None:
    page = shown(opened)
    page.filters.period.setCurrentIndex(page.filters.period.findData("between"))
    opened.settle()
    assert page.model.rowCount() == 0
    assert not page.filters.since.isHidden()
    page.filters.since.setDate(page.filters.since.date().addDays(-5))
    opened.settle()
    assert page.model.rowCount() == 5


def test_a_press_on_a_heading_orders_and_another_turns_it_round(opened: Bench) -> None:
    page = shown(opened)
    header = page.table.horizontalHeader()
    at = header.sectionViewportPosition(1) + 10

    def press_heading() -> list[str]:
        place = header.viewport().rect().center()
        place.setX(at)
        opened.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        opened.settle()
        return cells(page, FindingColumn.SEEN)

    first, second = press_heading(), press_heading()
    assert first == second[::-1]
    assert sorted(first) in (first, second)
    stood = page._current().finding.id
    page.columns.fill()
    page.columns.down.trigger()
    opened.settle()
    assert page._current().finding.id == stood


def test_columns_are_chosen_and_remembered(opened: Bench, tmp_path: Path) -> None:
    page = shown(opened)
    visit = next(n for n, each in enumerate(COLUMNS) if each.by is FindingColumn.VISIT)
    assert page.table.isColumnHidden(visit)
    page.columns.fill()
    [action] = [each for each in page.columns.menu.actions() if each.text() == "走访"]
    action.trigger()
    assert not page.table.isColumnHidden(visit)
    assert "visit" not in opened.desk.settings.hidden["findings"]
    file = tmp_path / "settings.json"
    save_settings(file, opened.desk.settings)
    assert load_settings(file).settings == opened.desk.settings
    opened.window.rebuild()
    opened.settle()
    assert not opened.window.page.table.isColumnHidden(visit)


def test_the_table_is_exported_as_it_is_narrowed(opened: Bench, tmp_path: Path) -> None:
    page = shown(opened)
    page.filters.windowless.setChecked(True)
    opened.settle()
    target = tmp_path / "问题.csv"
    page.export.write(target)
    opened.settle()
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert row["问题"] == "问题 2"
    assert row["窗口"] == ""
    assert page.export.button.isEnabled()


def test_a_finding_of_an_open_visit_is_amended_by_keys(opened: Bench, office: Office) -> None:
    finding = covert_finding(opened, office)
    page = shown(opened, finding)
    press(opened, Qt.Key.Key_F2)
    [dialog] = page.findChildren(AmendDialog)
    assert dialog.text.hasFocus()
    dialog.text.setPlainText("")
    click(opened, dialog.save)
    assert not dialog.said.isHidden()
    dialog.text.setPlainText("<b>空岗</b> =1+1")
    dialog.severity.setCurrentIndex(3)
    dialog.window_box.setCurrentIndex(0)
    click(opened, dialog.save)
    rest(opened, page)
    found = opened.ask(lambda session: get(session, Finding, finding))
    assert (found.text, found.severity, found.window) == ("<b>空岗</b> =1+1", 4, None)
    assert found.situations == (QUICK[0].situation,)
    assert "<b>空岗</b> =1+1" in words(page.detail)


def test_a_sealed_finding_is_not_amended(opened: Bench, office: Office) -> None:
    page = shown(opened)
    assert page._current().phase is Phase.SEALED
    press(opened, Qt.Key.Key_F2)
    assert page.findChildren(AmendDialog) == []
    assert page.detail.amend.isHidden()


def test_a_failure_stands_where_the_table_would(opened: Bench) -> None:
    page = shown(opened)
    page._fail(MingchaError("disk_error", detail="x"))
    assert page._stack.currentIndex() == 4
    page._read()
    opened.settle()
    assert page._stack.currentIndex() == 1


def test_only_the_stretches_in_sight_are_read(opened: Bench) -> None:
    model = FindingsModel(opened.desk)
    asked: list[list[int]] = []
    model.missed.connect(asked.append)
    model.take(array("q", range(100_000)))
    assert model.rowCount() == 100_000
    for row in (0, 1, 99_999):
        assert model.index(row, HALL).data() is None
    opened.qtbot.waitUntil(lambda: bool(asked))
    assert asked == [[0, 99_999 // STRETCH]]


def test_a_stretch_that_arrives_meanwhile_is_not_read_again(opened: Bench) -> None:
    model = FindingsModel(opened.desk)
    asked: list[list[int]] = []
    model.missed.connect(asked.append)
    model.take(array("q", range(100_000)))
    for row in (0, 99_999):
        assert model.index(row, HALL).data() is None
    model.show(0, {})
    opened.qtbot.waitUntil(lambda: bool(asked))
    assert asked == [[99_999 // STRETCH]]


def test_rows_that_went_out_of_sight_keep_nobody_waiting(opened: Bench) -> None:
    page = shown(opened)
    held = Event()
    opened.desk.read(opened.window, lambda _session: held.wait(), lambda _none: None)
    try:
        page.model.take(array("q", range(100_000)))
        passed = []
        for part in (4, 2, 1):
            bar = page.table.verticalScrollBar()
            bar.setValue(bar.maximum() // part)
            wanted = {row // STRETCH for row in page.table.in_sight}
            page.table.viewport().repaint()
            opened.qtbot.waitUntil(lambda wanted=wanted: wanted <= page._stretches.keys())
            passed.append(dict(page._stretches))
        assert all(job.stopped.is_set() for each in passed[:2] for job in each.values())
        assert not any(job.stopped.is_set() for job in page._stretches.values())
    finally:
        held.set()
    opened.settle()


def test_what_is_shown_follows_the_record(opened: Bench, office: Office) -> None:
    page = shown(opened)
    assert page.model.rowCount() == 5
    stood = page._current().finding.id
    covert_finding(opened, office)
    opened.qtbot.waitUntil(lambda: page.model.rowCount() == 6)
    rest(opened, page)
    assert page._current().finding.id == stood
    wanted = opened.ask(lambda session: findings_in_order(session, FindingFilter()))
    assert page.model.places == wanted
