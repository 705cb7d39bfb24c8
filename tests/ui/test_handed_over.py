"""Ending the program while the screen is in other hands is no way round the PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from inspector.operations.handing import hand_over, take_back
from inspector.operations.pins import set_pin
from inspector.operations.session import HANDED_OVER
from inspector.operations.workspaces import open_workspace
from tests.support.windows import visible_text
from ui.frame.cover import Cover

if TYPE_CHECKING:
    from tests.support.office import Office
    from tests.ui.conftest import Bench

PIN = "246800"


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
