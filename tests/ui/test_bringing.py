"""Bringing photographs in: offered, chosen by key or by mouse, stored only then."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester

from inspector.base.paths import Workspace
from inspector.domain.vocabulary import EvidenceRoute, TimeSource
from inspector.operations.evidence import check_clock, evidence_of_visit
from inspector.operations.offering import around
from inspector.operations.visits import begin_overt
from tests.support.jpegs import write_jpeg
from tests.ui.bringing_steps import LONG_MS, rest, said, states, stored
from tests.ui.hands import carry, let_go
from ui.pages.evidence.bring import BringDialog, bring_in, bring_pasted
from ui.pages.evidence.offered import OfferedModel
from ui.pages.evidence.watching import FolderWatch

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.visit.page import VisitPage


def test_files_are_offered_and_only_those_of_the_visit_are_ticked(
    opened: Bench, dialog: BringDialog, office: Office, card: Path
) -> None:
    QAbstractItemModelTester(dialog.model)
    dialog.offer((card,))
    rest(opened, dialog)
    assert states(dialog) == {
        "in0.jpg": "走访期间",
        "in1.jpg": "走访期间",
        "in2.jpg": "走访期间",
        "old.jpg": "走访前 5 天",
        "broken.jpg": "读不出来",
    }
    assert [each.file.name for each in dialog.model.chosen] == ["in0.jpg", "in1.jpg", "in2.jpg"]
    assert stored(opened, office) == {}


def test_space_takes_a_tick_away_and_the_rest_is_stored_by_the_keyboard(
    opened: Bench, dialog: BringDialog, office: Office, card: Path
) -> None:
    dialog.offer((card,))
    rest(opened, dialog)
    view = dialog.card.list
    names = list(states(dialog))
    view.setCurrentIndex(dialog.model.index(names.index("in1.jpg")))
    opened.qtbot.keyClick(view, Qt.Key.Key_Space)
    view.setCurrentIndex(dialog.model.index(names.index("broken.jpg")))
    opened.qtbot.keyClick(view, Qt.Key.Key_Space)
    opened.qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rest(opened, dialog)
    assert stored(opened, office) == dict.fromkeys(("in0.jpg", "in2.jpg"), EvidenceRoute.IMPORT)
    assert "2 个文件已入库" in said(dialog)
    assert states(dialog)["in0.jpg"] == "已存入"
    assert dialog.model.chosen == ()
    opened.qtbot.waitUntil(dialog.foot.close_button.hasFocus)  # Enter ends what is done


def test_the_mouse_ticks_at_the_box_and_stores(
    opened: Bench, dialog: BringDialog, office: Office, card: Path
) -> None:
    dialog.offer((card,))
    rest(opened, dialog)
    view, names = dialog.card.list, list(states(dialog))
    old = view.visualRect(dialog.model.index(names.index("old.jpg")))
    box = QPoint(old.left() + 20, old.center().y())
    opened.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert len(dialog.model.chosen) == 4
    opened.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=old.center())
    assert len(dialog.model.chosen) == 4
    opened.qtbot.mouseClick(dialog.card.none, Qt.MouseButton.LeftButton)
    assert not dialog.foot.store.isEnabled()
    opened.qtbot.mouseClick(dialog.card.all, Qt.MouseButton.LeftButton)
    assert len(dialog.model.chosen) == 4
    opened.qtbot.mouseClick(dialog.card.within, Qt.MouseButton.LeftButton)
    opened.qtbot.mouseClick(dialog.foot.store, Qt.MouseButton.LeftButton)
    rest(opened, dialog)
    assert set(stored(opened, office)) == {"in0.jpg", "in1.jpg", "in2.jpg"}


def test_a_card_pulled_out_is_said_and_the_rest_can_be_stored_later(
    opened: Bench, dialog: BringDialog, office: Office, card: Path, tmp_path: Path
) -> None:
    dialog.offer((card,), EvidenceRoute.CARD)
    rest(opened, dialog)
    shutil.move(card / "in1.jpg", tmp_path / "in1.jpg")
    dialog.store()
    rest(opened, dialog)
    assert set(stored(opened, office)) == {"in0.jpg", "in2.jpg"}
    assert "1 个文件读不出来" in said(dialog)
    assert "其余 2 个已入库" in said(dialog)
    assert "in1.jpg" in said(dialog)
    assert [each.file.name for each in dialog.model.chosen] == ["in1.jpg"]
    shutil.move(tmp_path / "in1.jpg", card / "in1.jpg")
    dialog.store()
    rest(opened, dialog)
    assert stored(opened, office)["in1.jpg"] is EvidenceRoute.CARD


def test_a_damaged_photograph_is_stored_and_said_to_be_so(
    opened: Bench, dialog: BringDialog, office: Office, tmp_path: Path
) -> None:
    whole = write_jpeg(tmp_path / "a.jpg", taken="2026:03:06 09:41:00", size=(900, 600))
    half = tmp_path / "half.jpg"
    half.write_bytes(whole.read_bytes()[:-900])
    dialog.offer((half,))
    rest(opened, dialog)
    dialog.store()
    rest(opened, dialog)
    assert states(dialog) == {"half.jpg": "已存入，图片有损坏"}
    assert set(stored(opened, office)) == {"half.jpg"}


def test_without_room_nothing_is_stored_and_it_is_said_why(
    opened: Bench, dialog: BringDialog, office: Office, card: Path
) -> None:
    found = opened.ask(lambda session: around(session, office.covert))
    dialog.foot.show_chosen(3, 5 << 20, replace(found, free=1 << 20), busy=False)
    assert not dialog.foot.store.isEnabled()
    assert dialog.foot.count.text() == "已勾选 5.0 MB，只能再存 1.0 MB：请少选一些，或腾出空间"
    dialog.foot.show_chosen(3, 5 << 20, replace(found, free=6 << 20), busy=False)
    assert dialog.foot.store.isEnabled()


def test_looking_can_be_stopped_and_another_folder_comes_after_it(
    opened: Bench, dialog: BringDialog, card: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"
    for number in range(200):
        write_jpeg(many / f"{number:03}.jpg", tint=number, size=(8, 8 + number))
    dialog.offer((many,))
    dialog.offer((card / "old.jpg",))
    opened.qtbot.waitUntil(lambda: dialog.model.total > 0, timeout=LONG_MS)
    opened.qtbot.mouseClick(dialog.working._stop, Qt.MouseButton.LeftButton)
    rest(opened, dialog)
    assert "old.jpg" in states(dialog)
    assert dialog.model.total < 201


def test_what_is_dropped_is_offered_and_stays_where_it_was(
    opened: Bench, dialog: BringDialog, card: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(card / "in0.jpg")), QUrl("http://example.invalid/x.jpg")])
    assert carry(dialog, data).isAccepted()
    drop = let_go(dialog, data)
    rest(opened, dialog)
    assert drop.dropAction() is Qt.DropAction.CopyAction
    assert list(states(dialog)) == ["in0.jpg"]
    assert (card / "in0.jpg").exists()


def test_a_pasted_picture_waits_and_says_that_it_has_no_time(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    dialog = bring_pasted(opened.desk, page, office.covert)
    opened.qtbot.waitUntil(lambda: dialog.model.total == 1, timeout=LONG_MS)
    rest(opened, dialog)
    [(name, state)] = states(dialog).items()
    assert name.startswith("pasted-2")
    assert state == "没有拍摄时间"
    assert "没有拍摄时间" in said(dialog)
    incoming = Workspace(office.root).incoming
    assert len(list(incoming.rglob("*.png"))) == 1
    opened.qtbot.mouseClick(dialog.card.all, Qt.MouseButton.LeftButton)
    dialog.store()
    rest(opened, dialog)
    assert list(stored(opened, office).values()) == [EvidenceRoute.PASTE]
    assert list(incoming.rglob("*.png")) == []
    QGuiApplication.clipboard().clear()
    dialog.paste()
    opened.settle()
    assert "剪贴板上没有图片" in said(dialog)
    dialog.close()


def test_copied_files_are_pasted_as_files(opened: Bench, dialog: BringDialog, card: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(card / "in2.jpg"))])
    QGuiApplication.clipboard().setMimeData(data)
    opened.qtbot.mouseClick(dialog.ways.buttons["paste"], Qt.MouseButton.LeftButton)
    rest(opened, dialog)
    assert list(states(dialog)) == ["in2.jpg"]
    QGuiApplication.clipboard().clear()


def test_new_files_in_the_watched_folder_are_counted_and_offered_when_asked(
    opened: Bench, dialog: BringDialog, office: Office, tmp_path: Path, card: Path
) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    write_jpeg(folder / "before.jpg")
    opened.qtbot.mouseClick(dialog.ways.buttons["watch"], Qt.MouseButton.LeftButton)
    dialog.panels.watch.set_folder(folder)
    assert opened.desk.settings.watched_for(office.root) == folder
    watched = dialog.panels.watch
    opened.qtbot.waitUntil(lambda: watched.watch.looked, timeout=LONG_MS)
    shutil.copy(card / "in0.jpg", folder)
    for _twice in range(2):
        watched.look()
        opened.qtbot.waitUntil(lambda: not watched.is_looking, timeout=LONG_MS)
    assert dialog.ways.buttons["watch"].text().endswith("· 1")
    assert dialog.model.total == 0
    opened.qtbot.mouseClick(dialog.panels.watched.fresh, Qt.MouseButton.LeftButton)
    rest(opened, dialog)
    assert list(states(dialog)) == ["in0.jpg"]
    assert dialog.model.index(0).data(OfferedModel.OFFERED).route is EvidenceRoute.WATCHED
    assert watched.fresh == ()
    opened.qtbot.mouseClick(dialog.panels.watched.off, Qt.MouseButton.LeftButton)
    assert opened.desk.settings.watched_for(office.root) is None


def test_a_page_counts_what_is_new_and_offers_just_that(
    opened: Bench, page: VisitPage, office: Office, tmp_path: Path, card: Path
) -> None:
    folder = tmp_path / "phone"
    folder.mkdir()
    write_jpeg(folder / "before.jpg")
    made = page.tray.fresh
    [watched] = opened.desk.findChildren(FolderWatch)
    assert watched.folder is None
    # Chosen elsewhere, such as in the window for bringing in.
    opened.desk.prefer(opened.desk.settings.watching(office.root, folder))
    assert watched.folder == folder
    opened.qtbot.waitUntil(lambda: watched.watch.looked, timeout=LONG_MS)
    assert made.isHidden()
    shutil.copy(card / "in0.jpg", folder)
    for _twice in range(2):
        watched.look()
        opened.qtbot.waitUntil(lambda: not watched.is_looking, timeout=LONG_MS)
    assert made.text() == "文件夹中新增 1 个"
    assert not made.isHidden()
    opened.qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    [dialog] = opened.window.findChildren(BringDialog)
    rest(opened, dialog)
    assert list(states(dialog)) == ["in0.jpg"]
    assert dialog.model.index(0).data(OfferedModel.OFFERED).route is EvidenceRoute.WATCHED
    assert made.isHidden()
    dialog.close()
    opened.desk.prefer(opened.desk.settings.watching(office.root, None))
    assert watched.folder is None


def test_all_pages_share_one_watch(
    opened: Bench, page: VisitPage, office: Office, tmp_path: Path, card: Path, dialog: BringDialog
) -> None:
    opened.go("evidence", office.covert)
    folder = tmp_path / "phone"
    folder.mkdir()
    opened.desk.prefer(opened.desk.settings.watching(office.root, folder))
    [watched] = opened.desk.findChildren(FolderWatch)
    assert dialog.panels.watch is watched
    opened.qtbot.waitUntil(lambda: watched.watch.looked, timeout=LONG_MS)
    shutil.copy(card / "in0.jpg", folder)
    for _twice in range(2):
        watched.look()
        opened.qtbot.waitUntil(lambda: not watched.is_looking, timeout=LONG_MS)
    assert dialog.ways.buttons["watch"].text().endswith("· 1")
    assert page.tray.fresh.text() == "文件夹中新增 1 个"
    # What one of them takes is new nowhere, and a page that is gone is told no more.
    page.deleteLater()
    opened.settle()
    watched.take()
    assert not dialog.ways.buttons["watch"].text().endswith("· 1")


def test_a_sealed_visit_takes_nothing(opened: Bench, office: Office) -> None:
    page = opened.go("visit", office.sealed)
    dialog = bring_in(opened.desk, page, office.sealed)
    opened.settle()
    assert "已封存" in said(dialog)
    assert not dialog.ways.isEnabled()
    dialog.close()


def test_while_covert_the_window_is_neutral_and_shows_no_picture(
    opened: Bench, page: VisitPage, office: Office, dialog: BringDialog, card: Path
) -> None:
    dialog.offer((card,))
    rest(opened, dialog)
    assert dialog.windowTitle() == "文件"
    assert not dialog.card.pictures.isChecked()
    assert dialog.shelf.held == 0
    assert dialog.head.provided.isHidden()
    dialog.close()
    opened.settle()
    members = [office.me, office.other]
    opened.ask(
        lambda session: begin_overt(
            session, office.covert, session.now(), dict.fromkeys(members, "督查证"), to_whom="主任"
        )
    )
    overt = bring_in(opened.desk, page, office.covert, (card,))
    rest(opened, overt)
    assert overt.windowTitle() == "导入照片"
    opened.qtbot.waitUntil(lambda: overt.shelf.held > 0, timeout=LONG_MS)
    overt.close()


def test_photographs_of_another_visit_are_not_shown_either_while_covert(
    opened: Bench, page: VisitPage, office: Office, card: Path
) -> None:
    other = bring_in(opened.desk, page, office.prepared, (card,))
    rest(opened, other)
    assert other.windowTitle() == "文件"
    assert not other.card.pictures.isChecked()
    assert other.shelf.held == 0
    other.close()


def test_escape_leaves_the_window_open_and_asking_again_comes_back_to_it(
    opened: Bench, page: VisitPage, office: Office, dialog: BringDialog, card: Path
) -> None:
    opened.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert bring_in(opened.desk, page, office.covert, (card / "in0.jpg",)) is dialog
    rest(opened, dialog)
    assert dialog.model.total == 1


def test_who_took_them_decides_with_the_measured_clock(
    opened: Bench, dialog: BringDialog, office: Office, card: Path, tmp_path: Path
) -> None:
    dialog.offer((card / "in0.jpg",))
    rest(opened, dialog)
    dialog.store()
    rest(opened, dialog)

    def measure(session: Session) -> None:
        [item] = evidence_of_visit(session, office.covert)
        seen = replace(session.now(), source=TimeSource.NOTE)
        check_clock(session, item.id, item.camera_ms + 3_600_000, seen)

    early = write_jpeg(tmp_path / "early.jpg", taken="2026:03:06 08:45:00", tint=7)
    dialog.offer((early,))
    rest(opened, dialog)
    assert states(dialog)["early.jpg"] == "走访前 45 分钟"
    opened.ask(measure)
    opened.settle()
    assert states(dialog)["early.jpg"] == "走访期间"
    other = dialog.head.taker.findData(office.other)
    dialog.head.taker.setCurrentIndex(other)
    assert states(dialog)["early.jpg"] == "走访前 45 分钟"
