"""The heading: the way back, which photograph of which visit, what is one key away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button, icon_button
from ui.widgets.surfaces import Badge, column, row
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.desk import Desk


class Heading(QFrame):
    """One line above everything. The place is shown by its code, in every phase."""

    def __init__(self, desk: Desk, back: Callable[[], object], card: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("topbar")
        look, tr = desk.look, desk.tr
        self._tr = tr
        self.setMinimumHeight(round(tokens.TOP_BAR * look.scale))
        self._name = Elided(role=Type.SECTION)
        self._about = Elided(role=Type.CAPTION)
        self.unchanged = Badge(look, tr("Originals are never changed"), Tone.OK, "shield")
        self.wrong = Badge(look, "", Tone.DANGER, "warning")
        self.wrong.hide()
        self.card = button(look, tr("Clock card (K)"), card, icon="clock", extent="touch")
        #: Where what belongs to the visit as a whole stands.
        self.tools = row(spacing=tokens.S)
        layout = row(icon_button(look, "back", tr("Back to the visit"), back), spacing=tokens.M)
        layout.setContentsMargins(tokens.M, 0, tokens.M, 0)
        layout.addLayout(column(None, self._name, self._about, None, spacing=2), 1)
        layout.addWidget(self.unchanged)
        layout.addWidget(self.wrong)
        layout.addLayout(self.tools)
        layout.addWidget(self.card)
        layout.addWidget(icon_button(look, "hide", tr("Hide the view (F9)"), desk.hidden.emit))
        self.setLayout(layout)

    def say(self, name: str, about: str) -> None:
        """Show what is looked at, and where in the visit it stands."""
        self._name.setText(name)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def warn(self, condition: str) -> None:
        """Say in place of the promise what hashing found, unless it is “ok” or not known."""
        words = {
            "damaged": self._tr("Differs from when it was stored"),
            "missing": self._tr("Not there"),
        }.get(condition, "")
        self.wrong.say(words)
        self.unchanged.setVisible(not words)
