"""The application on a real screen. Run by `make endtoend`, apart from the tests without one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent

from inspector.base.settings import Loaded, Settings
from tests.endtoend.journey import Program
from tests.endtoend.screen import Hands, missing_tools, screen
from ui.frame.cover import Cover
from ui.running import build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here: it needs a screen, which the ordinary suite has none of."""
    for item in items:
        if "endtoend" in item.path.parts:
            item.add_marker(pytest.mark.endtoend)


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A display, made before the first window."""
    missing = missing_tools()
    if missing:
        pytest.fail(f"not installed: {' '.join(missing)}")
    with screen(tmp_path_factory.mktemp("screen")) as name:
        os.environ |= {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        yield name


@pytest.fixture(scope="session")
def qapp_args(display: str) -> list[str]:
    """Let the application wait for its display."""
    del display
    return ["mingcha"]


@pytest.fixture
def hands(qtbot: QtBot, display: str) -> Hands:
    """Keys and a mouse."""
    return Hands(qtbot, display)


@pytest.fixture
def start(
    qapp: QApplication, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Settings], Program]]:
    """Starts the program on a computer that has only these settings."""
    started: list[Program] = []
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))

    def begin(settings: Settings) -> Program:
        window = build(qapp, Loaded(settings), tmp_path / "settings.json", None)
        window.show()
        hands.take(window)
        # All but the frame is made after the first paint, which may come after the focus.
        hands.until(lambda: window.findChild(Cover) is not None)
        started.append(Program(window, hands))
        return started[-1]

    yield begin
    hands.shot(tmp_path / "last.png")
    for program in started:
        program.window.close()
        program.window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
