"""QR codes for the windows. Imported on a thread of its own: what is below loads slowly."""

from __future__ import annotations

from inspector.report.qr import Squares, qr_squares

__all__ = ("Squares", "qr_squares")
