"""Hash every blob again and report what is not as it should be."""

from __future__ import annotations

import itertools
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from inspector.base.progress import SILENT, Progress
from inspector.base.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.media.blobs import BlobStore, Condition

_THREADS = 2
#: Blobs begun before anybody asks for what was found: enough for as long as a usual record takes.
_AHEAD = 1000

ProblemCode = Literal["blob_missing", "blob_damaged", "blob_wrong_size", "blob_foreign"]
#: What is wrong with a blob, and the bytes it takes; None for each where there is nothing.
_Found = tuple[ProblemCode | None, int | None]
_CODES: dict[Condition, ProblemCode | None] = {
    "ok": None,
    "missing": "blob_missing",
    "damaged": "blob_damaged",
}


@frozen
class BlobProblem:
    """Something wrong in the store: a code, and where (a hash, or a path inside the store)."""

    code: ProblemCode
    where: str


class Examination:
    """The blobs of a store being hashed again, some ahead of what is asked for."""

    def __init__(self, blobs: BlobStore, pool: ThreadPoolExecutor) -> None:
        self._blobs = blobs
        self._pool = pool
        self._present = list(blobs.iter_hashes())
        self._upcoming: Iterator[str] = iter(self._present)
        self._running: deque[tuple[str, Future[_Found]]] = deque()
        self._begin(_AHEAD)

    def problems(
        self, expected: Mapping[str, int | None], progress: Progress = SILENT, label: str = ""
    ) -> Iterator[BlobProblem]:
        """Yield every problem of the store, once.

        expected: the blobs that must be there, hash → size in bytes (None: not known). Blobs that
        are not expected are verified too: an interrupted intake leaves some behind, which is no
        problem as long as they are what their names say. Raises Cancelled if `progress` is stopped.
        """
        others = sorted(expected.keys() - set(self._present))
        self._upcoming = itertools.chain(self._upcoming, others)
        progress.start(label, len(self._present) + len(others))
        for where in self._blobs.iter_foreign():
            yield BlobProblem("blob_foreign", where)
        # A store of few blobs has all of its own begun by now.
        self._begin(_AHEAD - len(self._running))
        while self._running:
            sha256, examined = self._running.popleft()
            code, size = examined.result()
            self._begin(1)
            if code is None and expected.get(sha256) not in (None, size):
                # Sound bytes of another length than recorded: the record is wrong, not the blob.
                code = "blob_wrong_size"
            if code is not None:
                yield BlobProblem(code, sha256)
            progress.step()

    def _begin(self, count: int) -> None:
        for sha256 in itertools.islice(self._upcoming, count):
            self._running.append((sha256, self._pool.submit(_examine, self._blobs, sha256)))


@contextmanager
def examining(blobs: BlobStore) -> Iterator[Examination]:
    """Begin to hash every blob of a store; there may be something else to do until it is asked.

    What is not hashed yet at the end is left.
    """
    pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="check")
    try:
        yield Examination(blobs, pool)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _examine(blobs: BlobStore, sha256: str) -> _Found:
    size = blobs.size(sha256)
    condition = blobs.verify(sha256) if size is not None else "missing"
    return _CODES[condition], size
