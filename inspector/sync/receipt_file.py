"""A receipt outside of any depot: as a file, as a code, as rows on paper.

Who cannot write where the entries came from says in a line of canonical JSON what it holds, signed
by its device (`mingcha-receipt@1`): operations by chain, place and id, and files by their SHA-256.
It proves as much as one in the chain and nothing else: whoever takes it in has to have these very
operations. The rows on paper leave out what the reader knows: of chains only how they begin, of
operations only their places. They stand for a receipt of its own that names no files.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32decode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.ledger import canonical, paper_rows, sshsig
from inspector.sync import armour, names
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterable

MAGIC = b"MCRECEIPT1\n"
#: What such files are called.
SUFFIX = "mcreceipt"
VERSION = 1
SUITE = "ed25519"
MOST_BYTES = 1 << 20
MOST_CHAINS = 500
MOST_FILES = 10_000

_HASH = re.compile(r"[0-9a-f]{64}")
_FIELDS = {"v", "su", "sp", "by", "held", "files"}
_MAX_PLACE = 2**31

# Rows: version, beginning of the signing chain, number of chains, for each its beginning and place,
# the signature; filled up with nothing to whole rows.
_PURPOSE = b"mingcha-receipt-rows@1"
_PREFIX = 4
_PLACE = 4


class Place(NamedTuple):
    """An operation that is held with everything it stands on."""

    log: str
    n: int
    op: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the device of the chain `by` holds: operations, files. Not verified by `parse`."""

    space: str
    by: str
    held: tuple[Place, ...]
    files: tuple[str, ...]
    signature: str = ""

    @property
    def line(self) -> bytes:
        """What is signed."""
        content = {
            "v": VERSION,
            "su": SUITE,
            "sp": self.space,
            "by": self.by,
            "held": [list(place) for place in self.held],
            "files": list(self.files),
        }
        return canonical.encode(content)

    @property
    def id(self) -> str:
        """What tells it from others: the SHA-256 of the line."""
        return hashlib.sha256(self.line).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the file."""
        return MAGIC + self.line + b"\n" + self.signature.encode()


def sign(
    space: str,
    by: str,
    held: Iterable[Place],
    files: Iterable[str],
    public: bytes,
    signs: sshsig.Sign,
) -> Receipt:
    """Return a receipt signed by the device of the chain `by`."""
    made = Receipt(space, by, tuple(sorted(held)), tuple(sorted(files)))
    armoured = sshsig.armored(public, sshsig.RECEIPT, made.line, signs)
    return Receipt(made.space, made.by, made.held, made.files, armoured)


def parse(raw: bytes) -> Receipt:
    """Take a file apart. Raises InvalidObject: `too_large`, `form`, `suite` (not known)."""
    if len(raw) > MOST_BYTES:
        raise InvalidObject("too_large", f"{len(raw)} bytes")
    line, _, signature = raw.removeprefix(MAGIC).partition(b"\n")
    if not raw.startswith(MAGIC):
        raise InvalidObject("form", "not a receipt")
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict):
        raise InvalidObject("form", "not an object")
    if content.get("v") != VERSION or content.get("su") != SUITE:
        raise InvalidObject("suite", "another version or suite")
    if content.keys() != _FIELDS:
        raise InvalidObject("form", "other fields")
    return Receipt(
        _text(content["sp"], names.SPACE),
        _text(content["by"], names.LOG),
        tuple(map(_place, _list(content["held"], MOST_CHAINS))),
        tuple(_text(each, _HASH) for each in _list(content["files"], MOST_FILES)),
        armour.require(signature.replace(b"\r\n", b"\n")),
    )


def verify(receipt: Receipt, public: bytes) -> None:
    """Raise sshsig.InvalidSignature unless `public` is the key that signed it."""
    sshsig.verify(receipt.signature, public, sshsig.RECEIPT, receipt.line)


def _list(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise InvalidObject("form", "a list")
    return value


def _place(value: object) -> Place:
    if not isinstance(value, list) or len(value) != 3:
        raise InvalidObject("form", "a place")
    log, n, op = value
    if type(n) is not int or not 0 < n < _MAX_PLACE:
        raise InvalidObject("form", "the number of a place")
    return Place(_text(log, names.LOG), n, _text(op, _HASH))


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise InvalidObject("form", "a text")
    return value


# -- on paper --------------------------------------------------------------------------------------


class Typed(NamedTuple):
    """What rows say: how chains begin, their places, the raw signature. It proves nothing yet."""

    by: bytes
    held: tuple[tuple[bytes, int], ...]
    signature: bytes


def beginning(log: str) -> bytes:
    """Return what of a chain's name stands in rows: its first bytes."""
    return b32decode(f"{log[:7]}=".upper())[:_PREFIX]


def rows(receipt: Receipt) -> tuple[str, ...]:
    """Return the rows for a receipt that names no files. Raises ValueError for one that does."""
    if receipt.files or len(receipt.held) > 255:
        raise ValueError("rows name no files, and not so many chains")
    data = bytes((VERSION,)) + beginning(receipt.by) + bytes((len(receipt.held),))
    for place in receipt.held:
        data += beginning(place.log) + place.n.to_bytes(_PLACE, "big")
    data += sshsig.signature_of(receipt.signature, sshsig.RECEIPT)
    return paper_rows.rows(data + bytes(-len(data) % paper_rows.ROW_BYTES), _PURPOSE)


def from_rows(text: str) -> Typed:
    """Return what was typed. Raises paper_rows.InvalidRow, InvalidObject: `form`, `suite`."""
    data = paper_rows.from_rows(text, _PURPOSE)
    if data[0] != VERSION:
        raise InvalidObject("suite", "another version")
    by, count, rest = data[1 : 1 + _PREFIX], data[1 + _PREFIX], data[2 + _PREFIX :]
    each = _PREFIX + _PLACE
    pairs = [rest[start : start + each] for start in range(0, count * each, each)]
    end = count * each + sshsig.SIGNATURE_BYTES
    if len(rest) < end or len(rest) - end >= paper_rows.ROW_BYTES or any(rest[end:]):
        raise InvalidObject("form", "a row is missing")
    held = tuple((pair[:_PREFIX], int.from_bytes(pair[_PREFIX:], "big")) for pair in pairs)
    return Typed(by, held, rest[count * each : end])


def spelled_out(typed: Typed, space: str, by: str, held: Iterable[Place], public: bytes) -> Receipt:
    """Return the receipt that rows stand for if they mean these chains; to be verified."""
    made = Receipt(space, by, tuple(sorted(held)), ())
    armoured = sshsig.armored(public, sshsig.RECEIPT, made.line, lambda _message: typed.signature)
    return Receipt(made.space, made.by, made.held, (), armoured)
