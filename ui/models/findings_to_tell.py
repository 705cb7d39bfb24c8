"""The findings of a visit with the mark of what is to be told to the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from inspector.domain.terms import severity_name, term

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.operations.closing import FindingRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: The whole row, `FindingRow`.
ROW = Qt.ItemDataRole.UserRole


class FindingsToTell(QAbstractListModel):
    """Rows as they were read; what is checked is kept here until the unit is told."""

    #: What is checked changed.
    chose = Signal()

    def __init__(self, tr: Translator, *, checkable: bool = True) -> None:
        super().__init__()
        self._tr, self._checkable = tr, checkable
        self._rows: tuple[FindingRow, ...] = ()
        self._chosen: dict[str, bool] = {}

    def show_rows(self, rows: tuple[FindingRow, ...], *, told: bool) -> None:
        """Show rows. `told`: a feedback names findings already, so that choice is the first."""
        chosen = {
            row.finding.id: self._chosen.get(row.finding.id, row.told if told else row.suggested)
            for row in rows
        }
        if [row.finding.id for row in rows] == [row.finding.id for row in self._rows]:
            self._rows, self._chosen = rows, chosen
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows, self._chosen = rows, chosen
        self.endResetModel()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of what is checked, in the order shown."""
        return tuple(row.finding.id for row in self._rows if self._chosen[row.finding.id])

    def row(self, at: int) -> FindingRow | None:
        """Return a row, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def place(self, finding: str) -> int:
        """Return where a finding stands, -1 if it is not here."""
        ids = [row.finding.id for row in self._rows]
        return ids.index(finding) if finding in ids else -1

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many findings there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what one can do with a row."""
        usual = super().flags(index)
        if not index.isValid() or not self._checkable:
            return usual
        return usual | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.label} · {row.finding.text}"
        if role == Qt.ItemDataRole.CheckStateRole and self._checkable:
            checked = self._chosen[row.finding.id]
            return Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Check or uncheck a row."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None or role != Qt.ItemDataRole.CheckStateRole or not self._checkable:
            return False
        self._chosen[row.finding.id] = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index, [role])
        self.chose.emit()
        return True

    def _spoken(self, row: FindingRow) -> str:
        lang = self._tr.lang
        parts = [
            row.label,
            severity_name(row.finding.severity, lang),
            term(row.finding.outcome, lang),
            row.finding.text,
            self._tr("not confirmed yet") if row.needs_confirmation else "",
        ]
        return ", ".join(part for part in parts if part)
