"""What importing a spreadsheet would do, row by row: what is wrong, new, changed, unchanged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.hours_text import to_text
from inspector.domain.names import field_name, noun_name
from inspector.domain.places_import import Action, ImportPlan, PlannedPlace, RowProblem
from inspector.domain.schedules import parse
from inspector.domain.terms import TERMS, term
from ui.models.table import Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Translator


class RowState(StrEnum):
    """What becomes of a row."""

    WRONG = "wrong"
    NEW = Action.NEW.value
    CHANGED = Action.CHANGED.value
    UNCHANGED = Action.UNCHANGED.value


#: The states with their words, the ones that need attention first.
STATES: dict[RowState, str] = {
    RowState.WRONG: N_("Wrong"),
    RowState.NEW: N_("New"),
    RowState.CHANGED: N_("Changed"),
    RowState.UNCHANGED: N_("Unchanged"),
}
COLUMNS = (N_("Row"), N_("State"), N_("Place or window"), N_("Details"))
WIDTHS = (16, 10, 24, 40)
DETAILS = 3


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row as it is shown."""

    state: RowState
    cells: tuple[str, str, str, str]


def import_rows(plan: ImportPlan, tr: Translator) -> list[ImportRow]:
    """Return all rows of a plan, the wrong ones first."""
    order = list(STATES)
    rows = [*_wrong(plan, tr), *(_planned(place, tr) for place in plan.places)]
    return sorted(rows, key=lambda row: order.index(row.state))


def _wrong(plan: ImportPlan, tr: Translator) -> Iterator[ImportRow]:
    word = tr(STATES[RowState.WRONG])
    for problem in plan.problems:
        column = tr("column “{column}”", column=problem.column) if problem.column else ""
        yield ImportRow(RowState.WRONG, (_at(problem), word, column, problem.error.text(tr)))


def _at(problem: RowProblem) -> str:
    return " ".join(part for part in (problem.sheet, str(problem.row)) if part)


def _planned(place: PlannedPlace, tr: Translator) -> ImportRow:
    state = RowState(place.action.value)
    what = f"{noun_name(place.sort.value).of(tr.lang)} {' '.join(filter(None, place.key))}"
    between = "；" if tr.lang == "zh" else "; "
    told = (
        f"{field_name(name).of(tr.lang)}: {_value(name, value, tr)}"
        for name, value in place.fields.items()
        if name not in ("position", "hall")
    )
    return ImportRow(state, (str(place.row), tr(STATES[state]), what, between.join(told)))


def _value(name: str, value: Any, tr: Translator) -> str:
    if isinstance(value, dict):
        return to_text(parse(value), tr.lang)
    if isinstance(value, tuple | list):
        return "、".join(value)
    return term(value, tr.lang) if type(value) in TERMS else str(value)


class ImportRows(TableModel):
    """The rows of one state, or all."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(tr, COLUMNS, parent)
        self._all: list[ImportRow] = []
        self._shown: list[ImportRow] = []

    def take(self, rows: list[ImportRow]) -> None:
        """Show other rows."""
        self._all = rows
        self.narrow(None)

    def narrow(self, state: RowState | None) -> None:
        """Show the rows of a state, all without one."""
        self.beginResetModel()
        self._shown = [row for row in self._all if state is None or row.state is state]
        self.endResetModel()

    def count(self, state: RowState) -> int:
        """Return how many rows are in a state."""
        return sum(row.state is state for row in self._all)

    def count_rows(self) -> int:
        """Return how many rows are shown."""
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; the whole of it as a tool tip."""
        if not index.isValid():
            return None
        text = self._shown[index.row()].cells[index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else None
