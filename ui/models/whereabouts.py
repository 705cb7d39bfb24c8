"""Where each visit is besides here: on which media, with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.numbers import bare_number
from inspector.domain.terms import term
from ui.models.table import Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Translator
    from inspector.operations.preparing import Listed
    from inspector.operations.standing import Received, VisitPlace, Written
    from ui.desk import Desk

_HEADINGS = (
    *(N_("Number"), N_("Place"), N_("Phase"), N_("Saved here"), N_("Written and verified")),
    N_("Received by"),
)
WIDTHS = (11, 10, 12, 12, 26, 26)
RECEIVED = 5
_NONE = "–"


class WhereaboutsModel(TableModel):
    """A row for each visit, by the code of its place, the newest first."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk.tr, _HEADINGS, parent)
        self._desk = desk
        self._rows: tuple[Listed, ...] = ()
        self._places: dict[str, VisitPlace] = {}

    def take(self, rows: Sequence[Listed]) -> None:
        """Show other visits; where they are follows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def found(self, places: Mapping[str, VisitPlace]) -> None:
        """Show where some of them are."""
        self._places.update(places)
        if self._rows:
            last = self.index(len(self._rows) - 1, RECEIVED)
            self.dataChanged.emit(self.index(0, RECEIVED - 1), last)

    def row(self, at: int) -> Listed | None:
        """Return a row, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def count_rows(self) -> int:
        """Return how many visits there are."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; None until it is known."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        tr, visit = self._desk.tr, row.row.visit
        if index.column() < RECEIVED - 1:
            phase = term(row.row.phase, self._desk.lang)
            return (bare_number(visit), row.code, phase, tr("saved here"))[index.column()]
        place = self._places.get(visit.id)
        if place is None:
            return None
        named = place.received if index.column() == RECEIVED else place.written
        return tr(", ").join(_named(each, tr) for each in named) or _NONE


def _named(each: Written | Received, tr: Translator) -> str:
    if not each.files_lacking:
        return each.name
    return tr("{name} (still lacking {count} files)", name=each.name, count=each.files_lacking)
