"""Dossiers: real pages before, files after, drafts named with whom to call, one can stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton

from inspector.base.i18n import translator
from inspector.domain.entities import AuditEntry
from inspector.domain.vocabulary import EventKind
from inspector.operations.visits import note_event
from ui.pages.dossiers.choices import ChoiceModel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.dossiers.page import DossiersPage

LONG_MS = 60_000


@pytest.fixture
def page(opened: Bench, office: Office, tmp_path: Path) -> DossiersPage:
    page = opened.go("dossiers", office.sealed)
    out = tmp_path / "out"
    out.mkdir()
    page.options.set_folder(out)
    # The pages are made anew after each choice; what is pressed before that would be for the old.
    opened.settle()
    return page


def uncover(opened: Bench, page: DossiersPage) -> None:
    """Ask for the pages while a covert part goes on, as it does in this office."""
    opened.qtbot.waitUntil(page.preview.uncover.isVisible)
    opened.qtbot.keyClick(page.preview.uncover.focusProxy(), Qt.Key.Key_Space)


def exported(opened: Bench, page: DossiersPage) -> list[Path]:
    opened.qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    opened.qtbot.waitUntil(lambda: page.run is None, timeout=LONG_MS)
    opened.settle()
    return sorted(page.options.folder.iterdir())


def test_the_named_visit_is_ticked_and_its_real_pages_are_shown(
    opened: Bench, page: DossiersPage, office: Office
) -> None:
    assert [each.visit.id for each in page.model.chosen] == [office.sealed]
    uncover(opened, page)
    with opened.qtbot.waitSignal(page.preview.turned, timeout=LONG_MS) as turned:
        pass
    assert turned.args[0] == 1
    with opened.qtbot.waitSignal(page.preview.turned, timeout=LONG_MS) as turned:
        opened.qtbot.keyClick(page.preview, Qt.Key.Key_Right)
    assert turned.args[0] == 2
    assert opened.ask(lambda session: session.store.select(AuditEntry, "visit = ?", office.sealed))


def test_pages_are_chosen_from_small_ones_and_shown_whole(
    opened: Bench, page: DossiersPage
) -> None:
    uncover(opened, page)
    preview = page.preview
    opened.qtbot.waitUntil(lambda: preview.is_shown, timeout=LONG_MS)
    strip = preview.strip
    assert strip.pages.rowCount() > 2
    opened.qtbot.waitUntil(lambda: strip.pages.is_drawn(1), timeout=LONG_MS)
    with opened.qtbot.waitSignal(preview.turned, timeout=LONG_MS) as turned:
        opened.qtbot.keyClick(strip, Qt.Key.Key_Down)
    assert turned.args[0] == 2
    with opened.qtbot.waitSignal(preview.turned, timeout=LONG_MS):
        opened.qtbot.keyClick(preview, Qt.Key.Key_Right)
    assert strip.currentIndex().row() == 2
    with opened.qtbot.waitSignal(preview.turned, timeout=LONG_MS):
        opened.qtbot.mouseClick(preview.whole, Qt.MouseButton.LeftButton)
    room = preview._area.viewport().height()
    assert preview._page.pixmap().deviceIndependentSize().height() <= room
    assert strip.accessibleName() == "页面"


def test_while_a_covert_part_goes_on_pages_are_shown_by_a_press_only(
    opened: Bench, page: DossiersPage, office: Office
) -> None:
    opened.qtbot.waitUntil(page.preview.uncover.isVisible)
    assert not page._rest.isActive()
    opened.settle()
    assert not page.preview.is_shown
    uncover(opened, page)
    opened.qtbot.waitUntil(lambda: page.preview.is_shown, timeout=LONG_MS)
    assert page.preview.hasFocus()
    # What is recorded meanwhile covers nothing that somebody is looking at …
    opened.ask(lambda session: note_event(session, office.covert, EventKind.NOTE, session.now()))
    opened.settle()
    opened.qtbot.waitUntil(lambda: page.preview.is_shown, timeout=LONG_MS)
    # … but leaving does, and another visit of the list is covered from the beginning.
    opened.go("home")
    opened.go("dossiers", office.sealed)
    opened.qtbot.waitUntil(page.preview.uncover.isVisible)
    assert not page.preview.is_shown


def test_an_export_writes_codes_only_and_is_recorded(
    opened: Bench, page: DossiersPage, office: Office
) -> None:
    before = opened.ask(lambda s: len(s.store.select(AuditEntry, "visit = ?", office.sealed)))
    page.options.index.setChecked(True)
    page.options.merged.setChecked(True)
    files = exported(opened, page)
    dossier, index, volume = files
    assert (index.name, volume.name) == ("index.pdf", "volume.pdf")
    assert dossier.name.isascii()
    pages = {}
    for path in files:
        with pypdfium2.PdfDocument(path) as document:
            pages[path.name] = len(document)
    assert pages[volume.name] == pages[dossier.name] + pages[index.name]
    after = opened.ask(lambda s: len(s.store.select(AuditEntry, "visit = ?", office.sealed)))
    assert after == before + 1


def test_the_keys_go_from_the_export_to_what_it_made(opened: Bench, page: DossiersPage) -> None:
    page.go.setFocus()
    opened.qtbot.keyClick(page.go, Qt.Key.Key_Space)
    assert page._stop.hasFocus()
    opened.qtbot.waitUntil(lambda: page.run is None, timeout=LONG_MS)
    opened.settle()
    held = page.window().focusWidget()
    assert isinstance(held, QPushButton)
    assert held.text() == "打开文件夹"


def test_a_second_export_overwrites_nothing(opened: Bench, page: DossiersPage) -> None:
    first = exported(opened, page)
    assert len(exported(opened, page)) == len(first) + 1


def test_an_open_visit_is_named_a_draft_with_whom_to_call(
    opened: Bench, page: DossiersPage, office: Office
) -> None:
    page.model.tick([office.covert])
    opened.settle()
    said = "\n".join(each.text() for each in page.findChildren(QLabel))
    assert "只能导出草稿" in said
    assert "请联系：林岚" in said


def test_ticks_follow_the_space_bar(opened: Bench, page: DossiersPage) -> None:
    before = len(page.model.chosen)
    page.list.setCurrentIndex(page.model.index(0))
    opened.qtbot.keyClick(page.list, Qt.Key.Key_Space)
    assert abs(len(page.model.chosen) - before) == 1


def test_stopping_leaves_no_half_file(opened: Bench, page: DossiersPage, office: Office) -> None:
    page.model.tick([office.sealed, office.covert, office.prepared])
    opened.qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    page.run.stop()
    opened.qtbot.waitUntil(lambda: page.run is None, timeout=LONG_MS)
    assert [path.name for path in page.options.folder.iterdir() if path.suffix != ".pdf"] == []


def test_a_pattern_that_makes_no_name_stops_the_export(opened: Bench, page: DossiersPage) -> None:
    page.options.pattern.setText("{secret}")
    assert not page.go.isEnabled()
    assert "没有导出" in page.options.wrong.text()


def test_a_folder_that_is_gone_is_said(opened: Bench, page: DossiersPage) -> None:
    page.options.folder.rmdir()
    page.options.folder.write_bytes(b"no folder")
    opened.qtbot.mouseClick(page.go, Qt.MouseButton.LeftButton)
    opened.qtbot.waitUntil(lambda: page.run is None, timeout=LONG_MS)
    said = "\n".join(each.text() for each in page.findChildren(QLabel))
    assert "无法写入" in said
    state = page.model.data(page.model.index(page.model.rowCount() - 1), ChoiceModel.STATE)
    assert state.word == "未导出"


def test_the_list_keeps_the_rules_of_models(opened: Bench, page: DossiersPage) -> None:
    model = ChoiceModel(translator("zh"))
    tester = QAbstractItemModelTester(model)
    model.show(page.model.chosen)
    model.tick([page.model.chosen[0].visit.id])
    model.show(())
    assert tester.model() is model


def test_an_export_goes_on_when_the_page_is_made_anew(
    opened: Bench, page: DossiersPage, tmp_path: Path
) -> None:
    said: list[str] = []
    opened.desk.said.connect(lambda each: said.append(each.text))
    page.export()
    opened.window.rebuild()
    opened.qtbot.waitUntil(lambda: bool(said), timeout=LONG_MS)
    opened.settle()
    assert "1" in said[-1]
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1
