"""How objects in a depot are named, and where each kind lies.

```
depot.json                            the marker
sp/<space>/k/<recipient>/<epoch>.age  envelopes: one listing finds those of one recipient
sp/<space>/m/<hash>                   statements
sp/<space>/h/<log>.<generation>       heads
sp/<space>/s/<log>/<hash>             segments
sp/<space>/i/<hash>                   file indexes
sp/<space>/b/<2 of it>/<hash>         parts of files
sp/<space>/n/<hash>                   manifests of snapshots
sp/<space>/p/<hash>                   packs of snapshots
sp/<space>/t/<hash>                   packs of thumbnails
```
Only lower-case letters, digits and a few signs, every path under 120 characters: they are the same
on FAT32, NTFS, SMB, WebDAV, SFTP and S3, whether or not letter case counts there. A <hash> is the
SHA-256 of the object's bytes, so whoever has no keys can tell damage.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from inspector.ledger.operation import base32
from inspector.sync.invalid import InvalidObject

MARKER = "depot.json"
MAX_NAME = 120
MAX_GENERATION = 10**10 - 1

#: The folders of a space. A listing of the parts is never needed: the indexes name them.
ENVELOPES, STATEMENTS, HEADS, SEGMENTS, INDEXES, PARTS, SNAPSHOTS, PACKS, THUMBS = "kmhsibnpt"
#: Folders whose objects are named by the hash of their bytes.
HASHED = frozenset({STATEMENTS, SEGMENTS, INDEXES, PARTS, SNAPSHOTS, PACKS, THUMBS})

HASH = re.compile(r"[a-z2-7]{52}")
LOG = re.compile(r"[a-z2-7]{26}")
SPACE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:@-]{0,79}")
EPOCH = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_COMPONENT = re.compile(r"[a-z0-9][a-z0-9-]{0,63}(?:\.[a-z0-9]{1,10})?")
_FOLDER = r"sp/[a-z2-7]{26}"
_KNOWN = re.compile(
    rf"{_FOLDER}/(?:k/[a-z2-7]{{26}}/{EPOCH.pattern}\.age|h/{LOG.pattern}\.[0-9]{{10}}"
    rf"|[minpt]/{HASH.pattern}|s/{LOG.pattern}/{HASH.pattern}|b/([a-z2-7]{{2}})/\1[a-z2-7]{{50}})"
)
#: What Windows takes for a device, whatever follows the dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


@dataclass(frozen=True, slots=True)
class HeadName:
    """The name of one head: whose, and the how many-th."""

    log: str
    generation: int


@lru_cache(maxsize=10_000)
def require(name: str) -> str:
    """Return `name` if it is a path that every depot can hold. Raises ValueError otherwise.

    It is relative, goes down only, and is written the same everywhere.
    """
    parts = name.split("/")
    sound = all(_COMPONENT.fullmatch(part) and not _DEVICES.fullmatch(part) for part in parts)
    if len(name) > MAX_NAME or not sound:
        raise ValueError(f"not the name of an object: {name[:MAX_NAME]!r}")
    return name


def is_known(name: str) -> bool:
    """Tell whether `name` is one that this version gives; newer versions may give others."""
    return name == MARKER or _KNOWN.fullmatch(name) is not None


def hash_of(data: bytes | bytearray | memoryview) -> str:
    """Return the hash that names an object: base32 of the SHA-256 of its bytes."""
    return base32(hashlib.sha256(data).digest())


@lru_cache(maxsize=100)
def space_folder(space: str) -> str:
    """Return the folder of a space. Derived, so that any id fits and none can be read there."""
    digest = hashlib.sha256(b"mingcha-space\n" + space.encode()).digest()
    return f"sp/{base32(digest)[:26]}"


@lru_cache(maxsize=1000)
def recipient_folder(space: str, recipient: str) -> str:
    """Return the folder with the envelopes for an age recipient ("age1…")."""
    digest = hashlib.sha256(b"mingcha-recipient\n" + recipient.encode()).digest()
    return f"{space_folder(space)}/{ENVELOPES}/{base32(digest)[:26]}"


def envelope(space: str, recipient: str, epoch: str) -> str:
    """Return the name of the envelope with the key of `epoch` for a recipient."""
    return f"{recipient_folder(space, recipient)}/{_matching(EPOCH, epoch)}.age"


def folder(space: str, kind: str) -> str:
    """Return the folder that holds one kind of objects of a space."""
    return f"{space_folder(space)}/{kind}"


def statement(space: str, digest: str) -> str:
    """Return the name of a sealed statement."""
    return f"{folder(space, STATEMENTS)}/{_matching(HASH, digest)}"


def segment_folder(space: str, log: str) -> str:
    """Return the folder with the segments of one chain."""
    return f"{folder(space, SEGMENTS)}/{_matching(LOG, log)}"


def segment(space: str, log: str, digest: str) -> str:
    """Return the name of a segment."""
    return f"{segment_folder(space, log)}/{_matching(HASH, digest)}"


def index(space: str, digest: str) -> str:
    """Return the name of a file index."""
    return f"{folder(space, INDEXES)}/{_matching(HASH, digest)}"


def thumbs(space: str, digest: str) -> str:
    """Return the name of a pack of thumbnails."""
    return f"{folder(space, THUMBS)}/{_matching(HASH, digest)}"


def part(space: str, digest: str) -> str:
    """Return the name of a part of a file."""
    return f"{folder(space, PARTS)}/{_matching(HASH, digest)[:2]}/{digest}"


def snapshot(space: str, digest: str) -> str:
    """Return the name of the manifest of a snapshot."""
    return f"{folder(space, SNAPSHOTS)}/{_matching(HASH, digest)}"


def pack(space: str, digest: str) -> str:
    """Return the name of a pack of a snapshot."""
    return f"{folder(space, PACKS)}/{_matching(HASH, digest)}"


def head(space: str, log: str, generation: int) -> str:
    """Return the name of the head that a chain's device writes as its `generation`-th (from 1)."""
    if not 1 <= generation <= MAX_GENERATION:
        raise ValueError(f"not a generation: {generation}")
    return f"{folder(space, HEADS)}/{_matching(LOG, log)}.{generation:010}"


def is_of_snapshot(name: str) -> bool:
    """Tell whether an object is a manifest or a pack of a snapshot."""
    return name.count("/") == 3 and name.split("/")[2] in (SNAPSHOTS, PACKS)


def head_name(name: str) -> HeadName | None:
    """Return what the name of a head says; None if it is no head's."""
    folders, _, last = name.rpartition("/")
    log, _, generation = last.partition(".")
    if not folders.endswith(f"/{HEADS}") or not _KNOWN.fullmatch(name):
        return None
    return HeadName(log, int(generation))


def hash_in(name: str) -> str | None:
    """Return the hash that the object `name` must have; None where a name holds no hash."""
    parts = name.split("/")
    if len(parts) < 4 or parts[2] not in HASHED or not HASH.fullmatch(parts[-1]):
        return None
    return parts[-1]


def require_bytes(name: str, data: bytes) -> None:
    """Raise InvalidObject (`name`) if the object `name` cannot be these bytes."""
    expected = hash_in(name)
    if expected is not None and hash_of(data) != expected:
        raise InvalidObject("name", "the bytes are not those the name stands for")


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError(f"not a part of a name: {text[:60]!r}")
    return text
