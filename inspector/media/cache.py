"""Thumbnails, previews and pictures resampled for paper: made when needed, kept within bounds.

Everything in the cache can be made again from the originals: the folder may be deleted at any time,
a damaged entry is made anew, and a full disk only means that nothing is kept. What lasts lies apart
from it: small pictures of originals that are not here, which stand in for them.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import struct
import threading
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.hashing import hashed
from inspector.base.values import frozen
from inspector.media.durable import discard

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.media.blobs import BlobStore
    from inspector.media.worker import Reply, Workers

DEFAULT_LIMIT = 512 << 20
PREVIEW_PX = 2048
THUMBNAIL_PX = 512
_QUALITY = 85
# An entry is the JPEG, its width and height, and the SHA-256 of all that.
_TAIL = struct.Struct(">II32s")
# Pruning goes a little below the limit, so that it does not happen at every entry.
_AFTER_PRUNING = 0.9

#: How the thumbnail of the intake is made; a change of the recipe gets a new name.
THUMBNAIL = "t1"
#: A thumbnail that another computer made of an original which has never been here.
RECEIVED = "s1"
_PROBLEMS = ("photo_damaged", "photo_too_large", "photo_no_decoder", "photo_not_decoded")


@frozen
class Picture:
    """An upright JPEG and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


class Cache:
    """Derived pictures below `root`, the least recently used ones dropped beyond `limit` bytes.

    Thread-safe. Order of use is kept in the files' modification times, which is good enough for
    a local cache (and for nothing else). `lasting`: the folder whose entries are never dropped.
    """

    def __init__(self, root: Path, limit: int = DEFAULT_LIMIT, lasting: Path | None = None) -> None:
        self._root = root
        self._lasting = lasting
        self._limit = limit
        self._total: int | None = None
        self._counter = itertools.count(1)
        self._lock = threading.Lock()

    def get(self, sha256: str, recipe: str) -> Picture | None:
        """Return an entry, None if it is not there or damaged."""
        found = _read(_path(self._root, sha256, recipe), touch=True)
        return found or self.lasting(sha256, recipe)

    def keep(self, sha256: str, recipe: str, picture: Picture) -> None:
        """Keep an entry for good. Raises OSError, and ValueError of a cache where nothing lasts."""
        if self._lasting is None:
            raise ValueError("nothing lasts here")
        self._write(_path(self._lasting, sha256, recipe), picture)

    def lasting(self, sha256: str, recipe: str) -> Picture | None:
        """Return an entry that is kept for good, None if there is none or it is damaged."""
        lasting = self._lasting
        return None if lasting is None else _read(_path(lasting, sha256, recipe))

    def release(self, sha256: str) -> None:
        """Keep nothing for good that can be made again, because the original is here."""
        if self._lasting is not None:
            _remove(self._lasting, sha256)

    def put(self, sha256: str, recipe: str, picture: Picture) -> None:
        """Keep an entry. If that is impossible (full or read-only disk) it is simply not kept."""
        with contextlib.suppress(OSError):
            self._grown(self._write(_path(self._root, sha256, recipe), picture))

    def forget(self, sha256: str) -> None:
        """Remove everything derived from a blob, as its erasure demands. Raises OSError."""
        _remove(self._root, sha256)
        self.release(sha256)

    def _write(self, path: Path, picture: Picture) -> int:
        """Write an entry and return its bytes."""
        body = picture.jpeg + struct.pack(">II", picture.width, picture.height)
        temp = path.with_name(f"{path.name}.{os.getpid()}-{next(self._counter)}")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temp.write_bytes(body + hashed(body).digest())
            temp.replace(path)
        except OSError:
            discard(temp)
            raise
        return len(body) + 32

    def _grown(self, size: int) -> None:
        with self._lock:
            if self._total is not None:
                self._total += size
            if self._total is None or self._total > self._limit:
                self._total = self._prune()

    def _prune(self) -> int:
        """Drop the least recently used entries if there are too many; return what is left."""
        files = []
        for path in self._root.rglob("*"):
            with contextlib.suppress(OSError):
                if path.is_file():
                    state = path.stat()
                    files.append((state.st_mtime_ns, state.st_size, path))
        total = sum(size for _, size, _ in files)
        if total <= self._limit:
            return total
        for _, size, path in sorted(files):
            if total <= self._limit * _AFTER_PRUNING:
                break
            with contextlib.suppress(OSError):
                path.unlink()
                total -= size
        return total


def _path(folder: Path, sha256: str, recipe: str) -> Path:
    return folder / sha256[:2] / f"{sha256}-{recipe}.jpg"


def _remove(folder: Path, sha256: str) -> None:
    for path in (folder / sha256[:2]).glob(f"{sha256}-*"):
        path.unlink(missing_ok=True)


def _read(path: Path, *, touch: bool = False) -> Picture | None:
    try:
        data = path.read_bytes()
        if touch:
            os.utime(path)
    except OSError:
        return None
    body, tail = data[: -_TAIL.size], data[-_TAIL.size :]
    if len(tail) < _TAIL.size or hashed(data[:-32]).digest() != data[-32:]:
        return None
    width, height, _ = _TAIL.unpack(tail)
    return Picture(body, width, height)


class Derived:
    """Pictures derived from originals: from the cache, or made by a worker and then kept.

    Where an original is not here, the best small picture that is stands in for it. Thread-safe. All
    raise MingchaError: blob_missing, blob_damaged, or why the picture cannot be
    shown (photo_damaged, photo_too_large, photo_no_decoder, photo_not_decoded).
    """

    def __init__(self, blobs: BlobStore, cache: Cache, workers: Workers) -> None:
        self._blobs = blobs
        self._cache = cache
        self._workers = workers

    def thumbnail(self, sha256: str) -> bytes:
        """Return the 512-pixel thumbnail, upright, as JPEG."""
        return self._thumbnail(sha256).jpeg

    def _thumbnail(self, sha256: str) -> Picture:
        found = self._cache.get(sha256, THUMBNAIL)
        if found is not None:
            return found
        if stands_in := self.stand_in(sha256):
            return stands_in
        made = picture_of(self._workers.run("inspect", self._blobs.read(sha256)))
        self._cache.put(sha256, THUMBNAIL, made)
        return made

    def kept(self, sha256: str, max_px: int | None = None) -> bytes | None:
        """Return the preview of `max_px`, or the thumbnail, if it was made before."""
        recipe = THUMBNAIL if max_px is None else _recipe((max_px, max_px), _QUALITY)
        found = self._cache.get(sha256, recipe)
        return found.jpeg if found else None

    def preview(self, sha256: str, max_px: int = PREVIEW_PX) -> bytes:
        """Return a preview whose longer side is at most `max_px`, upright, as JPEG."""
        stands_in = self.stand_in(sha256) if max_px <= PREVIEW_PX else None
        return (stands_in or self.resampled(sha256, (max_px, max_px))).jpeg

    def resampled(self, sha256: str, box: tuple[int, int], quality: int = _QUALITY) -> Picture:
        """Return the picture within `box` (width, height in pixels; never enlarged), upright."""
        recipe = _recipe(box, quality)
        found = self._cache.get(sha256, recipe)
        if found is None:
            found = self._resample(self._blobs.read(sha256), box, quality)
            self._cache.put(sha256, recipe, found)
        return found

    def for_paper(self, sha256: str, box: tuple[int, int]) -> Picture:
        """Return the same as `resampled`, made of what stands in where the original is not here."""
        stands_in = self.stand_in(sha256)
        return self._resample(stands_in.jpeg, box) if stands_in else self.resampled(sha256, box)

    def stand_in(self, sha256: str) -> Picture | None:
        """Return the picture that is kept for an original which is not here; None if it is here.

        One that another computer sent is a preview: that it shows the original is proved by nothing
        but the word of its sender.
        """
        if self._blobs.size(sha256) is not None:
            return None
        recipes = (_PREVIEW, THUMBNAIL, RECEIVED)
        found = (self._cache.lasting(sha256, each) for each in recipes)
        return next((each for each in found if each is not None), None)

    def small(self, sha256: str) -> dict[str, Picture]:
        """Return thumbnail and preview by their recipes, to be kept when the original goes."""
        box = (PREVIEW_PX, PREVIEW_PX)
        return {THUMBNAIL: self._thumbnail(sha256), _PREVIEW: self.resampled(sha256, box)}

    def _resample(self, data: bytes, box: tuple[int, int], quality: int = _QUALITY) -> Picture:
        reply = self._workers.run("resample", data, width=box[0], height=box[1], quality=quality)
        return picture_of(reply)


def _recipe(box: tuple[int, int], quality: int) -> str:
    return f"r1-{box[0]}x{box[1]}-{quality}"


#: The preview that is made of every picture somebody looked at closely.
_PREVIEW = _recipe((PREVIEW_PX, PREVIEW_PX), _QUALITY)


def picture_of(reply: Reply) -> Picture:
    """Return the picture of a worker's reply. Raises MingchaError if it has none."""
    width, height = reply.facts.get("shown_width"), reply.facts.get("shown_height")
    if reply.parts and isinstance(width, int) and isinstance(height, int):
        return Picture(reply.parts[0], width, height)
    raise problem_error(reply.problem)


def problem_error(problem: str) -> MingchaError:
    """Return the error for a worker's problem; what no worker of ours says is a failed decode."""
    return MingchaError(problem if problem in _PROBLEMS else "photo_not_decoded")
