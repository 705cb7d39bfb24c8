"""A small file as the text of one or more codes: numbered parts, each of which says how many.

```
MC1/<begin of the SHA-256 of the file>/<number>/<of how many>/<base32 of a piece of it, packed>
```
Only capital letters, digits and a stroke: QR codes hold those in two thirds of the room. What the
file says is proved by whoever reads it; here only that its parts are whole and of one file.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from base64 import b32decode, b32encode
from dataclasses import dataclass, field

#: Bytes of a packed file in one code, which any camera reads from a screen; codes for one file.
PIECE = 400
MOST_PARTS = 60
#: Bytes that a file may have once it is unpacked.
MOST_BYTES = 256 << 10

_MARK_LETTERS = 8
_PART = re.compile(r"MC1/([A-Z2-7]{8})/([1-9][0-9]?)/([1-9][0-9]?)/([A-Z2-7]{1,1000})")


class TooLarge(ValueError):
    """The file does not fit into so many codes."""


class Broken(ValueError):
    """The parts do not make a file, or not the file that they name."""


def split(data: bytes) -> tuple[str, ...]:
    """Return the texts of the codes for a file. Raises TooLarge."""
    packed = zlib.compress(data, 9)
    pieces = [packed[start : start + PIECE] for start in range(0, len(packed), PIECE)]
    if len(pieces) > MOST_PARTS or len(data) > MOST_BYTES:
        raise TooLarge(f"{len(packed)} bytes")
    mark = _mark(data)
    return tuple(
        f"MC1/{mark}/{number}/{len(pieces)}/{b32encode(piece).decode().rstrip('=')}"
        for number, piece in enumerate(pieces, start=1)
    )


@dataclass
class Parts:
    """Parts that were read so far, in any order and as often as they come."""

    mark: str = ""
    count: int = 0
    _found: dict[int, bytes] = field(default_factory=dict)

    def add(self, text: str) -> bool:
        """Take the text of a code; tell whether it is a part of this file.

        The first part says which file it is.
        """
        read = _PART.fullmatch(text.strip())
        if read is None:
            return False
        mark, number, count, letters = read[1], int(read[2]), int(read[3]), read[4]
        if count > MOST_PARTS or number > count or (self.mark and (mark, count) != self._which):
            return False
        try:
            piece = b32decode(letters + "=" * (-len(letters) % 8))
        except ValueError:
            return False
        self.mark, self.count = mark, count
        self._found[number] = piece
        return True

    @property
    def _which(self) -> tuple[str, int]:
        return self.mark, self.count

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the parts that lack."""
        return tuple(n for n in range(1, self.count + 1) if n not in self._found)

    def whole(self) -> bytes:
        """Return the file. Raises Broken, also while parts lack."""
        if not self.count or self.missing:
            raise Broken("parts are missing")
        unpacking = zlib.decompressobj()
        packed = b"".join(piece for _number, piece in sorted(self._found.items()))
        try:
            data = unpacking.decompress(packed, MOST_BYTES)
        except zlib.error as error:
            raise Broken(str(error)) from error
        if not unpacking.eof or unpacking.unused_data or _mark(data) != self.mark:
            raise Broken("another file than the one named")
        return data


def _mark(data: bytes) -> str:
    return b32encode(hashlib.sha256(data).digest()).decode()[:_MARK_LETTERS]
