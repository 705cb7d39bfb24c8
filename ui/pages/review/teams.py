"""The board of teams: how far each is. What is not known is a dash, never nought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from ui.models.table import RIGHT, Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from inspector.operations.teams import TeamRow
    from ui.desk import Desk

_HEADINGS = (
    *(N_("Team"), N_("County"), N_("Expected"), N_("Arrived here"), N_("Sealed"), N_("Approved")),
    N_("Days silent"),
)
WIDTHS = (16, 24, 10, 10, 10, 10, 12)
COUNTY = 1
_COUNTS = (2, 3, 4, 5, 6)
_UNKNOWN = "–"


class TeamsModel(TableModel):
    """A row for each team and county, the most silent first."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk.tr, _HEADINGS, parent, _COUNTS)
        self._rows: tuple[TeamRow, ...] = ()

    def take(self, rows: Sequence[TeamRow]) -> None:
        """Show other teams."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def count_rows(self) -> int:
        """Return how many rows are shown."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _COUNTS:
            return RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row = self._rows[index.row()]
        counts = (row.expected, row.arrived, row.sealed, row.approved, row.silent_days)
        told = (_UNKNOWN if each is None else str(each) for each in counts)
        return (row.team, row.county or _UNKNOWN, *told)[index.column()]
