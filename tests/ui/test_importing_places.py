"""Importing a spreadsheet of places: what it would do is shown, wrong rows keep all of it out."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from inspector.operations.places import find_hall, halls, windows_of
from inspector.operations.spreadsheets import MAX_ROWS
from tests.ui.hands import carry, click, files_of, let_go, words
from ui.models.import_rows import RowState
from ui.pages.halls import importing as importing_module
from ui.pages.halls.page import HallsPage
from ui.pages.halls.views import IMPORT, REGISTER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Bench

HEAD = "大厅编码,大厅名称,窗口号,窗口名称,楼层,备注\n"
RIGHT = HEAD + "C-07,北苑中心,01,综合受理,1,x\nC-07,,02,=1+1,1,\nB-02,,01,综合窗口,,\nB-02,,02,,,\n"
WRONG = HEAD + "C-07,北苑中心,01,综合,1,\n,,02,x,1,\nC-08,,01,,,\n"


@pytest.fixture
def page(opened: Bench) -> HallsPage:
    found = opened.go("halls")
    assert isinstance(found, HallsPage)
    click(opened, found.bring)
    assert found._views.currentIndex() == IMPORT
    return found


def read(opened: Bench, page: HallsPage, file: Path, data: str | bytes) -> None:
    """Read a file and wait until it is told what becomes of it."""
    file.write_bytes(data.encode("gb18030") if isinstance(data, str) else data)
    page.importing.read(file)
    told(opened, page)


def told(opened: Bench, page: HallsPage) -> None:
    view = page.importing
    opened.qtbot.waitUntil(
        lambda: view._notes.count() > 0 or view._plan is not None, timeout=20_000
    )
    opened.settle()


def test_what_it_would_do_is_shown_and_then_imported(
    opened: Bench, page: HallsPage, tmp_path: Path
) -> None:
    read(opened, page, tmp_path / "places.csv", RIGHT)
    view = page.importing
    counts = [view.model.count(state) for state in RowState]
    assert counts == [0, 3, 1, 2]
    assert "备注" in view._columns.text()
    assert len(opened.ask(halls)) == 2  # nothing is stored yet
    click(opened, view.chips[RowState.CHANGED])
    assert view.model.rowCount() == 1
    assert view.go.text().endswith("4 行")
    click(opened, view.go)
    hall = opened.ask(lambda session: find_hall(session, "C-07"))
    found = opened.ask(lambda session: windows_of(session, hall.id))
    assert [(each.number, each.label) for each in found] == [("01", "综合受理"), ("02", "=1+1")]
    assert page._views.currentIndex() == REGISTER
    assert page.model.rowCount() == 3
    page.undo()
    opened.settle()
    assert page.model.rowCount() == 2


def test_wrong_rows_are_named_and_keep_everything_out(
    opened: Bench, page: HallsPage, tmp_path: Path
) -> None:
    file = tmp_path / "places.csv"
    read(opened, page, file, WRONG)
    view = page.importing
    assert view.model.count(RowState.WRONG) == 2
    rows = [view.model.index(row, 0).data() for row in range(2)]
    assert rows == ["3", "4"]
    assert "编码" in view.whole.text()
    assert not view.go.isEnabled()
    view.store()
    opened.settle()
    assert len(opened.ask(halls)) == 2
    file.write_bytes(RIGHT.encode())
    click(opened, view.again)
    told(opened, page)
    assert view.model.count(RowState.WRONG) == 0
    assert view.go.isEnabled()


def test_what_is_recorded_already_is_said(opened: Bench, page: HallsPage, tmp_path: Path) -> None:
    read(opened, page, tmp_path / "a.csv", "大厅编码,大厅名称\nB-02,开发区便民服务中心\n")
    assert not page.importing.go.isEnabled()
    assert page.importing._notes.count() == 1


def bomb() -> bytes:
    """A workbook that would unpack to far more than it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 210_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"\xff\xfe\x00",
        ("大厅编码\n" + "H\n" * (MAX_ROWS + 2)).encode(),
        "颜色,尺寸\n红,大\n".encode(),
    ],
    ids=["empty", "broken", "legacy", "encoding", "too many rows", "no columns"],
)
def test_a_file_that_is_of_no_use_is_refused_in_words(
    opened: Bench, page: HallsPage, tmp_path: Path, data: bytes
) -> None:
    read(opened, page, tmp_path / "places.csv", data)
    assert page.importing._notes.count() == 1
    assert page.importing.go.isHidden() or not page.importing.go.isEnabled()
    assert page.importing.working.isHidden()
    assert len(opened.ask(halls)) == 2


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    opened: Bench, page: HallsPage, tmp_path: Path
) -> None:
    read(opened, page, tmp_path / "places.xlsx", bomb())
    assert "50" in words(page.importing)


def test_a_file_that_is_gone_is_said(opened: Bench, page: HallsPage, tmp_path: Path) -> None:
    page.importing.read(tmp_path / "gone.csv")
    told(opened, page)
    assert "gone.csv" in words(page.importing)


def test_a_file_is_chosen(
    opened: Bench, page: HallsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "places.csv"
    file.write_text(RIGHT, encoding="utf-8")
    monkeypatch.setattr(importing_module, "chosen_file", lambda *_words: file)
    page.importing._choose()
    told(opened, page)
    assert page.importing.model.rowCount() == 6


def test_a_file_is_dropped_on_the_places(opened: Bench, tmp_path: Path) -> None:
    page = opened.go("halls")
    assert isinstance(page, HallsPage)
    file = tmp_path / "places.csv"
    file.write_text(RIGHT, encoding="utf-8")
    assert not carry(page, files_of(tmp_path / "picture.jpg")).isAccepted()
    assert not page.dropping.target.isVisible()
    assert carry(page, files_of(file)).isAccepted()
    assert page.dropping.target.isVisible()
    let_go(page, files_of(file))
    assert not page.dropping.target.isVisible()
    told(opened, page)
    assert page._views.currentIndex() == IMPORT
    assert page.importing.model.rowCount() == 6


def test_the_rows_keep_the_rules_of_models(opened: Bench, page: HallsPage, tmp_path: Path) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(page.importing.model, fatal)
    read(opened, page, tmp_path / "places.csv", WRONG)
    page.importing.model.narrow(RowState.WRONG)
    assert page.importing.model.rowCount() == 2
    assert tester.model() is page.importing.model
