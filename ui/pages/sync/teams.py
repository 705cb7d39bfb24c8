"""The board of teams: how far each is, and since when nothing has come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from inspector.operations.review_rows import teams_in_sight
from ui.pages.review.teams import COUNTY, WIDTHS, TeamsModel
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Card, column
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.desk import Desk


class TeamsView(QWidget):
    """A table; what is not known is a dash."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.tr
        self._desk = desk
        self.model = TeamsModel(desk, self)
        self.table = RegisterTable(desk, tr("Teams"), self.model)
        self.table.set_widths(WIDTHS, COUNTY)
        card = Card(tr("Teams"))
        card.body.addWidget(
            label(
                tr("– is not known, and never nought: nothing has come from there."),
                Type.CAPTION,
                wrap=True,
            )
        )
        card.body.addWidget(self.table, 1)
        self.setLayout(column(card, margins=tokens.XL))

    def read(self) -> None:
        """Read the board."""
        self._desk.read(self, teams_in_sight, self.model.take)
