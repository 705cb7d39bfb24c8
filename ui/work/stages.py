"""Making something in steps, so that what stands already is seen while the rest is made."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Stages(QObject):
    """Does one step after the other, each in a turn of its own on the thread of the windows.

    Between two steps is painted what stands, and done what a person asks for.
    """

    #: The last step was done.
    ended = Signal()

    def __init__(self, steps: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = deque(steps)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    @property
    def is_done(self) -> bool:
        """Whether every step was done."""
        return not self._steps

    def add(self, steps: Iterable[Callable[[], object]]) -> None:
        """Do these steps as well, after those that are left."""
        self._steps.extend(steps)

    def begin(self) -> None:
        """Do the first step in the next turn; nothing if all were done or they are being done."""
        if self._steps and not self._turn.isActive():
            self._turn.start()

    def finish(self) -> None:
        """Do now what is left: somebody needs all of it."""
        while self._steps:
            self._do()

    def _go_on(self) -> None:
        try:
            if self._steps:
                self._do()
        finally:
            # One that fails is told as a fault; the others are made all the same.
            self.begin()

    def _do(self) -> None:
        step = self._steps.popleft()
        try:
            step()
        finally:
            if not self._steps:
                self.ended.emit()
