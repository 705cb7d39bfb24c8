"""What the bytes of a JPEG tell beyond what the decoder reports (ITU-T T.81)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Sum of the standard luminance table (annex K): tells the quality of common encoders.
_STANDARD_SUM = 3688
# In a scan 0xFF is followed by 0 (stuffed), 0xFF (fill) or a restart; anything else is a marker.
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
_END, _SCAN = 0xD9, 0xDA
# What may stand between scans: tables, restart interval, lines, comments, application data.
_BETWEEN = frozenset({0xC4, _SCAN, 0xDB, 0xDC, 0xDD, 0xFE, *range(0xE0, 0xF0)})


def estimated_quality(tables: Mapping[int, Sequence[int]]) -> int:
    """Estimate the quality setting of libjpeg from the luminance table, 0 if there is none.

    Inverts the scaling of libjpeg's jcparam.c on the sum of the table; other encoders come out
    roughly.
    """
    total = sum(tables.get(0, ()))
    if not total:
        return 0
    scale = total * 100 / _STANDARD_SUM
    estimate = (200 - scale) / 2 if scale <= 100 else 5000 / scale
    return max(1, min(100, round(estimate)))


def scans_are_sound(data: bytes) -> bool:
    """Whether the compressed data hold no impossible marker and end as they should.

    The decoder conceals such damage – shifted or grey parts – without a word.
    """
    at = _first_scan(data)
    while at:
        found = _MARKER.search(data, at)
        kind = found[1][0] if found else 0
        if found is None or kind == _END:
            return kind == _END
        if kind not in _BETWEEN:
            return False
        at = found.end() + max(2, int.from_bytes(data[found.end() : found.end() + 2], "big"))
    return False


def _first_scan(data: bytes) -> int:
    """Return where the first scan's header begins to be followed by data, 0 if nowhere."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if kind == 0xFF:  # a fill byte
            at += 1
            continue
        if kind == _SCAN:
            return at + 2 + size
        at += 2 + max(2, size)
    return 0
