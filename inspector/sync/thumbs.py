"""Packs of small pictures: many thumbnails in one object, signed by the device that made them.

The payload is a line of canonical JSON (the chain, the files by SHA-256 with the bytes of their
pictures, the SHA-256 of all of them), its SSHSIG, the pictures one behind the other, and zeros up
to a multiple of 64 KiB: how many pictures there are does not show in the size. That a picture shows
the file it is named for is the word of the device alone; it stands in until the original is there.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical, sshsig
from inspector.sync import armour, frames, names
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import PART_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
#: Pictures in one pack, and bytes of one of them: 320 pixels take up to 20 KB.
MOST_FILES = 1000
MOST_BYTES = 256 << 10
#: What a payload is filled up to a multiple of, and the pictures that leave room for it.
BLOCK = 64 << 10
ROOM = PART_BYTES - 4 * BLOCK

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"v", "log", "files", "data"}


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it was received; `verify` proves who made it."""

    log: str
    files: Mapping[str, bytes]
    line: bytes
    signature: str


def build(log: str, files: Mapping[str, bytes], public: bytes, sign: sshsig.Sign) -> bytes:
    """Return the payload of a pack of pictures by SHA-256. Raises InvalidObject as `parse` does."""
    data = b"".join(files.values())
    line = canonical.encode(
        {
            "v": VERSION,
            "log": log,
            "files": [[sha256, len(jpeg)] for sha256, jpeg in files.items()],
            "data": hashlib.sha256(data).hexdigest(),
        }
    )
    signature = sshsig.armored(public, sshsig.THUMBS, line, sign)
    pieces = (line, signature.encode(), data)
    size = len(frames.join((*pieces, b"")))
    payload = frames.join((*pieces, bytes(-size % BLOCK)))
    parse(payload)
    return payload


def parse(payload: bytes) -> Pack:
    """Take a payload apart. Raises InvalidObject: `form`, `version`, `too_large`, `root`."""
    pieces = frames.split(payload, 4)
    if len(pieces) != 4 or pieces[3].strip(b"\0"):
        raise InvalidObject("form", "not a line, a signature, pictures and zeros")
    line, signature, data, _ = pieces
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict) or content.keys() != _FIELDS:
        raise InvalidObject("form", "other fields")
    if content["v"] != VERSION or content["v"] is True:
        raise InvalidObject("version", str(content["v"])[:40])
    log = content["log"]
    if not isinstance(log, str) or not names.LOG.fullmatch(log):
        raise InvalidObject("form", "not a chain")
    if content["data"] != hashlib.sha256(data).hexdigest():
        raise InvalidObject("root", "other pictures than the line says")
    return Pack(log, _files(content["files"], data), line, armour.require(signature))


def verify(pack: Pack, public: bytes) -> None:
    """Raise sshsig.InvalidSignature unless `public` is the key that signed the pack."""
    sshsig.verify(pack.signature, public, sshsig.THUMBS, pack.line)


def _files(value: Any, data: bytes) -> dict[str, bytes]:
    if not isinstance(value, list):
        raise InvalidObject("form", "not a list of files")
    if len(value) > MOST_FILES:
        raise InvalidObject("too_large", f"{len(value)} pictures")
    found: dict[str, bytes] = {}
    at = 0
    for each in value:
        sha256, size = _file(each)
        found[sha256] = data[at : at + size]
        at += size
    if at != len(data) or len(found) != len(value):
        raise InvalidObject("form", "other pictures than are listed")
    return found


def _file(value: Any) -> tuple[str, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidObject("form", "not a file")
    sha256, size = value
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise InvalidObject("form", "not a SHA-256")
    if not isinstance(size, int) or isinstance(size, bool) or size < 1:
        raise InvalidObject("form", "not a size")
    if size > MOST_BYTES:
        raise InvalidObject("too_large", f"a picture of {size} bytes")
    return sha256, size
