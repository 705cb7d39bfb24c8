"""Taking in files: stored unchanged under their hash, recognised, described, with a thumbnail.

Each file is read once. While a worker decodes it, the same bytes are written and synced; folders
are synced for as many finished files at once as have gathered. A file is handed out only when its
bytes are durable, so that an operation may name it.
"""

from __future__ import annotations

import itertools
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT, Cancelled, Progress
from inspector.base.values import frozen
from inspector.media.cache import THUMBNAIL, Cache, picture_of, problem_error
from inspector.media.photo_facts import Bursts, PhotoFacts, photo_facts
from inspector.media.sniff import HEAD_BYTES, IMAGES, contradicts, sniff
from inspector.media.source import Source, opened, shown_name
from inspector.media.survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Container, Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    from inspector.media.blobs import Batch, BlobStore, Stored
    from inspector.media.worker import Workers

#: Larger files are streamed and not decoded.
IN_MEMORY = 64 << 20

_AHEAD = 12

Status = Literal["stored", "duplicate", "refused"]


@frozen
class TakenFile:
    """What became of one file.

    name: the file's name as text that can be shown and recorded. reason: why it was refused; for
    a stored file what is worth knowing (no preview, damaged), else None. photo: facts of an
    image; None for other files and for those refused or known before. doubt: the ending of the
    name says something else than the content, else None.
    """

    path: Path
    name: str
    status: Status
    sha256: str = ""
    size: int = 0
    mime: str = ""
    reason: MingchaError | None = None
    photo: PhotoFacts | None = None
    doubt: MingchaError | None = None


class Intake:
    """Takes files into a blob store, with thumbnails into a cache."""

    def __init__(self, blobs: BlobStore, cache: Cache, workers: Workers) -> None:
        self._blobs = blobs
        self._cache = cache
        self._workers = workers

    def take(
        self,
        paths: Sequence[Path] | Survey,
        progress: Progress = SILENT,
        known: Container[str] = frozenset(),
        label: str = "",
    ) -> Generator[TakenFile, None, None]:
        """Yield what became of each file, in order; its bytes are durable by then.

        paths: files and folders (walked as `survey` does), or a survey made before. known: hashes
        recorded already. A file that cannot be taken is refused and the others go on. Raises
        MingchaError if the store itself fails (disk_full, blob_write_failed); stopped by `progress`
        or where it yields, it hands out all that it finished, then raises Cancelled.
        """
        found = paths if isinstance(paths, Survey) else survey(paths)
        progress.start(label, len(found.files))
        self._workers.start()
        batch = self._blobs.batch()
        seen: set[str] = set()
        bursts = Bursts()
        # One thread more than workers: its file is read while the workers are busy.
        pool = ThreadPoolExecutor(self._workers.count + 1, thread_name_prefix="intake")
        begun = (pool.submit(self._take_one, batch, each, known) for each in found.files)
        running: deque[Future[TakenFile]] = deque()
        finished: deque[TakenFile] = deque()
        try:
            for group in self._groups(begun, running):
                batch.sync()
                finished.extend(group)
                while finished:
                    yield _settled(finished.popleft(), seen, known, bursts)
                    progress.step()
        except Cancelled:
            finished.extend(_completed(running))
            batch.sync()
            while finished:
                yield _settled(finished.popleft(), seen, known, bursts)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _groups(
        self, begun: Iterator[Future[TakenFile]], running: deque[Future[TakenFile]]
    ) -> Iterator[list[TakenFile]]:
        """Yield finished files in order, as many together as are finished; few are ahead."""
        while True:
            running.extend(itertools.islice(begun, _AHEAD - len(running)))
            if not running:
                return
            group = [running.popleft().result()]
            while running and running[0].done():
                group.append(running.popleft().result())
            yield group

    def _take_one(self, batch: Batch, path: Path, known: Container[str]) -> TakenFile:
        name = shown_name(path)
        try:
            with opened(path, name) as source:
                if source.size > IN_MEMORY:
                    return _take_streamed(batch, path, source)
                return self._take_whole(batch, path, source, known)
        except MingchaError as error:
            if error.code in ("disk_full", "blob_write_failed"):
                raise
            return TakenFile(path, name, "refused", reason=error)

    def _take_whole(
        self, batch: Batch, path: Path, source: Source, known: Container[str]
    ) -> TakenFile:
        data = source.read_all()
        mime = sniff(data[:HEAD_BYTES])
        if mime not in IMAGES:
            return _taken(path, source.name, batch.add_bytes(data), mime)
        # The decoder works while this thread hashes, writes and syncs.
        with self._workers.begin("inspect", data) as pending:
            stored = batch.add_bytes(data)
            if stored.sha256 in known and self._cache.get(stored.sha256, THUMBNAIL):
                return _taken(path, source.name, stored, mime)
            reply = pending.result()
        if reply.parts:
            self._cache.put(stored.sha256, THUMBNAIL, picture_of(reply))
        facts = photo_facts(reply.facts, mime, source.name)
        taken = _taken(path, source.name, stored, mime)
        reason = problem_error(facts.problem) if facts.problem else None
        return replace(taken, photo=facts, reason=reason)


def _completed(running: Iterable[Future[TakenFile]]) -> Iterator[TakenFile]:
    """Yield what comes of files that were begun; the others are not begun any more."""
    for future in running:
        if not future.cancel() and future.exception() is None:
            yield future.result()


def _take_streamed(batch: Batch, path: Path, source: Source) -> TakenFile:
    mime = sniff(source.head())
    stored = batch.add_stream(source)
    source.assert_unchanged(stored.size)
    taken = _taken(path, source.name, stored, mime)
    if mime not in IMAGES:
        return taken
    facts = PhotoFacts(decodable=False, problem="photo_too_large")
    return replace(taken, photo=facts, reason=problem_error(facts.problem))


def _taken(path: Path, name: str, stored: Stored, mime: str) -> TakenFile:
    taken = TakenFile(path, name, "stored", stored.sha256, stored.size, mime)
    if not contradicts(name, mime):
        return taken
    return replace(taken, doubt=MingchaError("name_contradicts", name=name, mime=mime))


def _settled(taken: TakenFile, seen: set[str], known: Container[str], bursts: Bursts) -> TakenFile:
    """Decide, in the order of input, what is a duplicate and which burst a photograph joins."""
    if taken.status == "refused":
        return taken
    duplicate = taken.sha256 in seen or taken.sha256 in known
    seen.add(taken.sha256)
    if taken.photo:
        burst = bursts.join(taken.photo, taken.sha256)
        taken = replace(taken, photo=replace(taken.photo, burst=burst))
    return replace(taken, status="duplicate") if duplicate else taken
