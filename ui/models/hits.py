"""What a search found, as a list; and where each hit leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.domain.names import noun_name
from ui.desk import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.base.i18n import Lang
    from inspector.operations.searching import Hit

TEXT = Qt.ItemDataRole.DisplayRole
#: The page that shows a noun of its own; everything else stands in its visit.
_PAGES = {
    "hall": "halls",
    "window": "halls",
    "unit": "halls",
    "person": "settings",
    "evidence": "evidence",
}
#: Pages that show something within its visit.
_OF_VISIT = frozenset({"visit", "evidence"})


class HitModel(QAbstractListModel):
    """The hits, newest first."""

    KIND = Qt.ItemDataRole.UserRole

    def __init__(self, lang: Lang, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lang = lang
        self._hits: tuple[Hit, ...] = ()

    def show(self, hits: Sequence[Hit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def hit(self, index: QModelIndex) -> Hit | None:
        """Return the hit at an index."""
        return self._hits[index.row()] if index.isValid() else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the text of a hit, its kind, or both as assistive tools say it."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        text = " ".join(hit.text.split())
        if role == TEXT:
            return text
        if role == self.KIND:
            return hit.kind
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{noun_name(hit.kind).of(self._lang)}: {text}"
        return None


def place_of(hit: Hit) -> Place:
    """Return where a hit leads: to its own page, or to the visit it belongs to."""
    page = _PAGES.get(hit.kind, "visit")
    if hit.kind == "visit":
        return Place("visit", hit.id)
    if hit.kind == "person":
        return Place(page, "", {"section": "members", hit.kind: hit.id})
    if page in _OF_VISIT:
        return Place(page, hit.visit, {hit.kind: hit.id})
    return Place(page, "", {hit.kind: hit.id})
