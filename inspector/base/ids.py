"""Identifiers.

Everything has a UUID as text. Facts are UUIDv7 (they sort roughly by time of entry); a thing that
two laptops would otherwise invent twice has an id derived from its natural key instead.
"""

from __future__ import annotations

import os
from typing import Protocol

from inspector.base.hashing import hashed


class Entropy(Protocol):
    """Where random bytes come from; tests pass a repeatable source."""

    def __call__(self, count: int, /) -> bytes:
        """Return `count` random bytes."""
        ...


system_entropy: Entropy = os.urandom


def uuid7(ms: int, entropy: Entropy) -> str:
    """Return a UUIDv7 (RFC 9562 section 5.7) for the moment `ms` since 1970 UTC."""
    raw = bytearray((ms & (2**48 - 1)).to_bytes(6, "big") + entropy(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return _text(raw)


def derived_id(space: str, kind: str, *key: str) -> str:
    """Return the id that any device derives for the same natural key in the same space.

    A UUIDv8 (RFC 9562 section 5.8) from SHA-256; parts are joined by a control character that
    cannot occur in stored text, so that ("a", "bc") and ("ab", "c") differ.
    """
    digest = bytearray(hashed("\x1f".join((space, kind, *key)).encode()).digest()[:16])
    digest[6] = (digest[6] & 0x0F) | 0x80
    digest[8] = (digest[8] & 0x3F) | 0x80
    return _text(digest)


def _text(raw: bytearray) -> str:
    """Return 16 bytes as a UUID is written; `uuid.UUID` goes the long way, by one large number."""
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
