"""The originals that are here, visit by visit: how much may go, and what stays for which reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.numbers import bare_number
from inspector.operations.exchange_text import amount_text
from inspector.operations.freeing import Plan
from inspector.operations.freeing_text import stay_text
from ui.models.table import RIGHT, Index, TableModel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from inspector.base.i18n import Translator
    from inspector.operations.freeing import OfVisit

_HEADINGS = (
    *(N_("Number"), N_("Place"), N_("Originals here"), N_("May go")),
    N_("What stays, and why"),
)
_NUMBERS = (2, 3)
WHY = 4
WIDTHS = (11, 10, 14, 14, 48)


class OriginalsModel(TableModel):
    """A row for each visit with originals here."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(tr, _HEADINGS, parent, right=_NUMBERS)
        self.plan = Plan()

    def take(self, plan: Plan) -> None:
        """Show another plan, the newest visit first."""
        self.beginResetModel()
        self.plan = Plan(plan.visits[::-1], plan.older_than)
        self.endResetModel()

    def row(self, at: int) -> OfVisit | None:
        """Return a row, None if there is none there."""
        return self.plan.visits[at] if 0 <= at < len(self.plan.visits) else None

    def count_rows(self) -> int:
        """Return how many visits there are."""
        return len(self.plan.visits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        found = self.row(index.row()) if index.isValid() else None
        if found is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _NUMBERS:
            return RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return (
            bare_number(found.visit),
            found.code,
            amount_text(found.here.bytes),
            amount_text(found.free.bytes) if found.free.files else "–",
            stay_text(found, self.plan.older_than, self._tr) or "–",
        )[index.column()]
