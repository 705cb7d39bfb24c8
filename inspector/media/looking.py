"""Looking at a file before it is taken in: hash, kind, what it says of itself. Nothing is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.progress import Cancelled
from inspector.media.blobs import CHUNK
from inspector.media.cache import picture_of, problem_error
from inspector.media.intake import IN_MEMORY
from inspector.media.photo_facts import PhotoFacts, photo_facts
from inspector.media.sniff import HEAD_BYTES, IMAGES, sniff
from inspector.media.source import Source, opened, shown_name

if TYPE_CHECKING:
    import threading
    from pathlib import Path

    from inspector.media.worker import Workers


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file as it lies there. reason: why it cannot be read. photo: None unless it is an image.

    name: as text that can be shown. size: bytes. mime: told by its first bytes.
    """

    path: Path
    name: str
    size: int = 0
    mime: str = ""
    sha256: str = ""
    photo: PhotoFacts | None = None
    reason: MingchaError | None = None


def look_at(path: Path, workers: Workers, stop: threading.Event) -> LookedAt:
    """Read a file once, on any thread. Raises Cancelled when `stop` is set in the middle."""
    name = shown_name(path)
    try:
        with opened(path, name) as source:
            if source.size > IN_MEMORY:
                return _streamed(path, source, stop)
            return _whole(path, source, workers)
    except MingchaError as error:
        return LookedAt(path, name, reason=error)


def thumbnail_of(path: Path, workers: Workers) -> bytes:
    """Return an upright thumbnail as JPEG, on any thread. Raises MingchaError if there is none."""
    with opened(path, shown_name(path)) as source:
        if source.size > IN_MEMORY:
            raise problem_error("photo_too_large")
        data = source.read_all()
    return picture_of(workers.run("inspect", data)).jpeg


def _whole(path: Path, source: Source, workers: Workers) -> LookedAt:
    data = source.read_all()
    mime = sniff(data[:HEAD_BYTES])
    photo = None
    if mime in IMAGES:
        photo = photo_facts(workers.run("describe", data).facts, mime, source.name)
    sha256 = hashlib.sha256(data).hexdigest()
    return LookedAt(path, source.name, len(data), mime, sha256, photo)


def _streamed(path: Path, source: Source, stop: threading.Event) -> LookedAt:
    mime = sniff(source.head())
    digest, size = hashlib.sha256(), 0
    while part := source.read(CHUNK):
        if stop.is_set():
            raise Cancelled
        digest.update(part)
        size += len(part)
    source.assert_unchanged(size)
    photo = PhotoFacts(decodable=False, problem="photo_too_large") if mime in IMAGES else None
    return LookedAt(path, source.name, size, mime, digest.hexdigest(), photo)
