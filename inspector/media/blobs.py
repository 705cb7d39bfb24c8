"""Original bytes under their SHA-256: the only place that reads or writes them.

Other code gets bytes or streams from here and never a path, so that workspaces encrypted at rest
can be slotted in at this one seam.

Durability: written under a temporary name on the same volume, fsynced, read back and hashed
again, made read-only, renamed, and the folders fsynced: the fan-out folder always, its parent
whenever the fan-out folder may itself be new. Only then is a blob acknowledged. On Windows
folders cannot be synced; NTFS journals the rename.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import stat
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol

from inspector.base.errors import MingchaError
from inspector.base.files import sync_folder
from inspector.base.hashing import hashed, hashed_file
from inspector.base.patterns import pattern
from inspector.base.values import frozen
from inspector.media.durable import (
    discard,
    failure,
    make_read_only,
    make_writable,
    patiently,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from io import FileIO
    from types import TracebackType

CHUNK = 1 << 20
Condition = Literal["ok", "missing", "damaged"]

_NAME = pattern(r"[0-9a-f]{64}\Z")
_FAN_OUT = pattern(r"[0-9a-f]{2}\Z")
_INCOMING = ".incoming"
_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@frozen
class Stored:
    """A blob that is in the store. `new`: its bytes were not (soundly) there before."""

    sha256: str
    size: int
    new: bool


class Readable(Protocol):
    """Where bytes to be stored come from."""

    def read(self, count: int, /) -> bytes:
        """Return at most `count` more bytes, none at the end."""
        ...


class Batch:
    """Additions whose folders are synced together: durable after `sync`, or after the block.

    May be used from several threads; `sync` covers every addition that had returned before.
    """

    def __init__(self, store: BlobStore) -> None:
        self._store = store
        self._touched: set[str] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> Batch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if kind is None:
            self.sync()

    def add_bytes(self, data: bytes) -> Stored:
        """Add `data`. Raises MingchaError: disk_full, blob_write_failed."""
        sha256 = hashed(data).hexdigest()
        return self._added(self._store.confirm(sha256) or self._store.place_bytes(data, sha256))

    def add_stream(self, stream: Readable) -> Stored:
        """Add all bytes of `stream`, held in memory piecewise only. Raises as `add_bytes`."""
        return self._added(self._store.place_stream(stream))

    def sync(self) -> None:
        """Make every addition so far durable. Raises MingchaError: blob_write_failed."""
        with self._lock:
            touched, self._touched = self._touched, set()
        self._store.sync_folders(touched)

    def _added(self, stored: Stored) -> Stored:
        with self._lock:
            self._touched.add(stored.sha256[:2])
        return stored


class BlobStore:
    """Blobs below `root` as `ab/<sha256>`. Thread-safe; one process at a time (workspace lock)."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._counter = itertools.count(1)
        self._lock = threading.Lock()
        # Fan-out folders whose own entry in `root` is known to be on the disk.
        self._durable: set[str] | None = None

    # -- adding ----------------------------------------------------------------------------
    def batch(self) -> Batch:
        """Return a batch: fewer syncs for many blobs."""
        return Batch(self)

    def add_bytes(self, data: bytes) -> Stored:
        """Add `data`; durable on return. Raises MingchaError: disk_full, blob_write_failed."""
        with self.batch() as batch:
            return batch.add_bytes(data)

    def add_stream(self, stream: Readable) -> Stored:
        """Add all bytes of `stream`; durable on return. Raises as `add_bytes`."""
        with self.batch() as batch:
            return batch.add_stream(stream)

    def add_pieces(self, pieces: Iterable[bytes]) -> Generator[None, None, Stored]:
        """Add bytes as they come, with a step after each piece; durable at the end.

        Of one that is not gone through to its end nothing stays. Raises as `add_bytes`.
        """
        stored = yield from self._place_pieces(pieces)
        self.sync_folders({stored.sha256[:2]})
        return stored

    def confirm(self, sha256: str) -> Stored | None:
        """Return the blob if it is here, sound and its bytes are on the disk, else None.

        An entry is not presence: the bytes are hashed again, and synced again because nobody
        knows whether a file that was found (a restored copy, say) ever was.
        """
        path = self._path(sha256)
        try:
            with path.open("rb", buffering=0) as file:
                sound = _digest(file) == sha256
                size = file.tell()
                if sound and os.name == "posix":
                    os.fsync(file.fileno())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise failure(error) from error
        return Stored(sha256, size, new=False) if sound else None

    def place_bytes(self, data: bytes, sha256: str) -> Stored:
        """Write bytes whose hash is known and rename; durable only after `sync_folders`."""
        with self._incoming() as (file, temp):
            _write_bytes(file, data)
            self._rename(file, temp, sha256)
        return Stored(sha256, len(data), new=True)

    def place_stream(self, stream: Readable) -> Stored:
        """Write a stream and rename, unless that blob is here; durable after `sync_folders`."""
        return _finished(self._place_pieces(iter(partial(stream.read, CHUNK), b"")))

    def _place_pieces(self, pieces: Iterable[bytes]) -> Generator[None, None, Stored]:
        with self._incoming() as (file, temp):
            sha256, size = yield from _write_pieces(file, pieces)
            if found := self.confirm(sha256):
                return found
            self._rename(file, temp, sha256)
        return Stored(sha256, size, new=True)

    def sync_folders(self, touched: set[str]) -> None:
        """Sync these fan-out folders, and the root if one of them may be new."""
        if not touched:
            return
        try:
            for name in sorted(touched):
                sync_folder(self._root / name)
            fresh = touched - (self._durable or set())
            if fresh:
                sync_folder(self._root)
        except OSError as error:
            raise failure(error) from error
        with self._lock:
            self._durable = (self._durable or set()) | touched

    # -- reading ---------------------------------------------------------------------------
    def open(self, sha256: str) -> BinaryIO:
        """Open a blob for reading, unverified. Raises MingchaError: blob_missing, blob_damaged."""
        path = self._path(sha256)
        try:
            # A pipe or device in a blob's place would be waited for without end.
            if not stat.S_ISREG(path.lstat().st_mode):
                raise MingchaError("blob_damaged", sha256=sha256)
            return path.open("rb")
        except FileNotFoundError as error:
            raise MingchaError("blob_missing", sha256=sha256) from error

    def read(self, sha256: str) -> bytes:
        """Return a blob's verified bytes. Raises MingchaError: blob_missing, blob_damaged."""
        with self.open(sha256) as file:
            data = file.read()
        if hashed(data).hexdigest() != sha256:
            raise MingchaError("blob_damaged", sha256=sha256)
        return data

    def verify(self, sha256: str) -> Condition:
        """Hash a blob again and say what is found. Unreadable counts as damaged."""
        path = self._path(sha256)
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return "damaged"
            with path.open("rb", buffering=0) as file:
                return "ok" if _digest(file) == sha256 else "damaged"
        except FileNotFoundError:
            return "missing"
        except OSError:
            return "damaged"

    def size(self, sha256: str) -> int | None:
        """Return the bytes a blob takes on the disk, None if it is missing or this is no hash."""
        if not _NAME.match(sha256):
            return None
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def iter_hashes(self) -> Iterator[str]:
        """Yield the hash of every blob entry in ascending order, unverified."""
        for entry, ours in self._entries():
            if ours:
                yield entry.name

    def iter_foreign(self) -> Iterator[str]:
        """Yield, relative to the root, what lies in the store and cannot be one of its blobs."""
        for entry, ours in self._entries():
            if not ours:
                yield Path(entry.path).relative_to(self._root).as_posix()

    # -- removing --------------------------------------------------------------------------
    def remove(self, sha256: str) -> None:
        """Take a blob's bytes away; only erasing, and freeing what is elsewhere, may ask for this.

        Raises MingchaError: blob_missing, blob_write_failed. Durable on return. What a drive
        keeps of deleted sectors is beyond a program's reach.
        """
        path = self._path(sha256)
        try:
            make_writable(path)
            patiently(path.unlink)
            sync_folder(path.parent)
        except FileNotFoundError as error:
            raise MingchaError("blob_missing", sha256=sha256) from error
        except OSError as error:
            raise failure(error) from error

    def sweep_incoming(self) -> int:
        """Remove what an interrupted run left half written; return how many files.

        Call it only while holding the workspace lock and before anything is added.
        """
        folder = self._root / _INCOMING
        left = list(folder.iterdir()) if folder.is_dir() else []
        for path in left:
            discard(path)
        return len(left)

    # -- inside ----------------------------------------------------------------------------
    def _path(self, sha256: str) -> Path:
        if not _NAME.match(sha256):
            raise ValueError("not a SHA-256 in lower-case hex")
        return self._root / sha256[:2] / sha256

    def _prepare(self) -> None:
        """Make the folders, once per process, and their entries durable.

        A folder that an earlier run made may exist without being on the disk; one sync of the
        root covers all that are listed before it.
        """
        with self._lock:
            if self._durable is not None:
                return
            (self._root / _INCOMING).mkdir(parents=True, exist_ok=True)
            present = {entry.name for entry in os.scandir(self._root)}
            sync_folder(self._root)
            sync_folder(self._root.parent)
            self._durable = {name for name in present if _FAN_OUT.match(name)}

    @contextlib.contextmanager
    def _incoming(self) -> Iterator[tuple[FileIO, Path]]:
        """Give a new read-only file on the same volume; what was not renamed is removed."""
        temp: Path | None = None
        try:
            self._prepare()
            descriptor, temp = self._new_file()
            with os.fdopen(descriptor, "w+b", buffering=0) as file:
                make_read_only(temp)  # before it is synced, so that this is on the disk as well
                yield file, temp
        except OSError as error:
            raise failure(error) from error
        finally:
            if temp is not None:
                discard(temp)

    def _new_file(self) -> tuple[int, Path]:
        while True:
            path = self._root / _INCOMING / f"{os.getpid()}-{next(self._counter)}"
            try:
                return os.open(path, _NEW_FILE, 0o600), path
            except FileExistsError:
                continue  # left by an earlier run with the same process id

    def _rename(self, file: FileIO, temp: Path, sha256: str) -> None:
        file.close()  # Windows renames no open file
        target = self._path(sha256)
        target.parent.mkdir(exist_ok=True)
        if os.name == "nt" and target.exists():
            make_writable(target)  # a damaged one; Windows does not replace read-only files
        patiently(lambda: temp.replace(target))

    def _entries(self) -> Iterator[tuple[os.DirEntry[str], bool]]:
        """Yield every entry of the store in order of name, and whether it can be a blob."""
        if not self._root.is_dir():
            return
        for folder in _listed(self._root):
            if folder.name == _INCOMING:
                continue
            if not (_FAN_OUT.match(folder.name) and folder.is_dir(follow_symlinks=False)):
                yield folder, False
                continue
            for entry in _listed(Path(folder.path)):
                named = _NAME.match(entry.name) and entry.name[:2] == folder.name
                yield entry, bool(named) and entry.is_file(follow_symlinks=False)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _write_bytes(file: FileIO, data: bytes) -> None:
    """Write, sync and read back. Raises MingchaError if other bytes come back."""
    _write_all(file, data)
    os.fsync(file.fileno())
    file.seek(0)
    # Comparing is as good as hashing again, and three times faster.
    same = all(file.read(CHUNK) == data[at : at + CHUNK] for at in range(0, len(data), CHUNK))
    if not same or file.read(1):
        raise MingchaError("blob_write_failed", reason="read-back")


def _write_pieces(file: FileIO, pieces: Iterable[bytes]) -> Generator[None, None, tuple[str, int]]:
    """Write, sync, read back and hash again; return hash and size. Raises as `_write_bytes`."""
    hasher, size = hashed(), 0
    for piece in pieces:
        hasher.update(piece)
        size += len(piece)
        _write_all(file, piece)
        yield
    os.fsync(file.fileno())
    file.seek(0)
    if _digest(file) != hasher.hexdigest():
        raise MingchaError("blob_write_failed", reason="read-back")
    return hasher.hexdigest(), size


def _finished(steps: Generator[None, None, Stored]) -> Stored:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Stored = end.value
            return found


def _write_all(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]  # a raw file may take only a part


def _digest(file: FileIO) -> str:
    # hashlib releases the interpreter lock, so threads hash side by side.
    return hashed_file(file).hexdigest()
