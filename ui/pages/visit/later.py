"""The bar that says that what comes was seen earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.surfaces import row
from ui.widgets.text import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk
    from ui.widgets.seen import SeenRow


class LaterBar(QFrame):
    """The row of the time, and the way back to now."""

    def __init__(self, desk: Desk, seen: SeenRow, back: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", Tone.WARN.value)
        words = label(desk.tr("Seen earlier:"), Type.STRONG)
        now = button(desk.look, desk.tr("Back to now"), back, kind="text")
        layout = row(words, seen, now, spacing=tokens.M, stretch=1)
        layout.setContentsMargins(tokens.L, tokens.XS, tokens.L, tokens.XS)
        self.setLayout(layout)
