"""The program as it begins on a new computer, and where a person is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.session import Session
    from tests.endtoend.screen import Hands
    from ui.frame.window import MainWindow
    from ui.page import Page
    from ui.pages.start.page import StartPage
    from ui.pages.start.wizard import Step

T = TypeVar("T")


@dataclass
class Program:
    """The running program."""

    window: MainWindow
    hands: Hands

    @property
    def page(self) -> Page:
        """The page that is shown."""
        assert self.window.page is not None
        return self.window.page

    @property
    def step(self) -> Step:
        """The step of the first start that is shown."""
        step = cast("StartPage", self.page)._step
        assert step is not None
        return step

    def at(self, name: str) -> Page:
        """Wait until a page is shown and has read what it shows; return it."""
        self.hands.until(lambda: self.window.place is not None and self.window.place.page == name)
        # It is made before it is shown.
        self.hands.until(self.page.isVisible)
        self.rest()
        return self.page

    def at_step(self, number: int) -> None:
        """Wait for a step of the first start."""
        self.hands.until(lambda: self.step.number == number)

    def rest(self) -> None:
        """Wait until the worker has done everything and its results are shown."""
        for _generation in range(4):
            done: list[None] = []
            self.window.desk.worker.when_idle(self.window, done.append)
            self.hands.until(lambda done=done: bool(done))
        page = self.window.page
        if page is not None and not page.is_whole:
            self.hands.until(lambda: page.is_whole)
            self.rest()

    def ask(self, work: Callable[[Session], T]) -> T:
        """Return what the worker reads from the open record."""
        got: list[T] = []
        self.window.desk.read(self.window, work, got.append)
        self.hands.until(lambda: bool(got))
        return got[0]
