"""The application on a real screen. Run by `make endtoend`, apart from the tests without one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.endtoend.screen import Hands, missing_tools, screen

if TYPE_CHECKING:
    from collections.abc import Iterator

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
