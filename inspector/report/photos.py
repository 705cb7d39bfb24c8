"""Photographs: where their bytes come from, and how they stand on the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from inspector.base.errors import MingchaError
from inspector.report import page
from inspector.report.flow import CEILING, FLOOR
from inspector.report.page import MM, Style
from inspector.report.text import fit

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.report.flow import Flow
    from inspector.report.outline import Photo, Photos
    from inspector.report.writer import JpegImage

#: Fine enough for paper; the original stays in the workspace.
DEFAULT_DPI = 200
_GAP = 5 * MM
#: A picture may be this much smaller rather than leave the rest of a page white.
_SHRINK = 0.62
#: Those that are small already lose less.
_SHRINK_SMALL = 0.85


class PhotoSource(Protocol):
    """Gives the bytes to print for a stored photograph.

    Both methods raise OSError, LookupError, ValueError or MingchaError if there is nothing to
    print; the paper then shows a frame with the reason.
    """

    def jpeg(self, sha256: str, box_width_px: int, box_height_px: int) -> tuple[bytes, int, int]:
        """Return an upright JPEG file that fits the box, with its width and height in pixels."""
        ...

    def original(self, sha256: str) -> bytes:
        """Return the original file; asked only if originals were to be embedded."""
        ...


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """How photographs are printed."""

    source: PhotoSource
    per_page: int
    dpi: int
    originals: bool


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    top: float
    width: float
    height: float


def draw_photos(flow: Flow, block: Photos, plan: PhotoPlan, tr: Translator) -> None:
    """Set photographs in their grid; each with its caption below."""
    columns, full_rows = {1: (1, 1), 2: (1, 2), 4: (2, 2)}[plan.per_page]
    if block.small:
        columns, full_rows = 2, 3
    full = (CEILING - FLOOR - (full_rows - 1) * _GAP) / full_rows
    width = (page.TYPE_WIDTH - (columns - 1) * _GAP) / columns
    for start in range(0, len(block.items), columns):
        row = block.items[start : start + columns]
        captions = max(_caption_height(flow, photo, width) for photo in row)
        height = min(full, width * 0.75 + captions)
        if columns == full_rows == 1:
            height = min(full, max(height, width * 1.05))
        shrink = _SHRINK_SMALL if block.small else _SHRINK
        least = captions + shrink * (height - captions)
        if not height > flow.room() >= least:
            flow.need(height - 1)
        height = min(height, flow.room())
        top = flow.y
        for number, photo in enumerate(row):
            box = _Box(page.LEFT + number * (width + _GAP), top, width, height)
            lowest = _draw(flow, photo, box, plan, tr)
            flow.y = min(flow.y, lowest)
        flow.y -= _GAP


def _caption_height(flow: Flow, photo: Photo, width: float) -> float:
    caption, note = flow.styles[Style.CAPTION], flow.styles[Style.CAPTION_NOTE]
    lines = len(flow.lines(photo.caption, caption, width))
    details = sum(len(flow.lines(text, note, width)) for text in photo.details)
    return min(lines, 6) * caption.leading + details * note.leading + 6


def _draw(flow: Flow, photo: Photo, box: _Box, plan: PhotoPlan, tr: Translator) -> float:
    """Draw one photograph and its caption; returns the height where they end."""
    flow.begin()
    room = box.height - _caption_height(flow, photo, box.width)
    image, turn, reason = _take(flow, photo, box.width, room, plan, tr)
    if image is None:
        room = min(room, box.width * 0.4)
        _frame(flow, photo, reason, box, room)
        bottom = box.top - room
    else:
        across = image.height if turn >= 5 else image.width
        down = image.width if turn >= 5 else image.height
        scale = min(box.width / across, room / down)
        width, height = across * scale, down * scale
        left = box.x + (box.width - width) / 2
        flow.pen.place(image, left, box.top - height, width, height, turn)
        flow.pen.frame(left, box.top - height, width, height, page.RULE, 0.3)
        bottom = box.top - height
        narrow = _Box(left, box.top, width, box.height)
        # Below the picture and as wide as it, unless that takes more lines than there is room for.
        if width > 0.6 * box.width and _caption_height(flow, photo, width) <= box.height - height:
            box = narrow
    return _caption(flow, photo, box, bottom - 5)


def _caption(flow: Flow, photo: Photo, box: _Box, y: float) -> float:
    before = flow.y
    flow.y = y
    caption, note = flow.styles[Style.CAPTION], flow.styles[Style.CAPTION_NOTE]
    for line in flow.lines(photo.caption, caption, box.width)[:6]:
        flow.put(box.x, line, caption)
        flow.y -= caption.leading
    for text in photo.details:
        for line in flow.lines(text, note, box.width):
            flow.put(box.x, line, note)
            flow.y -= note.leading
    end, flow.y = flow.y, before
    flow.progress.step()
    return end


def _take(
    flow: Flow, photo: Photo, width: float, height: float, plan: PhotoPlan, tr: Translator
) -> tuple[JpegImage | None, int, str]:
    """Return the picture, its EXIF orientation, and else the reason why there is none."""
    if photo.reason:
        return None, 1, photo.reason
    try:
        if plan.originals:
            image = flow.pen.photo(photo.sha256, plan.source.original(photo.sha256))
            if image is not None:
                return image, photo.orientation, ""
        pixels = [max(1, round(length / 72 * plan.dpi)) for length in (width, height)]
        jpeg, _width, _height = plan.source.jpeg(photo.sha256, pixels[0], pixels[1])
        image = flow.pen.photo(f"{photo.sha256}-{pixels[0]}x{pixels[1]}", jpeg)
    except MingchaError as error:
        return None, 1, error.text(tr)
    except (OSError, LookupError, ValueError):
        return None, 1, tr("This file cannot be shown as a picture here. Its bytes are kept.")
    if image is None:
        return None, 1, tr("This file cannot be shown as a picture here. Its bytes are kept.")
    return image, 1, ""


def _frame(flow: Flow, photo: Photo, reason: str, box: _Box, height: float) -> None:
    """Draw a dashed frame with name, hash and reason where a picture should be."""
    pen = flow.pen
    name, note = flow.styles[Style.CAPTION], flow.styles[Style.CAPTION_NOTE]
    mono = flow.styles[Style.HASH]
    pen.fill(box.x, box.top - height, box.width, height, page.SUNKEN)
    pen.dashes(3, 2)
    pen.frame(box.x, box.top - height, box.width, height, page.RULE, 0.7)
    pen.dashes()
    inner = box.width - 24
    lines = [(line.text, note) for line in flow.lines(reason, note, inner)[:5]]
    lines.insert(0, (fit(photo.name, pen.fonts, name.role, name.size, inner), name))
    lines += [(line.text, mono) for line in flow.lines(photo.sha256, mono, inner)]
    y = box.top - (height - sum(style.leading for _, style in lines)) / 2
    for text, style in lines:
        y -= style.leading
        pen.centred(box.x + box.width / 2, y + 0.25 * style.leading, text, style)
