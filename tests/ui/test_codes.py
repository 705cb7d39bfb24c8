"""Codes on the screen, and read from pictures and with a camera."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from inspector.base.errors import MingchaError
from inspector.operations.admitting import invite
from inspector.operations.code_files import codes_of, read_small, squares_of, write_codes
from tests.support.cameras import TWO, FakeCameras
from tests.support.organisation import office
from tests.ui.hands import click
from tests.ui.test_organisation_section import section
from ui import codes
from ui.codes import CodesDialog, Kept, ReadingDialog, show_codes
from ui.pages.settings import membership_acts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pytest

    from inspector.operations.qr_codes import Squares
    from tests.ui.conftest import Bench

PATIENCE_MS = 20_000


def drawn(squares: Squares) -> QImage:
    """Return what a camera sees that is held before a screen with a code."""
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    image.fill(QColor(120, 120, 110))
    painter = QPainter(image)
    side = 6
    at = 60
    painter.fillRect(at - 30, at - 30, side * len(squares) + 60, side * len(squares) + 60, "white")
    for down, line in enumerate(squares):
        for across, dark in enumerate(line):
            if dark:
                painter.fillRect(at + across * side, at + down * side, side, side, "black")
    painter.end()
    return image


def seen(squares: Squares) -> Callable[[], QImage]:
    image = drawn(squares)
    return lambda: image


def shown(bench: Bench) -> CodesDialog:
    def dialogs() -> Sequence[CodesDialog]:
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, CodesDialog)]

    bench.qtbot.waitUntil(lambda: bool(dialogs()), timeout=PATIENCE_MS)
    return dialogs()[0]


def test_codes_are_turned_with_keys_and_named(opened: Bench) -> None:
    data = os.urandom(1200)
    show_codes(opened.desk, opened.window, opened.window, "x", data)
    dialog = shown(opened)
    assert dialog.code.squares == squares_of(data, "x")[0]
    named = dialog.code.accessibleName()
    opened.qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert dialog.at == 1
    assert dialog.code.accessibleName() != named
    opened.qtbot.keyClick(dialog, Qt.Key.Key_Left)
    click(opened, dialog.back)
    assert dialog.at == len(codes_of(data, "x")) - 1
    assert dialog.height() <= 720
    dialog.done(0)


def test_what_is_too_large_is_said(opened: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Exception] = []
    monkeypatch.setattr(codes, "show_failure", lambda *words: told.append(words[-1]))
    show_codes(opened.desk, opened.window, opened.window, "x", os.urandom(60_000))
    opened.qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert isinstance(told[0], MingchaError)
    assert told[0].code == "code_too_large"


def reading(bench: Bench, cameras: FakeCameras | None = None) -> tuple[ReadingDialog, list[bytes]]:
    dialog = ReadingDialog(bench.desk, bench.window, cameras)
    got: list[bytes] = []
    dialog.whole.connect(got.append)
    dialog.open()
    bench.settle()
    return dialog, got


def test_pictures_are_read_until_the_file_is_whole(opened: Bench, tmp_path: Path) -> None:
    data = os.urandom(1200)
    pictures = write_codes(data, tmp_path / "c.png")
    dialog, got = reading(opened)
    (tmp_path / "none.png").write_bytes(b"x")
    dialog.read_pictures([tmp_path / "none.png"])
    opened.qtbot.waitUntil(lambda: "白边" in dialog.said.text(), timeout=PATIENCE_MS)
    dialog.read_pictures(pictures[:1])
    opened.qtbot.waitUntil(lambda: "2" in dialog.said.text(), timeout=PATIENCE_MS)
    assert not got
    dialog.read_pictures(pictures[1:])
    opened.qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    assert got == [data]


def test_the_camera_reads_code_after_code_and_is_let_go(opened: Bench) -> None:
    data = os.urandom(700)
    cameras = FakeCameras(*TWO)
    dialog, got = reading(opened, cameras)
    click(opened, dialog.light)
    opened.qtbot.waitUntil(lambda: bool(cameras.lit), timeout=PATIENCE_MS)
    for squares in squares_of(data, "x"):
        opened.qtbot.waitUntil(lambda: not dialog._busy, timeout=PATIENCE_MS)
        cameras.opened[0]._came(seen(squares))
    opened.qtbot.waitUntil(lambda: bool(got), timeout=PATIENCE_MS)
    assert got == [data]
    assert cameras.lit == []


def test_a_camera_that_is_absent_is_told_and_pictures_still_go(opened: Bench) -> None:
    dialog, _got = reading(opened, FakeCameras())
    click(opened, dialog.light)
    opened.qtbot.waitUntil(lambda: bool(dialog.said.text()), timeout=PATIENCE_MS)
    assert dialog.pictures.isEnabled()
    dialog.done(0)


def test_an_invitation_that_came_as_codes_is_taken_up(
    opened: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = office(tmp_path / "elsewhere")
    with at.session:
        invite(at.session, at.signer, tmp_path / "i")
    asked: list[str] = []

    def compare(_desk: object, _parent: object, whose: str, *_: object) -> bool:
        asked.append(whose)
        return False

    monkeypatch.setattr(membership_acts, "same_digits", compare)
    found = section(opened)
    found._came(read_small(tmp_path / "i"))
    opened.settle()
    assert asked == ["市政府督查室"]
    found._came(b"something else")
    assert found.said.text()
    kept = Kept(opened.desk)
    path = kept.file(b"x", codes.operation("code_files").Kind.RECEIPT)
    assert path.read_bytes() == b"x"
    del kept
    assert not path.exists()
