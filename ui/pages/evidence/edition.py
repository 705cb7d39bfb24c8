"""What the photographs of a supplement show: some of it stands in the sealed visit it corrects."""

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
    """Reads, once for a supplement, the record together with the sealed one that it corrects."""

    #: The places of photographs can be named as they are called there.
    read = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record: VisitRecord | None = None

    def show_board(self, board: Board) -> None:
        """Read what a visit corrects, if it corrects one."""
        visit = board.visit
        if board.record.visit.supplement_of and not self._is_of(board):
            self._desk.read(self, lambda session: load_edition(session, visit), self._take)

    def record_of(self, board: Board, item: Item) -> VisitRecord:
        """Return the record in which the places of a photograph are found."""
        if item.sealed and self._record is not None and self._is_of(board):
            return self._record
        return board.record

    def _is_of(self, board: Board) -> bool:
        return self._record is not None and self._record.visit.id == board.visit

    def _take(self, record: VisitRecord) -> None:
        self._record = record
        self.read.emit()
