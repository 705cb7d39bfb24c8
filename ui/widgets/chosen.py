"""The pane beside a register: what is known of the row that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.surfaces import Nothing, cleared, column, scrolled
from ui.widgets.text import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from ui.theme.look import Look


class ChosenPane(QFrame):
    """Parts that scroll, made anew for each row, above feet that stay: what can be done with it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("card")
        self.parts = column(spacing=tokens.M, margins=tokens.L)
        inside = QWidget()
        inside.setLayout(self.parts)
        area = scrolled(inside)
        inside.setObjectName("panel")
        self._feet = QWidget()
        # Until it is known whether there is a row to choose.
        self._feet.hide()
        whole = column(area, self._feet, spacing=0)
        whole.setStretch(0, 1)
        # The corners of the card are round: what scrolls is not.
        whole.setContentsMargins(1, tokens.S, 1, tokens.S)
        self.setLayout(whole)

    def set_feet(self, buttons: QLayout) -> None:
        """Take the buttons for what can be done with the row."""
        buttons.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.L - tokens.S)
        self._feet.setLayout(buttons)

    def say_nothing(self, icon: str, title: str, text: str) -> None:
        """Say that no row is chosen; then nothing can be done."""
        self.begin()
        self._feet.hide()
        self.parts.addWidget(Nothing(self._look, icon, title, text))

    def begin(self) -> None:
        """Take away what was shown: another row is chosen."""
        cleared(self.parts)

    def add_fact(self, name: str, text: str) -> None:
        """Add what is called `name`; several lines where it needs them."""
        words = label(text, wrap=True, selectable=True)
        self.parts.addLayout(column(label(name, Type.CAPTION), words, spacing=2))

    def end(self, said: str = "") -> None:
        """Keep what was added at the top, with `said` at the bottom; offer what can be done."""
        self.parts.addStretch(1)
        if said:
            self.parts.addWidget(label(said, Type.CAPTION, wrap=True))
        self._feet.show()
