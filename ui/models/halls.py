"""The register of places as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.terms import title_of
from ui.models.table import RIGHT, Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Lang, Translator
    from inspector.domain.vocabulary import HallLevel
    from inspector.operations.registers import HallRow

#: Not visited is not nought.
NONE = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the settings, its heading, what stands in it, by what it orders."""

    name: str
    heading: str
    cell: Callable[[HallRow, Lang], str]
    wide: int
    order: Callable[[HallRow], Any] | None = None
    count: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("code", N_("Code"), lambda row, _: row.hall.code or NONE, 10),
    Column("name", N_("Name"), lambda row, _: row.hall.name, 24),
    Column("kind", N_("Kind"), lambda row, lang: title_of(row.hall.kind, lang), 9),
    Column("level", N_("Level"), lambda row, lang: title_of(row.hall.level, lang), 20),
    Column("unit", N_("Organisation"), lambda row, _: row.unit or NONE, 14),
    Column(
        *("windows", N_("Windows"), lambda row, _: str(row.windows) if row.windows else NONE, 8),
        order=lambda row: row.windows,
        count=True,
    ),
    Column(
        *("year", N_("Visits this year")),
        lambda row, _: str(row.this_year) if row.this_year else NONE,
        10,
        order=lambda row: row.this_year,
        count=True,
    ),
    Column("last", N_("Last visit"), lambda row, _: row.last or NONE, 11),
    Column("address", N_("Address"), lambda row, _: row.hall.address or NONE, 16),
)
NAME, LEVEL = 1, 3
_NUMBERS = tuple(place for place, each in enumerate(COLUMNS) if each.count)
#: The columns that are not shown unless somebody wants them.
USUALLY_HIDDEN = ("kind", "unit", "address")


class HallsModel(TableModel):
    """The places that fit what was typed and chosen."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(tr, [each.heading for each in COLUMNS], parent, _NUMBERS)
        self._all: list[HallRow] = []
        self._shown: list[HallRow] = []
        self._words = ""
        self._level: HallLevel | None = None
        self._unvisited = False
        self._by: tuple[int, bool] | None = None
        #: A covert part is going on: nothing is found by a name that is not shown.
        self.covert = False

    def take(self, rows: list[HallRow]) -> None:
        """Show other places."""
        self._all = rows
        self._show()

    def restrict(self, words: str) -> None:
        """Show the places that hold every word."""
        self._words = words
        self._show()

    def narrow(self, level: HallLevel | None, *, unvisited: bool) -> None:
        """Show the places of a level; `unvisited`: only those that nobody visited this year."""
        self._level, self._unvisited = level, unvisited
        self._show()

    def _show(self) -> None:
        wanted = self._words.casefold().split()
        self.beginResetModel()
        self._shown = [row for row in self._all if self._fits(row, wanted)]
        if self._by is not None:
            column, down = self._by
            order = COLUMNS[column].order or (lambda row: COLUMNS[column].cell(row, self._tr.lang))
            self._shown.sort(key=order, reverse=down)
        self.endResetModel()

    def _fits(self, row: HallRow, wanted: list[str]) -> bool:
        if self._level is not None and row.hall.level is not self._level:
            return False
        if self._unvisited and row.this_year:
            return False
        if not wanted:
            return True
        cells = (
            each.cell(row, self._tr.lang)
            for number, each in enumerate(COLUMNS)
            if not (self.covert and number == NAME)
        )
        text = " ".join(cells).casefold()
        return all(word in text for word in wanted)

    @property
    def total(self) -> int:
        """How many places there are, shown or not."""
        return len(self._all)

    def row(self, number: int) -> HallRow | None:
        """Return what stands in a row."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def place(self, hall: str) -> int:
        """Return where a place stands, -1 if it is not shown."""
        return next((n for n, row in enumerate(self._shown) if row.hall.id == hall), -1)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column."""
        if 0 <= column < len(COLUMNS):
            self._by = (column, order is Qt.SortOrder.DescendingOrder)
            self._show()

    def count_rows(self) -> int:
        """Return how many places are shown."""
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            hidden = self.covert and index.column() == NAME
            return "" if hidden else column.cell(row, self._tr.lang)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.count:
            return RIGHT
        return None
