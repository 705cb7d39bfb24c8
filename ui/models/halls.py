"""The register of places as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.base.i18n import N_
from inspector.domain.terms import term

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.registers import HallRow

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (
    N_("Code"),
    N_("Name"),
    N_("Level"),
    N_("Windows"),
    N_("Visits this year"),
    N_("Last visit"),
)
NAME = 1
_COUNTS = (3, 4)


class HallsModel(QAbstractTableModel):
    """The places that fit what was typed."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._all: list[HallRow] = []
        self._shown: list[HallRow] = []
        self._words = ""

    def take(self, rows: list[HallRow]) -> None:
        """Show other places."""
        self._all = rows
        self.restrict(self._words)

    def restrict(self, words: str) -> None:
        """Show the places that hold every word."""
        self._words = words
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = [row for row in self._all if self._fits(row, wanted)]
        self.endResetModel()

    def _fits(self, row: HallRow, wanted: list[str]) -> bool:
        text = " ".join((*self._cells(row), row.hall.address)).casefold()
        return all(word in text for word in wanted)

    def _cells(self, row: HallRow) -> tuple[str, ...]:
        hall = row.hall
        level = term(hall.level, self._tr.lang)
        return (hall.code, hall.name, level, str(row.windows), str(row.this_year), row.last or "–")

    def row(self, number: int) -> HallRow | None:
        """Return what stands in a row."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def place(self, hall: str) -> int:
        """Return where a place stands, -1 if it is not shown."""
        return next((n for n, row in enumerate(self._shown) if row.hall.id == hall), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many places are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells(row)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _COUNTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column."""
        tr = self._tr
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return tr(COLUMNS[section]) if shown and 0 <= section < len(COLUMNS) else None
