"""A depot in one file: what is handed over by hand, on whatever holds a file.

```
MCDEPOT1\\n | the bytes of the objects | index | length of the index (8 bytes) | MCEND1\\n
index: for each object length of its name (1 byte), name, offset and size (8 bytes each)
```
It is written once, whole, and read as often as anybody likes; reading it changes nothing in it. A
file that was cut off has no end, and is refused before anything of it is looked at. What lies in it
is what lies in any depot, and is believed as little.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from inspector.base.errors import MingchaError
from inspector.base.files import sync_folder
from inspector.base.ids import Entropy, system_entropy
from inspector.base.system_reasons import reason_of
from inspector.media.durable import discard, patiently
from inspector.sync import names
from inspector.sync.depots.folder import trouble_of
from inspector.sync.depots.protocol import DIFFERS, ONLY_READ, DepotError, Entry, Missing, is_name
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: How such a file begins and ends.
MAGIC, END = b"MCDEPOT1\n", b"MCEND1\n"
#: What such files are called.
SUFFIX = "mcvisit"
#: More than this is not looked into: some hundred visits, with all that was ever recorded.
MOST_OBJECTS = 200_000
_MOST_INDEX = MOST_OBJECTS * (1 + names.MAX_NAME + 16)
_LENGTH = 8


class _Place(NamedTuple):
    """Where an object lies in the file."""

    offset: int
    size: int


class FileDepot:
    """A depot in a file: `FileDepot(path)` reads one that exists, `begin` writes a new one."""

    lists_at_once = True

    def __init__(self, path: Path) -> None:
        """Raises MingchaError `file_missing`, `hand_over_bad`, DepotError."""
        self._prepare(path)
        with self._failures():
            try:
                self._file: BinaryIO = patiently(lambda: path.open("rb"))
            except FileNotFoundError:
                raise MingchaError("file_missing", name=path.name) from None
        try:
            with self._failures():
                self._objects = _index(self._file)
        except ValueError as error:
            self._file.close()
            raise MingchaError("hand_over_bad", path=path) from error
        except BaseException:
            self._file.close()
            raise

    def _prepare(self, path: Path) -> None:
        self.place: str = str(path)
        self.requests = 0
        self._path = path
        self._waiting: Path | None = None

    @classmethod
    def begin(cls, path: Path, entropy: Entropy = system_entropy) -> FileDepot:
        """Return an empty depot that is written beside `path` until `finish`. Raises DepotError."""
        made = cls.__new__(cls)
        made._prepare(path)
        made._objects = {}
        made._waiting = path.with_name(f"{path.name}.{entropy(6).hex()}.part")
        with made._failures():
            # Nothing is kept back: on a full disk it would be written again, and fail, at the end.
            made._file = made._waiting.open("x+b", buffering=0)
            made._put(MAGIC)
        return made

    def finish(self) -> None:
        """Put the file in its place, durable and whole. Raises DepotError."""
        waiting = self._waiting
        if waiting is None:
            raise ValueError("it is only read")
        listed = b"".join(
            bytes((len(name),)) + name.encode() + b"".join(map(_number, place))
            for name, place in sorted(self._objects.items())
        )
        with self._failures():
            self._put(listed + _number(len(listed)) + END)
            os.fsync(self._file.fileno())
            self._file.close()
            patiently(lambda: waiting.replace(self._path))
            sync_folder(self._path.parent)
        self._waiting = None

    def read(self, name: str, limit: int) -> bytes:
        """Return the bytes of an object. Raises Missing, InvalidObject, DepotError."""
        place = self._objects.get(names.require(name))
        self.requests += 1
        if place is None:
            raise Missing(name)
        if place.size > limit:
            raise InvalidObject("too_large", f"{place.size} bytes")
        with self._failures():
            self._file.seek(place.offset)
            return self._file.read(place.size)

    def write(self, name: str, data: bytes) -> None:
        """Write an object and compare it with what is there then. Raises DepotError."""
        names.require(name)
        self.requests += 1
        self._require_written()
        with self._failures():
            offset = self._put(data)
            self._file.seek(offset)
            if self._file.read(len(data)) != data:
                raise DepotError("broken", self.place, DIFFERS)
        self._objects[name] = _Place(offset, len(data))

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Write objects one after the other: `finish` makes them durable. Raises DepotError."""
        for name, data in objects:
            self.write(name, data)

    def entries(self, folder: str, *, below: bool = False) -> Iterator[Entry]:
        """List the objects in a folder."""
        self.requests += 1
        start = f"{names.require(folder)}/" if folder else ""
        for name, place in self._objects.items():
            rest = name.removeprefix(start)
            if name.startswith(start) and (below or "/" not in rest):
                yield Entry(name, place.size)

    def remove(self, name: str) -> None:
        """Remove an object; it may be absent. Raises DepotError."""
        names.require(name)
        self.requests += 1
        self._require_written()
        self._objects.pop(name, None)

    def free(self) -> int | None:
        """Return the free bytes of the volume. Raises DepotError."""
        with self._failures():
            return shutil.disk_usage(self._path.parent).free

    def close(self) -> None:
        """Close the file; one that was not finished is taken away."""
        self._file.close()
        if self._waiting is not None:
            discard(self._waiting)

    def _put(self, data: bytes) -> int:
        """Write bytes at the end, all or none; return where they lie."""
        offset = self._file.seek(0, os.SEEK_END)
        view = memoryview(data)
        try:
            while view:
                view = view[self._file.write(view) :]
        except OSError:
            self._file.truncate(offset)
            raise
        return offset

    def _require_written(self) -> None:
        if self._waiting is None:
            raise DepotError("denied", self.place, ONLY_READ, medium=True)

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Say what the system's error means for a depot."""
        try:
            yield
        except OSError as error:
            detail = reason_of(error)
            raise DepotError(trouble_of(error), self.place, detail) from error


def _number(number: int) -> bytes:
    return number.to_bytes(_LENGTH, "big")


def _index(file: BinaryIO) -> dict[str, _Place]:
    """Read which objects lie where. Raises ValueError for what is no whole file of this kind."""
    size = file.seek(0, os.SEEK_END)
    foot = _LENGTH + len(END)
    if size < len(MAGIC) + foot:
        raise ValueError("cut off")
    file.seek(0)
    begins = file.read(len(MAGIC))
    file.seek(size - foot)
    length = int.from_bytes(file.read(_LENGTH), "big")
    if begins != MAGIC or file.read() != END:
        raise ValueError("no beginning or no end")
    start = size - foot - length
    if length > _MOST_INDEX or start < len(MAGIC):
        raise ValueError("the length of the index")
    file.seek(start)
    return dict(_listed(file.read(length), start))


def _listed(index: bytes, end: int) -> Iterator[tuple[str, _Place]]:
    at = 0
    while at < len(index):
        after = at + 1 + index[at]
        name = index[at + 1 : after].decode("ascii")
        at = after + 2 * _LENGTH
        numbers = (index[after : after + _LENGTH], index[after + _LENGTH : at])
        place = _Place(*(int.from_bytes(number, "big") for number in numbers))
        if at > len(index) or place.offset < len(MAGIC) or place.offset + place.size > end:
            raise ValueError("a place outside of the file")
        if not is_name(name):
            raise ValueError("not the name of an object")
        yield name, place
