"""The bar that says that what comes was seen earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ui.pages.visit.begun import Held
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspector.operations.board import Board
    from inspector.operations.seeing import Typed
    from ui.desk import Desk
    from ui.widgets.seen import SeenRow


class LaterBar(QFrame):
    """The row of the time, and the way back to now."""

    #: What was typed on the page before stands here again: the bar is to be shown.
    resumed = Signal()

    def __init__(self, desk: Desk, seen: SeenRow, back: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", Tone.WARN.value)
        words = label(desk.tr("Seen earlier:"), Type.STRONG)
        now = button(desk.look, desk.tr("Back to now"), back, kind="text")
        layout = row(words, seen, now, spacing=tokens.M, stretch=1)
        layout.setContentsMargins(tokens.L, tokens.XS, tokens.L, tokens.XS)
        self.setLayout(layout)
        self._seen = seen
        self._begun: Held[Typed] = Held(self._read, self._put)

    def show_board(self, board: Board) -> None:
        """Take the visit as it stands: what is said of a time belongs to one visit."""
        self._begun.show(board.visit)

    @property
    def drafts(self) -> dict[str, Typed]:
        """The time that is typed, by visit."""
        return self._begun.drafts

    def take_up(self, drafts: Mapping[str, Typed]) -> None:
        """Go on with the time that was typed on the page before."""
        self._begun.take_up(drafts)

    def _read(self) -> Typed | None:
        return None if self.isHidden() else self._seen.typed

    def _put(self, typed: Typed) -> None:
        self._seen.put(typed)
        self.resumed.emit()
