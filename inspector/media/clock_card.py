"""The clock card: shown full-screen and photographed by each camera.

The difference between what the card shows and what the camera writes into that photograph is
what must be added to the camera's times.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from inspector.base.clock import Reading, to_datetime

if TYPE_CHECKING:
    from PIL.Image import Image

#: What a machine reads in the square code: this word, milliseconds since 1970 UTC, zone minutes.
CODE_WORD = "MINGCHA-CLOCK"
_WHITE, _BLACK, _GREY = 255, 0, 90
_QUIET_MODULES = 4  # ISO/IEC 18004: margin of a QR code


def offset_from(shown_ms: int, camera_ms: int) -> int:
    """Return what must be added to a camera's times (milliseconds).

    shown_ms: what the card showed; camera_ms: what the camera claims for its photograph; both in
    milliseconds since 1970 UTC.
    """
    return shown_ms - camera_ms


def card_code(ms: int, zone: int) -> str:
    """Return the text of the card's square code."""
    return f"{CODE_WORD} {ms} {zone}"


def clock_card(reading: Reading, size: tuple[int, int] = (1920, 1080)) -> bytes:
    """Return the card for a moment as PNG of `size` pixels: time, date, zone, square code.

    Digits only, so that it needs no font of the system and no language.
    """
    # Loaded here: the window shows a card rarely and must start without these libraries.
    from PIL import Image as images
    from PIL import ImageDraw, ImageFont

    width, height = size
    moment = to_datetime(reading.ms, reading.zone)
    card = images.new("L", size, _WHITE)
    draw = ImageDraw.Draw(card)
    sign, minutes = ("-" if reading.zone < 0 else "+"), abs(reading.zone)
    date = f"{moment:%Y-%m-%d}   UTC{sign}{minutes // 60:02}:{minutes % 60:02}"
    # Portions of the card: digits in the upper half, date and code below.
    lines = ((f"{moment:%H:%M:%S}", width / 4.6, 0.27, _BLACK), (date, width / 20, 0.52, _GREY))
    for text, points, middle, ink in lines:
        font = ImageFont.load_default(points)
        draw.text((width / 2, height * middle), text, ink, font, anchor="mm")
    code = _square_code(card_code(reading.ms, reading.zone))
    side = int(height * 0.36) // code.width * code.width
    enlarged = code.resize((side, side), images.Resampling.NEAREST)
    card.paste(enlarged, ((width - side) // 2, int(height * 0.61)))
    out = io.BytesIO()
    card.save(out, "PNG")
    return out.getvalue()


def _square_code(text: str) -> Image:
    """Return a QR code with one pixel for each module and the margin the standard asks for."""
    from PIL import Image as images
    from reportlab.graphics.barcode import qrencoder  # pure Python; no drawing, hence no font

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    square = images.new("L", (count + 2 * _QUIET_MODULES,) * 2, _WHITE)
    for row in range(count):
        for column in range(count):
            if code.isDark(row, column):
                square.putpixel((column + _QUIET_MODULES, row + _QUIET_MODULES), _BLACK)
    return square
