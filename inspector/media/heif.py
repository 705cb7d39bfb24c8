"""Size and EXIF of HEIC files without a decoder.

Phones write HEIC; its decoder is an optional extra, but time, place and device can be read
without one: they lie in an item of their own (ISO/IEC 23008-12 annex A, ISO/IEC 14496-12 8.11).
Every number comes from a file that may be hostile: slices are bounded, nothing is allocated by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_BOXES = 4096


@dataclass(frozen=True, slots=True)
class HeifFacts:
    """Pixels of the largest image, and the TIFF block of its EXIF item (empty if none)."""

    width: int
    height: int
    tiff: bytes


def read_heif(data: bytes) -> HeifFacts:
    """Return what the `meta` box tells; zeros and no bytes where it tells nothing."""
    meta = next((body for kind, body in _boxes(data) if kind == b"meta"), b"")
    parts = dict(_boxes(meta[4:]))
    width, height = _largest(parts.get(b"iprp", b""))
    item = _exif_item(parts.get(b"iinf", b""))
    start, length = _extent(parts.get(b"iloc", b""), item) if item else (0, 0)
    block = data[start : start + length]
    # The item begins with the distance from there to the TIFF header.
    skip = 4 + int.from_bytes(block[:4], "big")
    return HeifFacts(width, height, block[skip:])


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and body of each box, stopping at the first that cannot be one."""
    at = 0
    for _ in range(_MAX_BOXES):
        if at + 8 > len(data):
            return
        size, header = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(data) - at
        if size < header:
            return
        yield data[at + 4 : at + 8], data[at + header : at + size]
        at += size


def _largest(properties: bytes) -> tuple[int, int]:
    """Return the largest declared image size: the picture itself, not its tiles."""
    container = dict(_boxes(properties)).get(b"ipco", b"")
    sizes = [
        (int.from_bytes(body[4:8], "big"), int.from_bytes(body[8:12], "big"))
        for kind, body in _boxes(container)
        if kind == b"ispe" and len(body) >= 12
    ]
    return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))


def _exif_item(info: bytes) -> int:
    """Return the id of the item of kind Exif, 0 if there is none."""
    entries = info[6:] if info[:1] == b"\x00" else info[8:]
    for kind, body in _boxes(entries):
        if kind != b"infe" or body[:1] not in (b"\x02", b"\x03"):
            continue
        wide = 2 if body[0] == 2 else 4
        if body[6 + wide : 10 + wide] == b"Exif":
            return int.from_bytes(body[4 : 4 + wide], "big")
    return 0


class _Cursor:
    """Reads big-endian numbers one after another; zeros past the end."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self.at = at

    def take(self, count: int) -> int:
        self.at += count
        return int.from_bytes(self._data[self.at - count : self.at], "big")


def _extent(locations: bytes, wanted: int) -> tuple[int, int]:
    """Return offset and length of the first extent of an item that lies in the file."""
    version = locations[0] if locations else 0
    cursor = _Cursor(locations, 4)
    sizes = cursor.take(2)
    offset_size, length_size = sizes >> 12, sizes >> 8 & 15
    base_size, index_size = sizes >> 4 & 15, sizes & 15
    for _ in range(min(cursor.take(2 if version < 2 else 4), _MAX_BOXES)):
        item = cursor.take(2 if version < 2 else 4)
        method = cursor.take(2) & 15 if version else 0
        cursor.take(2)
        base = cursor.take(base_size)
        for _ in range(min(cursor.take(2), _MAX_BOXES)):
            cursor.take(index_size if version else 0)
            offset, length = cursor.take(offset_size), cursor.take(length_size)
            if item == wanted and method == 0:
                return base + offset, length
        if cursor.at > len(locations):
            break
    return 0, 0
