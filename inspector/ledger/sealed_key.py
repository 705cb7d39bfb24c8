"""A person's secret key sealed by a passphrase, and the letters that stand for it on paper.

The sealed key is 70 bytes: version, cost, the first bytes of SHA-256 of the public key, a salt, and
the Ed25519 seed encrypted with ChaCha20-Poly1305 (RFC 8439) under scrypt (RFC 7914) of the
passphrase. Every sealing has a new salt, so the nonce can be fixed. On paper it is seven rows (see
`paper_rows`).
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import NamedTuple

from inspector.ledger import paper_rows

VERSION = 1
SEED_BYTES = 32
SALT_BYTES = 16
#: 2^17 blocks of 1 KiB: 128 MiB and some tenths of a second for every guess.
COST = 17
#: More than this is not tried: what is read may be made to exhaust the computer.
MAX_COST = 18
#: Shorter ones are too quickly guessed by whoever finds the sheet.
MIN_PASSPHRASE = 10

_BLOCK, _LANES = 8, 1
_MARK_BYTES = 4
_HEAD_BYTES = 2 + _MARK_BYTES + SALT_BYTES
_BYTES = _HEAD_BYTES + SEED_BYTES + 16
_PURPOSE = b"mingcha-person-key@1"
_NONCE = bytes(12)

ROWS = _BYTES // paper_rows.ROW_BYTES


class InvalidKey(ValueError):
    """The bytes are no sealed key of a version that is known here."""


class WrongPassphrase(ValueError):
    """The passphrase does not open this key."""


class SealedKey(NamedTuple):
    """The parts of a sealed key. mark: the first bytes of SHA-256 of the public key."""

    cost: int
    mark: bytes
    salt: bytes
    head: bytes
    secret: bytes


def normal(passphrase: str) -> str:
    """Return a passphrase as every keyboard gives it: Unicode NFC, nothing else changed."""
    return unicodedata.normalize("NFC", passphrase)


def length(passphrase: str) -> int:
    """Return how long a passphrase is: in letters, of which a wide (Chinese) one counts as two."""
    wide = ("W", "F")
    return sum(1 + (unicodedata.east_asian_width(each) in wide) for each in normal(passphrase))


def mark_of(public: bytes) -> bytes:
    """Return what of a public key a sealed one carries, to tell it from others."""
    return hashlib.sha256(public).digest()[:_MARK_BYTES]


def seal(seed: bytes, public: bytes, passphrase: str, salt: bytes, cost: int = COST) -> bytes:
    """Return the key `seed` (32 bytes) sealed by `passphrase`; `salt` is random and used once."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    head = bytes((VERSION, cost)) + mark_of(public) + salt
    cipher = ChaCha20Poly1305(_derived(passphrase, salt, cost))
    return head + cipher.encrypt(_NONCE, seed, _PURPOSE + head)


def parse(data: bytes) -> SealedKey:
    """Take a sealed key apart. Raises InvalidKey; an unknown version fails closed."""
    if len(data) != _BYTES or data[0] != VERSION or not 1 <= data[1] <= MAX_COST:
        raise InvalidKey(f"{len(data)} bytes, version {data[:1].hex()}")
    mark, salt = data[2 : 2 + _MARK_BYTES], data[2 + _MARK_BYTES : _HEAD_BYTES]
    return SealedKey(data[1], mark, salt, data[:_HEAD_BYTES], data[_HEAD_BYTES:])


def unseal(data: bytes, passphrase: str) -> bytes:
    """Return the seed. Raises InvalidKey, WrongPassphrase. Takes some tenths of a second."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    found = parse(data)
    cipher = ChaCha20Poly1305(_derived(passphrase, found.salt, found.cost))
    try:
        return cipher.decrypt(_NONCE, found.secret, _PURPOSE + found.head)
    except InvalidTag as error:
        raise WrongPassphrase from error


def _derived(passphrase: str, salt: bytes, cost: int) -> bytes:
    memory = 128 * _BLOCK * (2**cost + _LANES + 2)
    return hashlib.scrypt(
        normal(passphrase).encode(), salt=salt, n=2**cost, r=_BLOCK, p=_LANES, maxmem=memory,
        dklen=32,
    )  # fmt: skip


# -- on paper --------------------------------------------------------------------------------------


def rows(data: bytes) -> tuple[str, ...]:
    """Return the rows that stand for a sealed key: see `paper_rows`."""
    return paper_rows.rows(data, _PURPOSE)


def from_rows(text: str) -> bytes:
    """Return the sealed key that was typed or scanned from its rows. Raises InvalidRow."""
    return paper_rows.from_rows(text, _PURPOSE, ROWS)
