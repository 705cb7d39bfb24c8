"""A depot in a folder: a stick, a disk, a share that is mounted, a folder on this machine.

An object is written beside its place under another name, synced, renamed, its folder synced, then
opened again and compared. Writing in place leaves torn files under final names when a stick is
pulled or a share goes away (restic issues 3435 and 1727).
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from inspector.base.files import make_folders, sync_folder
from inspector.base.ids import Entropy, system_entropy
from inspector.base.system_reasons import reason_of
from inspector.media.durable import discard, patiently
from inspector.sync import names
from inspector.sync.depots.protocol import (
    DIFFERS,
    GONE,
    LINKED,
    DepotError,
    Entry,
    Missing,
    Trouble,
    is_name,
)
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_AWAY = {
    getattr(errno, name, -1)
    for name in (
        "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN",
        "ENETUNREACH", "ETIMEDOUT", "ECONNRESET", "ENOMEDIUM", "ESHUTDOWN",
    )
}  # fmt: skip
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", -1)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
# Not ready, path or name of a network gone, no such device, a cable pulled while writing.
_AWAY_WINDOWS = {21, 53, 55, 59, 64, 67, 121, 1117, 1167, 1231}
_FULL_WINDOWS = {39, 112}
_PROTECTED_WINDOWS = 19
_DENIED_WINDOWS = {5, _PROTECTED_WINDOWS, 32, 33}

#: How the name ends of what is being written.
_WAITING = ".part"
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
# A pipe that was put where an object belongs must not make the program wait for ever.
_READ_PLAIN = _READ | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class FolderDepot:
    """A depot in the folder `root`, which must exist; folders in it are made as needed."""

    lists_at_once = True

    def __init__(self, root: Path, entropy: Entropy = system_entropy) -> None:
        self.place: Final = str(root)
        self.requests = 0
        self._root = root
        self._entropy = entropy
        self._own: set[Path] = set()

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of an object. Raises Missing, InvalidObject, DepotError."""
        path = self._path(name)
        self.requests += 1
        with self._failures():
            try:
                return _read(path, limit)
            except (FileNotFoundError, NotADirectoryError) as error:
                self._require_present(name)
                raise Missing(name) from error

    def write(self, name: str, data: bytes) -> None:
        """Write an object durably and compare it with what is there then. Raises DepotError."""
        self.write_all([(name, data)])

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Write objects, durable together, and compare them. Raises DepotError."""
        paths = [self._path(name) for name, _data in objects]
        self.requests += len(objects)
        # A listing takes no name with two dots for an object.
        ends = (f"{self._entropy(6).hex()}{_WAITING}" for _path in paths)
        waiting = [
            path.with_name(f"{path.name}.{end}") for path, end in zip(paths, ends, strict=True)
        ]
        with self._failures():
            for name, _data in objects:
                self._require_present(name)
            self._make_own({path.parent for path in paths})
            try:
                _write([(path, data) for path, (_, data) in zip(waiting, objects, strict=True)])
                for from_, path in zip(waiting, paths, strict=True):
                    patiently(partial(_replace, from_, path))
            except BaseException:
                for each in waiting:
                    discard(each)
                raise
            for folder in {path.parent for path in paths}:
                sync_folder(folder)
            for path, (_name, data) in zip(paths, objects, strict=True):
                self._require_same(path, data)

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List the objects in a folder. Raises DepotError."""
        start = self._path(folder) if folder else self._root
        with self._failures():
            self._require_present(folder or names.MARKER)
            yield from self._listed(start, f"{folder}/" if folder else "", below)

    def remove(self, name: str) -> None:
        """Remove an object; it may be absent. Raises DepotError."""
        path = self._path(name)
        self.requests += 1
        with self._failures():
            self._require_present(name)
            patiently(lambda: path.unlink(missing_ok=True))

    def sweep(self, name: str) -> None:
        """Remove what a write of an object that the power ended left beside its place.

        Only for who wrote it: for another it may be what is being written. Raises DepotError.
        """
        path = self._path(name)
        self.requests += 1
        with self._failures():
            self._require_present(name)
            for left in path.parent.glob(f"{path.name}.*{_WAITING}"):
                discard(left)

    def free(self) -> int | None:
        """Return the free bytes of the volume. Raises DepotError."""
        with self._failures():
            return shutil.disk_usage(self._root).free

    def close(self) -> None:
        """Do nothing: nothing is held open."""

    def _path(self, name: str) -> Path:
        return self._root.joinpath(*names.require(name).split("/"))

    def _listed(self, path: Path, prefix: str, below: bool) -> Iterator[Entry]:
        waiting = [(path, prefix)]
        while waiting:
            folder, before = waiting.pop()
            try:
                listed = self._scanned(folder)
            except PermissionError:
                # Somebody else's folder hides nothing but itself; what is not listed is absent.
                if folder == path:
                    raise
                continue
            for entry in listed:
                name = before + _plain(folder, entry.name)
                if not is_name(name):
                    continue
                if below and entry.is_dir(follow_symlinks=False):
                    waiting.append((folder / entry.name, f"{name}/"))
                elif entry.is_file(follow_symlinks=False):
                    # Another visit may have taken it away meanwhile.
                    with suppress(FileNotFoundError):
                        yield Entry(name, entry.stat(follow_symlinks=False).st_size)

    def _scanned(self, folder: Path) -> list[os.DirEntry[str]]:
        self.requests += 1
        try:
            with os.scandir(folder) as found:
                return list(found)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def _require_present(self, name: str) -> None:
        """A medium that was pulled leaves an empty folder; nothing may be written into that."""
        marker = self._root if name == names.MARKER else self._root / names.MARKER
        if not marker.exists():
            raise DepotError("away", self.place, GONE)

    def _make_own(self, folders: Iterable[Path]) -> None:
        """Make folders, and refuse one that leads out of the depot through a link."""
        missing = [each for each in folders if each not in self._own or not each.is_dir()]
        make_folders(missing)
        for folder in missing:
            if not folder.resolve().is_relative_to(self._root.resolve()):
                raise DepotError("broken", self.place, LINKED)
            self._own.add(folder)

    def _require_same(self, path: Path, data: bytes) -> None:
        try:
            same = _read(path, len(data)) == data
        except InvalidObject:
            same = False
        if not same:
            raise DepotError("broken", self.place, DIFFERS)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Say what the system's error means for a depot."""
        try:
            yield
        except OSError as error:
            trouble = trouble_of(error)
            # A stick that is pulled fails in many ways; whether it is still there tells.
            if trouble == "broken" and not (self._root / names.MARKER).exists():
                trouble = "away"
            detail = reason_of(error)
            protected = error.errno == errno.EROFS or _winerror(error) == _PROTECTED_WINDOWS
            raise DepotError(trouble, self.place, detail, medium=protected) from error


def trouble_of(error: OSError) -> Trouble:
    """Return what the system's error means for a depot."""
    code = _winerror(error)
    if error.errno in _FULL or code in _FULL_WINDOWS:
        return "full"
    if error.errno in _AWAY or code in _AWAY_WINDOWS:
        return "away"
    if error.errno in _DENIED or code in _DENIED_WINDOWS:
        return "denied"
    return "broken"


def _winerror(error: OSError) -> int | None:
    return getattr(error, "winerror", None)


def _read(path: Path, limit: int) -> bytes:
    try:
        descriptor = patiently(lambda: os.open(path, _READ_PLAIN))
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise InvalidObject("form", "not a file") from error
        raise
    try:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            raise InvalidObject("form", "not a file")
        if state.st_size > limit:
            raise InvalidObject("too_large", f"{state.st_size} bytes")
        with os.fdopen(os.dup(descriptor), "rb") as file:
            return file.read(limit)
    finally:
        os.close(descriptor)


def _write(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write new files and make them durable: all are on their way before the first is awaited."""
    with ExitStack() as opened:
        written = []
        for path, data in files:
            file = os.fdopen(os.open(path, _NEW, 0o644), "wb", buffering=0)
            written.append(opened.enter_context(file).fileno())
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            if len(files) > 1:
                _let_go(written[-1])
        for descriptor in written:
            os.fsync(descriptor)
            # So that it is the medium that is read back, as far as the system lets one say that.
            _let_go(descriptor)


def _let_go(descriptor: int) -> None:
    """Ask the system to keep nothing of a file in memory; what is not written yet it writes."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _replace(waiting: Path, path: Path) -> None:
    try:
        waiting.replace(path)
    except OSError:
        # An empty folder may stand there; one that holds anything is left alone.
        if not path.is_dir():
            raise
        path.rmdir()
        waiting.replace(path)


def _plain(folder: Path, name: str) -> str:
    """Return a listed name in lower case where that names the same file (FAT shows some so)."""
    lower = name.lower()
    return lower if name == lower or (folder / lower).exists() else name
