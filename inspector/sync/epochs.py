"""Keys of epochs: how a statement is bound to one without telling it."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspector.sync.sealed import KEY_BYTES

_INFO = b"commitment"


def commitment(key: bytes) -> str:
    """Return what the statement of an epoch says of its key (32 bytes): 64 hex digits.

    It binds the administrator to one key for everybody, and tells nothing of the key. Raises
    ValueError for a key that is none.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"{len(key)} bytes where {KEY_BYTES} are needed")
    return hashlib.sha256(HKDF(SHA256(), KEY_BYTES, None, _INFO).derive(key)).hexdigest()
