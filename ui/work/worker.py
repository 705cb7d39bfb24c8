"""The one worker that owns the store: windows hand it work and get values back.

A piece of work is a function of the open session. Work that takes long is written as a generator:
between two of its steps the worker does what else is waiting, so that an answer is saved while
forty photographs are being taken in. Results are delivered on the thread of the windows, always
queued; a widget that is gone by then gets nothing.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Generator, Iterator
from enum import IntEnum
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from inspector.base.progress import Cancelled

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session

T = TypeVar("T")

#: Nobody works any more if nothing was asked for so long. Seconds.
CALM = 1.0
Work = Callable[["Session"], T]
Opening = Callable[[], "Session"]


class Urgency(IntEnum):
    """What is done first: saving before reading before long work; the rest when nothing waits.

    UPKEEP is what nobody waits for. It rests while somebody works: its steps would keep the thread
    of the windows waiting for the interpreter.
    """

    SAVE = 0
    READ = 1
    LONG = 2
    IDLE = 3
    UPKEEP = 4


class Job:
    """A piece of work on its way. `stop` may be called from any thread, at any time."""

    def __init__(
        self,
        owner: QObject,
        urgency: Urgency,
        *,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        each: Callable[[Any], None] | None = None,
        told: Callable[[str, int, int], None] | None = None,
        ended: Callable[[], None] | None = None,
        bound: bool = True,
    ) -> None:
        """`bound`: it works on the open session and ends with it."""
        self.owner, self.urgency, self.bound = owner, urgency, bound
        self.then, self.failed, self.each, self.told, self.ended = then, failed, each, told, ended
        self.stopped = threading.Event()
        #: The work was told to end.
        self.ending = False

    def stop(self) -> None:
        """Ask the work to end; what is finished stays, the rest is not begun."""
        self.stopped.set()


#: Progress is told no more often: windows have better things to do. Seconds.
TELL_EVERY = 0.05


class JobProgress:
    """Progress of one job as `inspector.base.progress.Progress`, told to the windows."""

    def __init__(self, job: Job, tell: Callable[[Job, str, int, int], None]) -> None:
        self._job = job
        self._tell = tell
        self._label, self._total, self._done = "", 0, 0
        self._told = 0.0

    def start(self, label: str, total: int) -> None:
        """Begin a stage."""
        self._label, self._total, self._done = label, total, 0
        self._tell(self._job, label, 0, total)

    def step(self, count: int = 1) -> None:
        """Report steps done. Raises Cancelled."""
        if self._job.stopped.is_set():
            self._job.ending = True
            raise Cancelled
        self._done += count
        now = time.monotonic()
        if now - self._told >= TELL_EVERY or self._done == self._total:
            self._told = now
            self._tell(self._job, self._label, self._done, self._total)


class Deliverer(QObject):
    """Hands results from whatever thread to the thread of the windows."""

    #: Nobody took an exception: a catalogued failure to show, or a fault of ours.
    refused = Signal(object)
    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, job: Job, call: Callable[..., Any] | None, *values: Any) -> None:
        """Have `call` called on the thread of the windows unless the job's owner is gone."""
        if call is not None:
            self._delivered.emit((job.owner, call, values))

    def finish(self, job: Job, value: Any) -> None:
        """Deliver what a job returned."""
        self.post(job, job.then, value)

    def fail(self, job: Job, error: Exception) -> None:
        """Deliver what a job raised."""
        self.post(job, job.failed or self.refused.emit, error)

    def tell(self, job: Job, label: str, done: int, total: int) -> None:
        """Deliver how far a job is."""
        self.post(job, job.told, label, done, total)

    def _deliver(self, delivery: tuple[QObject, Callable[..., Any], tuple[Any, ...]]) -> None:
        owner, call, values = delivery
        if isValid(owner):
            call(*values)


class Worker(Deliverer):
    """Runs work on a thread of its own, the most urgent first."""

    #: The store was changed by a job of whatever page: `inspector.domain.changes.Changes`.
    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: list[tuple[int, int, Job, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._ready = threading.Condition()
        self._closing = False
        self._running: Job | None = None
        #: From this moment on upkeep disturbs nobody.
        self._calm_from = 0.0
        #: Long work that has begun, with the steps that are left of it.
        self._steps: dict[Job, Iterator[Any]] = {}
        self._session: Session | None = None
        #: Called on the worker's thread before a workspace is closed: whoever uses it ends that.
        self.before_closing: list[Callable[[], None]] = []
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    # -- asked for by the windows --------------------------------------------------------------

    def open(
        self,
        owner: QObject,
        opening: Opening,
        then: Callable[[Path], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Job:
        """Open a workspace in place of the one that is open; `then` gets its folder.

        `opening` runs on the worker and may import what takes long to import.
        """
        job = Job(owner, Urgency.SAVE, then=then, failed=failed)

        def run() -> None:
            self._shut()
            session = opening()
            session.store.listener = self.changed.emit
            self._session = session
            self.finish(job, session.store.workspace.root)

        return self._put(job, run)

    def close_session(self, owner: QObject, then: Callable[[Any], None]) -> Job:
        """Close the open workspace, so that other programs may have it."""
        job = Job(owner, Urgency.SAVE, then=then)

        def run() -> None:
            self._shut()
            self.finish(job, None)

        return self._put(job, run)

    def submit(
        self,
        owner: QObject,
        work: Work[T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        saves: bool = False,
    ) -> Job:
        """Run `work`, then hand its value to `then` unless `owner` is gone.

        `failed` takes what it raised; without it `refused` is emitted. `saves` goes before reading.
        """
        job = Job(owner, Urgency.SAVE if saves else Urgency.READ, then=then, failed=failed)
        return self._put(job, lambda: self.finish(job, work(self.session)))

    def apart(
        self,
        owner: QObject,
        work: Callable[[JobProgress], T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        told: Callable[[str, int, int], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Run work that needs no open workspace, such as looking at a folder.

        `ended` is called however it ends: done, stopped or failed.
        """
        job = Job(owner, Urgency.READ, then=then, failed=failed, told=told, ended=ended)

        def run() -> None:
            self.finish(job, work(JobProgress(job, self.tell)))
            self.post(job, job.ended)

        return self._put(job, run)

    def steps(
        self,
        owner: QObject,
        work: Callable[[Session, JobProgress], Iterator[T]],
        *,
        each: Callable[[T], None] | None = None,
        then: Callable[[None], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        told: Callable[[str, int, int], None] | None = None,
        ended: Callable[[], None] | None = None,
        urgency: Urgency = Urgency.LONG,
    ) -> Job:
        """Run long work step by step; `each` gets what it yields, `told` how far it is.

        Stopped, the work is told by `Cancelled`, once, from its progress or where it yields; what
        it yields after that is still delivered, so that it can hand out what it has finished.
        `ended` is called however it ends: done, stopped or failed.
        """
        job = Job(owner, urgency, then=then, failed=failed, each=each, told=told, ended=ended)

        def begin() -> None:
            self._steps[job] = work(self.session, JobProgress(job, self.tell))
            self._advance(job)

        return self._put(job, begin)

    def when_idle(self, owner: QObject, then: Callable[[None], None]) -> Job:
        """Call `then` once nothing more urgent waits."""
        job = Job(owner, Urgency.IDLE, then=then, bound=False)
        return self._put(job, lambda: self.finish(job, None))

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits but upkeep; what is being done at this moment does not count."""
        with self._ready:
            return not self._queue or self._queue[0][0] == Urgency.UPKEEP

    def shutdown(self) -> None:
        """Stop what is running, close the store and wait for the thread to end."""
        with self._ready:
            self._closing = True
            waiting = [job for _urgency, _number, job, _run in self._queue]
            for job in (*waiting, *([self._running] if self._running else [])):
                if job.urgency > Urgency.SAVE:
                    job.stop()
            self._ready.notify()
        self._thread.join()

    # -- on the worker's thread ----------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The open session; for work only. Raises RuntimeError while no workspace is open."""
        if threading.current_thread() is not self._thread:
            raise RuntimeError("the session belongs to the worker")
        if self._session is None:
            raise RuntimeError("no workspace is open")
        return self._session

    def _put(self, job: Job, run: Callable[[], None]) -> Job:
        with self._ready:
            if not self._closing:
                heapq.heappush(self._queue, (job.urgency, next(self._numbers), job, run))
                self._ready.notify()
        return job

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            job, run = taken
            if job.stopped.is_set() and job not in self._steps:
                self.post(job, job.ended)
                continue
            try:
                run()
            except Cancelled:
                self.post(job, job.ended)
            except Exception as error:  # noqa: BLE001 - whatever it is, the windows must hear of it
                self.fail(job, error)
                self.post(job, job.ended)
        self._shut()

    def _take(self) -> tuple[Job, Callable[[], None]] | None:
        with self._ready:
            while (rest := self._rest()) != 0:
                self._ready.wait(rest)
            if not self._queue:
                return None
            urgency, _number, job, run = heapq.heappop(self._queue)
            if urgency <= Urgency.LONG:
                self._calm_from = time.monotonic() + CALM
            self._running = job
            return job, run

    def _rest(self) -> float | None:
        """Return for how many seconds there is nothing to do, None until somebody asks."""
        if self._closing:
            return 0
        if not self._queue:
            return None
        upkeep = self._queue[0][0] == Urgency.UPKEEP
        return max(0.0, self._calm_from - time.monotonic()) if upkeep else 0

    def _advance(self, job: Job) -> None:
        """Do one step and queue the next one behind what is more urgent."""
        steps = self._steps.get(job)
        if steps is None:
            # It ended with the session that it worked on.
            return
        try:
            value = _next(job, steps)
        except StopIteration:
            del self._steps[job]
            self.finish(job, None)
            self.post(job, job.ended)
            return
        except BaseException:
            del self._steps[job]
            raise
        self.post(job, job.each, value)
        # Closing must not lose a step that the shutdown could not stop.
        with self._ready:
            if self._closing:
                job.stop()
            again = (job.urgency, next(self._numbers), job, lambda: self._advance(job))
            heapq.heappush(self._queue, again)

    def _finish_off(self, job: Job) -> None:
        """Stop long work for good and deliver what it has finished."""
        job.stop()
        steps = self._steps.pop(job)
        try:
            while True:
                self.post(job, job.each, _next(job, steps))
        except (Cancelled, StopIteration):
            pass
        except Exception as error:  # noqa: BLE001 - as for every other work
            self.fail(job, error)
        self.post(job, job.ended)

    def _shut(self) -> None:
        """Close the session, and before it the long work that holds on to it."""
        for job in tuple(self._steps):
            self._finish_off(job)
        with self._ready:
            for _urgency, _number, job, _run in self._queue:
                if job.bound and job.urgency >= Urgency.LONG:
                    job.stop()
        if self._session is not None:
            for end in self.before_closing:
                end()
            self._session.close()
            self._session = None


def _next(job: Job, steps: Iterator[Any]) -> Any:
    """Return what the work yields next; tell it once if it is to end. Raises Cancelled."""
    if not job.stopped.is_set() or job.ending:
        return next(steps)
    job.ending = True
    if not isinstance(steps, Generator):
        raise Cancelled
    return steps.throw(Cancelled())
