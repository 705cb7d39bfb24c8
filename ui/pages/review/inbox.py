"""What came in from other laptops lately, by visit and team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.clocktext import clock, iso_day
from ui.models.table import RIGHT, Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from inspector.operations.review_rows import CameIn
    from ui.desk import Desk

_HEADINGS = (N_("Visit"), N_("Place"), N_("Team"), N_("Entries"), N_("Written last"))
WIDTHS = (24, 16, 22, 9, 17)
PLACE, _ENTRIES = 1, 3


class InboxModel(TableModel):
    """The visits of which something came in, the newest arrivals first."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk.tr, _HEADINGS, parent, (_ENTRIES,))
        self._rows: tuple[CameIn, ...] = ()
        self.zone = 480

    def take(self, rows: Sequence[CameIn]) -> None:
        """Show other arrivals."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, at: int) -> CameIn | None:
        """Return a row, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def count_rows(self) -> int:
        """Return how many rows are shown."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row = self.row(index.row()) if index.isValid() else None
        if row is not None and role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if index.column() == _ENTRIES else None
        if row is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        when = f"{iso_day(row.ms, self.zone)} {clock(row.ms, self.zone)}"
        cells = (row.label, row.place, "、".join(row.team), str(row.operations), when)
        return cells[index.column()]
