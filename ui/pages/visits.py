"""走访: all visits, to open one or to prepare a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from inspector.operations.discretion import covert_now
from inspector.operations.preparing import Listed, listed_visits
from inspector.operations.standing import belongs
from ui.models.placed import Placed
from ui.models.visits import NAME, PHASE, WHERE, WIDTHS, VisitsModel
from ui.page import Page
from ui.theme import tokens
from ui.widgets.buttons import button
from ui.widgets.fields import filter_field
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Bones, Card, Nothing, column

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from inspector.operations.session import Session
    from ui.desk import Desk, Place

#: Nouns that the list counts or names.
_SHOWN = frozenset(
    {"visit", "hall", "event", "answer", "finding", "evidence", "seal", "visit_member"}
)
#: Longer than this, bones stand where the list comes. Milliseconds.
PATIENCE_MS = 150


class _Read(NamedTuple):
    """All visits, whether places are shown by code only, whether anything is exchanged."""

    found: list[Listed]
    covert: bool
    exchanges: bool


class VisitsPage(Page):
    """All visits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, look = self.tr, self.look
        self.title = tr("Visits")
        self.tools = [
            button(
                look, tr("New visit (Ctrl+N)"), lambda: desk.go("new_visit"), kind="primary",
                icon="plus",
            )
        ]  # fmt: skip
        self.filter = filter_field(tr("Filter"), tr("Number, place, phase, day"))
        self.model = VisitsModel(desk, self)
        self.filter.textChanged.connect(self._narrow)
        self.narrowing.append(self.filter)
        self.filter.returnPressed.connect(self.open_current)
        self.table = RegisterTable(desk, tr("Visits"), self.model)
        self.table.opened.connect(self.open_current)
        self.table.set_widths(WIDTHS, NAME)
        self._placed = Placed(desk, self, self.model.found)
        #: Whether there are visits at all.
        self._any = False
        self._stack = QStackedWidget()
        for part in (Bones(8), self.table, *self._nothings()):
            self._stack.addWidget(part)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._stack.show)
        card = Card()
        card.body.addWidget(self.filter)
        card.body.addWidget(self._stack, 1)
        self.setLayout(column(card, margins=tokens.XL))
        self._stack.hide()

    def _nothings(self) -> tuple[Nothing, Nothing]:
        """Return what stands where there is no visit at all, and where none fits."""
        tr, look = self.tr, self.look
        none = Nothing(
            look,
            "visit",
            tr("No visits yet"),
            tr("Prepare one: choose the place and who takes part."),
            tr("New visit"),
            lambda: self.desk.go("new_visit"),
        )
        left_out = Nothing(
            *(look, "filter", tr("No visit fits"), tr("Something above leaves all out.")),
            *(tr("Clear the filters"), self._widen),
        )
        return none, left_out

    def show_place(self, place: Place) -> None:
        """Read all visits."""
        del place
        self._patience.start()
        self.desk.read(self, _read, self._show)

    def refresh(self, changes: Changes) -> None:
        """Read again what the list counts."""
        if {noun for noun, _id in changes.touched} & _SHOWN:
            self.desk.read(self, _read, self._show)

    def _show(self, read: _Read) -> None:
        found, covert, exchanges = read
        self._patience.stop()
        current = self._current()
        self.model.take(found, covert=covert)
        self.table.setColumnHidden(NAME, covert)
        self.table.setColumnHidden(WHERE, not exchanges)
        if exchanges:
            self._placed.read([each.row.visit.id for each in found])
        # What is hidden leaves its room to another.
        self.table.set_widths(WIDTHS, NAME if not covert else WHERE if exchanges else PHASE)
        self._any = bool(found)
        self._choose_part()
        self._stack.show()
        row = 0
        if current is not None:
            kept = current.row.visit.id
            rows = range(self.model.rowCount())
            shown = ((n, self.model.listed(n)) for n in rows)
            row = next((n for n, each in shown if each and each.row.visit.id == kept), 0)
        self.table.selectRow(row)
        if not self.filter.hasFocus():
            self.table.setFocus()

    def _narrow(self, text: str) -> None:
        self.model.restrict(text)
        if self._any:
            self._choose_part()

    def _widen(self) -> None:
        self.filter.clear()
        self.filter.setFocus()

    def _choose_part(self) -> None:
        """Show the table, or say why nothing stands in it."""
        self._stack.setCurrentIndex(2 if not self._any else 1 if self.model.rowCount() else 3)

    def _current(self) -> Listed | None:
        return self.model.listed(self.table.currentIndex().row())

    def open_current(self) -> None:
        """Open the visit one stands on."""
        found = self._current()
        if found is not None:
            self.desk.go("visit", found.row.visit.id)


def _read(session: Session) -> _Read:
    return _Read(listed_visits(session), covert_now(session), belongs(session))
