"""Messages between the main process and the guarded worker.

Frame: length of the header (4 bytes, big-endian), header as JSON, then the parts whose lengths
the header's member `parts` lists. Lengths are bounded before anything is allocated.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER_LIMIT = 1 << 20
PART_LIMIT = 256 << 20
_PARTS_LIMIT = 8


class BrokenFrame(Exception):
    """The other side died or sent something that is no frame."""


def write_frame(stream: BinaryIO, header: dict[str, Any], parts: Sequence[bytes]) -> None:
    """Write one message. Raises OSError if the other side is gone."""
    text = json.dumps(header | {"parts": [len(part) for part in parts]}).encode()
    stream.write(len(text).to_bytes(4, "big") + text)
    for part in parts:
        stream.write(part)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]] | None:
    """Read one message, None at the end of the stream. Raises BrokenFrame."""
    prefix = stream.read(4)
    if not prefix:
        return None
    size = int.from_bytes(prefix, "big")
    if len(prefix) < 4 or size > _HEADER_LIMIT:
        raise BrokenFrame
    try:
        header = json.loads(_exactly(stream, size))
        lengths = header.pop("parts")
        valid = len(lengths) <= _PARTS_LIMIT and all(0 <= n <= PART_LIMIT for n in lengths)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BrokenFrame from error
    if not valid:
        raise BrokenFrame
    return header, [_exactly(stream, length) for length in lengths]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise BrokenFrame
    return data
