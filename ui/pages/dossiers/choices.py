"""The visits a dossier can be made of, each with a box to tick and what became of its export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from inspector.domain.numbers import bare_number
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.ticks import paint_box, paint_pill, ticked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector.base.i18n import Translator
    from inspector.operations.volumes import Choice
    from ui.theme.look import Look

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class State:
    """What became of a visit's export, in a word."""

    word: str
    tone: Tone


class ChoiceModel(QStringListModel):
    """Visits, the newest first; ticked ones are exported.

    Qt's own list of their ids says how many there are: a view that lays out ten thousand lines
    asks that for each of them.
    """

    STATE = Qt.ItemDataRole.UserRole
    ABOUT = Qt.ItemDataRole.UserRole + 1
    #: Another number of visits is ticked.
    ticked = Signal()

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._rows: tuple[Choice, ...] = ()
        self._chosen: set[str] = set()
        self._states: dict[str, State] = {}
        #: Halls are named by their code alone while somebody is inside one unrecognised.
        self.named = True

    def show(self, rows: Sequence[Choice]) -> None:
        """Show other visits; ticks of those that stay are kept."""
        ids = [row.visit.id for row in rows]
        self._rows = tuple(rows)
        self._chosen.intersection_update(ids)
        self.setStringList(ids)
        self.ticked.emit()

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The ticked visits, in the order of the list."""
        return tuple(row for row in self._rows if row.visit.id in self._chosen)

    def tick(self, visits: Iterable[str]) -> None:
        """Tick these visits and no others."""
        self._chosen = set(visits) & {row.visit.id for row in self._rows}
        self._changed(0, len(self._rows) - 1)
        self.ticked.emit()

    def all_sealed(self) -> list[str]:
        """Return the ids of the sealed visits."""
        return [row.visit.id for row in self._rows if row.sealed]

    def tell(self, visit: str, state: State) -> None:
        """Say what became of a visit's export."""
        self._states[visit] = state
        place = self.place(visit)
        if place >= 0:
            self._changed(place, place)

    def place(self, visit: str) -> int:
        """Return where a visit stands, -1 if it is not here."""
        return next((n for n, row in enumerate(self._rows) if row.visit.id == visit), -1)

    def choice(self, index: Index) -> Choice | None:
        """Return the visit at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def _changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every visit be ticked."""
        return (super().flags(index) & _SEEN) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return name, tick, state and the line below a visit's name."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(row)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.visit.id in self._chosen else _UNCHECKED
        if role == self.STATE:
            return self._states.get(row.visit.id, self._resting(row))
        if role == self.ABOUT:
            tr = self._tr
            photos = tr("{count} photographs", count=row.photos)
            return " · ".join(each for each in (row.day, photos) if each)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.name(row)}, {self.data(index, self.STATE).word}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a visit, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        visit = self._rows[index.row()].visit.id
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._chosen.add(visit)
        else:
            self._chosen.discard(visit)
        self._changed(index.row(), index.row())
        self.ticked.emit()
        return True

    def name(self, row: Choice) -> str:
        """Return a visit's number and place."""
        place = row.hall if self.named else row.code
        number = bare_number(row.visit)
        return f"{number} · {place}" if place else number

    def _resting(self, row: Choice) -> State:
        tr = self._tr
        return State(tr("sealed"), Tone.OK) if row.sealed else State(tr("draft"), Tone.WARN)


#: What every line of a list may do.
_SEEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_UNCHECKED = Qt.CheckState.Unchecked


class ChoiceLine(QStyledItemDelegate):
    """A box, the visit's name over its day and photographs, and a word at the right."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of two lines."""
        del option, index
        return QSize(0, round(52 * self._look.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one visit."""
        colours, look = self._look.colours, self._look
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.accent_soft))
        room = option.rect.adjusted(tokens.S, 0, -tokens.S, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        paint_box(painter, look, room, checked=checked is Qt.CheckState.Checked)
        state: State = index.data(ChoiceModel.STATE)
        pill = paint_pill(painter, look, room, state.word, state.tone)
        words = room.adjusted(32, 0, -pill - tokens.S, 0)
        half = words.height() // 2
        for text, role, ink, top in (
            (index.data(Qt.ItemDataRole.DisplayRole), Type.BODY, colours.text, 2),
            (index.data(ChoiceModel.ABOUT), Type.CAPTION, colours.text2, half - 2),
        ):
            painter.setFont(look.font(role))
            painter.setPen(QColor(ink))
            line = QRect(words.left(), words.top() + top, words.width(), half)
            fit = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, fit)
        painter.restore()

    def editorEvent(
        self, event: Any, model: Any, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Take a press on the box, or the space bar, for a tick."""
        return ticked(event, model, option, index)
