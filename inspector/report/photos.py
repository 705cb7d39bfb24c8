"""Photographs: where their bytes come from, and how they stand on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
_SHRINK_SMALL = 0.68
#: The part of the width that a photograph takes whose caption stands beside it.
_BESIDE = 0.58


class PhotoSource(Protocol):
    """Gives the bytes to print for a stored photograph.

    `jpeg` and `original` raise OSError, LookupError, ValueError or MingchaError if there is nothing
    to print; the paper then shows a frame with the reason.
    """

    def jpeg(self, sha256: str, box_width_px: int, box_height_px: int) -> tuple[bytes, int, int]:
        """Return an upright JPEG file that fits the box, with its width and height in pixels."""
        ...

    def stands_in(self, sha256: str) -> bool:
        """Tell whether `jpeg` is made of a smaller picture, because the original is not here."""
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
    """Set photographs in their grid; each with its caption below.

    What is left of a page is filled before the next is begun: photographs shrink a little, two
    that would stand one below the other stand side by side, one has its caption beside it.
    """
    items = tuple(_told(photo, plan, tr) for photo in block.items)
    while items:
        row = _row(flow, items, block, plan)
        row = row or _begun(flow, items, block, plan)
        top = flow.y
        for number, photo in enumerate(items[: row.columns]):
            box = _Box(page.LEFT + number * (row.width + _GAP), top, row.width, row.height)
            draw = _draw_beside if row.beside else _draw
            flow.y = min(flow.y, draw(flow, photo, box, plan, tr))
            flow.photos += 1
        flow.y -= _GAP
        items = items[row.columns :]


def _told(photo: Photo, plan: PhotoPlan, tr: Translator) -> Photo:
    """Return a photograph that says so where it is printed from a smaller picture."""
    if photo.reason or not plan.source.stands_in(photo.sha256):
        return photo
    words = tr("Printed from a preview; the original is not on this computer.")
    return replace(photo, details=(*photo.details, words))


@dataclass(frozen=True, slots=True)
class _Row:
    """How the next photographs stand: so many side by side, each in a box of this size."""

    columns: int
    width: float
    height: float
    beside: bool = False


def _begun(flow: Flow, items: tuple[Photo, ...], block: Photos, plan: PhotoPlan) -> _Row:
    """Begin a page and return its first row of photographs."""
    flow.new_page()
    row = _row(flow, items, block, plan)
    assert row is not None
    return row


def _row(flow: Flow, items: tuple[Photo, ...], block: Photos, plan: PhotoPlan) -> _Row | None:
    """Return how the next photographs stand on this page, None if it has no room for them."""
    columns, rows = (2, 3) if block.small else {1: (1, 1), 2: (1, 2), 4: (2, 2)}[plan.per_page]
    # Low ones – panoramas, frames of what cannot be shown – leave room for more than asked for.
    left = columns * rows - flow.photos
    if left < min(columns, len(items)):
        return None
    full = (CEILING - FLOOR - (rows - 1) * _GAP) / rows
    usual = _side_by_side(flow, items, columns, full, _SHRINK_SMALL if block.small else _SHRINK)
    if usual or plan.per_page == 1 or columns > 1:
        return usual
    if min(left, len(items)) > 1 and (pair := _side_by_side(flow, items, 2, full, _SHRINK_SMALL)):
        return pair
    return _with_caption_beside(flow, items[0])


def _side_by_side(
    flow: Flow, items: tuple[Photo, ...], columns: int, full: float, shrink: float
) -> _Row | None:
    """Return a row of photographs as high as fits, None if they would become too small."""
    width = (page.TYPE_WIDTH - (columns - 1) * _GAP) / columns
    captions = max(_caption_height(flow, photo, width) for photo in items[:columns])
    # A page that holds one photograph lets an upright one be higher than wide.
    ratio = 1.05 if full > 0.9 * page.TYPE_HEIGHT else 0.75
    height = min(full, width * ratio + captions)
    if not flow.at_top and flow.room() < captions + shrink * (height - captions):
        return None
    return _Row(columns, width, min(height, flow.room()))


def _with_caption_beside(flow: Flow, photo: Photo) -> _Row | None:
    """Return a row of one photograph with room for its caption on the right."""
    width = _BESIDE * page.TYPE_WIDTH
    height = min(width * 0.75, flow.room())
    caption = _caption_height(flow, photo, page.TYPE_WIDTH - width - _GAP)
    if height < max(caption, _SHRINK * width * 0.75):
        return None
    return _Row(1, width, height, beside=True)


def _caption_height(flow: Flow, photo: Photo, width: float) -> float:
    caption, note = flow.styles[Style.CAPTION], flow.styles[Style.CAPTION_NOTE]
    lines = len(flow.lines(photo.caption, caption, width))
    details = sum(len(flow.lines(text, note, width)) for text in photo.details)
    return min(lines, 6) * caption.leading + details * note.leading + 6


def _draw(flow: Flow, photo: Photo, box: _Box, plan: PhotoPlan, tr: Translator) -> float:
    """Draw one photograph and its caption; returns the height where they end."""
    room = box.height - _caption_height(flow, photo, box.width)
    drawn = _picture(flow, photo, replace(box, height=room), plan, tr)
    # Below the picture and as wide as it, unless that takes more lines than there is room for.
    left = box.height - drawn.height
    if drawn.width > 0.6 * box.width and _caption_height(flow, photo, drawn.width) <= left:
        box = drawn
    return _caption(flow, photo, box, drawn.top - drawn.height - 5)


def _draw_beside(flow: Flow, photo: Photo, box: _Box, plan: PhotoPlan, tr: Translator) -> float:
    """Draw one photograph with its caption on the right; returns the height where both end."""
    drawn = _picture(flow, photo, box, plan, tr, centred=False)
    right = drawn.x + drawn.width + _GAP
    width = page.LEFT + page.TYPE_WIDTH - right
    end = _caption(flow, photo, _Box(right, box.top, width, box.height), box.top)
    return min(end, drawn.top - drawn.height)


def _picture(
    flow: Flow, photo: Photo, box: _Box, plan: PhotoPlan, tr: Translator, *, centred: bool = True
) -> _Box:
    """Draw a picture, or a frame that says why there is none, into `box`; returns what it took."""
    flow.begin()
    image, turn, reason = _take(flow, photo, box.width, box.height, plan, tr)
    if image is None:
        frame = replace(box, height=min(box.height, box.width * 0.4))
        _frame(flow, photo, reason, frame, frame.height)
        return frame
    across = image.height if turn >= 5 else image.width
    down = image.width if turn >= 5 else image.height
    scale = min(box.width / across, box.height / down)
    width, height = across * scale, down * scale
    left = box.x + ((box.width - width) / 2 if centred else 0.0)
    flow.pen.place(image, left, box.top - height, width, height, turn)
    flow.pen.frame(left, box.top - height, width, height, page.RULE, 0.3)
    return _Box(left, box.top, width, height)


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
        if plan.originals and not plan.source.stands_in(photo.sha256):
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
