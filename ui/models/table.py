"""What every table has that is shown whole: headings over the columns, so many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from inspector.base.i18n import Translator

Index = QModelIndex | QPersistentModelIndex
#: Where numbers stand in a cell.
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel):
    """Its kinds say how many rows there are, and what stands in a cell.

    headings: the sentences that are translated for the heads of the columns, "" for none.
    right: the columns of numbers; their heads stand over them, at the right.
    """

    def __init__(
        self,
        tr: Translator,
        headings: Sequence[str],
        parent: QObject | None = None,
        right: Collection[int] = (),
    ) -> None:
        super().__init__(parent)
        self._tr, self._headings, self._right = tr, headings, right

    def count_rows(self) -> int:
        """Return how many rows are shown."""
        raise NotImplementedError

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown; none of them has rows of its own."""
        return 0 if parent is not None and parent.isValid() else self.count_rows()

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._right:
            return RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._tr(self._headings[section]) if self._headings[section] else ""
