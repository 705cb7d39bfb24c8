"""The keys of epochs: what binds one to its statement without telling it."""

from __future__ import annotations

import hashlib
import hmac

KEY_BYTES = 32


def commitment(key: bytes) -> str:
    """Return SHA-256(HKDF-SHA256(key, info "commitment")) in hex (RFC 5869, no salt, 32 bytes).

    An administrator signs it, so nobody can slip another key under the name of an epoch.
    """
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hashlib.sha256(hmac.digest(extracted, b"commitment\x01", "sha256")).hexdigest()


def fits(key: bytes, committed: str) -> bool:
    """Tell whether this is the key that was committed to."""
    return len(key) == KEY_BYTES and hmac.compare_digest(commitment(key), committed)
