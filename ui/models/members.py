"""The members of the office as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from ui.models.table import Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Translator
    from inspector.domain.entities import Person

COLUMNS = (N_("Full name"), N_("Post"), N_("Organisation"), N_("Credential"), "")
WIDTHS = (14, 14, 18, 14, 12)
UNIT = 2


class MembersModel(TableModel):
    """The members who can be chosen, in order of entry."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(tr, COLUMNS, parent)
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

    def count_rows(self) -> int:
        """Return how many members there are."""
        return len(self._people)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        person = self.person(index.row()) if index.isValid() else None
        if person is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        mine = self._tr("typing here") if person.id == self._me else ""
        return (person.name, person.post, person.unit, person.credential, mine)[index.column()]
