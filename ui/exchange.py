"""Exchange with depots as the windows do it: one thing at a time, whatever page is shown.

It lives as long as the windows, so that a visit goes on when pages are made anew, and it knows what
is only on this computer, which the top bar shows. What it needs is loaded on the worker.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from inspector.base.errors import MingchaError
from inspector.base.progress import Cancelled
from inspector.base.values import frozen
from ui.opening import operation
from ui.work.worker import Urgency

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from inspector.base.progress import Progress
    from inspector.operations.depots import Repaired, Scrubbed
    from inspector.operations.exchange_desk import KnownDepot
    from inspector.operations.session import Session
    from inspector.operations.standing import Lacking
    from inspector.operations.syncing import SyncReport
    from ui.desk import Desk
    from ui.work.worker import Job, JobProgress

#: What changes is counted once it rests. Milliseconds.
_REST_MS = 400
#: Who belongs to no organisation is asked nothing, and nothing is loaded for it.
_ORGANISATION = "organisation"


class Stand(NamedTuple):
    """What is only here, and the depots that are known, at a moment; zone: minutes east of UTC."""

    lacking: Lacking
    depots: tuple[KnownDepot, ...]
    zone: int


class _Counted(NamedTuple):
    """What was counted, None for who exchanges with nobody, and what it holds for."""

    stand: Stand | None
    at: tuple[int, ...] = ()


class Kind(Enum):
    """What is done with a depot."""

    SYNC = "sync"
    CHECK = "check"
    REPAIR = "repair"


class Moved(NamedTuple):
    """Bytes that were sent and received so far, and the things they make up."""

    sent: int
    received: int
    items: int


_UNMOVED = Moved(0, 0, 0)


@frozen
class Ended:
    """How it ended: what it came to, and why it could not go on or that it was stopped."""

    kind: Kind
    depot: str
    report: SyncReport | None = None
    checked: Scrubbed | None = None
    repaired: Repaired | None = None
    error: MingchaError | None = None
    stopped: bool = False
    #: Something was recorded here since: what was true then need not be now.
    aged: bool = False


class Running:
    """What is being done now, and how far it is."""

    def __init__(self, kind: Kind, depot: KnownDepot) -> None:
        self.kind, self.depot = kind, depot
        self.job: Job | None = None
        self.stage = ""
        self.done = self.total = 0
        self.moved = _UNMOVED
        self.stopping = False


class Exchange(QObject):
    """Does one thing with one depot at a time; pages and the top bar follow its signals."""

    #: What is only on this computer was counted anew: `lacking`.
    counted = Signal()
    #: What is running began, or went on.
    moved = Signal()
    #: Something ended: `Ended`.
    ended = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.running: Running | None = None
        #: How the last thing with each depot ended.
        self.last: dict[str, Ended] = {}
        #: None for who exchanges with nobody, and before it was counted.
        self.stand: Stand | None = None
        self._counted_for: object = None
        #: Counted last, unless depots hold something else since.
        self._known: _Counted | None = None
        self._counting = False
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(lambda: self._count(Urgency.UPKEEP))
        desk.changed.connect(lambda _changes: self._age())
        desk.opened.connect(self._forget)

    @property
    def lacking(self) -> Lacking | None:
        """What is only on this computer, as far as it is known."""
        return self.stand.lacking if self.stand is not None else None

    # -- what is only here -----------------------------------------------------------------------

    def look(self) -> None:
        """Count what is only here unless that is known."""
        known = self._counted_for == self._desk.root and self.stand is not None
        if self._desk.root is not None and not known and not self._rest.isActive():
            self._rest.start()

    def _forget(self) -> None:
        self.last.clear()
        self.stand = self._known = None
        self.look()

    def _age(self) -> None:
        """What was recorded since is in no depot yet."""
        self._rest.start()
        if self.running is None:
            self.last = {id: replace(each, aged=True) for id, each in self.last.items()}

    def count(self) -> None:
        """Count what is only here now, not once nobody works any more."""
        self._count(Urgency.LONG)

    def _count(self, urgency: Urgency) -> None:
        if self._counting:
            self._rest.start()
            return
        self._counting = True
        known = self._known
        self._desk.worker.steps(
            *(self, lambda session, _progress: _only_here(session, known)),
            each=self._take,
            failed=lambda _error: None,
            ended=self._end_count,
            urgency=urgency,
        )

    def _end_count(self) -> None:
        self._counting = False

    def _take(self, counted: _Counted | None) -> None:
        if counted is not None:
            self.stand, self._counted_for = counted.stand, self._desk.root
            self._known = counted
            self.counted.emit()

    # -- doing -------------------------------------------------------------------------------------

    def sync(self, depot: KnownDepot, *, files: bool = True, verify: bool = False) -> None:
        """Visit a depot: take in what is new there, send what lacks there.

        verify: read back everything there first, so that files count as proved to be there.
        """
        more = {"files": files, "verify": verify}
        self._long(Kind.SYNC, depot, lambda s, p: _synced(s, p, depot.id, **more))

    def snapshot(self, depot: KnownDepot) -> None:
        """Visit a depot and write a snapshot there, from which new computers start."""
        self._long(Kind.SYNC, depot, lambda s, p: _synced(s, p, depot.id, snapshot=True))

    def repair(self, depot: KnownDepot, other: str = "") -> None:
        """Mend a depot from what is here, and from another depot if one is named by its id."""
        self._long(Kind.REPAIR, depot, lambda s, p: _repaired(s, p, depot.id, other))

    def check(self, depot: KnownDepot, *, everything: bool) -> None:
        """Read a depot, today's hundredth or all of it, and see whether anything is missing."""
        self._long(Kind.CHECK, depot, lambda s, p: _checked(s, p, depot.id, everything=everything))

    def stop(self) -> None:
        """End what is running after its present step; what is finished stays."""
        running = self.running
        if running is not None and running.job is not None:
            running.stopping = True
            running.job.stop()
            self.moved.emit()

    def _long(
        self,
        kind: Kind,
        depot: KnownDepot,
        work: Callable[[Session, JobProgress], Iterator[Moved | Ended]],
    ) -> None:
        if self.running is not None:
            return
        self.running = Running(kind, depot)
        self.running.job = self._desk.long(
            *(self, work), each=self._step, told=self._told, ended=self._stop_running
        )
        self.moved.emit()

    def _step(self, value: Moved | Ended) -> None:
        if isinstance(value, Ended):
            self._end(value)
        elif self.running is not None and self.running.moved != value:
            self.running.moved = value
            self.moved.emit()

    def _told(self, stage: str, done: int, total: int) -> None:
        if self.running is not None:
            self.running.stage, self.running.done, self.running.total = stage, done, total
            self.moved.emit()

    def _end(self, ended: Ended) -> None:
        self.last[ended.depot] = ended
        self.running = None
        if ended.report is not None and ended.report.done.received.blobs:
            self._desk.pictures.renew()
        self.count()
        self.ended.emit(ended)

    def _stop_running(self) -> None:
        """It is over, however that came about: before it began, or by a fault of ours."""
        if self.running is not None:
            self._end(Ended(self.running.kind, self.running.depot.id, stopped=True))


# -- on the worker ---------------------------------------------------------------------------------


def _only_here(session: Session, known: _Counted | None) -> Iterator[_Counted | None]:
    """Yield what is only here once it is counted, before that None where others may work."""
    if not session.store.local(_ORGANISATION):
        yield _Counted(None)
        return
    standing = operation("standing")
    at: tuple[int, ...] = standing.counted_at(session)
    if known is not None and known.stand is not None and known.at == at:
        lacking: Lacking = known.stand.lacking
    else:
        lacking = yield from standing.waiting_steps(session)
    depots = operation("exchange_desk").depots_in_sight(session)
    yield _Counted(Stand(lacking, depots, session.store.clock.read().zone), at)


def _synced(
    session: Session, progress: Progress, depot: str, *, snapshot: bool = False, **wanted: bool
) -> Iterator[Moved | Ended]:
    syncing = operation("syncing")
    report: SyncReport = syncing.SyncReport()
    try:
        meant = operation("connecting").connect(session, depot)
        if snapshot:
            way = syncing.snapshot_steps
        else:
            way = partial(syncing.sync_steps, limits=syncing.limits(**wanted))
        steps = way(session, meant.depot, progress, expected=meant.expected, report=report)
        with closing(meant.depot), closing(steps):
            for _ in steps:
                yield _moved(report)
    except Cancelled:
        yield Ended(Kind.SYNC, depot, report, stopped=True)
    except MingchaError as error:
        yield Ended(Kind.SYNC, depot, report, error=error)
    else:
        yield Ended(Kind.SYNC, depot, report)


def _moved(report: SyncReport) -> Moved:
    sent, received = report.done.sent, report.done.received
    items = sent.operations + sent.blobs + received.operations + received.blobs
    return Moved(sent.bytes, received.bytes, items)


def _repaired(
    session: Session, progress: Progress, depot: str, other: str
) -> Iterator[Moved | Ended]:
    connecting, depots = operation("connecting"), operation("depots")
    try:
        with closing(connecting.connect(session, depot).depot) as mended:
            second = connecting.connect(session, other).depot if other else None
            with closing(second or _NOTHING):
                done = yield from _steps(depots.repair_steps(session, mended, second, progress))
    except Cancelled:
        yield Ended(Kind.REPAIR, depot, stopped=True)
    except MingchaError as error:
        yield Ended(Kind.REPAIR, depot, error=error)
    else:
        yield Ended(Kind.REPAIR, depot, repaired=done)


def _steps(steps: Generator[None, None, Repaired]) -> Generator[Moved, None, Repaired]:
    """Go through steps that tell nothing on their way; return what they return."""
    with closing(steps):
        while True:
            try:
                next(steps)
            except StopIteration as end:
                done: Repaired = end.value
                return done
            yield _UNMOVED


class _Nothing:
    def close(self) -> None:
        """Nothing was opened."""


_NOTHING = _Nothing()


def _checked(
    session: Session, progress: Progress, depot: str, *, everything: bool
) -> Iterator[Moved | Ended]:
    depots = operation("depots")
    done: Scrubbed = depots.Scrubbed()
    try:
        with closing(operation("connecting").connect(session, depot).depot) as opened:
            clock = session.store.clock
            steps = depots.check_steps(opened, clock, progress, everything, done, session)
            with closing(steps):
                for _ in steps:
                    yield _UNMOVED
    except Cancelled:
        yield Ended(Kind.CHECK, depot, checked=done, stopped=True)
    except MingchaError as error:
        yield Ended(Kind.CHECK, depot, checked=done, error=error)
    else:
        yield Ended(Kind.CHECK, depot, checked=done)
