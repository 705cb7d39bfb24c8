"""QR codes as plain squares, for whoever draws them (ISO/IEC 18004 by way of reportlab)."""

from __future__ import annotations

from reportlab.graphics.barcode import qrencoder

#: Which squares are dark, row by row from the top; without the quiet zone of four squares around.
Squares = tuple[tuple[bool, ...], ...]


def qr_squares(text: str) -> Squares:
    """Return the code for `text` in the smallest version that holds it at level M."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(bool(each) for each in line) for line in code.modules)
