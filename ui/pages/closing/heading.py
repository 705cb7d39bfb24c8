"""The heading of the page: the way back, which visit, the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from inspector.domain.numbers import named_number
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import icon_button
from ui.widgets.stepper import StepButton
from ui.widgets.surfaces import column, row
from ui.widgets.text import Elided

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.operations.closing import Closing
    from ui.desk import Desk


class Heading(QFrame):
    """One line above everything. The hall is shown by its code, as in every phase."""

    #: A step was pressed, by its name.
    stepped = Signal(str)

    def __init__(self, desk: Desk, steps: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._desk = desk
        self._visit = ""
        look, tr = desk.look, desk.tr
        self.setMinimumHeight(round(tokens.TOP_BAR * look.scale))
        back = icon_button(look, "back", tr("Back to the visit"), self._back)
        self._name = Elided(role=Type.SECTION)
        self._number = Elided(role=Type.CAPTION)
        self.steps = {
            name: StepButton(desk, number, text)
            for number, (name, text) in enumerate(steps.items(), 1)
        }
        layout = row(back, spacing=tokens.M)
        layout.setContentsMargins(tokens.M, 0, tokens.M, 0)
        layout.addLayout(column(None, self._name, self._number, None, spacing=2), 2)
        for name, step in self.steps.items():
            step.clicked.connect(lambda _on=False, name=name: self.stepped.emit(name))
            layout.addWidget(step)
        layout.addStretch(1)
        hide = icon_button(look, "hide", tr("Hide the view (F9)"), desk.hidden.emit)
        layout.addWidget(hide)
        self.setLayout(layout)

    def show_closing(self, found: Closing, now: str, done: frozenset[str]) -> None:
        """Show which visit it is and where one stands."""
        tr = self._desk.tr
        self._visit = found.visit.id
        words = tr("{code} supplement") if found.visit.supplement_of else tr("{code} closing")
        self._name.setText(words.format(code=found.place))
        self._number.setText(named_number(found.visit, self._desk.lang))
        for name, step in self.steps.items():
            step.show_state(done=name in done, now=name == now)

    def show_nothing(self, text: str) -> None:
        """Show that there is no visit here."""
        self._name.setText(text)

    def _back(self) -> None:
        self._desk.go("visit", self._visit) if self._visit else self._desk.go("home")
