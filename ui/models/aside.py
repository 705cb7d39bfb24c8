"""What was put aside: what it is, from whom, why, when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.clocktext import clock, iso_day
from inspector.operations.aside_text import settled_text
from inspector.operations.exchange_text import aside_text
from ui.models.table import Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from inspector.operations.aside import Aside
    from ui.desk import Desk

_HEADINGS = (N_("No."), N_("When"), N_("From whom"), N_("Brought by"), N_("Why"), N_("State"))
WIDTHS = (5, 17, 12, 14, 40, 12)
WHY = 4
_UNKNOWN = "–"


class AsideModel(TableModel):
    """A row for each thing that was put aside."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk.tr, _HEADINGS, parent)
        self._tr = desk.tr
        self._rows: tuple[Aside, ...] = ()

    def take(self, rows: Sequence[Aside]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row(self, at: int) -> Aside | None:
        """Return a row, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def count_rows(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        each = self.row(index.row()) if index.isValid() else None
        if each is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        row = each.row
        cells = (
            str(row.number),
            f"{iso_day(each.at, each.zone)} {clock(each.at, each.zone)}",
            each.name or _UNKNOWN,
            each.depot or _UNKNOWN,
            aside_text(row, self._tr),
            settled_text(row, self._tr),
        )
        return cells[index.column()]
