"""Where scenes are set: a real window on a copy of the office, in one language, theme and size."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from inspector.operations.workspaces import open_workspace
from tests.support.fixed import CountingEntropy, FixedClock
from ui.desk import Desk
from ui.frame.window import MainWindow
from ui.theme import look

if TYPE_CHECKING:
    from inspector.base.settings import Settings
    from tests.support.office import Office
    from ui.page import Page

#: What is waited for at most. Milliseconds.
PATIENCE_MS = 30_000

Scene = Callable[["Stage"], QWidget]


def all_scenes() -> dict[str, Scene]:
    """Return every scene by the name of its function, page by page."""
    found: dict[str, Scene] = {}
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if not path.stem.startswith("_") and path.stem != "stage":
            module = importlib.import_module(f"tests.scenes.{path.stem}")
            found |= {f"{path.stem}-{scene.__name__}": scene for scene in module.SCENES}
    return found


@dataclass
class Stage:
    """An open window, and what scenes do with it."""

    app: QApplication
    desk: Desk
    window: MainWindow
    office: Office

    def go(self, page: str, id: str = "", **more: str) -> Page:
        """Go to a page and wait until it shows what it reads."""
        self.desk.go(page, id, **more)
        self.settle()
        assert self.window.page is not None
        return self.window.page

    def settle(self) -> None:
        """Wait until the worker is idle and everything is painted."""
        # What is delivered may ask for more, which may ask for more.
        for _generation in range(4):
            self._wait()
        while not self.desk.worker.is_idle:
            self._wait()
        page = self.window.page
        if page is not None and not page.is_whole:
            self.until(lambda: page.is_whole)
            self.settle()
        self.app.sendPostedEvents()

    def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something is so."""
        loop = QEventLoop()
        late = QTimer(singleShot=True, interval=PATIENCE_MS)
        late.timeout.connect(lambda: loop.exit(1))
        late.start()
        look_again = QTimer(interval=20)
        look_again.timeout.connect(lambda: happened() and loop.exit(0))
        look_again.start()
        if loop.exec() != 0:
            raise TimeoutError("it did not happen")

    def _wait(self) -> None:
        loop = QEventLoop()
        late = QTimer(singleShot=True, interval=PATIENCE_MS)
        late.timeout.connect(lambda: loop.exit(1))
        late.start()
        self.desk.worker.when_idle(self.window, lambda _none: loop.exit(0))
        if loop.exec() != 0:
            raise TimeoutError("the worker did not become idle")


@contextmanager
def staged(
    app: QApplication, office: Office, settings: Settings, size: tuple[int, int], folder: Path
) -> Iterator[Stage]:
    """Yield a window of `size` on a copy of `office` made in `folder`, two hours into the visit."""
    copy = office.copied_to(folder / "office")
    clock = FixedClock()
    clock.advance(minutes=49 * 60)
    desk = Desk(settings, None)
    look.apply(desk.look, app)
    window = MainWindow(desk)
    window.resize(*size)
    window.show()
    stage = Stage(app, desk, window, copy)
    try:
        entropy = CountingEntropy("stage")
        desk.worker.open(
            window, lambda: open_workspace(copy.root, clock, entropy), lambda _root: None
        )
        desk.root = copy.root
        stage.settle()
        yield stage
    finally:
        window.close()
        desk.shutdown()
        window.deleteLater()
        desk.deleteLater()
        # Deleted now, with every dialog above it: some of them may be closed by no one.
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
