"""The members of the office as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from inspector.base.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.base.i18n import Translator
    from inspector.domain.entities import Person

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (N_("Full name"), N_("Post"), N_("Organisation"), N_("Credential"), "")
WIDTHS = (14, 14, 18, 14, 12)
UNIT = 2


class MembersModel(QAbstractTableModel):
    """The members who can be chosen, in order of entry."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._people: tuple[Person, ...] = ()
        self._me = ""

    def take(self, people: Sequence[Person], me: str) -> None:
        """Show other members; `me` is typing on this computer."""
        self.beginResetModel()
        self._people, self._me = tuple(people), me
        self.endResetModel()

    def person(self, row: int) -> Person | None:
        """Return who stands in a row."""
        return self._people[row] if 0 <= row < len(self._people) else None

    def place(self, person: str) -> int:
        """Return the row of a member, -1 if they are not shown."""
        return next((n for n, each in enumerate(self._people) if each.id == person), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many members there are."""
        return 0 if parent is not None and parent.isValid() else len(self._people)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        mine = self._tr("typing here") if person.id == self._me else ""
        return (person.name, person.post, person.unit, person.credential, mine)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column."""
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        if not shown or not 0 <= section < len(COLUMNS):
            return None
        return self._tr(COLUMNS[section]) if COLUMNS[section] else ""
