"""All visits as a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.numbers import bare_number
from inspector.domain.terms import title_of
from inspector.operations.exchange_text import place_text
from inspector.operations.preparing import Listed
from ui.models.table import RIGHT, Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Lang
    from inspector.operations.standing import VisitPlace
    from ui.desk import Desk

Cell = Callable[[Listed, "Lang"], str]

#: The columns: heading, what stands below it, and the width in characters.
COLUMNS: tuple[tuple[str, Cell, int], ...] = (
    (N_("Number"), lambda each, _lang: bare_number(each.row.visit), 10),
    (N_("Place"), lambda each, _lang: each.code, 10),
    (N_("Name"), lambda each, _lang: each.row.hall, 24),
    (N_("Phase"), lambda each, lang: title_of(each.row.phase, lang), 12),
    (N_("Day"), lambda each, _lang: each.day, 11),
    (N_("Answers"), lambda each, _lang: str(each.row.answers), 8),
    (N_("Findings"), lambda each, _lang: str(each.row.findings), 8),
    (N_("Photographs"), lambda each, _lang: str(each.row.photos), 11),
    (N_("Where it is"), lambda _each, _lang: "", 26),
)
NAME, PHASE, WHERE = 2, 3, 8
WIDTHS = tuple(wide for _heading, _cell, wide in COLUMNS)
_COUNTS = (5, 6, 7)


class VisitsModel(TableModel):
    """The visits that fit what was typed; names of places are left out while one is covert."""

    #: The `Listed` of a row.
    LISTED = Qt.ItemDataRole.UserRole

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk.tr, [heading for heading, _cell, _wide in COLUMNS], parent, _COUNTS)
        self._desk = desk
        self._all: list[Listed] = []
        self._shown: list[Listed] = []
        self._words = ""
        self.covert = False
        #: Where visits are besides here, for those who exchange.
        self._places: dict[str, str] = {}

    def take(self, found: list[Listed], *, covert: bool) -> None:
        """Show all visits."""
        self._all, self.covert = found, covert
        self.restrict(self._words)

    def restrict(self, words: str) -> None:
        """Show the visits that hold every word."""
        self._words = words
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = [each for each in self._all if self._fits(each, wanted)]
        self.endResetModel()

    def _fits(self, each: Listed, wanted: list[str]) -> bool:
        if not wanted:
            return True
        cells = (self._cell(each, column) for column in range(len(COLUMNS)))
        text = " ".join(cells).casefold()
        return all(word in text for word in wanted)

    def _cell(self, each: Listed, column: int) -> str:
        if column == NAME and self.covert:
            return ""
        if column == WHERE:
            return self._places.get(each.row.visit.id, "")
        return COLUMNS[column][1](each, self._desk.lang)

    def found(self, places: Mapping[str, VisitPlace]) -> None:
        """Show where some visits are."""
        tr = self._desk.tr
        self._places |= {visit: place_text(place, tr) for visit, place in places.items()}
        if self._shown:
            last = self.index(len(self._shown) - 1, WHERE)
            self.dataChanged.emit(self.index(0, WHERE), last)

    def listed(self, row: int) -> Listed | None:
        """Return what stands in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @property
    def total(self) -> int:
        """How many visits there are, shown or not."""
        return len(self._all)

    def count_rows(self) -> int:
        """Return how many visits are shown."""
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        found = self.listed(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == self.LISTED:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            # What is not known yet is no empty cell.
            return self._cell(found, index.column()) or (None if index.column() == WHERE else "")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _COUNTS:
            return RIGHT
        return None
