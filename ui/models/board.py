"""The board of one visit, kept up to date while pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject

from inspector.operations.board import Board, Touched, board, renewed
from ui.models.keeper import Keeper

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from ui.desk import Desk


class BoardKeeper(Keeper):
    """Keeps the board, and the time of the device since it was read."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._since = QElapsedTimer()

    @property
    def board(self) -> Board | None:
        """What was read last."""
        found: Board | None = self._found
        return found

    @property
    def now(self) -> int:
        """The present moment by the clock of the device that keeps the record. Milliseconds."""
        shown = self.board
        return 0 if shown is None else shown.now + self._since.elapsed()

    def whole(self, session: Session, visit: str) -> Board:
        """Read the board of a visit."""
        return board(session, visit)

    def renewed(self, session: Session, old: Board, touched: Touched) -> Board:
        """Read what changed of it."""
        return renewed(session, old, touched)

    def taken(self) -> None:
        """Count from the moment at which it was read."""
        self._since.restart()
