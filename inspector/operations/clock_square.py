"""The square code of the clock card. Imported apart: what is below loads slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.media.clock_card import card_code
from inspector.report.qr import qr_squares

if TYPE_CHECKING:
    from inspector.report.qr import Squares


def card_square(ms: int, zone: int) -> Squares:
    """Return the card's square code for a moment, which takes some hundredths of a second."""
    return qr_squares(card_code(ms, zone))
