"""SHA-256, loaded with the first bytes that are hashed: what is shown first needs none of it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import hashlib

#: It loads a library of cryptography, which takes as long as all that Home reads.
_HASHLIB = "hashlib"


def hashed(data: bytes = b"") -> hashlib._Hash:
    """Return the SHA-256 of `data`, to which more can be added."""
    made: hashlib._Hash = _library().sha256(data)
    return made


def hashed_file(file: BinaryIO) -> hashlib._Hash:
    """Return the SHA-256 of what is left in a file. Others compute meanwhile."""
    made: hashlib._Hash = _library().file_digest(file, "sha256")
    return made


@cache
def _library() -> Any:
    return import_module(_HASHLIB)
