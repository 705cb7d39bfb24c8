"""The main window comes back where it was left, and is whole on a screen that there is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect

from inspector.base.settings import Settings, load_settings, save_settings
from tests.ui.test_app import python
from ui.frame.placing import TITLE_BAR, placed, remember

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Bench

LARGE = QRect(0, 0, 1920, 1080)
LEFT_OF_IT = QRect(-1280, 100, 1280, 800)

STARTED = """
import sys
from pathlib import Path
from inspector.base.settings import load_settings
from ui.running import application, build

app = application(lambda _why: 1)
file = Path(sys.argv[1])
window = build(app, load_settings(file), file, None)
window.show()
print(window.width(), window.height(), window.x(), window.y(), flush=True)
window.resize(1300, 760)
window.move(300, 200)
window.close()
"""


def started(tmp_path: Path, width: int, height: int) -> list[int]:
    """Start on a screen, and return size and place; the window is left elsewhere and closed."""
    screen = {"name": "one", "x": 0, "y": 0, "width": width, "height": height}
    config = tmp_path / "screen.json"
    whole = screen | {"logicalDpi": 96, "dpr": 1.0}
    config.write_text(json.dumps({"screens": [whole]}), encoding="utf-8")
    platform = f"offscreen:configfile={config}"
    words = ("-c", STARTED, str(tmp_path / "settings.json"))
    done = python(tmp_path, *words, QT_QPA_PLATFORM=platform)
    assert done.returncode == 0, done.stderr
    return [int(each) for each in done.stdout.split()]


def test_the_window_comes_back_where_it_was_left(tmp_path: Path) -> None:
    assert started(tmp_path, 1920, 1080) == [1440, 900, 0, 0]
    assert started(tmp_path, 1920, 1080) == [1300, 760, 300, 200]
    # On a smaller screen all of it is seen, with the room of a title bar above it.
    assert started(tmp_path, 1366, 768) == [1300, 768 - TITLE_BAR, 66, 0]


@pytest.mark.parametrize(
    ("last", "rooms", "expected"),
    [
        (QRect(300, 200, 1300, 760), [LARGE], QRect(300, 200, 1300, 760)),
        (QRect(1800, 1000, 1300, 760), [LARGE], QRect(620, 280, 1300, 760)),
        (QRect(-500, -300, 1300, 760), [LARGE], QRect(0, 0, 1300, 760)),
        (QRect(0, 0, 5000, 3000), [LARGE], QRect(0, 0, 1920, 1040)),
        (QRect(-1200, 150, 1300, 760), [LARGE, LEFT_OF_IT], QRect(-1280, 100, 1280, 760)),
        (QRect(-1200, 150, 1000, 700), [LARGE], None),
        (QRect(300, 200, 1300, 760), [], None),
    ],
)
def test_all_of_it_is_on_one_screen_that_there_is(
    last: QRect, rooms: list[QRect], expected: QRect | None
) -> None:
    assert placed(last, rooms) == expected


@pytest.mark.parametrize("stored", [[1, 2, 3], [0, 0, 0, 700], [0, 0, True, 1], ["a"] * 4, 7, None])
def test_what_is_no_place_is_not_taken_for_one(tmp_path: Path, stored: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"window": stored, "scale": 115}), encoding="utf-8")
    assert load_settings(file).settings == Settings(scale=115)


def test_a_place_is_kept_with_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = Settings(window=(-1200, 150, 1000, 700), maximised=True)
    save_settings(file, settings)
    assert load_settings(file).settings == settings


def test_a_window_that_fills_the_screen_keeps_the_place_that_it_had(
    bench: Bench, tmp_path: Path
) -> None:
    desk, window = bench.desk, bench.window
    desk._file = tmp_path / "settings.json"
    window.move(20, 30)
    remember(window)
    before = load_settings(desk._file).settings
    assert before.window == (20, 30, window.width(), window.height())
    window.showMaximized()
    bench.qtbot.waitUntil(window.isMaximized)
    remember(window)
    assert load_settings(desk._file).settings == replace(before, maximised=True)
