"""Something of one visit that is read once and then brought up to date, while pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from inspector.operations.board import Touched
    from inspector.operations.session import Session
    from ui.desk import Desk


class Keeper(QObject):
    """Reads one thing of a visit whole, then after each action only what changed of it.

    Actions that come while it is being read are read together afterwards: it is always brought up
    to date from the one before.
    """

    #: It was read.
    shown = Signal(object)
    #: It could not be read: the exception.
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visit = ""
        self._found: Any = None
        self._waiting: Touched = frozenset()
        self._reading = False

    def whole(self, session: Session, visit: str) -> Any:
        """Read all of it; what is returned names its `visit`."""
        raise NotImplementedError

    def renewed(self, session: Session, old: Any, touched: Touched) -> Any:
        """Return `old` as it stands after actions that touched `touched`."""
        raise NotImplementedError

    def show(self, visit: str) -> None:
        """Read a visit, also if it is the one that is shown."""
        self._visit = visit
        self._waiting = frozenset()
        if self._found is not None and self._found.visit != visit:
            self._found = None
        self._read(None)

    def tell(self, changes: Changes) -> None:
        """Read what an action touched."""
        self._waiting |= changes.touched
        if not self._reading and self._visit:
            self._read(self._found)

    def taken(self) -> None:
        """Do what is to be done before it is told that it was read."""

    def _read(self, old: Any) -> None:
        visit, touched = self._visit, self._waiting
        self._waiting = frozenset()
        self._reading = True
        self._desk.read(
            self,
            lambda session: (
                self.whole(session, visit) if old is None else self.renewed(session, old, touched)
            ),
            self._take,
            failed=self._fail,
        )

    def _take(self, found: Any) -> None:
        self._reading = False
        if found.visit != self._visit:
            return
        self._found = found
        self.taken()
        if self._waiting:
            self._read(found)
        self.shown.emit(found)

    def _fail(self, error: Exception) -> None:
        self._reading = False
        # What was touched meanwhile is not known any more: next time everything is read.
        self._found = None
        self.failed.emit(error)
