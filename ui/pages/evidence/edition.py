"""What a supplement corrects: its photographs are named by what they show there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from inspector.operations.records import load_edition

if TYPE_CHECKING:
    from inspector.domain.record import VisitRecord
    from inspector.operations.album import Item
    from inspector.operations.board import Board
    from ui.desk import Desk


class Edition(QObject):
    """Reads the sealed record that stands behind a supplement, once for each supplement."""

    #: It was read.
    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: VisitRecord | None = None

    def show_board(self, board: Board) -> None:
        """Read what a visit corrects, if it corrects something."""
        if board.record.visit.supplement_of and not self._is_of(board):
            visit = board.visit
            self._desk.read(self, lambda session: load_edition(session, visit), self._take)

    def record(self, board: Board, item: Item) -> VisitRecord:
        """Return the record in which the places of a photograph are found."""
        if item.sealed and self._read is not None and self._is_of(board):
            return self._read
        return board.record

    def _is_of(self, board: Board) -> bool:
        return self._read is not None and self._read.visit.id == board.visit

    def _take(self, record: VisitRecord) -> None:
        self._read = record
        self.arrived.emit()
