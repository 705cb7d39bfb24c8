"""The known depots as a list: what each is called, how it was found, what waits for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from inspector.base.i18n import N_
from inspector.domain.clocktext import clock, iso_day
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspector.base.i18n import Translator
    from inspector.operations.depot_places import Reached
    from inspector.operations.exchange_desk import KnownDepot
    from inspector.operations.standing import Lacking

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: The whole row, `DepotLine`.
ROW = Qt.ItemDataRole.UserRole

KINDS = {
    "folder": N_("Folder or stick"),
    "webdav": N_("WebDAV"),
    "sftp": N_("SFTP"),
    "s3": N_("Object storage (S3)"),
    "": N_("Address unknown"),
}
#: How a depot was found, in a word or two; what is not listed is trouble of another kind.
_FOUND = {
    "": (N_("ready"), Tone.OK),
    "depot_away": (N_("not there"), Tone.NEUTRAL),
    "depot_unmarked": (N_("not there"), Tone.NEUTRAL),
    "depot_other": (N_("another depot"), Tone.DANGER),
    "depot_full": (N_("no room left"), Tone.WARN),
    "depot_denied": (N_("no access"), Tone.WARN),
    "depot_newer": (N_("newer version"), Tone.WARN),
}
_TROUBLE = (N_("cannot be used"), Tone.WARN)


@dataclass(frozen=True, slots=True)
class DepotLine:
    """A depot as it is listed. reached, waiting: None as long as that is not known."""

    depot: KnownDepot
    reached: Reached | None = None
    waiting: Lacking | None = None

    def state(self, tr: Translator) -> tuple[str, Tone]:
        """Return how it was found, and the tone of that."""
        if self.reached is None:
            return tr("not looked at"), Tone.NEUTRAL
        words, tone = _FOUND.get(self.reached.code, _TROUBLE)
        return tr(words), tone

    def waits(self, tr: Translator) -> str:
        """Return what is not there yet, in few words; "" as long as that is not known."""
        if self.waiting is None:
            return ""
        count = self.waiting.operations + self.waiting.blobs
        return tr("{count} items not there yet", count=count) if count else tr("all is there")


def visited(depot: KnownDepot, zone: int, tr: Translator) -> str:
    """Return when a depot was visited last."""
    if not depot.visited:
        return tr("not visited yet")
    when = f"{iso_day(depot.seen, zone)} {clock(depot.seen, zone)}"
    return tr("visited {moment}", moment=when)


class DepotsModel(QAbstractListModel):
    """A line for each depot."""

    def __init__(self, tr: Translator) -> None:
        super().__init__()
        self._tr = tr
        self._rows: tuple[DepotLine, ...] = ()
        self.zone = 0

    def take(self, depots: Sequence[KnownDepot], zone: int) -> None:
        """Show other depots; what is known of those that stay is kept."""
        known = {row.depot.id: row for row in self._rows}
        rows = tuple(
            replace(known[each.id], depot=each) if each.id in known else DepotLine(each)
            for each in depots
        )
        self.zone = zone
        if [row.depot.id for row in rows] != [row.depot.id for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        else:
            self._put(rows)

    def found(self, reached: Mapping[str, Reached]) -> None:
        """Show how depots were found."""
        self._put(
            tuple(
                replace(row, reached=reached.get(row.depot.id, row.reached)) for row in self._rows
            )
        )

    def waits(self, waiting: Mapping[str, Lacking]) -> None:
        """Show what waits for depots."""
        self._put(
            tuple(
                replace(row, waiting=waiting.get(row.depot.id, row.waiting)) for row in self._rows
            )
        )

    def _put(self, rows: tuple[DepotLine, ...]) -> None:
        self._rows = rows
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    @property
    def lines(self) -> tuple[DepotLine, ...]:
        """All lines."""
        return self._rows

    def row(self, at: int) -> DepotLine | None:
        """Return a line, None if there is none there."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def at(self, depot: str) -> int:
        """Return where a depot stands, -1 if it does not."""
        return next((n for n, row in enumerate(self._rows) if row.depot.id == depot), -1)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many depots there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a line says."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.depot.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            tr = self._tr
            said = (row.depot.name, row.state(tr)[0], visited(row.depot, self.zone, tr))
            return ", ".join(filter(None, (*said, row.waits(tr))))
        return None
