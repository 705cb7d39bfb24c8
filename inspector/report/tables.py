"""Tables and key figures. Heads repeat on every page; long cells run on over pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.report import page
from inspector.report.flow import ASCENT
from inspector.report.page import Style

if TYPE_CHECKING:
    from inspector.report.flow import Flow
    from inspector.report.outline import Cell, Column, Figures, Grid, Table
    from inspector.report.page import TextStyle
    from inspector.report.text import Line

_PAD_X = 4.0
_PAD_Y = 3.0
#: A frame of facts lower than this (points) is not cut by the end of a page.
_TOGETHER = 110.0
#: A row with at most this many lines moves to the next page rather than being cut.
_KEEP = 14


@dataclass(slots=True)
class _Cell:
    lines: list[Line]
    style: TextStyle


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table's columns with their widths in points, and its head (none in a grid)."""

    columns: tuple[Column, ...]
    widths: list[float]
    head: list[_Cell]


def draw_table(flow: Flow, block: Table) -> None:
    """Set a table across the type area."""
    layout = _layout(flow, block)
    lead = flow.styles[Style.TABLE].leading
    flow.need(_beginning(flow, block, layout))
    if block.caption:
        style = flow.styles[Style.CAPTION]
        flow.running(block.caption, style, page.LEFT, page.TYPE_WIDTH)
        flow.y -= 3
    _head(flow, layout)
    for number, row in enumerate(block.rows):
        if len(row) == 1:
            _group(flow, block, layout, number)
            continue
        note = block.notes[number] if block.notes else ""
        _row(flow, _cells(flow, row, layout), layout, note)
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    flow.y -= 0.7 * lead


def beginning(flow: Flow, block: Table) -> float:
    """Return the least height of the beginning of a table: caption, head and first row."""
    return _beginning(flow, block, _layout(flow, block))


def _beginning(flow: Flow, block: Table, layout: _Layout) -> float:
    caption = 1.4 * flow.styles[Style.CAPTION].leading if block.caption else 0.0
    return caption + _height(layout.head) + _kept(flow, block, layout, 0)


def _kept(flow: Flow, block: Table, layout: _Layout, number: int) -> float:
    """Return the height of a row that must not be torn from what stands before it.

    The heading of a group takes the row after it along; of a very long row three lines count.
    """
    if number >= len(block.rows):
        return 0.0
    row = block.rows[number]
    if len(row) == 1:
        height = flow.styles[Style.TABLE_HEAD].leading + 2 * _PAD_Y
        return height + _kept(flow, block, layout, number + 1)
    cells = _cells(flow, row, layout)
    note = 2 * flow.styles[Style.HASH].leading if block.notes else 0.0
    most = 3 * flow.styles[Style.TABLE].leading
    return note + (most if max(len(cell.lines) for cell in cells) > _KEEP else _height(cells))


def _layout(flow: Flow, block: Table) -> _Layout:
    widths = _widths(flow, block)
    style = flow.styles[Style.TABLE_HEAD]
    head = [
        _Cell(flow.lines(column.title, style, width - 2 * _PAD_X), style)
        for column, width in zip(block.columns, widths, strict=True)
    ]
    return _Layout(block.columns, widths, head)


def _widths(flow: Flow, block: Table) -> list[float]:
    """Return widths by share; what fitting columns do not need goes to the others."""
    share = page.TYPE_WIDTH / sum(column.weight for column in block.columns)
    widths = [column.weight * share for column in block.columns]
    for number, column in enumerate(block.columns):
        if column.fits:
            cells = [row[number] for row in block.rows if len(row) > 1]
            parts = [(part, cell.style) for cell in cells for part in cell.text.split("\n")]
            parts.append((column.title, Style.TABLE_HEAD))
            widest = max(flow.pen.width(text, flow.styles[style]) for text, style in parts)
            widths[number] = min(widths[number], widest + 2 * _PAD_X + 1)
    free = page.TYPE_WIDTH - sum(widths)
    others = sum(column.weight for column in block.columns if not column.fits)
    return [
        width if column.fits else width + free * column.weight / others
        for width, column in zip(widths, block.columns, strict=True)
    ]


def _cells(flow: Flow, row: tuple[Cell, ...], layout: _Layout) -> list[_Cell]:
    cells = []
    for cell, width in zip(row, layout.widths, strict=True):
        style = flow.styles[cell.style]
        if cell.style is Style.TABLE:
            style = replace(style, colour=cell.colour)
        cells.append(_Cell(flow.lines(cell.text, style, width - 2 * _PAD_X), style))
    return cells


def _height(cells: list[_Cell]) -> float:
    return max(len(cell.lines) * cell.style.leading for cell in cells) + 2 * _PAD_Y


def _head(flow: Flow, layout: _Layout) -> None:
    flow.begin()
    height = _height(layout.head)
    right = page.LEFT + page.TYPE_WIDTH
    flow.pen.fill(page.LEFT, flow.y - height, page.TYPE_WIDTH, height, page.SUNKEN)
    flow.pen.rule(page.LEFT, flow.y, right, flow.y, 0.8, page.INK)
    _slice(flow, layout.head, layout.widths, len(max((c.lines for c in layout.head), key=len)))
    flow.pen.rule(page.LEFT, flow.y, right, flow.y, 0.5, page.INK)


def _group(flow: Flow, block: Table, layout: _Layout, number: int) -> None:
    """Draw the heading of a group of rows; it does not stand at the foot of a page."""
    style = flow.styles[Style.TABLE_HEAD]
    if flow.room() < _kept(flow, block, layout, number):
        _continue(flow, layout)
    text = block.rows[number][0].text
    cells = [_Cell(flow.lines(text, style, page.TYPE_WIDTH - 2 * _PAD_X), style)]
    height = min(_height(cells), flow.room())
    flow.pen.fill(page.LEFT, flow.y - height, page.TYPE_WIDTH, height, page.SUNKEN)
    _row(flow, cells, replace(layout, widths=[page.TYPE_WIDTH]))


def _row(flow: Flow, cells: list[_Cell], layout: _Layout, note: str = "") -> None:
    """Draw one row, in slices if it is longer than what is left of the page."""
    mono, widths = flow.styles[Style.HASH], layout.widths
    below = flow.lines(note, mono, page.TYPE_WIDTH - widths[0] - _PAD_X) if note else []
    while True:
        longest = max(len(cell.lines) for cell in cells)
        if flow.room() < _height(cells) + len(below) * mono.leading:
            lead = max(cell.style.leading for cell in cells)
            fitting = int((flow.room() - 2 * _PAD_Y) // lead)
            if longest <= _KEEP or fitting < 2:
                fitting = 0
            if fitting:
                _slice(flow, cells, widths, fitting)
                cells = [_Cell(cell.lines[fitting:], cell.style) for cell in cells]
            _continue(flow, layout)
            continue
        _slice(flow, cells, widths, longest)
        for line in below:
            flow.put(page.LEFT + widths[0] + _PAD_X, line, mono)
            flow.y -= mono.leading
        right = page.LEFT + page.TYPE_WIDTH
        flow.pen.rule(page.LEFT, flow.y, right, flow.y, 0.35, page.HAIR)
        return


def _continue(flow: Flow, layout: _Layout) -> None:
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    flow.new_page()
    flow.begin()
    if layout.head:
        _head(flow, layout)
    else:
        flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)


def _slice(flow: Flow, cells: list[_Cell], widths: list[float], count: int) -> None:
    """Draw the first `count` lines of every cell and move below them."""
    x = page.LEFT
    lowest = 0.0
    for cell, width in zip(cells, widths, strict=True):
        style = cell.style
        y = flow.y - _PAD_Y - (style.leading - style.size) / 2
        for line in cell.lines[:count]:
            flow.pen.line(x + _PAD_X, y - ASCENT * style.size, line.text, style)
            y -= style.leading
        lowest = max(lowest, len(cell.lines[:count]) * style.leading)
        x += width
    flow.y -= lowest + 2 * _PAD_Y


def draw_grid(flow: Flow, block: Grid) -> None:
    """Set labelled facts in a ruled frame, two to a line where both are short."""
    lead = flow.styles[Style.TABLE].leading
    lines = _grid_lines(flow, block)
    heights = [_height(cells) for _, cells in lines]
    flow.need(_kept_of_grid(heights))
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    for number, (widths, cells) in enumerate(lines):
        # The last line does not stand alone on the next page.
        if number == len(lines) - 2 > 0 and heights[number] <= flow.room() < sum(heights[number:]):
            _continue(flow, _Layout((), widths, []))
        _row(flow, cells, _Layout((), widths, []))
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    flow.y -= 0.6 * lead


def beginning_of_grid(flow: Flow, block: Grid) -> float:
    """Return the least height of the beginning of a frame of facts."""
    return _kept_of_grid([_height(cells) for _, cells in _grid_lines(flow, block)])


def _kept_of_grid(heights: list[float]) -> float:
    whole = sum(heights)
    return whole if whole < _TOGETHER else sum(heights[:3])


def _grid_lines(flow: Flow, block: Grid) -> list[tuple[list[float], list[_Cell]]]:
    style, head = flow.styles[Style.TABLE], flow.styles[Style.TABLE_HEAD]
    label = flow.label_width([name for name, _ in block.rows], head)
    room = page.TYPE_WIDTH / 2 - label - 2 * _PAD_X
    rows, lines = list(block.rows), []
    while rows:
        short = all("\n" not in v and flow.pen.width(v, style) <= room for _, v in rows[:2])
        pair = rows[:2] if short else rows[:1]
        rows = rows[len(pair) :]
        width = room if len(pair) == 2 else page.TYPE_WIDTH - label - 2 * _PAD_X
        cells: list[_Cell] = []
        for name, value in pair:
            cells += [
                _Cell(flow.lines(name, head, label), head),
                _Cell(flow.lines(value, style, width), style),
            ]
        lines.append(([label + _PAD_X, width + _PAD_X] * len(pair), cells))
    return lines


def draw_figures(flow: Flow, block: Figures) -> None:
    """Set key figures in rows of four: value, what it counts, over what."""
    flow.y -= 8
    for start in range(0, len(block.items), 4):
        _figure_row(flow, block, start)
    flow.y -= 4


def _figure_row(flow: Flow, block: Figures, start: int) -> None:
    value, label = flow.styles[Style.FIGURE], flow.styles[Style.CAPTION]
    scope = flow.styles[Style.CAPTION_NOTE]
    items = block.items[start : start + 4]
    width = page.TYPE_WIDTH / 4
    inner = width - 14
    labels = [flow.lines(item.label, label, inner) for item in items]
    scopes = [flow.lines(item.scope, scope, inner) for item in items]
    label_height = max(len(lines) for lines in labels) * label.leading
    height = value.leading + label_height + max(len(s) for s in scopes) * scope.leading + 12
    flow.need(height)
    top = flow.y
    for number, item in enumerate(items):
        x = page.LEFT + number * width
        colour = page.DANGER if item.alarming else page.INK
        flow.pen.rule(x, top, x + width - 8, top, 1.2, colour)
        flow.pen.line(x, top - 6 - ASCENT * value.size, item.value, replace(value, colour=colour))
        flow.y = top - 8 - value.leading
        for line in labels[number]:
            flow.put(x, line, label)
            flow.y -= label.leading
        flow.y = top - 8 - value.leading - label_height
        for line in scopes[number]:
            flow.put(x, line, scope)
            flow.y -= scope.leading
    flow.y = top - height - 8
