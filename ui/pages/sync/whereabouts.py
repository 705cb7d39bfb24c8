"""Where each visit is: here, on which media, with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from inspector.operations.preparing import Listed, listed_visits
from ui.models.placed import Placed
from ui.models.whereabouts import RECEIVED, WIDTHS, WhereaboutsModel
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Card, Nothing, column
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.by_hand import ByHand
    from ui.desk import Desk


class Whereabouts(QWidget):
    """A table of all visits; Enter opens one."""

    def __init__(self, desk: Desk, hands: ByHand) -> None:
        super().__init__()
        tr = desk.tr
        self._desk, self._hands = desk, hands
        hands.taken.connect(self.read)
        self.model = WhereaboutsModel(desk, self)
        self._placed = Placed(desk, self, self.model.found)
        self.table = RegisterTable(desk, tr("Where visits are"), self.model)
        self.table.set_widths(WIDTHS, RECEIVED)
        self.table.opened.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(Nothing(desk.look, "visit", tr("No visits yet")))
        self._stack.addWidget(self.table)
        card = Card(tr("Where visits are"))
        card.body.addWidget(
            label(
                tr(
                    "Received means that the computer of that person said so in a receipt that it "
                    "signed; nothing is said on this computer's own word."
                ),
                Type.CAPTION,
                wrap=True,
            )
        )
        self.over = button(desk.look, tr("Hand the visit over …"), self._hand_over, icon="export")
        self.typed = button(desk.look, tr("Type in a receipt …"), hands.type_receipt,
                            icon="keyboard")  # fmt: skip
        self.codes = button(desk.look, tr("Read codes …"), hands.read_codes, icon="camera")
        card.head.addStretch(1)
        for each in (self.over, self.codes, self.typed):
            card.head.addWidget(each)
        card.body.addWidget(self._stack, 1)
        self.setLayout(column(card, margins=tokens.XL))

    def read(self) -> None:
        """Read the visits, then where they are, the newest first."""
        self._desk.read(self, listed_visits, self._show)

    def _show(self, found: list[Listed]) -> None:
        at = max(0, self.table.currentIndex().row())
        self.model.take(found)
        self._stack.setCurrentIndex(1 if found else 0)
        if found:
            self.table.selectRow(min(at, len(found) - 1))
        self._placed.read([each.row.visit.id for each in found])

    def _hand_over(self) -> None:
        found = self.model.row(self.table.currentIndex().row())
        if found is not None:
            self._hands.hand_over(found.row.visit.id)

    def _open(self) -> None:
        found = self.model.row(self.table.currentIndex().row())
        if found is not None:
            self._desk.go("visit", found.row.visit.id)
