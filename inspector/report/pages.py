"""Pages of a finished PDF as pictures, to be looked at before it is exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it will be printed: 4 bytes a pixel (blue, green, red, unused), row by row."""

    number: int
    width: int
    height: int
    stride: int
    data: bytes


def draw_page(path: Path, number: int, width: int, height: int = 0) -> PagePicture:
    """Return page `number` (from 0) of a PDF, `width` pixels wide.

    height: it is no higher than so many pixels, 0 for any height. Raises IndexError, OSError.
    """
    import pypdfium2  # loads a library of several megabytes, for this alone

    with pypdfium2.PdfDocument(path) as document:
        if not 0 <= number < len(document):
            raise IndexError(number)
        page = document[number]
        scale = width / page.get_width()
        if height:
            scale = min(scale, height / page.get_height())
        drawn = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        data = bytes(drawn.buffer)
        return PagePicture(number, drawn.width, drawn.height, drawn.stride, data)
