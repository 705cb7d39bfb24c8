"""The strip of photographs at the left, and what of them is shown."""

from __future__ import annotations

from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QLayout

from inspector.domain.vocabulary import TargetKind
from inspector.operations.album import Item, State
from inspector.operations.placing import place_name
from ui.theme import tokens
from ui.theme.tokens import Tone, Type
from ui.widgets.buttons import button
from ui.widgets.choice import Choice
from ui.widgets.surfaces import column
from ui.widgets.text import label
from ui.widgets.thumbs import Thumb, ThumbView

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.album import Album
    from inspector.operations.board import Board
    from ui.desk import Desk

ALL, TIMELESS = "all", "timeless"
#: Stands before the id of a finding among the choices of the filter.
_FINDING = "finding:"


def state_words(item: Item, tr: Callable[[str], str]) -> tuple[str, Tone]:
    """Return the word and tone of what became of a photograph."""
    if item.erased:
        return tr("Removed"), Tone.DANGER
    if item.sealed:
        return tr("Sealed"), Tone.INFO
    if "clock_check" in item.used_for:
        return tr("Clock card"), Tone.INFO
    if item.state is State.UNPLACED:
        return tr("Unplaced"), Tone.WARN
    if item.state is State.PLACED:
        return tr("Placed"), Tone.OK
    return tr("Not used"), Tone.NEUTRAL


def _waits(item: Item) -> bool:
    return item.state is State.UNPLACED and not item.sealed


def _is_wanted(item: Item, chosen: str) -> bool:
    """Return whether a choice of the filter shows a photograph."""
    if chosen == TIMELESS:
        return item.at is None
    if chosen.startswith(_FINDING):
        return any(each.target == chosen.removeprefix(_FINDING) for each in item.places)
    return item.state == chosen and not item.sealed


class Strip(QFrame):
    """Heading, filter and thumbnails. Of a covert visit no picture is shown by itself."""

    #: Another photograph is stood on: `Item`, or None if there is none.
    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._desk = desk
        tr = desk.tr
        self._album: Album | None = None
        self._board: Board | None = None
        #: What is shown, in order and by id.
        self.items: tuple[Item, ...] = ()
        self._kept: dict[str, Item] = {}
        #: What was made of each photograph, and whether it was covered then.
        self._made: dict[str, tuple[Item, bool, Thumb]] = {}
        #: The few words of states, which are asked for once per photograph.
        self._words: Callable[[str], str] = cache(tr)
        self._shown_covered = False
        self._covered, self._uncovered = False, False
        self.filter = Choice(tr("Show"))
        self.filter.currentIndexChanged.connect(self._filtered)
        self.view = ThumbView(desk.look, desk.pictures, tr("Photographs and files"))
        self.view.selectionModel().currentChanged.connect(self._moved)
        layout = column(self._above(), self.view, spacing=tokens.S)
        layout.setContentsMargins(tokens.S, tokens.M, 0, 0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFixedWidth(self.view.width() + tokens.S)
        self._cover()

    def _above(self) -> QLayout:
        desk, tr = self._desk, self._desk.tr
        self._said = label(
            tr("A covert part is going on: no picture is shown by itself."),
            Type.CAPTION,
            wrap=True,
        )
        self.uncover = button(
            desk.look,
            tr("Show pictures"),
            self._uncover,
            # The strip is narrow: in large letters there is room for the words alone.
            icon="show" if desk.look.scale <= tokens.LARGE else "",
            extent="touch",
        )
        above = column(self.filter, self._said, self.uncover, spacing=tokens.S)
        above.setContentsMargins(0, 0, tokens.S, 0)
        return above

    # -- what is shown ---------------------------------------------------------------------

    @property
    def current(self) -> Item | None:
        """The photograph one stands on."""
        index = self.view.currentIndex()
        thumb = self.view.thumbs.thumbs[index.row()] if index.isValid() else None
        return self._kept.get(thumb.id) if thumb else None

    @property
    def is_covered(self) -> bool:
        """Whether no picture may be shown."""
        return self._covered and not self._uncovered

    def set_covert(self, covert: bool) -> None:
        """A covert part goes on or not; each time one comes here pictures are covered anew."""
        self._covered, self._uncovered = covert, False
        self._cover()

    def show_album(self, album: Album, board: Board, goal: str) -> None:
        """Show photographs; `goal` is the one to stand on, else one stays where one is."""
        row = self.view.currentIndex().row()
        stood = self.current.id if self.current else ""
        if self._album is None or self._album.visit != album.visit:
            self._made = {}
        self._album, self._board = album, board
        self._fill_filter(album, board)
        self._show()
        if goal and goal not in self._kept:
            self._choose(ALL)
            self._show()
        self._stand_on(goal or stood, row)

    def restrict(self, wanted: str) -> None:
        """Show only what `wanted` names: `ALL`, `TIMELESS`, a `State`, or the id of a finding."""
        self._choose(wanted if self.filter.findData(wanted) >= 0 else _FINDING + wanted)
        self._filtered()

    def step(self, by: int) -> None:
        """Go to the next photograph, or the one before."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self.view.thumbs.rowCount():
            self.view.setCurrentIndex(self.view.thumbs.index(row))

    def stand_on(self, id: str) -> None:
        """Go to a photograph."""
        self._stand_on(id, 0)

    def next_unplaced(self) -> str:
        """Return the next photograph without a place, from here on and then from the start."""
        items = self.items
        row = max(0, self.view.currentIndex().row())
        order = chain(islice(items, row + 1, None), islice(items, row))
        return next((each.id for each in order if _waits(each)), "")

    def _show(self) -> None:
        wanted, covered = self._wanted(), self.is_covered
        if wanted is self.items and covered is self._shown_covered:
            return
        self.items, self._shown_covered = wanted, covered
        self._kept = {each.id: each for each in wanted}
        made = self._made
        # There may be thousands: only what changed is put into words again.
        for each in wanted:
            known = made.get(each.id)
            if known is None or known[0] is not each or known[1] is not covered:
                made[each.id] = (each, covered, self._thumb(each, covered=covered))
        self.view.thumbs.show([made[each.id][2] for each in wanted])

    def _thumb(self, item: Item, *, covered: bool) -> Thumb:
        word, tone = state_words(item, self._words)
        pictured = item.is_picture and not covered
        return Thumb(item.id, item.sha256, item.name, word, tone, pictured=pictured)

    def _stand_on(self, id: str, row: int) -> None:
        index = self.view.thumbs.index_of(id)
        if not index.isValid():
            last = self.view.thumbs.rowCount() - 1
            index = self.view.thumbs.index(min(max(row, 0), last)) if last >= 0 else QModelIndex()
        if index == self.view.currentIndex():
            self.chosen.emit(self.current)
        else:
            self.view.setCurrentIndex(index)
        if index.isValid():
            self.view.scrollTo(index)
        else:
            self.chosen.emit(None)

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.current)

    # -- the filter ------------------------------------------------------------------------

    def _fill_filter(self, album: Album, board: Board) -> None:
        tr = self._desk.tr
        chosen = self.filter.currentData() or ALL
        timeless = sum(each.at is None for each in album.items)
        rows = [(ALL, tr("All {count}", count=len(album.items)))]
        for state, words in (
            (State.UNPLACED, tr("Unplaced {count}", count=album.count(State.UNPLACED))),
            (State.SET_ASIDE, tr("Not used {count}", count=album.count(State.SET_ASIDE))),
        ):
            rows.append((state.value, words))
        rows.append((TIMELESS, tr("Without a time {count}", count=timeless)))
        placed: dict[str, int] = {}
        for each in album.items:
            for place in each.places:
                placed[place.target] = placed.get(place.target, 0) + 1
        for finding in board.findings:
            name = place_name(board.record, TargetKind.FINDING, finding.id, tr)
            rows.append((_FINDING + finding.id, f"{name} {placed.get(finding.id, 0)}"))
        self.filter.blockSignals(True)
        self.filter.clear()
        for data, words in rows:
            self.filter.addItem(words, data)
        self.filter.setCurrentIndex(max(0, self.filter.findData(chosen)))
        self.filter.blockSignals(False)

    def _choose(self, data: str) -> None:
        self.filter.blockSignals(True)
        self.filter.setCurrentIndex(max(0, self.filter.findData(data)))
        self.filter.blockSignals(False)

    def _filtered(self) -> None:
        if self._album is not None:
            stood = self.current.id if self.current else ""
            self._show()
            self._stand_on(stood, 0)

    def _wanted(self) -> tuple[Item, ...]:
        assert self._album is not None
        chosen = self.filter.currentData() or ALL
        if chosen == ALL:
            return self._album.items
        return tuple(each for each in self._album.items if _is_wanted(each, chosen))

    # -- while a covert part goes on ---------------------------------------------------------

    def _uncover(self) -> None:
        self._uncovered = True
        self._cover()
        self.chosen.emit(self.current)
        self.view.setFocus()

    def _cover(self) -> None:
        self._said.setVisible(self.is_covered)
        self.uncover.setVisible(self.is_covered)
        if self._album is not None:
            self._show()
