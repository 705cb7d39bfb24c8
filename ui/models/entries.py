"""The entries of a sealed visit that a supplement may correct, filtered by what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.correcting_text import FactRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: The whole row, `FactRow`.
ROW = Qt.ItemDataRole.UserRole


class Entries(QAbstractListModel):
    """One line for each entry."""

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self._tr = tr
        self._all: tuple[FactRow, ...] = ()
        self._rows: tuple[FactRow, ...] = ()
        self._noun = ""

    def show_rows(self, rows: tuple[FactRow, ...]) -> None:
        """Show entries."""
        self._all = rows
        self.filter(self._noun)

    def filter(self, noun: str) -> None:
        """Show only entries of a noun; "" shows all."""
        self._noun = noun
        rows = tuple(row for row in self._all if not noun or row.noun == noun)
        if [row.id for row in rows] == [row.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def nouns(self) -> tuple[str, ...]:
        """The nouns of all entries, in their order."""
        return tuple(dict.fromkeys(row.noun for row in self._all))

    @property
    def corrected(self) -> int:
        """How many entries this supplement corrects."""
        return sum(row.corrected for row in self._all)

    def row(self, at: int) -> FactRow | None:
        """Return a row, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if row.withdrawn:
                return self._tr("withdrawn · {line}", line=row.line)
            return self._tr("corrected · {line}", line=row.line) if row.corrected else row.line
        return None
