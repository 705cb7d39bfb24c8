"""Files in a depot: cut into sealed parts of at most 8 MiB, and the indexes that name the parts.

Parts suit every medium (FAT32 takes no file of 4 GiB) and let a transfer go on where it stopped.
Which parts make a file stands in an index, an object of its own: a canonical JSON object of files
by their SHA-256 with their size and, in order, the hash in the name and the size of each part as it
lies there. Nobody ever has to list the parts. That they make the file is proved by its SHA-256.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical
from inspector.sync import names
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import PART, PART_BYTES, most_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION = 1
#: Files in one index; more files make more indexes.
MOST_FILES = 10_000
#: 64 GiB: far beyond any photograph or recording.
MOST_PARTS = 8192

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Part:
    """A sealed part: the hash in its name, and its size in the depot."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one file of `size` bytes, in order."""

    size: int
    parts: tuple[Part, ...]


def cuts(size: int) -> Iterator[tuple[int, int]]:
    """Return offset and length of each part of a file; a file without bytes has one without."""
    yield 0, min(size, PART_BYTES)
    for offset in range(PART_BYTES, size, PART_BYTES):
        yield offset, min(size - offset, PART_BYTES)


def build(files: Mapping[str, Parts]) -> bytes:
    """Return the payload of an index of files by SHA-256. Raises InvalidObject as `parse` does."""
    content = {
        "v": VERSION,
        "files": {
            sha256: {"size": file.size, "parts": [[part.name, part.size] for part in file.parts]}
            for sha256, file in files.items()
        },
    }
    payload = canonical.encode(content)
    parse(payload)
    return payload


def parse(payload: bytes) -> dict[str, Parts]:
    """Return the files of an index. Raises InvalidObject: `form`, `version`, `too_large`."""
    try:
        content = canonical.decode(payload)
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict) or content.keys() != {"v", "files"}:
        raise InvalidObject("form", "other fields")
    if content["v"] != VERSION or content["v"] is True:
        raise InvalidObject("version", str(content["v"])[:40])
    files = content["files"]
    if not isinstance(files, dict) or not all(map(_SHA256.fullmatch, files)):
        raise InvalidObject("form", "not files by SHA-256")
    if len(files) > MOST_FILES:
        raise InvalidObject("too_large", f"{len(files)} files")
    return {sha256: _parts(file) for sha256, file in files.items()}


def _parts(value: Any) -> Parts:
    if not isinstance(value, dict) or value.keys() != {"size", "parts"}:
        raise InvalidObject("form", "not a file")
    listed = value["parts"]
    if not isinstance(listed, list):
        raise InvalidObject("form", "not a list of parts")
    if len(listed) > MOST_PARTS:
        raise InvalidObject("too_large", f"{len(listed)} parts")
    size = _size(value["size"], PART_BYTES * MOST_PARTS)
    parts = tuple(map(_part, listed))
    if len(parts) != max(1, -(-size // PART_BYTES)):
        raise InvalidObject("form", "another number of parts")
    return Parts(size, parts)


def _part(value: Any) -> Part:
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidObject("form", "not a part")
    name, size = value
    if not isinstance(name, str) or not names.HASH.fullmatch(name):
        raise InvalidObject("form", "the name of a part")
    return Part(name, _size(size, most_bytes(PART)))


def _size(value: Any, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise InvalidObject("form", f"not a size: {str(value)[:40]}")
    return value
