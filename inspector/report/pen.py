"""Drawing on one document: text by role, lines, boxes, photographs, bookmarks.

The only module that writes text into a PDF. Positions are points from the lower left corner.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from inspector.report.fonts import MISSING_SIZE
from inspector.report.page import INK, PAGE_HEIGHT, PAGE_WIDTH
from inspector.report.writer import write_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from inspector.report.fonts import FontSet, Run
    from inspector.report.page import TextStyle
    from inspector.report.writer import JpegImage, Spool

# reportlab's settings are process-wide: one document at a time.
_ONE_DOCUMENT = threading.Lock()
#: EXIF orientation → matrix of the unit square that turns the picture upright.
_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


@contextmanager
def reportlab_settings() -> Iterator[None]:
    """Set reportlab up for exact and small files, and put its settings back afterwards.

    ASCII85 would make a document with 100 photographs 33 times slower; comments would print the
    paths of font files.
    """
    from reportlab import rl_config

    wanted = {"useA85": 0, "invariant": 1, "pdfComments": 0}
    with _ONE_DOCUMENT:
        before = {name: getattr(rl_config, name, 0) for name in wanted}
        for name, value in wanted.items():
            setattr(rl_config, name, value)
        try:
            yield
        finally:
            for name, value in before.items():
                setattr(rl_config, name, value)


class Pen:
    """A document that is being drawn. Use it inside `reportlab_settings()`."""

    def __init__(self, fonts: FontSet, body: TextStyle, spool: Spool, lang: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self.fonts = fonts
        self._spool = spool
        first = fonts.roles[body.role].font.fontName
        self.canvas: Any = Canvas(
            "",
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=first,
            initialFontSize=body.size,
            pdfVersion=(1, 5),
            lang="zh-CN" if lang == "zh" else "en",
        )
        self.page = 1
        self._images: dict[str, JpegImage] = {}

    # -- text --------------------------------------------------------------------------------

    def line(self, x: float, y: float, text: str, style: TextStyle, *, spread: float = 0.0) -> None:
        """Draw one line of text with its baseline at `y`.

        `spread`: points added between characters (justified lines).
        """
        scale = style.size / 1000
        for run in self.fonts.runs(text, style.role):
            if run.missing:
                self._missing(x, y, run, style)
                x += run.width * scale + spread
                continue
            self._run(x, y, run, style, spread)
            x += run.width * scale + spread * len(run.text)

    def _run(self, x: float, y: float, run: Run, style: TextStyle, spread: float) -> None:
        # Written directly: reportlab's text objects measure every text again.
        document, escape = self.canvas._doc, self.canvas._escape
        font = run.face.font
        colour = _colour(style.colour)
        parts = [f"BT {colour} rg"]
        if style.stroke:
            parts.append(f"{colour} RG {style.stroke * style.size:.3f} w 2 Tr")
        if spread:
            parts.append(f"{spread:.4f} Tc")
        parts.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
        for subset, codes in font.splitString(run.text, document):
            name = font.getSubsetInternalName(subset, document)
            parts.append(f"{name} {style.size:.3f} Tf ({escape(codes)}) Tj")
        parts.append("0 Tc 0 Tr ET")
        self.canvas.addLiteral(" ".join(parts))

    def _missing(self, x: float, y: float, run: Run, style: TextStyle) -> None:
        """Draw the number of a character that no font has, in a frame."""
        small = replace(style, size=style.size * MISSING_SIZE, stroke=0.0)
        width = run.width * style.size / 1000
        self.frame(x + 0.4, y - 0.15 * style.size, width - 0.8, 0.8 * style.size, style.colour)
        self._run(x + 0.06 * style.size, y + 0.06 * style.size, run, small, 0.0)

    def width(self, text: str, style: TextStyle) -> float:
        """Return the width of `text` in points."""
        return self.fonts.width(text, style.role, style.size)

    def right(self, x: float, y: float, text: str, style: TextStyle) -> None:
        """Draw one line that ends at `x`."""
        self.line(x - self.width(text, style), y, text, style)

    def centred(self, x: float, y: float, text: str, style: TextStyle) -> None:
        """Draw one line around `x`."""
        self.line(x - self.width(text, style) / 2, y, text, style)

    # -- shapes ------------------------------------------------------------------------------

    def rule(
        self, x1: float, y1: float, x2: float, y2: float, weight: float, colour: str = INK
    ) -> None:
        """Draw a straight line `weight` points thick."""
        line = f"{x1:.3f} {y1:.3f} m {x2:.3f} {y2:.3f} l S"
        self.canvas.addLiteral(f"{weight:.2f} w {_colour(colour)} RG {line}")

    def frame(
        self, x: float, y: float, width: float, height: float, colour: str, weight: float = 0.5
    ) -> None:
        """Draw the outline of a rectangle."""
        box = f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re S"
        self.canvas.addLiteral(f"{weight:.2f} w {_colour(colour)} RG {box}")

    def fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw a filled rectangle without outline."""
        box = f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re f"
        self.canvas.addLiteral(f"{_colour(colour)} rg {box}")

    def dashes(self, on: float = 0.0, off: float = 0.0) -> None:
        """Draw the lines that follow dashed, or solid again without arguments."""
        self.canvas.setDash([on, off] if on else [])

    @contextmanager
    def turned(self, x: float, y: float, degrees: float) -> Iterator[None]:
        """Draw what follows around the point (x, y), turned counter-clockwise."""
        self.canvas.saveState()
        self.canvas.translate(x, y)
        self.canvas.rotate(degrees)
        try:
            yield
        finally:
            self.canvas.restoreState()

    def photo(self, key: str, jpeg: bytes) -> JpegImage | None:
        """Take a JPEG file into the document, its bytes unchanged.

        `key` names the picture: taken twice, it is stored once. None if a PDF cannot carry it.
        """
        if key not in self._images:
            image = self._spool.add(key, jpeg)
            if image is None:
                return None
            self._images[key] = image
            document = self.canvas._doc
            document.Reference(image.stream, document.getXObjectName(key))
            document.addForm(key, image.stream)
        return self._images[key]

    def place(
        self, image: JpegImage, x: float, y: float, width: float, height: float, turn: int = 1
    ) -> None:
        """Draw a picture in a box, upright: `turn` is its EXIF orientation (1 to 8)."""
        a, b, c, d, e, f = _UPRIGHT.get(turn, _UPRIGHT[1])
        name = self.canvas._doc.getXObjectName(image.name)
        self.canvas.saveState()
        self.canvas.transform(width, 0, 0, height, x, y)
        self.canvas.transform(a, b, c, d, e, f)
        self.canvas.addLiteral(f"/{name} Do")
        self.canvas.restoreState()
        self.canvas._formsinuse.append(image.name)

    # -- pages and navigation ----------------------------------------------------------------

    def bookmark(self, key: str, title: str, level: int, y: float) -> None:
        """Add an entry to the outline that leads to height `y` of this page."""
        self.canvas.bookmarkHorizontal(key, 0, y)
        self.canvas.addOutlineEntry(title.replace("\n", " "), key, level, closed=level > 0)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle lead to the bookmark `key`."""
        self.canvas.linkRect("", key, (x, y, x + width, y + height), Border="[0 0 0]")

    def new_page(self) -> None:
        """Finish this page."""
        self.canvas.showPage()
        self.page += 1

    def save(self, target: BinaryIO) -> tuple[int, str]:
        """Write the document; returns its size in bytes and its SHA-256."""
        return write_document(self.canvas, target)


def _components(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@cache
def _colour(colour: str) -> str:
    return " ".join(f"{part:.4g}" for part in _components(colour))
