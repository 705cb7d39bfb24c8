"""The register of findings as a table: which there are is known, what they say is read on demand.

A hundred thousand rows are a list of places in the record. The rows that come into sight are asked
for stretch by stretch; those longest out of sight are forgotten.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from inspector.base.clock import to_datetime
from inspector.base.i18n import N_
from inspector.domain.numbers import bare_number
from inspector.domain.quick import words_of_key
from inspector.domain.terms import severity_name, title_of
from inspector.operations.registers import FindingColumn, FindingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from inspector.base.i18n import Lang, Translator
    from inspector.domain.entities import Finding
    from ui.desk import Desk

Index = QModelIndex | QPersistentModelIndex
#: Rows that are asked for together, and how many stretches of them are kept: a table shows about
#: twenty rows, and who drags its bar from end to end waits for none that he has passed.
STRETCH, KEPT = 25, 160
#: What is painted in one frame is asked for together. Milliseconds.
FRAME_MS = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
#: The roles that a cell answers; `FindingsModel.ROW` is the last one.
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.UserRole,
    }
)
#: What stands where nothing was recorded.
NONE = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it orders by, its heading, what stands in it, its width in characters."""

    by: FindingColumn
    heading: str
    cell: Callable[[FindingRow, Lang], str]
    wide: int
    count: bool = False


def moment(ms: int | None, zone: int) -> str:
    """Return a moment as 2026-11-20 10:38."""
    return NONE if ms is None else to_datetime(ms, zone).strftime("%Y-%m-%d %H:%M")


def entered(finding: Finding) -> str:
    """Return when a finding was typed in, by the clock of the place as when it was seen.

    The computer may have stood in another zone; two clocks on one line would mislead.
    """
    return moment(finding.entered.ms, finding.observed_zone)


def window_name(row: FindingRow) -> str:
    """Return the number or label of the window, a dash where none was recorded."""
    window = row.window
    return (window.number or window.label) if window else NONE


def category_in_full(row: FindingRow, tr: Translator, lang: Lang) -> str:
    """Return the words that were chosen and the nearest situations beside them."""
    chosen = words_of_key(row.finding, lang)
    names = _named(row, lang)
    if chosen and names:
        return tr("{chosen}; nearest in the catalogue: {coded}", chosen=chosen, coded=names)
    return chosen or names or NONE


def categories(row: FindingRow, lang: Lang) -> str:
    """Return the words that were chosen, else the names of the situations; a dash without any."""
    return words_of_key(row.finding, lang) or _named(row, lang) or NONE


def _named(row: FindingRow, lang: Lang) -> str:
    if lang == "zh":
        return "；".join(each.zh for each in row.situations)
    return "; ".join(each.en for each in row.situations)


def _count(count: int) -> str:
    return str(count) if count else NONE


_C = FindingColumn
COLUMNS: tuple[Column, ...] = (
    Column(_C.NUMBER, N_("Finding"), lambda row, _: bare_number(row.finding), 7),
    Column(
        *(_C.SEEN, N_("Seen at")),
        lambda row, _: moment(row.finding.observed_from, row.finding.observed_zone),
        16,
    ),
    Column(_C.HALL, N_("Place"), lambda row, _: row.hall.code or NONE, 8),
    Column(_C.WINDOW, N_("Window"), lambda row, _: window_name(row), 7),
    Column(_C.SITUATION, N_("Category"), categories, 15),
    Column(
        _C.SEVERITY, N_("Severity"), lambda row, lang: severity_name(row.finding.severity, lang), 9
    ),
    Column(_C.TEXT, N_("What was seen"), lambda row, _: " ".join(row.finding.text.split()), 30),
    Column(_C.VISIT, N_("Visit"), lambda row, _: bare_number(row.visit), 10),
    Column(_C.PHASE, N_("Phase"), lambda row, lang: title_of(row.phase, lang), 9),
    Column(_C.OUTCOME, N_("Outcome"), lambda row, lang: title_of(row.finding.outcome, lang), 11),
    Column(_C.OBSERVER, N_("Seen by"), lambda row, _: row.observer, 10),
    Column(_C.PHOTOS, N_("Photographs"), lambda row, _: _count(row.photos), 10, count=True),
    Column(_C.PERSONS, N_("Persons"), lambda row, _: _count(row.persons), 8, count=True),
    Column(
        *(_C.ENTERED, N_("Entered")),
        lambda row, _: entered(row.finding),
        16,
    ),
)
HALL = next(number for number, each in enumerate(COLUMNS) if each.by is FindingColumn.HALL)
#: The columns that are not shown unless somebody wants them.
USUALLY_HIDDEN = tuple(each.by for each in COLUMNS[7:])


class FindingsModel(QAbstractTableModel):
    """The findings that are wanted, in their order."""

    #: Stretches came into sight whose rows are not known: `list[int]`.
    missed = Signal(list)
    #: Another order is wanted: `FindingColumn`, and whether the other way round.
    ordered = Signal(object, bool)
    #: The `FindingRow` of a row, None as long as it is not read.
    ROW = Qt.ItemDataRole.UserRole

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._places = array("q")
        self._known: OrderedDict[int, tuple[FindingRow | None, ...]] = OrderedDict()
        self._missed: dict[int, None] = {}
        #: Places of findings are shown by code only.
        self.covert = True
        self._ask = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._ask.timeout.connect(self._tell_missed)

    # -- what there is ---------------------------------------------------------------------

    def take(self, places: array[int]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self._places = places
        self._known.clear()
        self._missed.clear()
        self.endResetModel()

    def stretch(self, number: int) -> array[int]:
        """Return the places of the rows of a stretch."""
        return self._places[number * STRETCH : (number + 1) * STRETCH]

    def show(self, number: int, rows: Mapping[int, FindingRow]) -> None:
        """Take what stands in the rows of a stretch, by place."""
        places = self.stretch(number)
        if not places:
            return
        self._known[number] = tuple(rows.get(place) for place in places)
        # It was looked for while it was on its way; it need not be read once more.
        self._missed.pop(number, None)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        first = number * STRETCH
        last = self.index(first + len(places) - 1, len(COLUMNS) - 1)
        self.dataChanged.emit(self.index(first, 0), last)

    def found(self, row: int) -> FindingRow | None:
        """Return what stands in a row, None as long as it is not read."""
        number, at = divmod(row, STRETCH)
        known = self._known.get(number)
        if known is None:
            if number not in self._missed and 0 <= row < len(self._places):
                self._missed[number] = None
                if not self._ask.isActive():
                    self._ask.start()
            return None
        self._known.move_to_end(number)
        return known[at] if at < len(known) else None

    def row_of(self, place: int | None) -> int:
        """Return the row of a place in the record, -1 if it is not among those shown."""
        try:
            return self._places.index(place) if place is not None else -1
        except ValueError:
            return -1

    def place(self, row: int) -> int | None:
        """Return the place in the record of what stands in a row."""
        return self._places[row] if 0 <= row < len(self._places) else None

    @property
    def places(self) -> array[int]:
        """The places of all findings that are shown, in their order."""
        return self._places

    def _tell_missed(self) -> None:
        missed = list(self._missed)
        self._missed.clear()
        self.missed.emit(missed)

    # -- as Qt asks for it -----------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many findings are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; nothing until its row is read."""
        # Every cell is asked for a dozen roles each time it is painted.
        if role not in _ROLES or not index.isValid():
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.count else _LEFT
        row = self.found(index.row())
        if row is None or role == self.ROW:
            return row
        if column.by is FindingColumn.HALL and not self.covert:
            return " ".join(part for part in (row.hall.code, row.hall.name) if part)
        return column.cell(row, self._desk.lang)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.tr(COLUMNS[section].heading)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[section].count else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the record does it."""
        if 0 <= column < len(COLUMNS):
            self.ordered.emit(COLUMNS[column].by, order is Qt.SortOrder.DescendingOrder)
