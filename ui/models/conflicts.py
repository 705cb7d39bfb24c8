"""The conflicts as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.widgets.text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.base.i18n import Translator
    from inspector.operations.conflicts import Conflict

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


#: The conflict of a line.
ROW = Qt.ItemDataRole.UserRole


def where(conflict: Conflict) -> str:
    """Return the field that is in conflict, and to what it belongs."""
    parts = (conflict.label, conflict.visit_label, conflict.place)
    return " · ".join(filter(None, parts))


def _words(conflict: Conflict) -> str:
    return f"{conflict.title}\n{where(conflict)}"


class ConflictsModel(QAbstractListModel):
    """One line for each field that holds different values."""

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self._tr = tr
        self._rows: tuple[Conflict, ...] = ()

    def take(self, rows: Sequence[Conflict]) -> None:
        """Show other conflicts."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, at: int) -> Conflict | None:
        """Return a conflict, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def at(self, code: str) -> int:
        """Return where a conflict stands, -1 if it does not."""
        return next((n for n, row in enumerate(self._rows) if row.code == code), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many conflicts there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line says."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            count = self._tr("{count} values", count=len(row.sides))
            return f"{_words(row)}\n{count}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_words(row))
        return row if role == ROW else None
