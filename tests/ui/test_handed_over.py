"""Ending the program while the screen is in other hands is no way round the PIN."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from inspector.domain.entities import Statement
from inspector.operations.handing import hand_over, take_back
from inspector.operations.pins import set_pin
from inspector.operations.session import HANDED_OVER
from inspector.operations.workspaces import open_workspace
from tests.support.closing import prepare
from tests.support.handing_over import HANDED
from tests.support.windows import visible_text
from ui.frame.cover import Cover

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench

PIN = "246800"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def handed(office: Office) -> Office:
    """The office as it is left when the program is killed in front of the unit."""
    with open_workspace(office.root) as session:
        set_pin(session, office.me, PIN)
        hand_over(session, office.me)
    return office


def start(bench: Bench, office: Office) -> Cover:
    cover = Cover(bench.desk, bench.window)
    bench.go("start", open=str(office.root))
    bench.qtbot.waitUntil(lambda: bench.window.place.page == "home")
    bench.settle()
    return cover


def type_pin(bench: Bench, cover: Cover, pin: str) -> None:
    bench.qtbot.keyClicks(cover._notes.pin, pin)
    bench.qtbot.keyClick(cover._notes.pin, Qt.Key.Key_Return)
    bench.settle()


def test_the_next_start_shows_nothing_before_the_pin(bench: Bench, handed: Office) -> None:
    assert not bench.desk.settings.cover_pin
    cover = start(bench, handed)
    assert cover.is_hidden
    assert not cover._notes.pin.isHidden()
    assert "暗访" not in visible_text(bench.window)
    type_pin(bench, cover, "000000")
    cover.ask_back()
    bench.settle()
    assert cover.is_hidden
    type_pin(bench, cover, PIN)
    assert not cover.is_hidden
    assert not bench.ask(lambda session: session.store.local(HANDED_OVER))
    # From now on the key alone hides and shows, as the settings say.
    cover.hide_view()
    cover.ask_back()
    bench.settle()
    assert not cover.is_hidden


def test_every_start_asks_until_the_pin_was_given(bench: Bench, handed: Office) -> None:
    cover = start(bench, handed)
    assert cover.is_hidden
    bench.desk.worker.close_session(bench.window, lambda _none: None)
    bench.settle()
    with open_workspace(handed.root) as session:
        assert session.recovered.handed_over


def test_a_screen_that_was_taken_back_asks_for_nothing(bench: Bench, handed: Office) -> None:
    with open_workspace(handed.root) as session:
        take_back(session, handed.me, PIN)
    assert not start(bench, handed).is_hidden


# -- killed for real ---------------------------------------------------------------------------


def program(home: Path, *words: str) -> subprocess.Popen[str]:
    """Start the program without a screen, with a home folder of its own."""
    places = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.handing_over", *words],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | places,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_program_that_is_killed_in_front_of_the_unit_begins_behind_the_pin(
    office: Office, tmp_path: Path
) -> None:
    with open_workspace(office.root) as session:
        set_pin(session, office.me, PIN)
        told = prepare(session, office.covert, office.hall, tmp_path / "pictures")
    with program(tmp_path, "hand", str(office.root), office.covert) as running:
        assert running.stdout is not None
        said = json.loads(running.stdout.readline())
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
    assert said == {"said": HANDED, "locked": True}
    with program(tmp_path, "look", str(office.root), PIN) as again:
        assert again.stdout is not None
        first, wrong, right = (json.loads(line) for line in again.stdout)
        assert again.wait() == 0
    assert first["hidden"]
    assert "暗访" not in first["text"]
    assert (wrong, right) == ({"hidden": True}, {"hidden": False})
    with open_workspace(office.root) as session:
        assert not session.recovered.handed_over
        [answered] = session.store.select(Statement, "visit = ?", office.covert)
        assert answered.finding in told.findings
