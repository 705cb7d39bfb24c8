"""Modules of the windows are loaded ahead on the thread of the windows, all others before that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.test_app import python

if TYPE_CHECKING:
    from pathlib import Path

AHEAD = """
import sys, threading
from ui import app
app.windows()
from ui.frame.pages import PAGES
from ui.work.loading import load_below

steps = []
thread = threading.Thread(target=lambda: steps.extend(load_below(PAGES["{page}"].modules)))
before = {{name for name in sys.modules if name.startswith("ui.")}}
thread.start()
thread.join()
made = {{name for name in sys.modules if name.startswith("ui.")}} - before
# Packages hold nothing of Qt.
print([name for name in made if not hasattr(sys.modules[name], "__path__")])
ours = {{name for name in sys.modules if name.startswith("inspector.")}}
for step in steps:
    step()
print(sorted({{name for name in sys.modules if name.startswith("inspector.")}} - ours))
print(all(module in sys.modules for module in PAGES["{page}"].modules))
"""


@pytest.mark.parametrize("page", ["visit", "evidence", "sync"])
def test_what_has_to_do_with_qt_is_left_to_the_thread_of_the_windows(
    tmp_path: Path, page: str
) -> None:
    done = python(tmp_path, "-c", AHEAD.format(page=page))
    on_thread, left_of_ours, whole = done.stdout.splitlines()
    assert on_thread == "[]"
    assert left_of_ours == "[]"
    assert whole == "True"
