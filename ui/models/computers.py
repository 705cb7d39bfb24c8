"""The computers of an organisation as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from inspector.base.i18n import N_
from inspector.domain.terms import term
from ui.models.table import Index, TableModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from inspector.base.i18n import Translator
    from inspector.operations.organisation import Member

COLUMNS = (N_("Full name"), N_("Roles"), N_("State"), N_("Fingerprint"))
WIDTHS = (12, 20, 14, 38)
FINGERPRINT = 3


class ComputersModel(TableModel):
    """The computers, those whose membership has ended last."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(tr, COLUMNS, parent)
        self._members: tuple[Member, ...] = ()

    def take(self, members: Sequence[Member]) -> None:
        """Show other computers."""
        self.beginResetModel()
        self._members = tuple(members)
        self.endResetModel()

    def member(self, row: int) -> Member | None:
        """Return what stands in a row."""
        return self._members[row] if 0 <= row < len(self._members) else None

    def count_rows(self) -> int:
        """Return how many computers there are."""
        return len(self._members)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        member = self.member(index.row()) if index.isValid() else None
        if member is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        comma = "、" if self._tr.lang == "zh" else ", "
        roles = comma.join(term(each, self._tr.lang) for each in member.roles)
        return (member.name, roles, self._state(member), member.fingerprint)[index.column()]

    def _state(self, member: Member) -> str:
        if member.revoked_after is not None:
            return self._tr("ended after entry {n}", n=member.revoked_after)
        if member.me:
            return self._tr("this computer")
        return self._tr("administrator") if member.administrator else ""
