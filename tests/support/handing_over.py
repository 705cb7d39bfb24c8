"""The real program in a process of its own: handing the screen over, and the start after that.

`python -m tests.support.handing_over hand ROOT VISIT` hands the screen over, lets the unit answer
once, says so and then waits to be killed; `… look ROOT PIN` starts again and tells what is seen.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from inspector.base.settings import Loaded, Settings
from inspector.domain.vocabulary import Position
from tests.support.windows import visible_text
from ui.frame.cover import Cover
from ui.pages.closing.page import ClosingPage
from ui.running import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QPushButton

    from ui.frame.window import MainWindow

#: How often it is looked whether one can go on, and after how long it is given up. Milliseconds.
LOOK_MS, GIVE_UP_MS = 20, 60_000
#: What is said once the screen is in other hands and the first answer is saved.
HANDED = "handed over"


def tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


def at_home(window: MainWindow) -> Callable[[], bool]:
    return lambda: window.page is not None and window.place.page == "home"


def hand(window: MainWindow, visit: str) -> Iterator[Callable[[], bool]]:
    yield at_home(window)
    window.desk.go("closing", visit, step="choose")
    yield lambda: isinstance(window.page, ClosingPage) and "choose" in window.page.steps
    page = window.page
    assert isinstance(page, ClosingPage)
    show: QPushButton = page.steps["choose"].show_unit  # type: ignore[attr-defined]
    yield lambda: show.isEnabled() and show.isVisible()
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    yield lambda: page.handed is not None and page.handed.isVisible()
    view = page.handed
    assert view is not None
    # Nothing can be answered before the first finding is read.
    yield lambda: bool(view._shown) and view.form.answers[Position.AGREE].isVisible()
    view.form.saved.connect(lambda _statement: tell(said=HANDED, locked=window.desk.locked))
    QTest.mouseClick(view.form.answers[Position.AGREE], Qt.MouseButton.LeftButton)
    yield lambda: False


def look(window: MainWindow, pin: str) -> Iterator[Callable[[], bool]]:
    yield at_home(window)
    cover = window.findChild(Cover)
    assert cover is not None
    yield lambda: not cover._notes.pin.isHidden()
    tell(hidden=cover.is_hidden, text=visible_text(window))
    tried: list[str] = []
    told = cover._notes.say
    cover._notes.say = tried.append  # type: ignore[method-assign]
    type_pin(cover, "0" * len(pin))
    yield lambda: bool(tried)
    tell(hidden=cover.is_hidden)
    cover._notes.say = told  # type: ignore[method-assign]
    type_pin(cover, pin)
    yield lambda: not cover.is_hidden
    tell(hidden=cover.is_hidden)
    window.close()


def type_pin(cover: Cover, pin: str) -> None:
    QTest.keyClicks(cover._notes.pin, pin)
    QTest.keyClick(cover._notes.pin, Qt.Key.Key_Return)


def main(what: str, root: str, more: str) -> int:
    settings = Loaded(Settings(lang="zh", theme="light"))
    app, window = shown(settings, Path(root), lambda _detail: 3)
    steps = {"hand": hand, "look": look}[what](window, more)
    ready = [next(steps)]

    def go_on() -> None:
        while ready[0]():
            following = next(steps, None)
            if following is None:
                timer.stop()
                return
            ready[0] = following

    timer = QTimer(window, interval=LOOK_MS)
    timer.timeout.connect(go_on)
    timer.start()
    QTimer.singleShot(GIVE_UP_MS, window, lambda: os._exit(4))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
