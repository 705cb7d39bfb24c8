"""Going to the mini window, and what of it reached the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from inspector.operations.board import board
from tests.ui.hands import press
from ui.mini.switch import Switch

if TYPE_CHECKING:
    from inspector.operations.board import Board
    from tests.support.office import Office
    from tests.ui.conftest import Bench
    from ui.mini.window import MiniWindow


def shrunk(bench: Bench, office: Office) -> MiniWindow:
    """Go to the covert visit and on in the mini window."""
    switch = bench.window.findChild(Switch) or Switch(bench.desk, bench.window)
    bench.go("visit", office.covert)
    press(bench, Qt.Key.Key_F10, at=bench.window.page)
    assert switch.mini is not None
    bench.qtbot.waitUntil(switch.mini.isActiveWindow)
    return switch.mini


def stored(bench: Bench, mini: MiniWindow) -> Board:
    """Return the visit as the store has it, and see that the mini window shows the same."""
    shown = mini.keeper.board
    assert shown is not None
    held = bench.ask(lambda session: board(session, shown.visit))
    assert (shown.asked, shown.tiles, shown.waits) == (held.asked, held.tiles, held.waits)
    return held
