"""Taking in a spreadsheet: what it would change and what is wrong, before anything is stored."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inspector.base.i18n import N_
from inspector.operations.importing import (
    import_places,
    known_places,
    plan_tables,
    read_places,
)
from ui.choosing import chosen_file
from ui.models.import_rows import DETAILS, STATES, WIDTHS, ImportRows, RowState, import_rows
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.register import RegisterTable
from ui.widgets.surfaces import Banner, Card, Nothing, cleared, column, row
from ui.widgets.text import label
from ui.widgets.working import Working

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.progress import Progress
    from inspector.domain.places_import import ImportPlan
    from inspector.domain.tables import Table
    from inspector.operations.importing import KnownPlaces
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.models.import_rows import ImportRow
    from ui.work.worker import JobProgress

_KINDS = "XLSX, CSV (*.xlsx *.csv)"


class ImportView(QWidget):
    """A file is chosen or dropped, looked at, and only then imported."""

    #: Nobody wants to import any more, or it is done.
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path: Path | None = None
        self._plan: ImportPlan | None = None
        tr, look = desk.tr, desk.look
        self.model = ImportRows(tr, self)
        self.table = RegisterTable(desk, tr("Rows of the file"), self.model)
        self.table.set_widths(WIDTHS, DETAILS)
        self.title = label(tr("Import a spreadsheet"), Type.SECTION)
        self.working = Working(desk)
        self.go = button(look, "", self.store, kind="primary", icon="import")
        self.again = button(look, tr("Read the file again"), self._again, icon="refresh")
        self.choose = button(look, tr("Choose a file"), self._choose, icon="folder")
        self._columns = label("", Type.CAPTION, wrap=True)
        #: The whole of what the row one stands on says; the table cuts what is long.
        self.whole = label("", wrap=True, selectable=True)
        self.table.moved.connect(self._tell_row)
        self._notes = column(spacing=tokens.S)
        self._stack = QStackedWidget()
        self.chips: dict[RowState | None, QPushButton] = {}
        self.setLayout(self._parts())
        self.begin()

    def _parts(self) -> QVBoxLayout:
        tr, look = self._desk.tr, self._desk.look
        words = tr(
            "XLSX or CSV with a row for each window or place: code and name of the place, number, "
            "label, floor, zone and matters of the window. Drop it here, or choose it. Nothing is "
            "stored before you say so."
        )
        start = Nothing(
            look, "import", tr("Choose a spreadsheet"), words, tr("Choose a file"), self._choose
        )
        self._stack.addWidget(start)
        self._stack.addWidget(self.table)
        back = button(look, tr("Back to the places"), self.left.emit, icon="back")
        card = Card()
        card.body.addLayout(row(back, self.title, None, self.choose, self.again))
        card.body.addLayout(self._notes)
        card.body.addLayout(self._states())
        card.body.addWidget(self._columns)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self.working)
        card.body.addLayout(row(self.whole, self.go, stretch=0))
        return column(card, margins=tokens.L)

    def _states(self) -> QHBoxLayout:
        """Return a button for each state: it leaves the rows of that state."""
        group = QButtonGroup(self)
        states: tuple[RowState | None, ...] = (None, *STATES)
        for state in states:
            made = button(
                self._desk.look, "", partial(self.model.narrow, state), kind="chip", extent="dense"
            )
            group.addButton(made)
            self.chips[state] = made
        return row(*self.chips.values(), None)

    # -- choosing and reading ------------------------------------------------------------------

    def begin(self) -> None:
        """Ask for a file; nothing is known of one yet."""
        self._path = self._plan = None
        self.title.setText(self._desk.tr("Import a spreadsheet"))
        self._forget()

    def _forget(self) -> None:
        cleared(self._notes)
        self._columns.clear()
        self.whole.clear()
        self._stack.setCurrentIndex(0)
        for part in (*self.chips.values(), self._columns, self.go, self.again, self.choose):
            part.hide()

    def _choose(self) -> None:
        title = self._desk.tr("Choose a spreadsheet")
        path = chosen_file(self, title, self._path or Path.home(), _KINDS)
        if path is not None:
            self.read(path)

    def _again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def read(self, path: Path) -> None:
        """Read a file away from the record, and compare it with what is recorded."""
        self._path, self._plan = path, None
        self.title.setText(path.name)
        self._forget()
        tr = self._desk.tr

        def tables(progress: Progress) -> tuple[Table, ...]:
            progress.start(N_("Reading the file"), 0)
            found = read_places(path)
            progress.step(0)  # it may have been stopped meanwhile
            return found

        job = self._desk.papers.run(
            self, tables, partial(self._compare, path), failed=self._refused, ended=self._rest
        )
        self.working.follow(job, tr("Reading the file"))

    def _compare(self, path: Path, tables: tuple[Table, ...]) -> None:
        if path == self._path:
            self._desk.read(self, known_places, partial(self._plan_it, path, tables))

    def _plan_it(self, path: Path, tables: tuple[Table, ...], known: KnownPlaces) -> None:
        headers = tuple(dict.fromkeys(name for table in tables for name in table.header))
        tr = self._desk.tr

        def plan(progress: Progress) -> tuple[ImportPlan, list[ImportRow]]:
            found = plan_tables(tables, known)
            progress.step(0)
            return found, import_rows(found, tr)

        job = self._desk.papers.run(
            self, plan, partial(self._show, path, headers), failed=self._refused, ended=self._rest
        )
        self.working.follow(job, tr("Comparing it with what is recorded"))

    def _rest(self) -> None:
        self.working.rest()
        self.choose.setVisible(self._path is not None)

    # -- what it would do ----------------------------------------------------------------------

    def _show(
        self, path: Path, headers: tuple[str, ...], found: tuple[ImportPlan, list[ImportRow]]
    ) -> None:
        if path != self._path:
            return  # another file was chosen since
        plan, rows = found
        self.working.rest()
        self._plan, tr = plan, self._desk.tr
        self.model.take(rows)
        for state, chip in self.chips.items():
            count = len(rows) if state is None else self.model.count(state)
            chip.setText(f"{tr(STATES[state]) if state else tr('All')} {count}")
            chip.setMinimumWidth(chip.sizeHint().width() + 2 * tokens.M)
            chip.setEnabled(bool(count))
            chip.show()
        self.chips[None].setChecked(True)
        self._tell_columns(headers, plan.unused_columns)
        self._tell_wrong(plan)
        changes = self.model.count(RowState.NEW) + self.model.count(RowState.CHANGED)
        self.go.setText(tr("Import {count} rows", count=changes))
        self.go.setEnabled(bool(changes) and not plan.problems)
        self._stack.setCurrentIndex(1)
        for part in (self.go, self.again, self.choose):
            part.show()
        if plan.problems:
            self.table.selectRow(0)
        (self.go if self.go.isEnabled() else self.table).setFocus()

    def _tell_columns(self, headers: tuple[str, ...], unused: tuple[str, ...]) -> None:
        tr = self._desk.tr
        known = tr(", ").join(name for name in headers if name not in unused)
        parts = [tr("Columns understood: {names}", names=known)] if known else []
        if unused:
            names = tr(", ").join(unused)
            parts.append(tr("Columns not understood and left out: {names}", names=names))
        self._columns.setText("\n".join(parts))
        self._columns.setVisible(bool(parts))

    def _tell_wrong(self, plan: ImportPlan) -> None:
        tr = self._desk.tr
        if plan.problems:
            text = tr(
                "{count} rows cannot be used. Nothing is stored until all can. Mend them in the "
                "file, save it, and read it again.",
                count=len(plan.problems),
            )
            self._notes.addWidget(Banner(self._desk.look, text, Tone.DANGER, "warning"))
        elif not any(self.model.count(each) for each in (RowState.NEW, RowState.CHANGED)):
            text = tr("Everything in this file is recorded already.")
            self._notes.addWidget(Banner(self._desk.look, text, Tone.OK, "check"))

    def _tell_row(self) -> None:
        at = self.table.currentIndex().row()
        cells = [self.model.index(at, column).data() for column in range(len(WIDTHS))]
        self.whole.setText(" · ".join(str(cell) for cell in cells if cell))

    def _refused(self, error: Exception) -> None:
        """Say why the file cannot be taken in; another one can be chosen."""
        self._rest()
        if not self._desk.foresaw(error):
            return
        self._forget()
        banner = Banner(self._desk.look, error.text(self._desk.tr), Tone.DANGER, "warning")
        self._notes.addWidget(banner)
        self.again.show()

    # -- storing -------------------------------------------------------------------------------

    def store(self) -> None:
        """Import what was shown, as one action."""
        plan, tr = self._plan, self._desk.tr
        if plan is None or not self.go.isEnabled():
            return
        self.go.setEnabled(False)

        def work(session: Session, progress: JobProgress) -> Iterator[None]:
            progress.start(N_("Importing"), 0)
            yield
            import_places(session, plan)

        job = self._desk.long(
            self,
            work,
            then=lambda _none: self._stored(),
            failed=self._refused,
            told=self.working.tell,
            ended=self._after_storing,
        )
        self.working.follow(job, tr("Importing"))

    def _after_storing(self) -> None:
        self.working.rest()
        self.go.setEnabled(self._plan is not None)

    def _stored(self) -> None:
        count = self.model.count(RowState.NEW) + self.model.count(RowState.CHANGED)
        self._desk.say(self._desk.tr("{count} rows are imported.", count=count), undo=True)
        self.begin()
        self.left.emit()
