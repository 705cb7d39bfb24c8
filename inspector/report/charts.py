"""Charts, painted directly: windows by round, and waits against their limit.

States differ by letter and by depth of grey, not only by colour; “not looked at” is – and never 0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.report import page
from inspector.report.flow import ASCENT
from inspector.report.page import MM, Style
from inspector.report.text import fit

if TYPE_CHECKING:
    from inspector.report.flow import Flow
    from inspector.report.outline import Bar, Bars, MapBlock, MapRow, Mark, WindowMap

#: Room for “Round 12, 17:02”.
_LABEL = 26 * MM
_CELL_HEIGHT = 6.2 * MM
_WIDEST_CELL = 9 * MM
#: More windows than this share a row badly: the block continues below.
_PER_ROW = 24
_BAR = 5.2 * MM


def draw_window_map(flow: Flow, block: WindowMap) -> None:
    """Draw the windows of every floor, one row per round, and the legend."""
    _title(flow, block.title, block.scope, 3 * _CELL_HEIGHT)
    for part in block.blocks:
        for start in range(0, len(part.windows), _PER_ROW):
            _map_block(flow, part, start)
    _legend(flow, block.legend)


def _title(flow: Flow, title: str, scope: str, after: float) -> None:
    head, note = flow.styles[Style.CHART_TITLE], flow.styles[Style.CAPTION_NOTE]
    lines = flow.lines(title, head, page.TYPE_WIDTH)
    flow.need(len(lines) * head.leading + 2 * note.leading + after)
    flow.running(title, head, page.LEFT, page.TYPE_WIDTH)
    flow.running(scope, note, page.LEFT, page.TYPE_WIDTH)
    flow.y -= 6


def _map_block(flow: Flow, part: MapBlock, start: int) -> None:
    windows = part.windows[start : start + _PER_ROW]
    width = min(_WIDEST_CELL, (page.TYPE_WIDTH - _LABEL) / len(windows))
    small = flow.styles[Style.CHART_SMALL]
    flow.need((len(part.rows) + 1) * _CELL_HEIGHT + 6)
    baseline = flow.y - ASCENT * small.size - 3
    label = fit(part.label, flow.pen.fonts, small.role, small.size, _LABEL - 6)
    flow.pen.line(page.LEFT, baseline, label, replace(small, colour=page.INK))
    for column, window in enumerate(windows):
        x = page.LEFT + _LABEL + (column + 0.5) * width
        text = fit(window, flow.pen.fonts, small.role, small.size, width)
        flow.pen.centred(x, baseline, text, small)
    flow.y -= small.leading + 4
    for row in part.rows:
        flow.need(_CELL_HEIGHT)
        _map_row(flow, row, start, len(windows), width)
    flow.y -= 9


def _map_row(flow: Flow, row: MapRow, start: int, count: int, width: float) -> None:
    small = flow.styles[Style.CHART_SMALL]
    middle = flow.y - _CELL_HEIGHT / 2
    label = fit(row.label, flow.pen.fonts, small.role, small.size, _LABEL - 6)
    flow.pen.line(page.LEFT, middle - 0.35 * small.size, label, small)
    for column, mark in enumerate(row.marks[start : start + count]):
        x = page.LEFT + _LABEL + column * width
        _mark(flow, mark, x, flow.y - _CELL_HEIGHT, width, _CELL_HEIGHT)
    flow.y -= _CELL_HEIGHT


def _mark(flow: Flow, mark: Mark, x: float, y: float, width: float, height: float) -> None:
    style = replace(flow.styles[Style.CHART], colour=mark.ink)
    flow.pen.fill(x + 0.6, y + 0.6, width - 1.2, height - 1.2, mark.fill)
    if mark.fill == "#FFFFFF":
        flow.pen.frame(x + 0.9, y + 0.9, width - 1.8, height - 1.8, page.HAIR, 0.5)
    flow.pen.centred(x + width / 2, y + height / 2 - 0.36 * style.size, mark.letter, style)


def _legend(flow: Flow, marks: tuple[Mark, ...]) -> None:
    style = flow.styles[Style.CAPTION_NOTE]
    flow.need(2 * (_CELL_HEIGHT + 3))
    x = page.LEFT
    for mark in marks:
        width = _CELL_HEIGHT + 5 + flow.pen.width(mark.name, style) + 12
        if x + width > page.LEFT + page.TYPE_WIDTH:
            x = page.LEFT
            flow.y -= _CELL_HEIGHT + 3
        _mark(flow, mark, x, flow.y - _CELL_HEIGHT, _CELL_HEIGHT, _CELL_HEIGHT)
        baseline = flow.y - _CELL_HEIGHT / 2 - 0.36 * style.size
        flow.pen.line(x + _CELL_HEIGHT + 4, baseline, mark.name, style)
        x += width
    flow.y -= _CELL_HEIGHT + 14


def draw_bars(flow: Flow, block: Bars) -> None:
    """Draw one bar per wait; the promised limit is a dashed line across its bar."""
    _title(flow, block.title, block.scope, 3 * _BAR)
    longest = max([bar.minutes for bar in block.items] + [bar.limit or 0 for bar in block.items])
    label = 34 * MM
    scale = (page.TYPE_WIDTH - label - 44 * MM) / max(longest, 1.0)
    for bar in block.items:
        flow.need(_BAR + 4)
        _bar(flow, bar, label, scale)
    note = flow.styles[Style.CAPTION_NOTE]
    if any(bar.limit is not None for bar in block.items):
        flow.need(note.leading)
        flow.pen.dashes(2, 1.5)
        flow.pen.rule(page.LEFT + 3, flow.y - 10, page.LEFT + 3, flow.y - 1, 1.0, page.INK)
        flow.pen.dashes()
        flow.pen.line(page.LEFT + 9, flow.y - ASCENT * note.size, block.limit_name, note)
        flow.y -= note.leading
    flow.y -= 12


def _bar(flow: Flow, bar: Bar, label_width: float, scale: float) -> None:
    style = flow.styles[Style.CAPTION_NOTE]
    bottom = flow.y - _BAR
    baseline = bottom + _BAR / 2 - 0.36 * style.size
    left = page.LEFT + label_width
    label = fit(bar.label, flow.pen.fonts, style.role, style.size, label_width - 6)
    flow.pen.line(page.LEFT, baseline, label, replace(style, colour=page.INK))
    colour = page.DANGER if bar.alarming else "#9DB4D3"
    flow.pen.fill(left, bottom + 1, max(bar.minutes * scale, 0.8), _BAR - 2, colour)
    end = left + bar.minutes * scale + 5
    if bar.limit is not None:
        x = left + bar.limit * scale
        flow.pen.dashes(2, 1.5)
        flow.pen.rule(x, bottom - 1, x, bottom + _BAR + 1, 1.0, page.INK)
        flow.pen.dashes()
        if end - 5 <= x <= end + flow.pen.width(bar.note, style) + 3:
            # The note does not stand across the line: it moves behind it.
            end = x + 5
    room = page.LEFT + page.TYPE_WIDTH - end
    note = fit(bar.note, flow.pen.fonts, style.role, style.size, room)
    flow.pen.line(end, baseline, note, replace(style, colour=page.INK))
    flow.y -= _BAR + 4
