"""Pictures taken with this computer's camera: offered, never stored by themselves, soon let go."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.domain.entities import Visit
from inspector.domain.vocabulary import EvidenceRoute, TimeSource
from inspector.operations.evidence import evidence_of_visit
from inspector.operations.incoming import keep_taken, taken_before
from inspector.operations.recording import void
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.visits import begin_overt
from tests.support.cameras import TWO, FakeCameras, drawn
from tests.ui.bringing_steps import LONG_MS, answered, rest, said, states, stored
from ui.frame.cover import Cover
from ui.pages.evidence.bring import bring_in
from ui.widgets.camera_view import jpeg_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.pages.evidence.bring import BringDialog
    from ui.pages.visit.page import VisitPage


@pytest.fixture
def cameras() -> FakeCameras:
    return FakeCameras(*TWO)


def unfold(opened: Bench, dialog: BringDialog, cameras: FakeCameras) -> None:
    """Unfold the panel of the camera as a hand does."""
    dialog.panels.camera.cameras = cameras
    opened.qtbot.mouseClick(dialog.ways.buttons["camera"], Qt.MouseButton.LeftButton)
    opened.qtbot.waitUntil(dialog.panels.camera.again.isEnabled, timeout=LONG_MS)


@pytest.fixture
def lit(opened: Bench, dialog: BringDialog, cameras: FakeCameras) -> BringDialog:
    """The first camera is on and has given a frame."""
    unfold(opened, dialog, cameras)
    assert cameras.lit == []
    opened.qtbot.mouseClick(dialog.panels.camera.start, Qt.MouseButton.LeftButton)
    cameras.opened[-1].send()
    return dialog


def take(opened: Bench, dialog: BringDialog, total: int) -> None:
    opened.qtbot.keyClick(dialog.panels.camera.shoot, Qt.Key.Key_Space)
    opened.qtbot.waitUntil(lambda: dialog.model.total == total, timeout=LONG_MS)
    rest(opened, dialog)


def made_ready(opened: Bench) -> None:
    """Wait for what is made apart from the windows, such as the picture that is looked at."""
    done: list[None] = []
    opened.desk.papers.run(opened.window, lambda _progress: None, done.append)
    opened.qtbot.waitUntil(lambda: bool(done), timeout=LONG_MS)


def test_a_picture_is_offered_with_the_time_of_the_press_and_stored_only_then(
    opened: Bench, lit: BringDialog, cameras: FakeCameras, office: Office
) -> None:
    before = opened.ask(lambda session: session.now().start)
    take(opened, lit, 1)
    cameras.opened[-1].send()
    take(opened, lit, 2)
    after = opened.ask(lambda session: session.now().start)
    assert set(states(lit).values()) == {"走访期间"}
    assert stored(opened, office) == {}
    waiting = [each.file.path for each in lit.model.chosen]
    bytes_ = [each.read_bytes() for each in waiting]
    # By the clock of the place, as everything else.
    assert all(each.name.startswith("camera-202603") for each in waiting)
    assert all(each.startswith(b"\xff\xd8") for each in bytes_)
    lit.store()
    rest(opened, lit)
    kept = opened.ask(lambda session: evidence_of_visit(session, office.covert))
    assert [each.route for each in kept] == [EvidenceRoute.CAMERA] * 2
    assert [each.time_source for each in kept] == [TimeSource.LIVE] * 2
    assert all(before <= each.observed_from <= after for each in kept)
    originals = opened.ask(lambda session: [session.blobs.read(each.sha256) for each in kept])
    assert originals == bytes_
    assert not any(each.exists() for each in waiting)
    incoming = Workspace(office.root).incoming
    assert [each for each in incoming.rglob("*") if each.is_file()] == []


def test_one_frame_is_taken_once_however_often_it_is_pressed(
    opened: Bench, lit: BringDialog, cameras: FakeCameras
) -> None:
    take(opened, lit, 1)
    opened.qtbot.keyClick(lit.panels.camera.shoot, Qt.Key.Key_Space)
    opened.settle()
    cameras.opened[-1].send()
    take(opened, lit, 2)
    assert "已拍 2" in lit.panels.camera.said.text()


def test_what_was_taken_and_not_stored_is_offered_again_after_the_program_ended(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    now = opened.ask(lambda session: session.now().start)
    assert now is not None
    keep_taken(office.root, office.covert, now, jpeg_of(drawn(5)), "camera-1.jpg")
    keep_taken(office.root, office.prepared, now, jpeg_of(drawn(6)), "camera-2.jpg")
    dialog = bring_in(opened.desk, page, office.covert)
    opened.qtbot.waitUntil(lambda: dialog.model.total == 1, timeout=LONG_MS)
    rest(opened, dialog)
    assert states(dialog) == {"camera-1.jpg": "走访期间"}
    assert "再次列出" in said(dialog)
    dialog.store()
    rest(opened, dialog)
    [kept] = opened.ask(lambda session: evidence_of_visit(session, office.covert))
    assert (kept.time_source, kept.observed_from) == (TimeSource.LIVE, now)
    assert taken_before(office.root, office.covert) == ()
    assert len(taken_before(office.root, office.prepared)) == 1
    dialog.close()


def test_what_was_taken_is_kept_when_the_visit_is_sealed_meanwhile(
    opened: Bench, lit: BringDialog, office: Office
) -> None:
    take(opened, lit, 1)

    opened.ask(lambda session: seal(session, office.covert))
    opened.settle()
    assert "补充记录" in said(lit)
    assert "1 张" in said(lit)
    lit.close()
    opened.settle()
    made_ready(opened)
    assert len(taken_before(office.root, office.covert)) == 1


def test_what_was_taken_is_kept_when_the_visit_is_withdrawn(
    opened: Bench, lit: BringDialog, office: Office
) -> None:
    take(opened, lit, 1)
    opened.ask(lambda session: void(session, Visit, office.covert, "wrong hall"))
    opened.qtbot.waitUntil(lambda: "保留在本工作区" in said(lit), timeout=LONG_MS)
    lit.close()
    opened.settle()
    made_ready(opened)
    assert len(taken_before(office.root, office.covert)) == 1


def test_a_supplement_offers_what_was_taken_before_the_seal(
    opened: Bench, page: VisitPage, office: Office
) -> None:
    now = opened.ask(lambda session: session.now().start)
    assert now is not None
    keep_taken(office.root, office.sealed, now, jpeg_of(drawn(5)), "camera-1.jpg")
    after = opened.ask(lambda session: start_supplement(session, office.sealed, "补照片").id)
    dialog = bring_in(opened.desk, page, after)
    opened.qtbot.waitUntil(lambda: dialog.model.total == 1, timeout=LONG_MS)
    rest(opened, dialog)
    assert list(states(dialog)) == ["camera-1.jpg"]
    opened.qtbot.waitUntil(lambda: "再次列出" in said(dialog))
    QTimer.singleShot(0, partial(answered, QDialog.DialogCode.Accepted))
    dialog.close()


def test_the_time_is_that_of_the_press_however_busy_the_worker_is(
    opened: Bench, lit: BringDialog
) -> None:
    opened.settle()
    begun, go = Event(), Event()

    def work(_session: Session) -> None:
        begun.set()
        go.wait(LONG_MS / 1000)

    opened.desk.read(lit, work, lambda _none: None)
    begun.wait(LONG_MS / 1000)
    opened.qtbot.keyClick(lit.panels.camera.shoot, Qt.Key.Key_Space)
    opened.clock.advance(minutes=5)
    pressed = opened.clock.read().ms - 5 * 60_000
    go.set()
    opened.qtbot.waitUntil(lambda: lit.model.total == 1, timeout=LONG_MS)
    rest(opened, lit)
    [offered] = lit.model.chosen
    assert offered.live_ms is not None
    assert offered.live_ms <= pressed


def test_a_picture_that_cannot_be_made_is_told_and_can_be_taken_again(
    opened: Bench, lit: BringDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(QImage, "save", lambda *_args: False)
        opened.qtbot.keyClick(lit.panels.camera.shoot, Qt.Key.Key_Space)
        opened.qtbot.waitUntil(lambda: "没有给出" in said(lit), timeout=LONG_MS)
    assert lit.model.total == 0
    take(opened, lit, 1)


def test_another_camera_can_be_chosen(
    opened: Bench, dialog: BringDialog, cameras: FakeCameras
) -> None:
    unfold(opened, dialog, cameras)
    panel = dialog.panels.camera
    assert [panel.choice.itemText(row) for row in range(2)] == [each.name for each in TWO]
    opened.qtbot.keyClick(panel.choice, Qt.Key.Key_Down)
    opened.qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert cameras.lit == ["usb"]
    assert not panel.choice.isEnabled()
    opened.qtbot.mouseClick(panel.halt, Qt.MouseButton.LeftButton)
    assert cameras.lit == []
    assert panel.choice.isEnabled()


def _fold(opened: Bench, dialog: BringDialog) -> None:
    opened.qtbot.mouseClick(dialog.ways.buttons["camera"], Qt.MouseButton.LeftButton)


def _go_elsewhere(opened: Bench, dialog: BringDialog) -> None:
    opened.qtbot.mouseClick(dialog.ways.buttons["card"], Qt.MouseButton.LeftButton)


def _put_away(_opened: Bench, dialog: BringDialog) -> None:
    # As the window system does it when a window is put away.
    dialog.setWindowState(Qt.WindowState.WindowMinimized)
    dialog.hide()


def _close(_opened: Bench, dialog: BringDialog) -> None:
    dialog.close()


def _end(opened: Bench, _dialog: BringDialog) -> None:
    opened.desk.closing.emit()


LEAVING = (_fold, _go_elsewhere, _put_away, _close, _end)


@pytest.mark.parametrize("leave", LEAVING, ids=lambda each: each.__name__.strip("_"))
def test_however_it_is_left_the_camera_is_let_go(
    opened: Bench,
    lit: BringDialog,
    cameras: FakeCameras,
    leave: Callable[[Bench, BringDialog], None],
) -> None:
    assert cameras.lit == ["front"]
    leave(opened, lit)
    assert cameras.lit == []
    opened.settle()


def test_hidden_under_the_notes_the_camera_is_let_go_and_stays_off(
    opened: Bench, lit: BringDialog, cameras: FakeCameras
) -> None:
    cover = Cover(opened.desk, opened.window)
    cover.hide_view()
    assert cameras.lit == []
    cover.ask_back()
    assert not cover.is_hidden
    assert cameras.lit == []
    assert lit.panels.camera.start.isVisible()


def test_a_visit_that_ends_lets_the_camera_go(
    opened: Bench, lit: BringDialog, cameras: FakeCameras, office: Office
) -> None:
    opened.ask(lambda session: void(session, Visit, office.covert, "wrong hall"))
    opened.qtbot.waitUntil(lambda: cameras.lit == [], timeout=LONG_MS)
    assert "已作废" in said(lit)


def test_while_covert_nothing_is_shown_until_somebody_asks(
    opened: Bench, lit: BringDialog, cameras: FakeCameras
) -> None:
    panel = lit.panels.camera
    assert panel.shoot.text() == "取一张"
    made_ready(opened)
    assert panel.preview.image is None
    assert "已遮住" in panel.preview.words
    lit.card.pictures.setChecked(True)
    cameras.opened[-1].send()
    opened.qtbot.waitUntil(lambda: panel.preview.image is not None, timeout=LONG_MS)
    lit.card.pictures.setChecked(False)
    cameras.opened[-1].send()
    made_ready(opened)
    assert panel.preview.image is None


def test_in_the_open_the_picture_is_shown(
    opened: Bench, dialog: BringDialog, cameras: FakeCameras, office: Office
) -> None:
    members = [office.me, office.other]
    opened.ask(
        lambda session: begin_overt(
            session, office.covert, session.now(), dict.fromkeys(members, "督查证"), to_whom="主任"
        )
    )
    opened.settle()
    unfold(opened, dialog, cameras)
    panel = dialog.panels.camera
    opened.qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    cameras.opened[-1].send()
    opened.qtbot.waitUntil(lambda: panel.preview.image is not None, timeout=LONG_MS)
    assert panel.shoot.text() == "拍照"


@pytest.mark.parametrize(
    ("cameras", "words"),
    [
        (FakeCameras(), "没有连接摄像头"),
        (FakeCameras(missing=MingchaError("camera_not_installed", command="pip")), "没有安装"),
    ],
    ids=["none connected", "not installed"],
)
def test_what_is_missing_is_said_with_what_to_do_instead(
    opened: Bench, dialog: BringDialog, cameras: FakeCameras, words: str
) -> None:
    unfold(opened, dialog, cameras)
    panel = dialog.panels.camera
    assert words in panel.said.text()
    assert "手机" in panel.said.text()
    assert not panel.start.isEnabled()


def test_one_that_is_taken_away_says_so_and_can_be_tried_again(
    opened: Bench, lit: BringDialog, cameras: FakeCameras
) -> None:
    cameras.opened[-1].break_off()
    panel = lit.panels.camera
    assert "Device busy" in panel.said.text()
    assert "隐私" in panel.said.text()
    opened.qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert cameras.lit == ["front"]


def test_one_that_gives_nothing_is_let_go(
    opened: Bench, dialog: BringDialog, cameras: FakeCameras
) -> None:
    panel = dialog.panels.camera
    panel.patience.setInterval(0)
    unfold(opened, dialog, cameras)
    opened.qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    assert not panel.shoot.isEnabled()
    opened.qtbot.waitUntil(lambda: cameras.lit == [], timeout=LONG_MS)
    assert "没有画面" in panel.said.text()


def test_a_full_disk_is_told_and_the_camera_goes_on(
    opened: Bench, lit: BringDialog, cameras: FakeCameras, office: Office
) -> None:
    incoming = Workspace(office.root).incoming
    incoming.parent.mkdir(parents=True, exist_ok=True)
    incoming.write_bytes(b"")  # where the folder should be
    opened.qtbot.keyClick(lit.panels.camera.shoot, Qt.Key.Key_Space)
    opened.qtbot.waitUntil(lambda: "放不下" in said(lit) or "留不" in said(lit), timeout=LONG_MS)
    assert lit.model.total == 0
    assert cameras.lit == ["front"]
    incoming.unlink()


def test_nothing_is_left_of_events_after_it(opened: Bench, lit: BringDialog) -> None:
    take(opened, lit, 1)
    lit.hide()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not lit.panels.camera.is_on
