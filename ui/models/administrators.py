"""The administrators of an organisation, and what one of them stated, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.operations.membership_text import said_text
from ui.models.table import RIGHT, Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Translator
    from inspector.operations.offices import InOffice, Said

COLUMNS = (N_("Full name"), N_("State"), N_("Statements that count"))
WIDTHS = (24, 24, 20)
STATE = 1

_SAID = (N_("What was stated"), N_("Whom it is about"), N_("Stays valid"))
SAID_WIDTHS = (26, 26, 14)
ABOUT = 1


class AdministratorsModel(TableModel):
    """Whoever was appointed, those in office first."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(tr, COLUMNS, parent, (2,))
        self._rows: tuple[InOffice, ...] = ()

    def take(self, rows: Sequence[InOffice]) -> None:
        """Show others."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[InOffice, ...]:
        """Everybody who is shown."""
        return self._rows

    def row(self, at: int) -> InOffice | None:
        """Return what stands in a row."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def count_rows(self) -> int:
        """Return how many were appointed."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row = self.row(index.row()) if index.isValid() else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._right:
            return RIGHT
        if row is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        tr = self._tr
        state = tr("in office") if row.present else tr("stood down")
        return (row.name, state, str(row.said))[index.column()]


class StatementsModel(TableModel):
    """Statements; which of them shall not stay valid is kept here. Keys stay in any case."""

    def __init__(
        self, tr: Translator, said: Sequence[Said], parent: QObject | None, *, choosing: bool
    ) -> None:
        super().__init__(tr, _SAID if choosing else _SAID[:-1], parent)
        self._said = tuple(said)
        self._dropped: set[str] = set()

    @property
    def dropped(self) -> tuple[str, ...]:
        """The ids of the statements that shall not stay valid."""
        return tuple(each.id for each in self._said if each.id in self._dropped)

    def may_drop(self, at: int) -> bool:
        """Tell whether a row can be dropped: what was sealed must stay readable."""
        return 0 <= at < len(self._said) and self._said[at].kind != "epoch"

    def is_dropped(self, at: int) -> bool:
        """Tell whether a row shall not stay valid."""
        return self.may_drop(at) and self._said[at].id in self._dropped

    def turn(self, at: int) -> None:
        """Drop a row that stays, let one stay that was dropped."""
        if self.may_drop(at):
            self._dropped ^= {self._said[at].id}
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(_SAID) - 1))

    def count_rows(self) -> int:
        """Return how many statements there are."""
        return len(self._said)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        at, tr = index.row(), self._tr
        said = self._said[at]
        stays = tr("dropped") if self.is_dropped(at) else tr("stays")
        return (said_text(said.kind, tr), said.about, stays)[index.column()]
