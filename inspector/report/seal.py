"""Lines to be signed, and the seal with its QR code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.report import page
from inspector.report.flow import ASCENT
from inspector.report.page import MM, Style
from inspector.report.qr import qr_squares

if TYPE_CHECKING:
    from inspector.report.flow import Flow
    from inspector.report.outline import Ruled, SealBox, Signatures
    from inspector.report.pen import Pen

_QR = 34 * MM
_COMPACT_QR = 16 * MM
_LINE = 13 * MM
_COMPACT_LINE = 7.8 * MM
_RULED = 8 * MM


def draw_signatures(flow: Flow, block: Signatures) -> None:
    """Set one line per signature: whose, space to sign, and the word for the date."""
    label = flow.styles[Style.TABLE]
    height = _COMPACT_LINE if block.compact else _LINE
    flow.need(min(len(block.rows), 6) * height)
    for title, date_word in block.rows:
        flow.need(height)
        baseline = flow.y - height + 7
        width = flow.pen.width(date_word, label)
        date_x = page.LEFT + page.TYPE_WIDTH - 34 * MM - width
        lines = flow.lines(title, label, 62 * MM)
        for number, line in enumerate(reversed(lines[:2])):
            y = baseline + number * label.leading
            flow.pen.line(page.LEFT, y, line.text, label)
        start = page.LEFT + min(62 * MM, max(line.width for line in lines)) + 6
        flow.pen.rule(start, baseline - 2, date_x - 10, baseline - 2, 0.5, page.INK)
        flow.pen.line(date_x, baseline, date_word, label)
        flow.pen.rule(
            date_x + width + 4,
            baseline - 2,
            page.LEFT + page.TYPE_WIDTH,
            baseline - 2,
            0.5,
            page.INK,
        )
        flow.y -= height
    flow.y -= 3 if block.compact else 8


def draw_ruled(flow: Flow, block: Ruled) -> None:
    """Set blank lines 8 mm apart."""
    label = flow.styles[Style.TABLE_HEAD]
    flow.need(label.leading + block.count * _RULED)
    flow.pen.line(page.LEFT, flow.y - ASCENT * label.size, block.label, label)
    flow.y -= label.leading - 4
    for _ in range(block.count):
        flow.y -= _RULED
        flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.4, page.RULE)
    flow.y -= 7


def draw_seal(flow: Flow, block: SealBox) -> None:
    """Set the facts of the seal in a frame, with the QR code at their left."""
    pad = 7.0 if block.compact else 10.0
    size = _COMPACT_QR if block.compact else _QR
    side = size + pad if block.payload else 0.0
    width = page.TYPE_WIDTH - side - 2 * pad
    head, text = flow.styles[Style.TABLE_HEAD], flow.styles[Style.TABLE]
    mono, note = flow.styles[Style.HASH], flow.styles[Style.CAPTION_NOTE]
    column = flow.label_width([label for label, _ in block.rows], head)
    rows = [
        (label, flow.lines(value, style, width - column), style)
        for label, value in block.rows
        for style in [mono if _is_hash(value) else text]
    ]
    notes = flow.lines(block.note, note, width)
    height = sum(len(lines) * text.leading + 2 for _, lines, _ in rows)
    height += len(notes) * note.leading + 6
    height = max(height, size if block.payload else 0.0) + 2 * pad
    flow.need(height)
    top = flow.y
    flow.pen.frame(page.LEFT, top - height, page.TYPE_WIDTH, height, page.INK, 0.9)
    if block.payload:
        draw_qr(flow.pen, block.payload, page.LEFT + pad, top - pad - size, size)
    flow.y = top - pad
    x = page.LEFT + pad + side
    for label, lines, style in rows:
        flow.pen.line(x, flow.y - ASCENT * head.size, label, head)
        for line in lines:
            flow.put(x + column, line, style)
            flow.y -= text.leading
        flow.y -= 2
    flow.y -= 4
    for line in notes:
        flow.put(x, line, note)
        flow.y -= note.leading
    flow.y = top - height - 12


def _is_hash(text: str) -> bool:
    """Tell a hash, or the fingerprint of a key, from what people read."""
    is_hash = len(text) == 64 and all(char in "0123456789abcdef" for char in text)
    return is_hash or text.startswith("SHA256:")


def draw_qr(pen: Pen, payload: str, x: float, y: float, side: float) -> None:
    """Draw a QR code (ISO/IEC 18004, correction M) in a square, as black rectangles.

    The widget of reportlab is not used: it brings an unembedded Helvetica into the document.
    """
    rows = qr_squares(payload)
    unit = side / len(rows)
    for number, row in enumerate(rows):
        start: int | None = None
        for column, dark in enumerate([*row, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                bottom = y + side - (number + 1) * unit
                pen.fill(x + start * unit, bottom, (column - start) * unit, unit, page.INK)
                start = None
