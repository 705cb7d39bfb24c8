"""问题台账: every finding of every visit, narrowed, ordered, looked at and exported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from inspector.base.i18n import N_
from inspector.operations.exports import write_findings
from inspector.operations.registers import (
    FindingColumn,
    FindingFilter,
    finding_choices,
    finding_detail,
    finding_detail_in_sight,
    finding_rows_in_sight,
    findings_in_order,
    place_of_finding,
)
from ui.models.findings import COLUMNS, STRETCH, USUALLY_HIDDEN, FindingsModel
from ui.page import Key, Page
from ui.pages.findings.amend import AmendDialog
from ui.pages.findings.detail import DetailPane
from ui.pages.findings.filters import Filters
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.exporting import TableExport, Writing
from ui.widgets.keys import bind
from ui.widgets.register import ColumnChoice, RegisterTable
from ui.widgets.surfaces import Bones, Card, Nothing, column, row
from ui.widgets.text import label

if TYPE_CHECKING:
    from array import array

    from inspector.domain.changes import Changes
    from inspector.operations.registers import FindingChoices, FindingDetail, FindingRow
    from inspector.operations.session import Session
    from ui.desk import Desk, Place
    from ui.work.worker import Job

#: Nouns that a row names or counts.
_SHOWN = frozenset(
    {"finding", "finding_person", "placement", "visit", "seal", "event", "hall", "window", "person"}
)
#: Longer than this, bones stand where the table comes. Milliseconds.
PATIENCE_MS = 150
#: The chosen finding is read once choosing rests. Milliseconds.
REST_MS = 60
#: At 100 % text.
_PANE = 300
_TEXT = next(number for number, each in enumerate(COLUMNS) if each.by is FindingColumn.TEXT)
_ENTERED = next(n for n, each in enumerate(COLUMNS) if each.by is FindingColumn.ENTERED)


class FindingsPage(Page):
    """Filters above, the table at the left, the chosen finding at the right."""

    keys: ClassVar[tuple[Key, ...]] = (
        Key("Enter", N_("Open the visit of the finding")),
        Key("Ctrl+F", N_("Go to the filter")),
        Key("F2", N_("Amend the finding")),
        Key("Ctrl+E", N_("Export the table")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = self.tr
        self.title = tr("Findings")
        self.export = TableExport(desk, tr("findings"), self._writing)
        self.tools = [self.export.button]
        self._order, self._down = FindingColumn.ENTERED, True
        #: The finding to stand on, and the one that the pane shows or is about to.
        self._wanted, self._chosen = "", ""
        #: How often the list was asked for: what was asked before the last time is of no use.
        self._generation = 0
        #: What findings can be narrowed to was never read.
        self._unread = True
        self._stretches: dict[int, Job] = {}
        self.filters = Filters(desk)
        self.narrowing.append(self.filters.text)
        self.model = FindingsModel(desk, self)
        self.table = RegisterTable(desk, tr("Findings"), self.model)
        self.detail = DetailPane(desk, self._amend)
        self.count = label("", Type.CAPTION)
        self._stack = QStackedWidget()
        #: Filled if one has to wait.
        self._bones = QWidget()
        self.setLayout(self._parts())
        self._connect()

    # -- parts -----------------------------------------------------------------------------

    def _parts(self) -> QHBoxLayout:
        tr, look = self.tr, self.look
        self.table.set_widths([each.wide for each in COLUMNS], _TEXT)
        self.table.horizontalHeader().setSectionsClickable(True)
        self.table.horizontalHeader().setSortIndicator(_ENTERED, Qt.SortOrder.DescendingOrder)
        self.table.setSortingEnabled(True)
        names = [each.by.value for each in COLUMNS]
        usual = [each.value for each in USUALLY_HIDDEN]
        self.columns = ColumnChoice(self.desk, self.table, "findings", names, usual)
        self.filters.end.addWidget(self.columns.button)
        nothing = Nothing(
            look,
            "finding",
            tr("No findings yet"),
            tr("They stand here once somebody records one in a visit."),
            tr("All visits"),
            lambda: self.desk.go("visits"),
        )
        left_out = Nothing(
            look,
            "filter",
            tr("No finding fits"),
            tr("Something above leaves all of them out."),
            tr("Clear the filters"),
            self.filters.reset,
        )
        for part in (self._bones, self.table, nothing, left_out):
            self._stack.addWidget(part)
        card = Card()
        card.body.addWidget(self.filters)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self.export)
        card.body.addWidget(self.count)
        self.detail.setFixedWidth(round(_PANE * look.scale))
        whole = row(card, self.detail, spacing=tokens.L, stretch=0)
        whole.setContentsMargins(*(tokens.L,) * 4)
        return whole

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        self.model.missed.connect(self._read_stretches)
        self.model.ordered.connect(self._reorder)
        self.model.dataChanged.connect(lambda *_: self._show_current())
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._read_detail)
        self.table.moved.connect(self._show_current)
        self.table.opened.connect(self._open)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._show_bones)
        bind(self, "Ctrl+F", self._to_filter)
        bind(self, "Ctrl+E", self.export.ask)
        bind(self, "F2", self._amend)

    def _show_bones(self) -> None:
        if self._bones.layout() is None:
            self._bones.setLayout(column(Bones()))
        self._stack.setCurrentIndex(0)

    # -- what there is ---------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the register; narrowed to a visit or place, and standing on a finding, if named."""
        gap = place.more.get("gap", "")
        self._wanted = place.more.get("of", "") if gap else place.id
        visit = place.id if gap else place.more.get("visit", "")
        hall = place.more.get("hall", "")
        if gap or visit or hall:
            unnamed = gap == "finding_without_situation"
            self.filters.want(FindingFilter(visit=visit, hall=hall, unnamed=unnamed))
        self._read()

    def refresh(self, changes: Changes) -> None:
        """Read again what the register shows."""
        if {noun for noun, _id in changes.touched} & _SHOWN:
            self._read()

    def _narrow(self) -> None:
        self._read(afresh=False)

    def _reorder(self, by: FindingColumn, down: bool) -> None:
        self._order, self._down = by, down
        self._read(afresh=False)

    def _read(self, *, afresh: bool = True) -> None:
        """Read which findings are wanted, in their order; one stays where one stood.

        afresh: also what they can be narrowed to.
        """
        if self.desk.root is None:
            return
        self._generation += 1
        if self.model.rowCount() == 0:
            self._patience.start()
        current = self._current()
        wanted = self._wanted or (current.finding.id if current else self._chosen)
        work = partial(
            _read,
            only=self.filters.wanted,
            order=self._order,
            down=self._down,
            wanted=wanted,
            afresh=afresh or self._unread,
        )
        self.desk.read(self, work, partial(self._take, self._generation), self._fail)

    def _take(self, generation: int, found: _Found) -> None:
        if found.choices is not None:
            self._unread = False
            self.filters.offer(found.choices)
            self.model.covert = found.choices.covert
        if generation != self._generation:
            return  # something else was asked for since; its answer is on the way
        self._patience.stop()
        for job in self._stretches.values():
            job.stop()
        self._stretches.clear()
        self.model.take(found.places)
        row = self.model.row_of(found.wanted)
        if self._wanted and row < 0 and self._look_elsewhere(found):
            return
        self._wanted, self._chosen = "", ""
        self._tell_count(len(found.places))
        self._stack.setCurrentIndex(1 if found.places else 3 if self.filters.is_narrowed else 2)
        if not found.places:
            self.detail.show_nothing()
            return
        self.table.selectRow(max(row, 0))
        self.table.scrollTo(self.model.index(max(row, 0), 0))
        if not self.filters.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
        self._show_current()

    def _look_elsewhere(self, found: _Found) -> bool:
        """Show all findings if the wanted one is only left out by a filter; say if it is gone."""
        if found.wanted is None:
            self.desk.say(self.tr("This finding was withdrawn or corrected; it no longer stands."))
            return False
        if not self.filters.is_narrowed:
            return False
        self.filters.want(FindingFilter())
        self._read()
        return True

    def _tell_count(self, count: int) -> None:
        tr = self.tr
        narrowed = self.filters.is_narrowed
        words = (
            tr("{count} findings fit", count=count)
            if narrowed
            else tr("{count} findings", count=count)
        )
        if self.filters.wanted.visit:
            words = tr("{words}, of one visit only", words=words)
        self.count.setText(words)
        self.export.allow(allowed=bool(count))

    def _fail(self, error: Exception) -> None:
        """Say why the register cannot be read, where it would have stood."""
        self._patience.stop()
        if not self.desk.foresaw(error):
            return
        tr = self.tr
        said = Nothing(
            self.look,
            "warning",
            tr("The findings cannot be shown"),
            error.text(tr),
            tr("Try again"),
            self._read,
            Tone.WARN,
        )
        old = self._stack.widget(4)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setCurrentIndex(self._stack.addWidget(said))

    # -- rows that come into sight ---------------------------------------------------------

    def _read_stretches(self, numbers: list[int]) -> None:
        # What was passed meanwhile is not waited for, nor does it keep others waiting.
        wanted = {row // STRETCH for row in (*self.table.in_sight, self.table.currentIndex().row())}
        for number in self._stretches.keys() - wanted:
            self._stretches.pop(number).stop()
        for number in wanted.intersection(numbers).difference(self._stretches):
            places = self.model.stretch(number)
            generation = self._generation
            self._stretches[number] = self.desk.read(
                self,
                partial(finding_rows_in_sight, places=places),
                partial(self._show_stretch, generation, number),
            )

    def _show_stretch(self, generation: int, number: int, rows: dict[int, FindingRow]) -> None:
        if generation == self._generation:
            self._stretches.pop(number, None)
            self.model.show(number, rows)

    # -- the chosen one --------------------------------------------------------------------

    def _current(self) -> FindingRow | None:
        row = self.table.currentIndex().row()
        return self.model.found(row) if row >= 0 else None

    def _show_current(self) -> None:
        current = self._current()
        if current is not None and current.finding.id != self._chosen:
            self._chosen = current.finding.id
            self._rest.start()

    def _read_detail(self) -> None:
        chosen = self._chosen
        self.desk.read(
            self,
            partial(finding_detail_in_sight, finding=chosen),
            partial(self._show_detail, chosen),
            self._detail_gone,
        )

    def _show_detail(self, chosen: str, found: FindingDetail) -> None:
        if chosen == self._chosen:
            self.detail.show_detail(found, covert=self.model.covert)

    def _detail_gone(self, error: Exception) -> None:
        """It was withdrawn between two readings: the list that is on its way leaves it out."""
        if not self.desk.foresaw(error):
            return
        self.detail.show_nothing()

    def _open(self) -> None:
        current = self._current()
        if current is not None:
            self.desk.go("visit", current.finding.visit, finding=current.finding.id)

    def _amend(self) -> None:
        shown = self.detail.shown
        if shown is not None and shown.may_amend:
            # Read anew: codes that stand for names on the screen must not be saved as its words.
            self.desk.read(
                self,
                partial(finding_detail, finding=shown.row.finding.id),
                lambda found: AmendDialog(self.desk, found, self).open(),
            )

    def _to_filter(self) -> None:
        self.filters.text.setFocus()
        self.filters.text.selectAll()

    def _writing(self) -> Writing:
        """Return how the findings that are shown now are written, in their order."""
        places, lang = self.model.places, self.desk.lang
        return lambda session, target, progress: write_findings(
            session, places, target, lang, progress
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """The findings that are wanted in their order, and where the one stands that is named."""

    choices: FindingChoices | None
    places: array[int]
    wanted: int | None


def _read(
    session: Session,
    only: FindingFilter,
    order: FindingColumn,
    down: bool,
    wanted: str,
    afresh: bool,
) -> _Found:
    return _Found(
        choices=finding_choices(session) if afresh else None,
        places=findings_in_order(session, only, order, descending=down),
        wanted=place_of_finding(session, wanted) if wanted else None,
    )
