"""Making something in steps, so that what stands already is seen while the rest is made."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Stages(QObject):
    """Does one step after the other, each in a turn of its own on the thread of the windows.

    Between two steps is painted what stands, and done what a person asks for. What a step made is
    laid out and painted in the turn after it, and the next step has the turn after that: where
    both were due at once, they would be one turn as long as both.
    """

    #: The last step was done.
    ended = Signal()
    #: How many steps were done in the whole program: never two in one turn, whoever makes them.
    _count: ClassVar[int] = 0

    def __init__(self, steps: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = deque(steps)
        self._pause = QTimer(self, singleShot=True, interval=0)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._before = 0
        self._pause.timeout.connect(self._wait)
        self._turn.timeout.connect(self._go_on)

    @property
    def is_done(self) -> bool:
        """Whether every step was done."""
        return not self._steps

    def add(self, steps: Iterable[Callable[[], object]]) -> None:
        """Do these steps as well, after those that are left."""
        self._steps.extend(steps)

    def begin(self) -> None:
        """Do the first step soon; nothing if all were done or they are being done."""
        if self._steps and not (self._pause.isActive() or self._turn.isActive()):
            self._pause.start()

    def drop(self) -> None:
        """Forget what is left: nobody needs it any more."""
        self._pause.stop()
        self._turn.stop()
        self._steps.clear()

    def finish(self) -> None:
        """Do now what is left: somebody needs all of it."""
        while self._steps:
            self._do()

    def _wait(self) -> None:
        self._before = Stages._count
        self._turn.start()

    def _go_on(self) -> None:
        if Stages._count != self._before:
            self._pause.start()
            return
        try:
            if self._steps:
                self._do()
        finally:
            # One that fails is told as a fault; the others are made all the same.
            self.begin()

    def _do(self) -> None:
        step = self._steps.popleft()
        Stages._count += 1
        try:
            step()
        finally:
            if not self._steps:
                self.ended.emit()
