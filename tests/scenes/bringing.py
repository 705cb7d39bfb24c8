"""Scenes of bringing photographs into a visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.operations.cards import Card
from inspector.operations.offering import Around, Outcome, around
from inspector.operations.qr_codes import qr_squares
from inspector.operations.uploading import Address, Knocked
from inspector.operations.visits import begin_overt
from tests.support.cameras import TWO, FakeCameras
from tests.support.jpegs import write_jpeg
from tests.ui.hands import carry, files_of
from ui.pages.evidence.bring import BringDialog, bring_in
from ui.work.cameras import installing

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from tests.scenes.stage import Scene, Stage


def _folder(stage: Stage, name: str) -> Path:
    folder = stage.office.root.parent / name
    folder.mkdir()
    return folder


def _mixed(stage: Stage) -> Path:
    """A card as it comes from a telephone that is also used privately."""
    card = _folder(stage, "DCIM")
    for number in range(5):
        taken = f"2026:03:06 09:{40 + number}:12"
        write_jpeg(
            card / f"IMG_{2041 + number}.jpg", taken=taken, tint=40 * number, size=(400, 300)
        )
    write_jpeg(card / "IMG_1990.jpg", taken="2026:03:04 18:20:00", tint=220, size=(300, 400))
    write_jpeg(card / "IMG_2060.jpg", taken="2026:03:06 19:00:00", tint=230)
    write_jpeg(card / "mmexport1772761200000.jpg", tint=90)
    write_jpeg(card / "截图_窗口排队情况与叫号屏显示内容的说明文字很长很长.jpg", tint=10)
    (card / "IMG_2046.jpg").write_bytes((card / "IMG_2041.jpg").read_bytes())
    (card / "IMG_2047.jpg").write_bytes(b"")
    (card / "VID_2048.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(4000))
    (card / ".trashed.jpg").write_bytes(b"x")
    return card


def _open(stage: Stage, *, overt: bool = True) -> BringDialog:
    visit = stage.office.covert
    if overt:
        members = [stage.office.me, stage.office.other]
        stage.desk.act(
            stage.window,
            lambda session: begin_overt(
                session, visit, session.now(), dict.fromkeys(members, "督查证"), to_whom="值班主任"
            ),
        )
    page = stage.go("visit", visit)
    dialog = bring_in(stage.desk, page, visit)
    stage.settle()
    return dialog


def _offered(stage: Stage, *, overt: bool = True) -> BringDialog:
    dialog = _open(stage, overt=overt)
    dialog.offer((_mixed(stage),))
    stage.until(lambda: not dialog.is_busy)
    stage.settle()
    return dialog


def nothing(stage: Stage) -> QWidget:
    """Nothing is offered yet."""
    return _open(stage)


def offered(stage: Stage) -> QWidget:
    """Files of all sorts are offered; those within the visit are ticked."""
    dialog = _offered(stage)
    dialog.card.list.setFocus()
    dialog.card.list.setCurrentIndex(dialog.model.index(1))
    stage.until(lambda: not dialog.shelf.waiting)
    return dialog


def covert(stage: Stage) -> QWidget:
    """Somebody may look over the shoulder: neutral words, no pictures."""
    return _offered(stage, overt=False)


def empty_folder(stage: Stage) -> QWidget:
    """There was nothing in the folder."""
    dialog = _open(stage)
    dialog.offer((_folder(stage, "empty"),))
    stage.until(lambda: not dialog.is_busy)
    return dialog


def cards(stage: Stage) -> QWidget:
    """A camera's card and a stick are connected."""
    dialog = _open(stage)
    dialog.ways.buttons["card"].click()
    stage.until(dialog.panels.cards.again.isEnabled)
    root = stage.office.root
    dialog.panels.cards.show_cards(
        (
            Card("CANON_DC", root, root, has_dcim=True, size=32 << 30, free=20 << 30),
            Card("OTG 16G", root, root, has_dcim=False, size=16 << 30, free=1 << 30),
        )
    )
    return dialog


def no_card(stage: Stage) -> QWidget:
    """Nothing is connected."""
    dialog = _open(stage)
    dialog.ways.buttons["card"].click()
    stage.until(dialog.panels.cards.again.isEnabled)
    dialog.panels.cards.show_cards(())
    return dialog


def watched(stage: Stage) -> QWidget:
    """Three files came into the watched folder."""
    dialog = _open(stage)
    folder = _folder(stage, "phone")
    dialog.ways.buttons["watch"].click()
    write_jpeg(folder / "before.jpg")
    dialog.panels.watch.set_folder(folder)
    _look(stage, dialog)
    for number in range(3):
        write_jpeg(folder / f"{number}.jpg", tint=number)
    for _twice in range(2):
        dialog.panels.watch.look()
        _look(stage, dialog)
    return dialog


def _look(stage: Stage, dialog: BringDialog) -> None:
    stage.until(lambda: not dialog.panels.watch.is_looking)


def upload_off(stage: Stage) -> QWidget:
    """The telephone's page is not open."""
    dialog = _open(stage)
    dialog.ways.buttons["upload"].click()
    stage.settle()
    given = (Address("172.20.10.3", "wlan0", hotspot=True), Address("10.4.0.8", "eth0"))
    dialog.panels.upload.show_addresses(given)
    return dialog


class _Shown:
    """An open page without a line: scenes use no network."""

    url = "http://172.20.10.3:41234/k7m2p9x4qz"
    code = "204817"
    #: Nothing has ended it.
    ended = None

    def stop(self) -> None:
        """There is nothing to stop."""


def uploading(stage: Stage) -> QWidget:
    """A telephone is sending; a wrong code was given once."""
    dialog = _offered(stage)
    dialog.ways.buttons["upload"].click()
    stage.settle()
    dialog.panels.upload.show_open(_Shown())  # type: ignore[arg-type]
    dialog.panels.upload.qr.show_squares(qr_squares(_Shown.url))
    dialog.panels.upload.count = 4
    dialog.panels.upload.tell(Knocked(4))
    return dialog


def _camera(stage: Stage, cameras: FakeCameras, *, overt: bool = True) -> BringDialog:
    dialog = _open(stage, overt=overt)
    dialog.panels.camera.cameras = cameras
    dialog.ways.buttons["camera"].click()
    stage.until(dialog.panels.camera.again.isEnabled)
    stage.settle()
    return dialog


def camera_off(stage: Stage) -> QWidget:
    """Two cameras are connected, none is on."""
    return _camera(stage, FakeCameras(*TWO))


def camera_on(stage: Stage) -> QWidget:
    """The camera is on, and two pictures were taken."""
    cameras = FakeCameras(*TWO)
    dialog = _camera(stage, cameras)
    panel = dialog.panels.camera
    panel.start.click()
    for number in range(2):
        cameras.opened[-1].send()
        panel.shoot.click()
        stage.until(lambda number=number: dialog.model.total == number + 1)
    stage.until(lambda: panel.preview.image is not None)
    stage.until(lambda: not dialog.is_busy)
    stage.until(lambda: not dialog.shelf.waiting)
    return dialog


def camera_covert(stage: Stage) -> QWidget:
    """Somebody may look over the shoulder: neutral words, the picture covered."""
    cameras = FakeCameras(*TWO)
    dialog = _camera(stage, cameras, overt=False)
    dialog.panels.camera.start.click()
    cameras.opened[-1].send()
    return dialog


def camera_missing(stage: Stage) -> QWidget:
    """The addition for the camera is not installed."""
    missing = MingchaError("camera_not_installed", command=installing("python"))
    return _camera(stage, FakeCameras(missing=missing))


def carried(stage: Stage) -> QWidget:
    """Files are carried over the window; where they may be let go is marked."""
    dialog = _offered(stage)
    carry(dialog, files_of(stage.office.root.parent / "DCIM" / "IMG_2041.jpg"))
    return dialog


def failures(stage: Stage) -> QWidget:
    """Two files could not be stored."""
    dialog = _offered(stage)
    outcome = Outcome(stored=13, known=1)
    folder = stage.office.root.parent / "DCIM"
    for name, code in (("IMG_2047.jpg", "file_empty"), ("IMG_2050.jpg", "file_changed")):
        outcome.failed.append((folder / name, MingchaError(code, name=name)))
    dialog.results.show_outcome(outcome, stopped=False)
    return dialog


def no_room(stage: Stage) -> QWidget:
    """What is chosen is more than the disk can take."""
    dialog = _offered(stage)
    found: list[Around] = []
    visit = stage.office.covert
    stage.desk.read(stage.window, lambda session: around(session, visit), found.append)
    stage.settle()
    dialog.foot.show_chosen(5, 3 << 30, replace(found[0], free=900 << 20), busy=False)
    return dialog


def card_pulled(stage: Stage) -> QWidget:
    """The card was pulled out in the middle."""
    dialog = _offered(stage)
    outcome = Outcome(stored=3, lost=1)
    folder = stage.office.root.parent / "DCIM"
    reason = MingchaError("file_missing", name="IMG_2044.jpg")
    outcome.failed.append((folder / "IMG_2044.jpg", reason))
    dialog.results.show_outcome(outcome, stopped=False)
    return dialog


def sealed(stage: Stage) -> QWidget:
    """The visit takes nothing any more."""
    page = stage.go("visit", stage.office.sealed)
    dialog = bring_in(stage.desk, page, stage.office.sealed)
    stage.settle()
    return dialog


SCENES: tuple[Scene, ...] = (
    *(nothing, offered, covert, empty_folder, cards, no_card, watched),
    *(camera_off, camera_on, camera_covert, camera_missing, carried),
    *(upload_off, uploading, failures, no_room, card_pulled, sealed),
)
