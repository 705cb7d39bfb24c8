"""QR codes as plain squares, for whoever draws them (ISO/IEC 18004 by way of reportlab)."""

from __future__ import annotations

import io

from PIL import Image
from reportlab.graphics.barcode import qrencoder

#: Which squares are dark, row by row from the top; without the quiet zone of four squares around.
Squares = tuple[tuple[bool, ...], ...]


def qr_squares(text: str) -> Squares:
    """Return the code for `text` in the smallest version that holds it at level M."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return tuple(tuple(bool(each) for each in line) for line in code.modules)


#: White squares around a code that the standard asks for; pixels of one square.
_QUIET, _SQUARE = 4, 8


def qr_picture(text: str) -> bytes:
    """Return the code for `text` as a picture (PNG), black on white with its quiet zone."""
    squares = qr_squares(text)
    side = len(squares) + 2 * _QUIET
    image = Image.new("1", (side, side), 1)
    for down, line in enumerate(squares, _QUIET):
        for across, dark in enumerate(line, _QUIET):
            if dark:
                image.putpixel((across, down), 0)
    out = io.BytesIO()
    large = image.resize((side * _SQUARE, side * _SQUARE), Image.Resampling.NEAREST)
    large.save(out, "PNG")
    return out.getvalue()
