"""The cover and the page of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.report import page
from inspector.report.flow import ASCENT, CEILING, FLOOR
from inspector.report.outline import Heading
from inspector.report.page import MM, Style

if TYPE_CHECKING:
    from inspector.report.flow import Flow
    from inspector.report.outline import Contents, Cover, Outline

#: The numbers of the contents page are known only at the end: they are a form drawn then.
_NUMBERS = "contents-numbers"
_MOST = 24


def draw_cover(flow: Flow, block: Cover) -> None:
    """Set title, place, state, facts and the small note on fonts."""
    flow.bare = True
    flow.begin()
    flow.watermark()
    flow.stamp()
    title, hall = flow.styles[Style.COVER_TITLE], flow.styles[Style.COVER_HALL]
    flow.y = CEILING - 26 * MM
    middle = page.LEFT + page.TYPE_WIDTH / 2
    for line in flow.lines(block.title, title, page.TYPE_WIDTH):
        flow.pen.centred(middle, flow.y - ASCENT * title.size, line.text, title)
        flow.y -= title.leading
    flow.pen.rule(page.LEFT, flow.y - 4, page.LEFT + page.TYPE_WIDTH, flow.y - 4, 1.0, page.INK)
    flow.pen.rule(page.LEFT, flow.y - 7, page.LEFT + page.TYPE_WIDTH, flow.y - 7, 0.4, page.INK)
    flow.y -= 10 * MM
    for line in flow.lines(block.subtitle, hall, page.TYPE_WIDTH - 20 * MM):
        flow.need(hall.leading)
        flow.pen.centred(middle, flow.y - ASCENT * hall.size, line.text, hall)
        flow.y -= hall.leading
    note = flow.styles[Style.TABLE]
    for line in flow.lines(block.state, note, page.TYPE_WIDTH - 20 * MM):
        flow.pen.centred(middle, flow.y - ASCENT * note.size - 2, line.text, note)
        flow.y -= note.leading
    flow.y -= 14 * MM
    _facts(flow, block)
    _note(flow, block)
    flow.new_page()


def _facts(flow: Flow, block: Cover) -> None:
    label, value = flow.styles[Style.COVER_LABEL], flow.styles[Style.COVER_FACT]
    inset = 8 * MM
    column = flow.label_width([name for name, _ in block.rows], label) + 4
    width = page.TYPE_WIDTH - 2 * inset - column
    for name, text in block.rows:
        lines = flow.lines(text, value, width)
        flow.need(len(lines) * value.leading)
        flow.pen.line(page.LEFT + inset, flow.y - ASCENT * label.size, name, label)
        for line in lines:
            flow.need(value.leading)
            flow.put(page.LEFT + inset + column, line, value)
            flow.y -= value.leading
        bottom = flow.y + 1
        flow.pen.rule(
            page.LEFT + inset,
            bottom,
            page.LEFT + page.TYPE_WIDTH - inset,
            bottom,
            0.35,
            page.HAIR,
        )
        flow.y -= 5


def _note(flow: Flow, block: Cover) -> None:
    """Set the note at the foot of the page, or on a page of its own if it is full."""
    style = flow.styles[Style.COVER_NOTE]
    lines = flow.lines(block.note, style, page.TYPE_WIDTH)
    height = len(lines) * style.leading
    if flow.room() > height:
        flow.y = FLOOR + height
    for line in lines:
        flow.need(style.size)
        flow.put(page.LEFT, line, style)
        flow.y -= style.leading


def _entries(outline: Outline) -> list[Heading]:
    """Return the headings in the contents: two levels if they fit on the page."""
    listed = [b for b in outline.blocks if isinstance(b, Heading) and b.listed and b.level < 3]
    return listed if len(listed) <= _MOST else [h for h in listed if h.level == 1][:_MOST]


def draw_contents(flow: Flow, block: Contents, outline: Outline) -> None:
    """Set the page of contents; its page numbers follow in `finish_contents`."""
    flow.begin()
    title = flow.styles[Style.COVER_HALL]
    middle = page.LEFT + page.TYPE_WIDTH / 2
    flow.pen.centred(middle, flow.y - ASCENT * title.size, block.title, title)
    top, leading = _first_row(flow)
    for number, heading in enumerate(_entries(outline)):
        style = flow.styles[Style.COVER_LABEL if heading.level == 1 else Style.COVER_FACT]
        x = page.LEFT + (0.0 if heading.level == 1 else 2 * style.size)
        baseline = top - number * leading
        right = page.LEFT + page.TYPE_WIDTH - 14 * MM
        lines = flow.lines(heading.text, style, right - x)
        text = lines[0].text + ("…" if len(lines) > 1 else "")
        flow.pen.line(x, baseline, text, style)
        end = x + flow.pen.width(text, style) + 6
        if end < right:
            flow.pen.dashes(0.8, 3)
            flow.pen.rule(end, baseline + 3, right + 4, baseline + 3, 0.8, page.RULE)
            flow.pen.dashes()
        flow.pen.link(heading.key, page.LEFT, baseline - 4, page.TYPE_WIDTH, leading)
    flow.pen.canvas.doForm(_NUMBERS)
    flow.new_page()


def _first_row(flow: Flow) -> tuple[float, float]:
    title, style = flow.styles[Style.COVER_HALL], flow.styles[Style.COVER_FACT]
    return CEILING - title.leading - 10 * MM, style.leading + 2.5


def finish_contents(flow: Flow, outline: Outline) -> None:
    """Draw the page numbers of the contents, once all pages are set."""
    top, leading = _first_row(flow)
    flow.pen.canvas.beginForm(_NUMBERS, 0, 0, page.PAGE_WIDTH, page.PAGE_HEIGHT)
    for number, heading in enumerate(_entries(outline)):
        style = flow.styles[Style.COVER_FACT]
        text = str(flow.places[heading.key])
        flow.pen.right(page.LEFT + page.TYPE_WIDTH, top - number * leading, text, style)
    flow.pen.canvas.endForm()
