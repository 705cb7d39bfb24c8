"""Several pieces of bytes in one: each with its length (four bytes, most significant first)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH = 4


def join(pieces: Iterable[bytes]) -> bytes:
    """Return the pieces, each behind its length."""
    return b"".join(part for piece in pieces for part in (len(piece).to_bytes(LENGTH), piece))


def split(data: bytes, most: int) -> list[bytes]:
    """Return the pieces of `data`, which must be filled by them exactly.

    Raises InvalidObject: `too_large` for more than `most` pieces, `form` for a length that leads
    beyond the end.
    """
    pieces: list[bytes] = []
    at = 0
    while at < len(data):
        if len(pieces) == most:
            raise InvalidObject("too_large", f"more than {most} pieces")
        start = at + LENGTH
        at = start + int.from_bytes(data[at:start])
        if at > len(data) or start > len(data):
            raise InvalidObject("form", "cut off")
        pieces.append(data[start:at])
    return pieces
