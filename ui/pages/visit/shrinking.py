"""From the page of a visit to the mini window and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.theme.tokens import Tone
from ui.widgets.surfaces import Banner

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

    def offer(self) -> Banner:
        """Return what offers it when the covert part begins."""
        tr = self._desk.tr
        made = Banner(
            self._desk.look,
            tr("The mini window tells a bystander nothing. The settings list its keys."),
            Tone.INFO,
            "mini",
            tr("Mini window (F10)"),
            self.shrink,
        )
        self._desk.shrunk.connect(made.deleteLater)
        return made
