"""The board of one visit, kept up to date while pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from inspector.operations.board import Board, Touched, board, renewed

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from ui.desk import Desk


class BoardKeeper(QObject):
    """Reads the board of a visit, and what changed of it after each action.

    Actions that come while one is being read are read together afterwards: a board is always
    brought up to date from the one before it.
    """

    #: A board was read: `Board`.
    shown = Signal(object)
    #: It could not be read: the exception.
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visit = ""
        self._board: Board | None = None
        self._waiting: Touched = frozenset()
        self._reading = False
        self._since = QElapsedTimer()

    @property
    def board(self) -> Board | None:
        """What was read last."""
        return self._board

    @property
    def now(self) -> int:
        """The present moment by the clock of the device that keeps the record. Milliseconds."""
        if self._board is None:
            return 0
        return self._board.now + self._since.elapsed()

    def show(self, visit: str) -> None:
        """Read a visit, also if it is the one that is shown."""
        self._visit = visit
        self._waiting = frozenset()
        if self._board is not None and self._board.visit != visit:
            self._board = None
        self._read(None)

    def tell(self, changes: Changes) -> None:
        """Read what an action touched."""
        self._waiting |= changes.touched
        if not self._reading and self._visit:
            self._read(self._board)

    def _read(self, old: Board | None) -> None:
        visit, touched = self._visit, self._waiting
        self._waiting = frozenset()
        self._reading = True
        self._desk.read(
            self,
            lambda session: renewed(session, old, touched) if old else board(session, visit),
            self._take,
            failed=self._fail,
        )

    def _take(self, found: Board) -> None:
        self._reading = False
        if found.visit != self._visit:
            return
        self._board = found
        self._since.restart()
        if self._waiting:
            self._read(found)
        self.shown.emit(found)

    def _fail(self, error: Exception) -> None:
        self._reading = False
        # What was touched meanwhile is not known any more: next time everything is read.
        self._board = None
        self.failed.emit(error)
