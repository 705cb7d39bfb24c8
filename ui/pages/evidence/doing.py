"""What is done with the photograph one stands on: saved first, told, offered again if refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector.base.errors import MingchaError
from inspector.operations.album import Item, Placed, State
from inspector.operations.custody import note_difference, note_looking
from inspector.operations.evidence import (
    caption,
    check_clock,
    place,
    set_free_of_people,
    set_time,
)
from inspector.operations.exports import copy_original
from inspector.operations.originals import whereabouts
from inspector.operations.pictures import pictures_of
from inspector.operations.placing import Target, place_name, set_aside, take_back, unplace
from inspector.operations.seeing import Typed, seen_from
from inspector.operations.undo import undo_last
from inspector.operations.undo_text import undo_text
from ui.pages.visit.naming import in_sight

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from inspector.operations.board import Board
    from inspector.operations.clock_card import ShownTime
    from inspector.operations.originals import Whereabouts
    from inspector.operations.pictures import Pictures
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.models.board import BoardKeeper

T = TypeVar("T")


class Doing(QObject):
    """The actions on one photograph, while its visit can be changed.

    Each is saved before the page shows it; what the disk refused can be asked for again.
    """

    #: The disk refused an action: the error, and what does it again.
    refused = Signal(object, object)
    #: An action was saved.
    saved = Signal()
    #: An action was not done, whatever the reason.
    failed = Signal()
    #: What hashing a file again found: its id and the word.
    found = Signal(str, str)
    #: The record says that somebody looks at an original: its id.
    may_look = Signal(str)

    def __init__(self, desk: Desk, keeper: BoardKeeper) -> None:
        super().__init__(keeper)
        self._desk, self._keeper = desk, keeper
        #: The photograph that was changed last: taking back leads there.
        self.last = ""
        #: What hashing a file again found, by its id, as long as the page is there.
        self.conditions: dict[str, str] = {}
        self._noted: set[str] = set()

    @property
    def board(self) -> Board | None:
        """The visit, if it can be changed."""
        board = self._keeper.board
        return None if board is None or board.sealed else board

    def run(self, work: Callable[[Session], T], then: Callable[[T], object] | None = None) -> None:
        """Do one action; `then` gets what it returned, once it is saved."""

        def done(value: T) -> None:
            self.saved.emit()
            if then is not None:
                then(value)

        def failed(error: Exception) -> None:
            self.failed.emit()
            if isinstance(error, MingchaError) and error.spec.kind == "environment":
                self.refused.emit(error, lambda: self.run(work, then))
            else:
                self._desk.worker.refused.emit(error)

        self._desk.act(self, work, done, failed=failed)

    # -- placing ---------------------------------------------------------------------------

    def place(self, item: Item, target: Target) -> None:
        """Place a photograph."""
        board = self.board
        if board is None:
            return
        self.last = item.id
        visit, tr = board.visit, self._desk.tr
        name = place_name(board.record, target.kind, target.id, tr)
        self.run(
            lambda session: place(session, item.id, target.kind, target.id, visit=visit),
            lambda _done: self._say(tr("{name} placed at {place}", name=item.name, place=name)),
        )

    def unplace(self, item: Item, placed: Placed) -> None:
        """Take a photograph out of where it was placed."""
        board = self.board
        if board is None:
            return
        self.last = item.id
        tr = self._desk.tr
        name = place_name(board.record, placed.kind, placed.target, tr)
        self.run(
            lambda session: unplace(session, placed.id),
            lambda _done: self._say(tr("{name} taken out of {place}", name=item.name, place=name)),
        )

    def cull(self, item: Item, *, use: bool) -> None:
        """Say that a photograph is not used, or is used after all."""
        board = self.board
        if board is None or use != (item.state is State.SET_ASIDE):
            return
        self.last = item.id
        visit, tr = board.visit, self._desk.tr
        if use:
            self.run(
                lambda session: take_back(session, item.id),
                lambda _done: self._say(tr("{name} is used after all", name=item.name)),
            )
        else:
            self.run(
                lambda session: set_aside(session, visit, [item.id]),
                lambda _done: self._say(tr("{name} is not used", name=item.name)),
            )

    def undo(self) -> None:
        """Take back the last action in this visit."""
        board = self.board
        if board is None:
            return
        tr = self._desk.tr
        what, visit = undo_text(in_sight(board, self._desk.lang), tr), board.visit
        self.run(
            lambda session: undo_last(session, visit),
            lambda _done: self._desk.say(tr("Taken back: {things}", things=what)),
        )

    # -- facts -----------------------------------------------------------------------------

    def caption(self, item: Item, text: str) -> None:
        """Say what a photograph shows."""
        if self.board is not None:
            self.last = item.id
            self.run(lambda session: caption(session, item.id, text))

    def free(self, item: Item, *, free: bool) -> None:
        """Say that a photograph shows no people, or take that back."""
        if self.board is not None:
            self.last = item.id
            self.run(lambda session: set_free_of_people(session, item.id, free))

    def time(self, item: Item, typed: Typed, then: Callable[[], object]) -> None:
        """Give a photograph the time that was typed; call `then` once that is saved."""
        board = self.board
        if board is not None:
            self.last = item.id
            visit = board.visit
            self.run(
                lambda session: set_time(session, item.id, seen_from(session, visit, typed)),
                lambda _done: then(),
            )

    def measure(self, item: Item, shown: ShownTime) -> None:
        """Measure a camera's clock by a photograph of the card, and correct its times."""
        board = self.board
        if board is None:
            return
        self.last = item.id
        visit, tr = board.visit, self._desk.tr
        seconds = f"{shown.offset / 1000:+.0f}"
        self.run(
            lambda session: check_clock(
                session, item.id, shown.ms, seen_from(session, visit, Typed())
            ),
            lambda _done: self._say(
                tr("The times of this camera are corrected by {seconds} s", seconds=seconds)
            ),
        )

    # -- the file itself -------------------------------------------------------------------

    def look(self, item: Item) -> None:
        """Record that somebody looks at an original, then let it be shown."""
        self.run(
            lambda session: note_looking(session, item.id),
            lambda _done: self.may_look.emit(item.id),
        )

    def copy(self, item: Item, target: Path) -> None:
        """Write a copy of the original."""
        tr = self._desk.tr
        self.run(
            lambda session: copy_original(session, item.id, target),
            lambda _done: self._desk.say(tr("A copy was written; the record says so.")),
        )

    def check(self, item: Item) -> None:
        """Hash a file again, apart from the store; note it if it is not what was stored."""

        def begin(pictures: Pictures) -> None:
            self._desk.papers.run(
                self,
                lambda _progress: pictures.condition(item.sha256),
                lambda condition: self.tell_condition(item, condition),
            )

        self._desk.read(self, pictures_of, begin)

    def found_wrong(self, item: Item, condition: str) -> None:
        """Tell what was met on showing a file; one that is elsewhere on purpose is not missing."""

        def judge(where: Whereabouts | None) -> None:
            if where is None:
                self.tell_condition(item, condition)

        self._desk.read(self, lambda session: whereabouts(session, item.sha256), judge)

    def tell_condition(self, item: Item, condition: str) -> None:
        """Tell what a file was found to be; a difference is noted once while one is here."""
        self.conditions[item.id] = condition
        self.found.emit(item.id, condition)
        if condition != "ok" and item.id not in self._noted:
            self._noted.add(item.id)
            self.run(lambda session: note_difference(session, item.id))

    def _say(self, text: str) -> None:
        self._desk.say(text, undo=True)
