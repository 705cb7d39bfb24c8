"""A thread for papers and pictures: work that needs values but not the store."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, TypeVar

from inspector.base.progress import Cancelled
from ui.work.worker import Deliverer, Job, JobProgress, Urgency

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

T = TypeVar("T")


class Pool(Deliverer):
    """Runs one piece of work after the other, apart from the store and from the windows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[tuple[Job, Callable[[], None]] | None] = queue.SimpleQueue()
        self._jobs: set[Job] = set()
        self._thread = threading.Thread(target=self._run, name="papers", daemon=True)
        self._thread.start()

    def run(
        self,
        owner: QObject,
        work: Callable[[JobProgress], T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Callable[[Exception], None] | None = None,
        told: Callable[[str, int, int], None] | None = None,
        ended: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work`, which may be stopped at each step of its progress.

        `failed` takes what it raised; without it `refused` is emitted. `ended` is called however
        it ends.
        """
        job = Job(owner, Urgency.LONG, then=then, failed=failed, told=told, ended=ended)
        self._jobs.add(job)
        self._queue.put((job, lambda: self.finish(job, work(JobProgress(job, self.tell)))))
        return job

    def shutdown(self) -> None:
        """Stop what is running and wait for the thread to end."""
        for job in tuple(self._jobs):
            job.stop()
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (taken := self._queue.get()) is not None:
            job, run = taken
            try:
                if not job.stopped.is_set():
                    run()
            except Cancelled:
                pass
            except Exception as error:  # noqa: BLE001 - whatever it is, the windows must hear of it
                self.fail(job, error)
            self._jobs.discard(job)
            self.post(job, job.ended)
