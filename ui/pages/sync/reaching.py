"""Looks whether depots are there, apart from store and windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.base.paths import Workspace
from inspector.operations.depot_places import Reached, reach

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector.operations.exchange_desk import KnownDepot
    from ui.desk import Desk

#: Sticks are looked for again while the page is shown. Milliseconds.
EVERY_MS = 3_000


class Reaching(QObject):
    """Looks at depots one after the other; folders again and again as long as somebody looks."""

    #: How depots were found, by id.
    found = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._depots: tuple[KnownDepot, ...] = ()
        self._busy = False
        self._again = QTimer(self, interval=EVERY_MS)
        self._again.timeout.connect(self._look_for_sticks)

    def watch(self, depots: Sequence[KnownDepot], *, servers: bool) -> None:
        """Look at depots now; at servers only where nobody is to be noticed by it."""
        self._depots = tuple(each for each in depots if each.kind)
        self._look_for_sticks()
        for each in self._depots if servers else ():
            if each.kind != "folder":
                # One by one: a server that does not answer keeps nobody waiting for the others.
                self._look([each])
        self._again.start()

    def rest(self) -> None:
        """Look no more."""
        self._again.stop()

    def _look_for_sticks(self) -> None:
        sticks = [each for each in self._depots if each.kind == "folder"]
        if sticks and not self._busy and self._desk.exchange.running is None:
            self._busy = True
            self._look(sticks, self._rested)

    def _look(self, depots: list[KnownDepot], ended: Callable[[], None] | None = None) -> None:
        root = self._desk.root
        if root is None:
            return
        workspace = Workspace(root)
        self._desk.papers.run(
            self, lambda _progress: _reached(workspace, depots), self.found.emit, ended=ended
        )

    def _rested(self) -> None:
        self._busy = False


def _reached(workspace: Workspace, depots: list[KnownDepot]) -> dict[str, Reached]:
    return {each.id: reach(workspace, each.address, each.id) for each in depots}
