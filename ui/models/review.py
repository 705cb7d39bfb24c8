"""The queue of reviews as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.vocabulary import ReviewState
    from inspector.operations.review_rows import ReviewRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: The whole row, `ReviewRow`.
ROW = Qt.ItemDataRole.UserRole


class QueueModel(QAbstractListModel):
    """One line for each thing to decide on, of one state, narrowed by words."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[ReviewRow, ...] = ()
        self._rows: tuple[ReviewRow, ...] = ()
        self._state: ReviewState | None = None
        self._words = ""

    def take(self, rows: Sequence[ReviewRow]) -> None:
        """Show other rows."""
        self._all = tuple(rows)
        self._narrow()

    def restrict(self, state: ReviewState, words: str) -> None:
        """Show only rows of a state in which all of `words` occur."""
        self._state, self._words = state, words.casefold()
        self._narrow()

    def _narrow(self) -> None:
        parts = self._words.split()
        rows = tuple(
            row
            for row in self._all
            if row.item.state is self._state
            and all(part in f"{row.title} {row.about}".casefold() for part in parts)
        )
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, at: int) -> ReviewRow | None:
        """Return a row, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def at(self, key: tuple[str, str]) -> int:
        """Return where a row stands, -1 if it does not."""
        return next((n for n, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.about}"
        return None
