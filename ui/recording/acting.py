"""Doing what a person asks for: saved first, told where it was not, and offered again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector.base.errors import MingchaError
from inspector.base.values import frozen
from inspector.operations.seeing import Typed, seen_from

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from inspector.domain.times import Seen
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.models.board import BoardKeeper
    from ui.widgets.seen import SeenRow

T = TypeVar("T")


@frozen
class Trouble:
    """An action that the disk refused; `again` does it with the time that was meant.

    about: what it says something about, where a later action says it anew.
    """

    error: MingchaError
    again: Callable[[], None]
    about: Hashable = None


class Acting(QObject):
    """Runs the actions of a visit's page, with the time and observer of its row."""

    #: The disk refused an action: `Trouble`.
    refused = Signal(object)
    #: An action was saved.
    saved = Signal()
    #: Another time or observer was typed.
    retimed = Signal()

    def __init__(self, desk: Desk, keeper: BoardKeeper, seen: SeenRow) -> None:
        super().__init__(keeper)
        self.desk = desk
        self.keeper = keeper
        self._seen = seen
        #: What the disk refused and no form keeps, oldest first: it waits to be saved again, also
        #: while other actions are saved.
        self.waiting: list[Trouble] = []
        #: What is asked for and not saved yet; asking for the same again begins nothing.
        self._under_way: set[Hashable] = set()
        seen.edited.connect(self.retimed)

    @property
    def typed(self) -> Typed:
        """When and by whom what comes was seen, as it is typed."""
        return self._seen.typed

    @property
    def typed_time(self) -> str:
        """The time that is typed for what comes, "" while it is now."""
        return self._seen.typed.at

    @property
    def is_busy(self) -> bool:
        """Whether an action is under way, or waits to be saved again."""
        return bool(self._under_way or self.waiting)

    def record(
        self,
        work: Callable[[Session, str, Seen], T],
        then: Callable[[T], None] | None = None,
        typed: Typed | None = None,
        *,
        failed: Callable[[], None] | None = None,
        same: Hashable = None,
        about: Hashable = None,
    ) -> None:
        """Record something as seen when and by whom the row (or `typed`) says.

        The time is settled once: what is offered again after a full disk was not seen later. A
        sealed visit can only be looked at: its page says so, and a key does nothing.
        """
        shown = self.keeper.board
        if shown is None or shown.sealed:
            return
        visit, said = shown.visit, self._seen.typed if typed is None else typed
        settled: list[Seen] = []

        def run(session: Session) -> T:
            if not settled:
                settled.append(seen_from(session, visit, said))
            return work(session, visit, settled[0])

        self.run(run, then, failed=failed, same=same, about=about)

    def run(
        self,
        work: Callable[[Session], T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Callable[[], None] | None = None,
        same: Hashable = None,
        about: Hashable = None,
    ) -> None:
        """Do one action; `same` as `Desk.act` has it, for what a form keeps until it is saved.

        failed: called each time it was not saved, before that is told; about: as `Trouble` has it.
        """

        asked: Hashable = object() if same is None else same

        def done(value: T) -> None:
            self._under_way.discard(asked)
            if about is not None:
                self.waiting = [each for each in self.waiting if each.about != about]
            self.saved.emit()
            if then is not None:
                then(value)

        def refused(error: Exception) -> None:
            self._under_way.discard(asked)
            if failed is not None:
                failed()
            if isinstance(error, MingchaError) and error.spec.kind == "environment":
                again = partial(self.run, work, then, failed=failed, same=same, about=about)
                trouble = Trouble(error, again, about)
                if same is None:
                    self.waiting.append(trouble)
                self.refused.emit(trouble)
            else:
                self.desk.worker.refused.emit(error)

        self._under_way.add(asked)
        self.desk.act(self, work, done, failed=refused, same=same)

    def try_again(self, trouble: Trouble) -> None:
        """Save what waits, in the order it was meant, and `trouble` if it is not among that."""
        waiting, self.waiting = self.waiting, []
        for each in waiting if trouble in waiting else (*waiting, trouble):
            each.again()
