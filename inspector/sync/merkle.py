"""The Merkle tree over the operations of a segment (RFC 6962 section 2.1).

A leaf is hashed behind a zero byte, a node behind a one, so that neither passes for the other.
With it one operation can be shown to belong to a signed segment without showing the rest.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root (32 bytes) over `leaves`, in their order."""
    if not leaves:
        return hashlib.sha256().digest()
    level = [hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        # A last one without a neighbour goes up as it is: the tree of RFC 6962 for any number.
        above = [_node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = above + level[len(above) * 2 :]
    return level[0]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
