"""The container of every encrypted object. Bytes in, bytes out; no files, no randomness.

`b"MCOBJ1\\n"`, the length of the header (four bytes), the header (canonical JSON), then the
payload, packed or not, encrypted with ChaCha20-Poly1305 under a key made for this object alone:
HKDF-SHA256 of the epoch's key with a random salt. So no counter is kept anywhere, and a copied or
restored laptop can never use a key twice. What stands before the ciphertext is authenticated too.

The header is readable without keys: kind, space, epoch, salt, codec, suite. An object that is not
exactly that, or of a suite this version does not know, is refused.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspector.ledger import canonical
from inspector.ledger.operation import base32
from inspector.sync import names
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from inspector.base.ids import Entropy

Kind = Literal["statement", "head", "segment", "index", "part", "snapshot", "pack", "thumbs"]
Codec = Literal["none", "zlib"]

STATEMENT: Kind = "statement"
HEAD: Kind = "head"
SEGMENT: Kind = "segment"
INDEX: Kind = "index"
PART: Kind = "part"
SNAPSHOT: Kind = "snapshot"
PACK: Kind = "pack"
THUMBS: Kind = "thumbs"
KINDS = frozenset({STATEMENT, HEAD, SEGMENT, INDEX, PART, SNAPSHOT, PACK, THUMBS})

MAGIC = b"MCOBJ1\n"
SUITE = "chacha20-poly1305"
KEY_BYTES = SALT_BYTES = 32
#: What a part holds of a file, and a pack of segments. They are not packed: photographs and
#: segments already are.
PART_BYTES = 8 << 20
MAX_HEADER = 1024
#: A segment holds 1 MiB of operations. Eight times that, made of the smallest values there are,
#: still takes a parser less than 512 MB.
MAX_UNPACKED = 8 << 20

_ANY_MAGIC = re.compile(rb"MCOBJ[0-9]{1,4}\n")
_TAG_BYTES = 16
_LENGTH = 4
_CODECS = frozenset({"none", "zlib"})
#: What is not packed: photographs are already, and zeros that fill up would be for nothing.
_AS_THEY_ARE = frozenset({PART, PACK, THUMBS})
_MOST = dict.fromkeys(_AS_THEY_ARE, 9 << 20)
_MOST_OF_OTHERS = 8 << 20
# The key is used once, so the nonce need not differ.
_NONCE = bytes(12)
_INFO = b"mingcha-object@1 "
_LEVEL = 6
_SALT = re.compile(r"[a-z2-7]{52}")
_FIELDS = {"c", "ep", "k", "salt", "sp", "su"}


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of an object without its key; `salt` in base32."""

    kind: str
    space: str
    epoch: str
    salt: str
    codec: str


def most_bytes(kind: Kind) -> int:
    """Return how many bytes an object of this kind may have as it lies in a depot."""
    return _MOST.get(kind, _MOST_OF_OTHERS)


def seal(
    kind: Kind, space: str, epoch: str, key: bytes, payload: bytes | memoryview, entropy: Entropy
) -> bytes:
    """Return the object with `payload` for those who hold the epoch's `key` (32 bytes).

    Raises InvalidObject (`too_large`) beyond what `open_` would accept, ValueError for a key or
    epoch that is none.
    """
    codec: Codec = "none" if kind in _AS_THEY_ARE else "zlib"
    if len(payload) > (PART_BYTES if kind in _AS_THEY_ARE else MAX_UNPACKED):
        raise InvalidObject("too_large", f"{len(payload)} bytes")
    packed = payload if codec == "none" else zlib.compress(payload, _LEVEL)
    header = Header(kind, space, epoch, base32(_exactly(entropy(SALT_BYTES))), codec)
    front = _front(header)
    _parsed(front[len(MAGIC) + _LENGTH :])
    size = len(front) + len(packed) + _TAG_BYTES
    if size > most_bytes(kind):
        raise InvalidObject("too_large", f"{size} bytes")
    # Parts are large: the ciphertext is written where it shall stand instead of being moved there.
    sealed = bytearray(size)
    sealed[: len(front)] = front
    cipher = ChaCha20Poly1305(_subkey(key, header))
    cipher.encrypt_into(_NONCE, packed, front, memoryview(sealed)[len(front) :])
    return bytes(sealed)


def header(data: bytes) -> Header:
    """Return the header of an object, not proved: only `open_` proves it.

    Raises InvalidObject: `form`, `version`, `suite`, `codec`, `kind` (unknown), `too_large`.
    """
    return _parsed(data[len(MAGIC) + _LENGTH : _front_length(data)])


def open_(data: bytes, key: bytes, kind: Kind, space: str) -> bytes:
    """Return the payload of an object of this kind and space, sealed with the epoch's `key`.

    Raises InvalidObject; besides what `header` raises `kind`, `space` (another one), `cipher`
    (another key, or altered anywhere), `too_large`, `form`.
    """
    if len(data) > most_bytes(kind):
        raise InvalidObject("too_large", f"{len(data)} bytes")
    end = _front_length(data)
    found = _parsed(data[len(MAGIC) + _LENGTH : end])
    if found.kind != kind:
        raise InvalidObject("kind", f"{found.kind} for {kind}")
    if found.space != space:
        raise InvalidObject("space", found.space)
    view = memoryview(data)
    try:
        packed = ChaCha20Poly1305(_subkey(key, found)).decrypt(_NONCE, view[end:], data[:end])
    except InvalidTag as error:
        raise InvalidObject("cipher") from error
    return packed if found.codec == "none" else _unpacked(packed)


def _front(header: Header) -> bytes:
    line = canonical.encode(
        {
            "c": header.codec,
            "ep": header.epoch,
            "k": header.kind,
            "salt": header.salt,
            "sp": header.space,
            "su": SUITE,
        }
    )
    return MAGIC + len(line).to_bytes(_LENGTH) + line


def _front_length(data: bytes) -> int:
    """Return where the ciphertext begins."""
    start = len(MAGIC) + _LENGTH
    if not data.startswith(MAGIC):
        raise InvalidObject("version" if _ANY_MAGIC.match(data) else "form", "no such object")
    length = int.from_bytes(data[len(MAGIC) : start])
    if length > MAX_HEADER:
        raise InvalidObject("too_large", f"a header of {length} bytes")
    if len(data) < start + length + _TAG_BYTES:
        raise InvalidObject("form", "cut off")
    return start + length


def _parsed(line: bytes) -> Header:
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict) or content.get("su") != SUITE:
        suite = content.get("su") if isinstance(content, dict) else None
        raise InvalidObject("form" if suite is None else "suite", str(suite)[:40])
    if content.keys() != _FIELDS:
        raise InvalidObject("form", "other fields in the header")
    header = Header(*(str(content[name]) for name in ("k", "sp", "ep", "salt", "c")))
    if any(not isinstance(value, str) for value in content.values()):
        raise InvalidObject("form", "a field of the header that is no text")
    _require_known(header)
    return header


def _require_known(header: Header) -> None:
    for value, pattern in (
        (header.space, names.SPACE),
        (header.epoch, names.EPOCH),
        (header.salt, _SALT),
    ):
        if not pattern.fullmatch(value):
            raise InvalidObject("form", f"unexpected value {value[:40]!r}")
    if header.kind not in KINDS:
        raise InvalidObject("kind", header.kind[:40])
    if header.codec not in _CODECS or (header.kind in _AS_THEY_ARE) != (header.codec == "none"):
        raise InvalidObject("codec", header.codec[:40])


def _subkey(key: bytes, header: Header) -> bytes:
    """Return the key of one object; that of another epoch, kind or salt is another."""
    info = _INFO + header.kind.encode()
    return HKDF(SHA256(), KEY_BYTES, header.salt.encode(), info).derive(_exactly(key))


def _exactly(data: bytes) -> bytes:
    if len(data) != KEY_BYTES:
        raise ValueError(f"{len(data)} bytes where {KEY_BYTES} are needed")
    return data


def _unpacked(packed: bytes) -> bytes:
    """Unpack without ever making more than is allowed, whatever the bytes would unpack to."""
    unpacking = zlib.decompressobj()
    try:
        payload = unpacking.decompress(packed, MAX_UNPACKED + 1)
    except zlib.error as error:
        raise InvalidObject("form", "not packed as it says") from error
    if len(payload) > MAX_UNPACKED:
        raise InvalidObject("too_large", "unpacked")
    if not unpacking.eof or unpacking.unused_data:
        raise InvalidObject("form", "packed bytes cut off or followed by others")
    return payload
