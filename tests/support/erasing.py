"""An operation of which a change was erased, as other programs may hand it over."""

from __future__ import annotations

import hashlib


def erase_change(raw: bytes, index: int) -> bytes:
    """Return `raw` with change `index` replaced by its hash. The operation's id stays the same."""
    first, *lines = raw.split(b"\n")
    if not lines[index].startswith(b"#"):
        lines[index] = b"#" + hashlib.sha256(lines[index]).hexdigest().encode()
    return b"\n".join([first, *lines])
