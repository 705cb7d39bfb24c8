"""场所: the register of places, with how often each was visited, and the form of one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTableView,
    QWidget,
)

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.domain.entities import Hall
from inspector.domain.hours_text import parse_text, to_text
from inspector.domain.schedules import parse, to_json
from inspector.domain.terms import TERMS, term
from inspector.domain.vocabulary import HallLevel
from inspector.operations.places import add_hall, add_windows, numbered_windows
from inspector.operations.registers import HallRow, hall_rows
from inspector.operations.withdrawing import edit_hall
from ui.models.halls import NAME, HallsModel
from ui.page import Page
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.buttons import button
from ui.widgets.labelled import Labelled
from ui.widgets.surfaces import Banner, Card, cleared, column, row, scrolled

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from inspector.operations.session import Session
    from ui.desk import Desk, Place

_HOURS_HINT = N_("As people write them: Mon-Fri 9:00-12:00 13:30-17:00")
#: At 100 % text.
_WIDTH = 360
_SHOWN = frozenset({"hall", "window", "visit", "event"})


class HallsPage(Page):
    """Places at the left, the form of the one that is chosen, or of a new one, at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, look = self.tr, self.look
        self.title = tr("Places")
        self.new = button(look, tr("New place"), self._begin, kind="primary", icon="plus")
        self.tools = [self.new]
        self.model = HallsModel(tr, self)
        self._hall: Hall | None = None
        self._wanted = ""
        self.setLayout(row(self._register(), self._form(), spacing=tokens.XL))
        margins = (tokens.XL,) * 4
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(*margins)
        self._begin()

    # -- parts ---------------------------------------------------------------------------------

    def _register(self) -> Card:
        tr = self.tr
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Code, name, address"))
        self.filter.setAccessibleName(tr("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.model.restrict)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Places"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(50)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._choose())
        card = Card()
        card.body.addWidget(self.filter)
        card.body.addWidget(self.table, 1)
        return card

    def _form(self) -> QWidget:
        tr, look = self.tr, self.look
        self.name, self.code, self.address = QLineEdit(), QLineEdit(), QLineEdit()
        self.hours, self.floors = QLineEdit(), QLineEdit()
        self.windows = QSpinBox()
        self.windows.setRange(0, 500)
        self.level = QComboBox()
        for member in TERMS[HallLevel]:
            self.level.addItem(term(member, self.desk.lang), member)
        self._named = Labelled(tr("Name"), self.name)
        self._timed = Labelled(tr("Opening hours"), self.hours, tr(_HOURS_HINT))
        self._counted = Labelled(
            tr("Windows"), self.windows, tr("Numbered 01, 02 … and spread over the floors.")
        )
        self._storeys = Labelled(tr("Floors"), self.floors, tr("Separated by commas: 1, 2"))
        self.card = Card(tr("New place"))
        self.card.setFixedWidth(round(_WIDTH * look.scale))
        self._notes = column(spacing=tokens.S)
        self.save = button(look, tr("Save"), self._save, kind="primary", icon="check")
        inside = QWidget()
        parts = (
            self._named,
            Labelled(tr("Code"), self.code, tr("Shown instead of the name inside a hall.")),
            Labelled(tr("Level"), self.level),
            Labelled(tr("Address"), self.address),
            self._timed,
            self._counted,
            self._storeys,
        )
        inside.setLayout(column(*parts, None, spacing=tokens.M))
        area = scrolled(inside)
        inside.setObjectName("panel")
        self.card.body.addWidget(area, 1)
        self.card.body.addLayout(self._notes)
        self.card.body.addLayout(row(None, self.save))
        return self.card

    # -- what there is -------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Read the register; open the place that is named."""
        self._wanted = place.more.get("hall", "")
        self.desk.read(self, hall_rows, self._show)

    def refresh(self, changes: Changes) -> None:
        """Read again what the register counts."""
        if {noun for noun, _id in changes.touched} & _SHOWN:
            self.desk.read(self, hall_rows, self._show)

    def _show(self, rows: list[HallRow]) -> None:
        wanted = self._wanted or (self._hall.id if self._hall else "")
        self._wanted = ""
        self.model.take(rows)
        place = self.model.place(wanted)
        if place >= 0:
            self.table.selectRow(place)

    def _choose(self) -> None:
        chosen = self.model.row(self.table.currentIndex().row())
        if chosen is not None:
            self._fill(chosen)

    # -- the form ------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Offer an empty form."""
        self._hall = None
        self.table.clearSelection()
        self.card.title.setText(self.tr("New place"))
        for field in (self.name, self.code, self.address, self.hours):
            field.clear()
        self.code.setEnabled(True)
        self.windows.setValue(0)
        self.floors.setText("1")
        self._say_windows(0)
        cleared(self._notes)
        self.name.setFocus()

    def _fill(self, chosen: HallRow) -> None:
        hall = self._hall = chosen.hall
        cleared(self._notes)
        self.card.title.setText(hall.name)
        self.name.setText(hall.name)
        self.code.setText(hall.code)
        # A table recognises the place by it.
        self.code.setEnabled(False)
        self.level.setCurrentIndex(self.level.findData(hall.level))
        self.address.setText(hall.address)
        self.hours.setText(to_text(parse(hall.hours), self.desk.lang))
        self.windows.setValue(0)
        self._say_windows(chosen.windows)

    def _say_windows(self, count: int) -> None:
        tr = self.tr
        self._counted.say(
            tr("There are {count} windows.", count=count)
            if count
            else tr("Numbered 01, 02 … and spread over the floors.")
        )
        for field in (self.windows, self.floors):
            field.setEnabled(not count)

    def _save(self) -> None:
        """Save the place, and its windows if it has none yet."""
        self._named.say("")
        self._timed.say(self.tr(_HOURS_HINT))
        try:
            hours = to_json(parse_text(self.hours.text()))
        except MingchaError as error:
            self._timed.say(error.text(self.tr), wrong=True)
            return
        hall = Hall(
            id=self._hall.id if self._hall else "",
            name=self.name.text(),
            code=self.code.text(),
            level=self.level.currentData(),
            address=self.address.text(),
            hours=hours,
        )
        floors = [each for each in self.floors.text().replace("，", ",").split(",") if each.strip()]
        work = partial(_saved, hall=hall, count=self.windows.value(), floors=floors)
        self.desk.act(self, work, self._saved, failed=self._refused)

    def _saved(self, hall: str) -> None:
        self._wanted = hall
        self.desk.say(self.tr("The place is saved."))
        self.desk.read(self, hall_rows, self._show)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, MingchaError):
            self.desk.worker.refused.emit(error)
        elif error.code == "name_missing":
            self._named.say(error.text(self.tr), wrong=True)
        else:
            cleared(self._notes)
            self._notes.addWidget(Banner(self.look, error.text(self.tr), Tone.DANGER, "warning"))


def _saved(session: Session, hall: Hall, count: int, floors: list[str]) -> str:
    """Add or change a place; return its id."""
    windows = numbered_windows(count, [floor.strip() for floor in floors])
    if not hall.id:
        return add_hall(session, hall, windows).id
    fields = {name: getattr(hall, name) for name in ("name", "level", "address", "hours")}
    edit_hall(session, hall.id, fields)
    if windows:
        add_windows(session, hall.id, windows)
    return hall.id
