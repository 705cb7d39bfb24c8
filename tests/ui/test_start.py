"""Start: from nothing to an open workspace, and every way in which one does not open."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from inspector.base.paths import Workspace
from inspector.operations.people import people
from inspector.operations.pins import has_pin
from inspector.operations.workspaces import open_workspace
from ui import entering
from ui.frame.cover import Cover

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.office import Office
    from tests.ui.conftest import Bench


def texts(bench: Bench) -> str:
    assert bench.window.page is not None
    kinds = (QLabel, QPushButton)
    return "\n".join(
        each.text() for kind in kinds for each in bench.window.page.findChildren(kind)
        if each.isVisible()
    )  # fmt: skip


def sees(bench: Bench, words: str) -> None:
    """Wait until the words are shown; what is put into a page is shown a moment later."""
    bench.qtbot.waitUntil(lambda: words in texts(bench))


def press(bench: Bench, words: str) -> None:
    sees(bench, words)
    [found] = [
        each
        for each in bench.window.page.findChildren(QPushButton)
        if each.text() == words and each.isVisible()
    ]
    bench.qtbot.waitUntil(found.isEnabled)
    bench.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def step(bench: Bench, number: int, **entered: str) -> object:
    page = bench.go("start", step=str(number), **entered)
    return page._step


def test_the_first_start_by_keyboard_ends_in_an_open_workspace(
    bench: Bench, tmp_path: Path
) -> None:
    root = tmp_path / "records"
    keys = bench.qtbot
    cover = Cover(bench.desk, bench.window)
    bench.go("start")
    press(bench, "已知悉，继续")
    name = bench.window.page._step.name
    keys.keyClicks(name, "Li Na<b>")
    keys.keyClick(name, Qt.Key.Key_Return)
    folder = bench.window.page._step.folder
    folder.clear()
    keys.keyClicks(folder, str(root))
    keys.waitUntil(bench.window.page._step.on.isEnabled)
    keys.keyClick(folder, Qt.Key.Key_Return)
    last = bench.window.page._step
    for field in (last.pin, last.again):
        keys.keyClicks(field, "135790")
    keys.keyClick(last.again, Qt.Key.Key_Return)
    keys.waitUntil(lambda: bench.window.place.page == "home")
    bench.settle()
    [me] = bench.ask(people)
    assert me.name == "Li Na<b>"
    assert bench.ask(lambda session: session.store.user) == me.id
    assert bench.ask(lambda session: has_pin(session, me.id))
    assert bench.desk.settings.cover_pin
    assert not cover.is_hidden, "a PIN that was chosen a moment ago is not asked for"
    assert bench.desk.settings.recent == (str(root),)


def test_no_key_leads_to_records_before_there_are_any(bench: Bench) -> None:
    shown = step(bench, 2)
    shown.name.setText("李娜")
    for key in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_5, Qt.Key.Key_K):
        bench.qtbot.keyClick(bench.window, key, Qt.KeyboardModifier.ControlModifier)
        bench.settle()
    assert bench.window.place.page == "start"
    assert bench.window.page._step.name.text() == "李娜"
    assert QApplication.activeModalWidget() is None
    bench.go("settings")
    assert bench.window.place.page == "settings"
    bench.go("home")
    assert bench.window.place.page == "start"


def test_the_language_changes_at_once(bench: Bench) -> None:
    bench.go("start")
    press(bench, "English")
    assert bench.desk.settings.lang == "en"
    bench.window.rebuild()
    sees(bench, "State secrets")


@pytest.mark.parametrize(
    ("name", "words"),
    [("OneDrive/records", "同步"), ("relative", "完整路径"), ("office", "已有工作区")],
)
def test_an_unfit_folder_is_refused_in_words(
    bench: Bench, office: Office, name: str, words: str
) -> None:
    shown = step(bench, 3)
    place = name if name == "relative" else str(office.root.parent / name)
    shown.folder.setText(place)
    bench.qtbot.waitUntil(lambda: words in shown.said.hint.text())
    assert not shown.on.isEnabled()


def test_a_pin_that_differs_or_has_another_form_makes_nothing(bench: Bench, tmp_path: Path) -> None:
    root = tmp_path / "records"
    shown = step(bench, 4, name="李娜", folder=str(root))
    shown.pin.setText("12")
    assert not shown.on.isEnabled()
    shown.again.setText("12")
    shown.go_on()
    bench.settle()
    assert "4" in texts(bench)
    assert bench.window.place.page == "start"
    assert not Workspace(root).database.exists()


@pytest.mark.parametrize("name", ["x" * 20_001, "李" * 20_001])
def test_a_name_beyond_measure_makes_nothing(bench: Bench, tmp_path: Path, name: str) -> None:
    root = tmp_path / "records"
    shown = step(bench, 4, name=name, folder=str(root))
    shown.go_on()
    bench.settle()
    assert bench.window.place.page == "start"
    assert not Workspace(root).database.exists()


def test_workspaces_opened_before_are_listed_by_folder_only(bench: Bench, office: Office) -> None:
    known = (str(office.root), str(office.root.with_name("gone")))
    bench.desk.settings = replace(bench.desk.settings, recent=known)
    bench.go("start")
    sees(bench, "现在找不到")
    assert "office" in texts(bench)
    assert "政务服务中心" not in texts(bench)
    opens = [b for b in bench.window.page.findChildren(QPushButton) if b.text() == "打开"]
    assert [each.isEnabled() for each in opens] == [True, False]
    bench.qtbot.waitUntil(opens[0].hasFocus)
    bench.qtbot.keyClick(opens[0], Qt.Key.Key_Space)
    bench.qtbot.waitUntil(lambda: bench.window.place.page == "home")


def test_a_missing_workspace_offers_to_make_one_there(bench: Bench, tmp_path: Path) -> None:
    bench.go("start", open=str(tmp_path / "none"))
    sees(bench, "这里没有工作区")
    press(bench, "在那里新建")
    assert bench.window.place.more["folder"] == str(tmp_path / "none")


def test_a_workspace_in_use_can_be_tried_again(bench: Bench, office: Office) -> None:
    with open_workspace(office.root):
        bench.go("start", open=str(office.root))
        sees(bench, "已被另一程序打开")
    press(bench, "再试一次")
    bench.qtbot.waitUntil(lambda: bench.window.place.page == "home")


def test_a_workspace_that_cannot_be_written_is_not_said_to_be_in_use(
    bench: Bench, office: Office
) -> None:
    lock = Workspace(office.root).lock
    lock.unlink(missing_ok=True)
    lock.mkdir()
    bench.go("start", open=str(office.root))
    sees(bench, "此文件夹无法写入")
    lock.rmdir()
    press(bench, "再试一次")
    bench.qtbot.waitUntil(lambda: bench.window.place.page == "home")


@pytest.mark.logs_warnings
def test_a_damaged_workspace_is_restored_from_its_backup(bench: Bench, office: Office) -> None:
    with open_workspace(office.root) as session:
        before = session.store.log.count()
    workspace = Workspace(office.root)
    assert list(workspace.backups.iterdir())
    whole = workspace.database.read_bytes()
    workspace.database.write_bytes(b"not a database" * 100 + whole[:4096])
    bench.go("start", open=str(office.root))
    sees(bench, "数据库无法读取")
    press(bench, "恢复最近的备份")
    bench.qtbot.waitUntil(lambda: bench.window.place.page == "home", timeout=30_000)
    assert bench.ask(lambda session: session.store.log.count()) == before


def test_a_slow_opening_is_told_until_it_is_over(
    bench: Bench, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, opened = threading.Event(), entering.opening.opened

    def slowly(root: Path) -> Session:
        go_on.wait(20)
        return opened(root)

    monkeypatch.setattr(entering.opening, "opened", slowly)
    foot = bench.window.complete()
    entering.open_first(bench.desk, bench.window, office.root)
    bench.qtbot.waitUntil(lambda: foot._words.text() == "正在打开工作区")
    go_on.set()
    bench.qtbot.waitUntil(lambda: bench.desk.root is not None)
    bench.settle()
    assert foot._words.text() == ""
    assert foot.isHidden()


def test_what_was_brought_in_order_is_told(bench: Bench, office: Office) -> None:
    incoming = Workspace(office.root).media / ".incoming"
    incoming.mkdir(exist_ok=True)
    (incoming / "half").write_bytes(b"\xff\xd8")
    bench.go("start", open=str(office.root))
    bench.qtbot.waitUntil(lambda: bench.window.place.page == "home")
    bench.settle()
    told = "\n".join(each.text() for each in bench.window.findChildren(QLabel))
    assert "1 个没有拷完的文件" in told
    assert not (incoming / "half").exists()
