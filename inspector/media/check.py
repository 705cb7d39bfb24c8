"""Hash every blob again and report what is not as it should be."""

from __future__ import annotations

import itertools
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

from inspector.base.progress import SILENT, Progress
from inspector.base.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.media.blobs import BlobStore

THREADS = 2
_AHEAD = 16

ProblemCode = Literal["blob_missing", "blob_damaged", "blob_wrong_size", "blob_foreign"]


@frozen
class BlobProblem:
    """Something wrong in the store: a code, and where (a hash, or a path inside the store)."""

    code: ProblemCode
    where: str


def check_blobs(
    blobs: BlobStore,
    expected: Mapping[str, int | None],
    progress: Progress = SILENT,
    label: str = "",
) -> Iterator[BlobProblem]:
    """Yield every problem of the store.

    expected: the blobs that must be there, hash → size in bytes (None: not known). Blobs that are
    not expected are verified too: an interrupted intake leaves some behind, which is no problem
    as long as they are what their names say. Raises Cancelled if `progress` is stopped.
    """
    present = list(blobs.iter_hashes())
    todo = sorted(set(present) | expected.keys())
    progress.start(label, len(todo))
    for where in blobs.iter_foreign():
        yield BlobProblem("blob_foreign", where)
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="check")
    try:
        upcoming = iter(todo)
        running: deque[Future[BlobProblem | None]] = deque()
        for sha256 in itertools.islice(upcoming, _AHEAD):
            running.append(pool.submit(_examine, blobs, sha256, expected.get(sha256)))
        while running:
            problem = running.popleft().result()
            for sha256 in itertools.islice(upcoming, 1):
                running.append(pool.submit(_examine, blobs, sha256, expected.get(sha256)))
            if problem:
                yield problem
            progress.step()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _examine(blobs: BlobStore, sha256: str, size: int | None) -> BlobProblem | None:
    found = blobs.size(sha256)
    if found is None:
        return BlobProblem("blob_missing", sha256)
    condition = blobs.verify(sha256)
    if condition == "damaged":
        return BlobProblem("blob_damaged", sha256)
    if condition == "missing":
        return BlobProblem("blob_missing", sha256)
    # Sound bytes of another length than recorded: the record is wrong, not the blob.
    return BlobProblem("blob_wrong_size", sha256) if size not in (None, found) else None
