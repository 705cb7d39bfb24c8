"""From the page of a visit to the mini window and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.models.board import BoardKeeper


class Shrinking(QObject):
    """Offers the mini window while somebody is inside unrecognised."""

    def __init__(self, desk: Desk, keeper: BoardKeeper) -> None:
        super().__init__(keeper)
        self._desk, self._keeper = desk, keeper

    def shrink(self) -> None:
        """Go on in the mini window (F10)."""
        board = self._keeper.board
        if board is not None and board.standing.covert and not board.sealed:
            self._desk.shrunk.emit(board.visit)

    def offer(self) -> None:
        """Offer it when the covert part begins, in the foot: nothing moves under a finger."""
        tr = self._desk.tr
        # At 1280 pixels the foot has room for no more beside the keys and Undo.
        self._desk.say(tr("F10: go on in the mini window"))
