"""Doing what a person asks for: saved first, told where it was not, and offered again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from inspector.base.errors import MingchaError
from inspector.operations.seeing import Typed, seen_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.domain.times import Seen
    from inspector.operations.session import Session
    from ui.desk import Desk
    from ui.models.board import BoardKeeper
    from ui.widgets.seen import SeenRow

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trouble:
    """An action that the disk refused; `again` does it with the time that was meant."""

    error: MingchaError
    again: Callable[[], None]


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
        #: What is being saved and may not be begun again meanwhile.
        self._going: set[str] = set()
        seen.edited.connect(self.retimed)

    @property
    def typed_time(self) -> str:
        """The time that is typed for what comes, "" while it is now."""
        return self._seen.typed.at

    def record(
        self,
        work: Callable[[Session, str, Seen], T],
        then: Callable[[T], None] | None = None,
        typed: Typed | None = None,
        *,
        once: str = "",
    ) -> None:
        """Record something as seen when and by whom the row (or `typed`) says.

        once: names what a second press must not record again while the first is being saved.
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

        self.run(run, then, once)

    def run(
        self,
        work: Callable[[Session], T],
        then: Callable[[T], None] | None = None,
        once: str = "",
    ) -> None:
        """Do one action; `once` as in `record`."""
        if once in self._going:
            return
        if once:
            self._going.add(once)

        def done(value: T) -> None:
            self._going.discard(once)
            self.saved.emit()
            if then is not None:
                then(value)

        def failed(error: Exception) -> None:
            self._going.discard(once)
            if isinstance(error, MingchaError) and error.spec.kind == "environment":
                self.refused.emit(Trouble(error, lambda: self.run(work, then, once)))
            else:
                self.desk.worker.refused.emit(error)

        self.desk.act(self, work, done, failed=failed)
