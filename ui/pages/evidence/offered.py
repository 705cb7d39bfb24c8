"""The files that are offered, each with a box to tick, and why it is chosen beforehand or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from inspector.domain.offering import Fate
from inspector.operations.offering import Around, Offered, judged
from inspector.operations.offering_text import size_text, when, why
from ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from inspector.base.i18n import Translator
    from inspector.operations.evidence import AddedFile

Index = QModelIndex | QPersistentModelIndex
#: The tones of what is said of a file; the rest is neutral.
_TONES = {
    Fate.WITHIN: Tone.OK,
    Fate.TIMELESS: Tone.WARN,
    Fate.UNBEGUN: Tone.WARN,
    Fate.UNREADABLE: Tone.DANGER,
}


@dataclass(frozen=True, slots=True)
class State:
    """What is said of a file at the right of its line."""

    word: str
    tone: Tone


def state_of(added: AddedFile, tr: Translator) -> State:
    """Return in a word what became of a file that was to be stored."""
    reason = added.taken.reason
    if added.taken.status == "refused":
        return State(tr("not stored"), Tone.DANGER)
    if reason is None:
        return State(tr("stored"), Tone.OK)
    damaged = reason.code == "photo_damaged"
    word = tr("stored, but damaged") if damaged else tr("stored, without preview")
    return State(word, Tone.WARN)


class OfferedModel(QAbstractListModel):
    """Files in the order in which they were found. Ticked ones are stored."""

    OFFERED = int(Qt.ItemDataRole.UserRole)
    STATE = OFFERED + 1
    ABOUT = OFFERED + 2
    #: Other files are ticked.
    ticked = Signal()
    #: There are more files, or one was stored: this may come very often.
    grown = Signal()

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._rows: list[Offered] = []
        self._places: dict[Path, int] = {}
        self._chosen: set[Path] = set()
        self._by_hand: set[Path] = set()
        self._fates: dict[Path, State] = {}
        self._stored: set[Path] = set()
        self._around: Around | None = None
        self._observer = ""
        #: Where a file of each hash lies, for whoever loads its thumbnail.
        self.paths: dict[str, Path] = {}

    # -- what is offered -----------------------------------------------------------------------

    def add(self, offered: Iterable[Offered]) -> None:
        """Offer more files; one that stands here already is not offered twice."""
        new = [self._judged(each) for each in offered if each.path not in self._places]
        if not new:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        for each in new:
            self._places[each.path] = len(self._rows)
            self._rows.append(each)
            self.paths.setdefault(each.file.sha256, each.path)
            if each.meant:
                self._chosen.add(each.path)
        self.endInsertRows()
        self.grown.emit()

    def _judged(self, each: Offered) -> Offered:
        """Judge a file by what is known now: it was looked at some time ago."""
        return judged(each, self._around, self._observer) if self._around else each

    def judge(self, around: Around, observer: str) -> None:
        """Judge all files anew; what was ticked by hand stays as it is."""
        before, self._around = self._around, around
        same = before is not None and before.judges_like(around) and observer == self._observer
        self._observer = observer
        if same:
            return
        for number, each in enumerate(self._rows):
            now = self._judged(each)
            self._rows[number] = now
            if now.path not in self._by_hand and now.path not in self._stored:
                (self._chosen.add if now.meant else self._chosen.discard)(now.path)
        self._changed()

    @property
    def hashes(self) -> frozenset[str]:
        """The hashes of all that is offered and can be read."""
        return frozenset(each.file.sha256 for each in self._rows if each.reason is None)

    @property
    def total(self) -> int:
        """How many files are offered."""
        return len(self._rows)

    @property
    def within(self) -> int:
        """How many of them were taken within the visit."""
        return sum(each.meant for each in self._rows)

    # -- what is chosen ------------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[Offered, ...]:
        """The ticked files, in the order of the list."""
        return tuple(each for each in self._rows if each.path in self._chosen)

    def choose(self, fits: Callable[[Offered], bool]) -> None:
        """Tick the files that fit and no others."""
        free = [each for each in self._rows if self._is_free(each)]
        self._chosen = {each.path for each in free if fits(each)}
        self._by_hand = {each.path for each in free}
        self._changed()

    def _is_free(self, each: Offered) -> bool:
        return each.storable and each.path not in self._stored

    # -- what became of them -------------------------------------------------------------------

    def tell(self, path: Path, state: State, *, stored: bool) -> None:
        """Say what became of a file; one that is stored cannot be chosen again."""
        place = self._places.get(path)
        if place is None:
            return
        self._fates[path] = state
        if stored:
            self._stored.add(path)
            self._chosen.discard(path)
        self.dataChanged.emit(self.index(place), self.index(place))
        self.grown.emit()

    def _changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticked.emit()

    # -- as a model ----------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many files there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let what can be stored be ticked."""
        flags = super().flags(index)
        if index.isValid() and self._is_free(self._rows[index.row()]):
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return name, tick, state and the line below a file's name."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        each = self._rows[index.row()]
        if role == self.OFFERED:
            return each
        if role == self.STATE:
            return self._state(each)
        if role == self.ABOUT:
            return self._about(each)
        if role == Qt.ItemDataRole.DisplayRole:
            return each.file.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return _CHECKED if each.path in self._chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((each.file.name, self._about(each), self._state(each).word))
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Tick a file, or take its tick away."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        each = self._rows[index.row()]
        if not self._is_free(each):
            return False
        self._by_hand.add(each.path)
        on = Qt.CheckState(value) is _CHECKED
        (self._chosen.add if on else self._chosen.discard)(each.path)
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _state(self, each: Offered) -> State:
        known = self._fates.get(each.path)
        return known or State(why(each, self._tr), _TONES.get(each.fate, Tone.NEUTRAL))

    def _about(self, each: Offered) -> str:
        if each.reason is not None:
            return each.reason.text(self._tr)
        zone = self._around.zone if self._around else 0
        camera = each.file.photo.camera if each.file.photo else ""
        parts = (when(each, zone, self._tr), size_text(each.file.size), camera)
        return " · ".join(part for part in parts if part)


_CHECKED = Qt.CheckState.Checked
