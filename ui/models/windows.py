"""The windows of a place as a table, in their order there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.hours_text import to_text
from inspector.domain.schedules import parse
from ui.models.table import Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Translator
    from inspector.domain.entities import Window

COLUMNS = (
    N_("Number"),
    N_("Label"),
    N_("Floor"),
    N_("Zone"),
    N_("Matters"),
    N_("Covered by"),
    N_("Own hours"),
)
WIDTHS = (8, 14, 7, 8, 16, 8, 16)
MATTERS = 4


class WindowsModel(TableModel):
    """The windows that are not retired."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(tr, COLUMNS, parent)
        self._windows: tuple[Window, ...] = ()
        self._numbers: dict[str, str] = {}

    def take(self, windows: Sequence[Window]) -> None:
        """Show other windows."""
        self.beginResetModel()
        self._windows = tuple(windows)
        self._numbers = {each.id: each.number or each.label for each in windows}
        self.endResetModel()

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows in their order."""
        return self._windows

    def window(self, row: int) -> Window | None:
        """Return what stands in a row."""
        return self._windows[row] if 0 <= row < len(self._windows) else None

    def place(self, window: str) -> int:
        """Return the row of a window, -1 if it is not shown."""
        return next((n for n, each in enumerate(self._windows) if each.id == window), -1)

    def count_rows(self) -> int:
        """Return how many windows there are."""
        return len(self._windows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        window = self.window(index.row()) if index.isValid() else None
        if window is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            window.number,
            window.label,
            window.floor,
            window.zone,
            "；".join(window.matters) if self._tr.lang == "zh" else "; ".join(window.matters),
            self._numbers.get(window.covered_by or "", ""),
            to_text(parse(window.hours), self._tr.lang),
        )[index.column()]
