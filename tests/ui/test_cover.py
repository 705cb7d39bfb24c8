"""The cover page: hides everything, loses nothing, lets nothing through."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from inspector.base.clock import Reading
from inspector.operations.notes import notes
from inspector.operations.pins import TRIES, set_pin
from tests.support.fixed import FixedClock
from tests.support.windows import visible_text
from ui.frame.cover import Cover
from ui.frame.notes import Notes
from ui.frame.waking import Waking, slept
from ui.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.office import Office
    from tests.ui.conftest import Bench

F9, ESC = Qt.Key.Key_F9, Qt.Key.Key_Escape


@pytest.fixture
def cover(opened: Bench) -> Iterator[Cover]:
    made = Cover(opened.desk, opened.window)
    opened.desk.opened.emit()
    opened.go("home")
    opened.window.activateWindow()
    opened.qtbot.waitUntil(opened.window.isActiveWindow)
    yield made
    if made.is_hidden:
        opened.desk.settings = replace(opened.desk.settings, cover_pin=False)
        made.ask_back()


def key(bench: Bench, *keys: Qt.Key, into: QWidget | None = None) -> None:
    """Press keys as the window system delivers them: to the window, not to a widget."""
    handle = (into or bench.window).windowHandle()
    for each in keys:
        QTest.keyClick(handle, each)


@pytest.mark.parametrize("keys", [(F9,), (ESC, ESC)])
def test_keys_hide_and_show(opened: Bench, cover: Cover, keys: tuple[Qt.Key, ...]) -> None:
    assert "暗访" in visible_text(opened.window)
    key(opened, *keys)
    assert cover.is_hidden
    assert opened.window.windowTitle() == "便笺"
    assert "暗访" not in visible_text(opened.window)
    assert "便笺" in visible_text(opened.window)
    key(opened, *keys)
    assert not cover.is_hidden
    assert opened.window.windowTitle() == "记录"
    assert "暗访" in visible_text(opened.window)


def test_two_slow_presses_of_escape_hide_nothing(
    opened: Bench, cover: Cover, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as slow:
        times = iter((10.0, 10.6))
        slow.setattr("ui.frame.cover.time", SimpleNamespace(monotonic=lambda: next(times)))
        key(opened, ESC, ESC)
    assert not cover.is_hidden


def test_another_key_between_two_presses_hides_nothing(opened: Bench, cover: Cover) -> None:
    key(opened, ESC, Qt.Key.Key_A, ESC)
    assert not cover.is_hidden


def test_notes_are_kept_beside_the_record(opened: Bench, cover: Cover, office: Office) -> None:
    before = opened.ask(lambda session: session.store.log.count())
    cover.hide_view()
    QTest.keyClicks(QApplication.focusWidget(), "call <b>back</b>")
    cover.ask_back()
    opened.settle()
    assert opened.ask(notes) == "call <b>back</b>"
    assert opened.ask(lambda session: session.store.log.count()) == before


def test_notes_too_long_are_told_and_stay(opened: Bench, cover: Cover) -> None:
    cover.hide_view()
    field = QApplication.focusWidget()
    field.insertPlainText("字😀" * 10_001)
    field.parentWidget().save()
    opened.settle()
    assert "未保存" in visible_text(opened.window)
    assert len(field.toPlainText()) == 20_002
    assert opened.ask(notes) == ""


def test_no_shortcut_acts_below_the_cover(opened: Bench, cover: Cover) -> None:
    pressed: list[str] = []
    QShortcut(QKeySequence("7"), opened.window, lambda: pressed.append("7"))
    QShortcut(QKeySequence("Ctrl+7"), opened.window, lambda: pressed.append("Ctrl+7"))
    cover.hide_view()
    QTest.keyClick(opened.window.windowHandle(), Qt.Key.Key_7)
    QTest.keyClick(opened.window.windowHandle(), Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    assert QApplication.focusWidget().toPlainText() == "7"


def test_the_corner_shows_the_view_again_by_mouse(opened: Bench, cover: Cover) -> None:
    cover.hide_view()
    corner = cover._notes.count
    assert corner.text() == "0 行"
    QTest.mouseClick(corner, Qt.MouseButton.LeftButton)
    assert not cover.is_hidden


def test_the_menu_of_the_notes_is_worked_by_mouse(opened: Bench, cover: Cover) -> None:
    key(opened, F9)
    menu = opened.window.findChild(Notes).text.createStandardContextMenu()
    chosen: list[QAction] = []
    menu.triggered.connect(chosen.append)
    mine = menu.addAction("mine")
    menu.popup(opened.window.mapToGlobal(QPoint(40, 120)))
    opened.qtbot.waitUntil(menu.isVisible)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(mine).center())
    assert chosen == [mine]
    assert cover.is_hidden


def test_focus_cannot_be_taken_below_the_cover(opened: Bench, cover: Cover) -> None:
    cover.hide_view()
    notes_field = QApplication.focusWidget()
    opened.go("home")
    opened.window.page.setFocus()
    assert QApplication.focusWidget() is notes_field


def test_rebuilding_in_another_language_stays_hidden(opened: Bench, cover: Cover) -> None:
    cover.hide_view()
    opened.window.rebuild()
    opened.settle()
    assert opened.window.windowTitle() == "便笺"
    assert "暗访" not in visible_text(opened.window)


def test_a_dialog_is_covered_and_goes_on_waiting(opened: Bench, cover: Cover) -> None:
    asked = Message(opened.desk, opened.window, "A-03 北苑政务大厅", "有一条记录")
    asked.add("取消", QDialog.DialogCode.Rejected)
    asked.open()
    opened.qtbot.waitUntil(asked.isActiveWindow)
    key(opened, F9, into=asked)
    assert cover.is_hidden
    assert asked.windowTitle() == "便笺"
    assert "A-03" not in visible_text(asked)
    assert asked.geometry() == opened.window.geometry()
    # Keys go to the notes, not to the dialog, which Esc would close.
    QApplication.focusWidget().setFocus()
    QApplication.sendEvent(
        QApplication.focusWidget(), QKeyEvent(QEvent.Type.KeyPress, ESC, Qt.KeyboardModifier(0))
    )
    assert asked.isVisible()
    key(opened, F9, into=asked)
    assert not cover.is_hidden
    assert "A-03" in visible_text(asked)
    asked.reject()


def test_a_window_that_opens_meanwhile_is_covered(opened: Bench, cover: Cover) -> None:
    cover.hide_view()
    late = QWidget(opened.window, Qt.WindowType.Window)
    late.setWindowTitle("A-03")
    label = QLabel("北苑政务大厅", late)
    label.resize(200, 40)
    late.resize(300, 200)
    late.show()
    assert late.windowTitle() == "便笺"
    assert "北苑" not in visible_text(late)
    cover.ask_back()
    assert late.windowTitle() == "A-03"
    late.close()


def test_a_dialog_that_opens_meanwhile_carries_the_notes(opened: Bench, cover: Cover) -> None:
    key(opened, Qt.Key.Key_F9)
    dialog = QDialog(opened.window)
    dialog.open()
    opened.settle()
    # Else nothing could be typed, neither notes nor a PIN: the dialog keeps the keys to itself.
    assert cover._notes.window() is dialog
    key(opened, Qt.Key.Key_F9, into=dialog)
    assert not cover.is_hidden
    assert opened.window.geometry().contains(dialog.geometry().center())
    key(opened, Qt.Key.Key_F9, into=dialog)
    dialog.close()
    opened.settle()
    assert cover._notes.window() is opened.window


def test_with_a_pin_only_the_pin_shows_the_view(
    opened: Bench, cover: Cover, office: Office
) -> None:
    opened.ask(lambda session: set_pin(session, office.me, "246800"))
    opened.desk.settings = replace(opened.desk.settings, cover_pin=True)
    key(opened, F9)
    key(opened, F9)
    opened.settle()
    assert cover.is_hidden
    for typed, hidden in (("111111", True), ("246800", False)):
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        opened.settle()
        assert cover.is_hidden is hidden


def test_a_pin_is_not_typed_into_the_notes(opened: Bench, cover: Cover, office: Office) -> None:
    opened.ask(lambda session: set_pin(session, office.me, "246800"))
    opened.desk.settings = replace(opened.desk.settings, cover_pin=True)
    for _press in range(2):
        key(opened, F9)
        opened.settle()
    cover._notes.text.setFocus()
    key(opened, F9)
    opened.settle()
    assert cover._notes.pin.hasFocus()
    key(opened, F9)
    opened.settle()
    assert not cover._notes.pin.isVisible()


def test_too_many_wrong_pins_have_to_wait(opened: Bench, cover: Cover, office: Office) -> None:
    opened.ask(lambda session: set_pin(session, office.me, "246800"))
    opened.desk.settings = replace(opened.desk.settings, cover_pin=True)
    cover.hide_view()
    cover.ask_back()
    opened.settle()
    for typed in ("111111",) * TRIES + ("246800",):
        QTest.keyClicks(QApplication.focusWidget(), typed)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        opened.settle()
    assert cover.is_hidden
    assert "等 15 分钟" in visible_text(opened.window)


def test_opening_a_workspace_with_a_pin_begins_hidden(
    opened: Bench, cover: Cover, office: Office
) -> None:
    opened.ask(lambda session: set_pin(session, office.me, "246800"))
    opened.desk.settings = replace(opened.desk.settings, cover_pin=True)
    opened.desk.opened.emit()
    assert cover.is_hidden
    opened.settle()
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    # Who presses the usual key here goes on typing a PIN: it must not land in the notes.
    key(opened, F9)
    opened.settle()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "246800")
    QTest.keyClick(field, Qt.Key.Key_Return)
    opened.settle()
    assert not cover.is_hidden


def test_the_setting_locks_nobody_out_who_has_no_pin(opened: Bench, cover: Cover) -> None:
    opened.desk.settings = replace(opened.desk.settings, cover_pin=True)
    opened.desk.opened.emit()
    opened.settle()
    assert not cover.is_hidden


def test_work_goes_on_while_hidden(opened: Bench, cover: Cover) -> None:
    done: list[int] = []
    cover.hide_view()
    opened.desk.long(opened.window, lambda _session, _progress: iter((1, 2, 3)), each=done.append)
    opened.settle()
    opened.settle()
    assert done == [1, 2, 3]


@pytest.mark.parametrize(
    ("wall", "counter", "sleeping"),
    [(2_000, 2_000, False), (9_000, 9_000, False), (60_000, 2_000, True), (60_000, 60_000, True),
     (-3_600_000, 2_000, False)],
)  # fmt: skip
def test_sleep_is_told_by_the_clocks(wall: int, counter: int, sleeping: bool) -> None:
    before = Reading(1_000_000_000, 480, "0" * 32, 5_000)
    assert slept(before, Reading(before.ms + wall, 480, "0" * 32, 5_000 + counter)) is sleeping


def test_waking_hides_the_view(opened: Bench, cover: Cover) -> None:
    clock = FixedClock()
    waking = Waking(clock, opened.window)
    waking.woke.connect(cover.hide_view)
    clock.advance(seconds=2)
    waking.look()
    assert not cover.is_hidden
    clock.advance(minutes=40)
    waking.look()
    assert cover.is_hidden


def test_locking_the_screen_hides_the_view(opened: Bench, cover: Cover) -> None:
    waking = Waking(FixedClock(), opened.window)
    waking.woke.connect(cover.hide_view)
    waking.hear(False)
    assert not cover.is_hidden
    waking.hear(True)
    assert cover.is_hidden


LOCKING = """
import subprocess, sys
from PySide6.QtCore import QCoreApplication, QTimer
from inspector.base.clock import SystemClock
from ui.frame.waking import Waking
app = QCoreApplication([])
waking = Waking(SystemClock())
waking.woke.connect(lambda: app.exit(7))
assert waking.listen()
send = ["dbus-send", "--session", "--type=signal", "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"]
QTimer.singleShot(0, lambda: subprocess.run(send, check=True))
QTimer.singleShot(20_000, lambda: app.exit(1))
sys.exit(app.exec())
"""


@pytest.mark.skipif(
    shutil.which("dbus-run-session") is None or shutil.which("dbus-send") is None,
    reason="a message bus of its own is needed",
)
def test_a_screen_locker_is_heard() -> None:
    root = Path(__file__).resolve().parents[2]
    words = ["dbus-run-session", sys.executable, "-c", LOCKING]
    done = subprocess.run(words, cwd=root, capture_output=True, timeout=60, check=False)
    assert done.returncode == 7, done.stderr.decode()
