"""A segment: a run of operations of one chain, signed by the device that made them.

The payload is framed: the header line (canonical JSON), the armoured SSHSIG of the chain's device
over it, then every operation as it was received. The signature is inside what is encrypted, so
any member can seal the same segment again under another epoch. A segment's id is the SHA-256 of
its header line; the header names the operations by a Merkle root over their ids, which leaves
erased changes possible.

A run follows one branch of a chain: places without a gap, each operation naming the one before.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical, sshsig
from inspector.ledger import operation as operations
from inspector.ledger.operation import MAX_BYTES, InvalidOperation, Operation
from inspector.sync import armour, frames, merkle, names
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = 1
#: Where a device cuts: that many operations, or that many bytes of them.
MAX_OPERATIONS = 2000
MAX_RAW = 1 << 20

_MAX_LINE = 1024
_HASH = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"count", "first", "last", "log", "prev", "root", "sp", "v"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment whose operations are those its header names.

    `prev` is the id of the operation before the first (64 zeros at the beginning of the chain).
    Neither the signature nor what stands in the operations is proved by `parse`.
    """

    id: str
    space: str
    log: str
    first: int
    last: int
    prev: str
    line: bytes
    signature: str
    raw: tuple[bytes, ...]


def runs(sizes: Sequence[int]) -> Iterator[slice]:
    """Cut operations of these sizes (bytes, in the order of their places) into segments."""
    start = size = 0
    for at, each in enumerate(sizes):
        if at > start and (at - start == MAX_OPERATIONS or size + each > MAX_RAW):
            yield slice(start, at)
            start, size = at, 0
        size += each
    if start < len(sizes):
        yield slice(start, len(sizes))


def build(space: str, raw: Sequence[bytes], public: bytes, sign: sshsig.Sign) -> bytes:
    """Return the payload of a segment with these operations, signed by their device.

    Raises InvalidObject where `parse` or `parsed` would.
    """
    first = operations.parse(raw[0])
    line = canonical.encode(
        {
            "v": VERSION,
            "sp": space,
            "log": first.header.log,
            "first": first.header.n,
            "last": first.header.n + len(raw) - 1,
            "count": len(raw),
            "prev": first.header.prev,
            "root": merkle.root(_ids(raw)).hex(),
        }
    )
    signature = sshsig.armored(public, sshsig.SEGMENT, line, sign)
    payload = frames.join((line, signature.encode(), *raw))
    for _operation in parsed(parse(payload)):
        pass
    return payload


def parse(payload: bytes) -> Segment:
    """Take a payload apart and prove that its operations are those the header names.

    Raises InvalidObject: `form`, `version`, `too_large`, `root`.
    """
    pieces = frames.split(payload, MAX_OPERATIONS + 2)
    if len(pieces) < 3:
        raise InvalidObject("form", "a segment without operations")
    line, signature, *raw = pieces
    if sum(map(len, raw)) > MAX_RAW + MAX_BYTES or max(map(len, raw)) > MAX_BYTES:
        raise InvalidObject("too_large", "its operations")
    content = _content(line)
    segment = Segment(
        id=hashlib.sha256(line).hexdigest(),
        space=content["sp"],
        log=content["log"],
        first=content["first"],
        last=content["last"],
        prev=content["prev"],
        line=line,
        signature=armour.require(signature),
        raw=tuple(raw),
    )
    if content["count"] != len(raw) or segment.last - segment.first + 1 != len(raw):
        raise InvalidObject("form", "another number of operations")
    if merkle.root(_ids(raw)).hex() != content["root"]:
        raise InvalidObject("root")
    return segment


def verify(segment: Segment, public: bytes) -> None:
    """Raise sshsig.InvalidSignature unless `public` is the key that signed the segment."""
    sshsig.verify(segment.signature, public, sshsig.SEGMENT, segment.line)


def parsed(segment: Segment) -> Iterator[Operation]:
    """Parse the operations one after the other and prove that they are the run that is named.

    Raises InvalidObject: `chain` (another chain, place or predecessor), or the code of the
    operation that is not valid with `form`.
    """
    before, lamport = segment.prev, 0
    for place, raw in enumerate(segment.raw, segment.first):
        try:
            operation = operations.parse(raw)
        except InvalidOperation as error:
            raise InvalidObject("form", f"operation {place}: {error}") from error
        header = operation.header
        if (header.log, header.n, header.prev) != (segment.log, place, before):
            raise InvalidObject("chain", f"operation {place}")
        if header.lc <= lamport:
            raise InvalidObject("chain", f"the counter of operation {place}")
        before, lamport = operation.id, header.lc
        yield operation


def _ids(raw: Sequence[bytes]) -> list[bytes]:
    return [hashlib.sha256(each.partition(b"\n")[0]).digest() for each in raw]


def _content(line: bytes) -> dict[str, Any]:
    if len(line) > _MAX_LINE:
        raise InvalidObject("too_large", "the header")
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict) or content.keys() != _FIELDS:
        raise InvalidObject("form", "other fields in the header")
    if content["v"] != VERSION or content["v"] is True:
        raise InvalidObject("version", str(content["v"])[:40])
    texts = (
        (content["sp"], names.SPACE),
        (content["log"], names.LOG),
        (content["prev"], _HASH),
        (content["root"], _HASH),
    )
    if not all(isinstance(text, str) and pattern.fullmatch(text) for text, pattern in texts):
        raise InvalidObject("form", "a text in the header")
    numbers = (content["first"], content["last"], content["count"])
    if not all(type(number) is int and number > 0 for number in numbers):
        raise InvalidObject("form", "a number in the header")
    return content
