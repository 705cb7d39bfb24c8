"""场所: the register of places, one of them with its history, its form, its windows; tables in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from inspector.base.i18n import N_
from inspector.domain.terms import TERMS, title_of
from inspector.domain.vocabulary import HallLevel
from inspector.operations.exports import halls_csv, write_export
from inspector.operations.hall_history import hall_history
from ui.models.halls import COLUMNS, LEVEL, NAME, USUALLY_HIDDEN, HallsModel
from ui.page import Key, Page
from ui.pages.halls.found import found_places
from ui.pages.halls.views import PLAN, REGISTER, Side, Views
from ui.theme import tokens
from ui.theme.tokens import Type
from ui.widgets.buttons import button
from ui.widgets.checkbox import CheckBox
from ui.widgets.choice import Choice
from ui.widgets.dropping import Dropping, local_files
from ui.widgets.exporting import TableExport
from ui.widgets.fields import filter_field
from ui.widgets.keys import bind
from ui.widgets.register import ColumnChoice, RegisterTable
from ui.widgets.surfaces import Card, Nothing, column, row
from ui.widgets.text import label
from ui.work.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QHBoxLayout

    from inspector.base.i18n import Lang
    from inspector.base.progress import Progress
    from inspector.domain.changes import Changes
    from inspector.operations.hall_history import HallHistory
    from inspector.operations.session import Session
    from inspector.operations.window_plan import Span
    from ui.desk import Desk, Place
    from ui.pages.halls.form import HallForm
    from ui.pages.halls.found import Found
    from ui.pages.halls.importing import ImportView
    from ui.pages.halls.plan import PlanView
    from ui.widgets.exporting import Writing

#: At 100 % text.
_WIDTH = 372
#: Nouns that the register and the history of a place count or name.
_SHOWN = frozenset({"hall", "window", "unit", "visit", "event", "seal", "finding", "day_calendar"})
_TABLES = (".xlsx", ".csv")

KEYS = (
    Key("F2", N_("Edit the place")),
    Key("F4", N_("Windows of the place, and back")),
    Key("Ctrl+F", N_("Go to the filter")),
    Key("Ctrl+E", N_("Export the table")),
    Key("Alt+Up", N_("Move a window up")),
    Key("Alt+Down", N_("Move a window down")),
    Key("Delete", N_("Retire a window")),
)


class HallsPage(Page):
    """Places at the left, the chosen one or the form at the right; windows and imports apart."""

    keys = KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr, look = self.tr, self.look
        self.title = tr("Places")
        self._wanted = self._chosen = ""
        self.export = TableExport(desk, tr("places"), partial(_writing, desk.lang))
        self.new = button(look, tr("New place"), self._begin, kind="primary", icon="plus")
        self.bring = button(look, tr("Import"), self._import, icon="import")
        self.tools = [self.export.button, self.bring, self.new]
        self.model = HallsModel(tr, self)
        self.table = RegisterTable(desk, tr("Places"), self.model)
        self.count = label("", Type.CAPTION)
        self._list, self._side = QStackedWidget(), Side(desk)
        self.overview = self._side.overview
        self._whole = QWidget()
        self._whole.setLayout(self._register())
        self._views = Views(desk, self._whole)
        #: What is not seen at first is made once the register stands.
        self._stages = Stages([lambda: self.form, *self._views.steps], self)
        self.setLayout(column(self._views))
        self.dropping = Dropping(
            desk,
            self,
            _carried,
            self._import_dropped,
            self.tr("Let go here: the table is looked at first, nothing is changed yet."),
        )
        self._connect()

    # -- parts ---------------------------------------------------------------------------------

    def _register(self) -> QHBoxLayout:
        tr, look = self.tr, self.look
        self.table.set_widths([each.wide for each in COLUMNS], NAME)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        names = [each.name for each in COLUMNS]
        self.columns = ColumnChoice(self.desk, self.table, "places", names, USUALLY_HIDDEN)
        words = tr("Add the first one, or import a spreadsheet of them.")
        self._list.addWidget(self.table)
        nothing = ("hall", tr("No places yet"), words, tr("New place"), self._begin)
        self._list.addWidget(Nothing(look, *nothing, primary=False))
        self._list.addWidget(
            Nothing(
                *(look, "filter", tr("No place fits"), tr("Something above leaves all out.")),
                *(tr("Clear the filters"), self._widen),
            )
        )
        card = Card()
        card.body.addLayout(self._filters())
        card.body.addWidget(self._list, 1)
        card.body.addWidget(self.export)
        card.body.addWidget(self.count)
        self._side.setFixedWidth(round(_WIDTH * look.scale))
        whole = row(card, self._side, spacing=tokens.L, stretch=0)
        whole.setContentsMargins(*(tokens.L,) * 4)
        return whole

    def _filters(self) -> QHBoxLayout:
        tr = self.tr
        self.filter = filter_field(tr("Filter"), tr("Code or name"))
        self.narrowing.append(self.filter)
        self.level = Choice(tr("Level"))
        self.level.addItem(tr("Any level"), None)
        for member in TERMS[HallLevel]:
            self.level.addItem(title_of(member, self.desk.lang), member)
        self.unvisited = CheckBox(tr("Not visited this year"))
        line = row(self.filter, self.level, self.unvisited, self.columns.button)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        return line

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _text: self._narrow())
        self.level.currentIndexChanged.connect(lambda _place: self._narrow())
        self.unvisited.toggled.connect(lambda _on: self._narrow())
        self.table.moved.connect(self._choose)
        self.table.opened.connect(self._edit)
        self.model.modelReset.connect(self._stand)
        self.overview.edited.connect(self._edit)
        self.overview.planned.connect(self._plan)
        self._side.saved.connect(self._saved)
        self._side.cancelled.connect(self._cancel)
        # While a form is open saving it comes first.
        self._side.currentChanged.connect(lambda form: self.new.setDisabled(bool(form)))
        self._views.left.connect(self._back)
        for key, pressed in (
            ("Ctrl+F", self._to_filter),
            ("Ctrl+E", self.export.ask),
            ("F2", self._edit),
            ("F4", self._plan),
        ):
            bind(self._whole, key, pressed)

    @property
    def form(self) -> HallForm:
        """The form of a place, at the right."""
        return self._side.form

    @property
    def plan(self) -> PlanView:
        """The windows of a place."""
        return self._views.plan

    @property
    def importing(self) -> ImportView:
        """Where tables are brought in."""
        return self._views.importing

    # -- what there is -------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Read the register; open the place that is named, its windows or a new one (`view`)."""
        hall = place.more.get("hall", "") or place.id
        self._wanted = hall
        if place.more.get("view") == "windows" and hall:
            self._chosen = hall
            self._plan()
        elif place.more.get("view") == "import":
            self._import()
        else:
            self._views.setCurrentIndex(REGISTER)
            if place.more.get("view") == "new":
                self._begin()
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Read again what the register counts."""
        if {noun for noun, _id in changes.touched} & _SHOWN:
            self._read()
            if self._views.currentIndex() == PLAN:
                self.plan.show_hall(self._chosen)

    def _read(self) -> None:
        self.desk.read(self, found_places, self._show)

    def _show(self, found: Found) -> None:
        self._side.offer(found.units, found.day)
        self._stages.begin()
        self.model.covert = found.covert
        if self._wanted:
            self._chosen = self._wanted
        self.model.take(found.rows)
        self.columns.apply()
        if found.covert:
            self.table.setColumnHidden(NAME, True)
        # What is hidden leaves its room to another.
        self.table.set_widths([each.wide for each in COLUMNS], LEVEL if found.covert else NAME)
        if self._wanted and self.model.place(self._wanted) < 0:
            self._widen()
        self._wanted = ""
        self.export.allow(allowed=bool(found.rows))
        self._read_history()

    def _stand(self) -> None:
        """Stay at the chosen place, or stand on the first, whenever the rows are made anew."""
        count = self.model.rowCount()
        self._list.setCurrentIndex(0 if count else 2 if self.model.total else 1)
        tr, total = self.tr, self.model.total
        self.count.setText(
            tr("{count} places", count=total)
            if count == total
            else tr("{count} of {total} places", count=count, total=total)
        )
        if count and not self._is_unplaced:
            self.table.selectRow(max(self.model.place(self._chosen), 0))
        elif self._side.currentIndex() == 0:
            self.overview.show_nothing()

    def _narrow(self) -> None:
        self.model.restrict(self.filter.text())
        self.model.narrow(self.level.currentData(), unvisited=self.unvisited.isChecked())

    def _widen(self) -> None:
        self.filter.clear()
        self.level.setCurrentIndex(0)
        self.unvisited.setChecked(False)

    def hand_over(self) -> tuple[list[str], dict[str, tuple[Span, ...]]]:
        """Return what narrows the register, and the ranges of windows that were typed."""
        return super().hand_over(), self._views.hand_over()

    def take_over(self, handed: tuple[list[str], dict[str, tuple[Span, ...]]]) -> None:
        """Begin with what narrowed the register, and with ranges that were typed."""
        narrowing, ranges = handed
        super().take_over(narrowing)
        self._views.take_over(ranges)

    # -- the chosen place ----------------------------------------------------------------------

    def _choose(self) -> None:
        chosen = self.model.row(self.table.currentIndex().row())
        if chosen is None or chosen.hall.id == self._chosen:
            return
        if self._is_typing():
            # The table chooses the row it was told to once this is done.
            back = partial(self.table.selectRow, max(self.model.place(self._chosen), 0))
            QTimer.singleShot(0, self, back)
        else:
            self._chosen = chosen.hall.id
            self._side.setCurrentIndex(0)
            self._read_history()

    def _read_history(self) -> None:
        chosen = self._chosen
        if chosen:
            self.desk.read(
                self,
                partial(hall_history, hall=chosen),
                partial(self._show_history, chosen),
                self._history_gone,
            )

    def _show_history(self, chosen: str, found: HallHistory) -> None:
        if chosen == self._chosen:
            self.overview.show_history(found)

    def _history_gone(self, error: Exception) -> None:
        if self.desk.foresaw(error):
            self.overview.show_nothing()

    @property
    def _is_unplaced(self) -> bool:
        """Whether the form of a new place was asked for before one stood anywhere."""
        return self._side.currentIndex() == 1 and not self._chosen

    def _is_typing(self) -> bool:
        """Say whether something typed would be lost, and that it is to be saved first."""
        typing = self._side.currentIndex() == 1 and self.form.is_changed
        if typing:
            self.desk.say(self.tr("Save or cancel what is typed first."))
            self._views.setCurrentIndex(REGISTER)
            self.form.name.setFocus()
        return typing

    def _begin(self) -> None:
        """Offer the form of a new place."""
        if self._is_typing():
            return
        self._views.setCurrentIndex(REGISTER)
        self._side.setCurrentWidget(self.form)
        self.form.begin()

    def _edit(self) -> None:
        shown = self.overview.shown
        if shown is not None and shown.hall.id == self._chosen and not self._is_typing():
            self._side.setCurrentWidget(self.form)
            self.form.fill(shown.hall)

    def _saved(self, hall: str) -> None:
        self._wanted = hall
        if not hall:
            self._chosen = ""
            self.overview.show_nothing()
        self._side.setCurrentIndex(0)
        self.table.setFocus()
        self._read()

    def _cancel(self) -> None:
        """Leave the form; one stands in the register again."""
        self._side.setCurrentIndex(0)
        self._stand()
        self._choose()
        self.table.setFocus()

    # -- windows, tables -----------------------------------------------------------------------

    def _plan(self) -> None:
        if self._chosen:
            self._views.setCurrentWidget(self.plan)
            self.plan.show_hall(self._chosen)

    def _import(self) -> None:
        self._views.setCurrentWidget(self.importing)
        self.importing.begin()

    def _back(self) -> None:
        self._views.setCurrentIndex(REGISTER)
        self.table.setFocus()
        self._read()

    def undo(self) -> None:
        """Take back the last change of places and windows."""
        self.plan.undo()

    def _to_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _import_dropped(self, data: QMimeData) -> None:
        path = _carried(data)
        if path is not None:
            self._import()
            self.importing.read(path)


def _carried(data: QMimeData) -> Path | None:
    """Return the spreadsheet that is carried, None if it is something else."""
    return next((each for each in local_files(data) if each.suffix.lower() in _TABLES), None)


def _writing(lang: Lang) -> Writing:
    """Return how all places with their windows are written, as an import reads them back."""

    def write(session: Session, target: Path, progress: Progress) -> Iterator[None]:
        progress.start(N_("Writing the table"), 0)
        yield
        write_export(target, halls_csv(session, lang))

    return write
