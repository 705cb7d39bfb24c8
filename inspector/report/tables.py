"""Tables and key figures. Heads repeat on every page; long cells run on over pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.report import page
from inspector.report.flow import ASCENT
from inspector.report.outline import Column
from inspector.report.page import Style

if TYPE_CHECKING:
    from inspector.report.flow import Flow
    from inspector.report.outline import Figures, Grid, Table
    from inspector.report.page import TextStyle
    from inspector.report.text import Line

_PAD_X = 4.0
_PAD_Y = 3.5
_PLAIN = Column("", 1)
#: A row with at most this many lines moves to the next page rather than being cut.
_KEEP = 14


@dataclass(slots=True)
class _Cell:
    lines: list[Line]
    style: TextStyle


def draw_table(flow: Flow, block: Table) -> None:
    """Set a table across the type area."""
    total = sum(column.weight for column in block.columns)
    widths = [column.weight / total * page.TYPE_WIDTH for column in block.columns]
    head = [
        _Cell(
            flow.lines(column.title, flow.styles[Style.TABLE_HEAD], width - 2 * _PAD_X),
            flow.styles[Style.TABLE_HEAD],
        )
        for column, width in zip(block.columns, widths, strict=True)
    ]
    lead = flow.styles[Style.TABLE].leading
    flow.need(_height(head) + 3 * lead + (1.8 * lead if block.caption else 0))
    if block.caption:
        style = flow.styles[Style.CAPTION]
        flow.running(block.caption, style, page.LEFT, page.TYPE_WIDTH)
        flow.y -= 3
    _head(flow, head, widths, block.columns)
    for number, row in enumerate(block.rows):
        cells = []
        for cell, width in zip(row, widths, strict=True):
            style = replace(flow.styles[cell.style], colour=cell.colour)
            if cell.style is not Style.TABLE:
                style = replace(style, colour=flow.styles[cell.style].colour)
            cells.append(_Cell(flow.lines(cell.text, style, width - 2 * _PAD_X), style))
        note = block.notes[number] if block.notes else ""
        _row(flow, cells, widths, block.columns, head, note)
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    flow.y -= lead


def _height(cells: list[_Cell]) -> float:
    return max(len(cell.lines) * cell.style.leading for cell in cells) + 2 * _PAD_Y


def _head(flow: Flow, head: list[_Cell], widths: list[float], columns: tuple[Column, ...]) -> None:
    flow.begin()
    height = _height(head)
    right = page.LEFT + page.TYPE_WIDTH
    flow.pen.fill(page.LEFT, flow.y - height, page.TYPE_WIDTH, height, page.SUNKEN)
    flow.pen.rule(page.LEFT, flow.y, right, flow.y, 0.8, page.INK)
    _slice(flow, head, widths, columns, len(max((c.lines for c in head), key=len)))
    flow.pen.rule(page.LEFT, flow.y, right, flow.y, 0.5, page.INK)


def _row(
    flow: Flow,
    cells: list[_Cell],
    widths: list[float],
    columns: tuple[Column, ...],
    head: list[_Cell],
    note: str = "",
) -> None:
    """Draw one row, in slices if it is longer than what is left of the page."""
    mono = flow.styles[Style.HASH]
    below = flow.lines(note, mono, page.TYPE_WIDTH - widths[0] - _PAD_X) if note else []
    while True:
        longest = max(len(cell.lines) for cell in cells)
        if flow.room() < _height(cells) + len(below) * mono.leading:
            lead = max(cell.style.leading for cell in cells)
            fitting = int((flow.room() - 2 * _PAD_Y) // lead)
            if longest <= _KEEP or fitting < 2:
                fitting = 0
            if fitting:
                _slice(flow, cells, widths, columns, fitting)
                cells = [_Cell(cell.lines[fitting:], cell.style) for cell in cells]
            _continue(flow, head, widths, columns)
            continue
        _slice(flow, cells, widths, columns, longest)
        for line in below:
            flow.put(page.LEFT + widths[0] + _PAD_X, line, mono)
            flow.y -= mono.leading
        right = page.LEFT + page.TYPE_WIDTH
        flow.pen.rule(page.LEFT, flow.y, right, flow.y, 0.35, page.HAIR)
        return


def _continue(
    flow: Flow, head: list[_Cell], widths: list[float], columns: tuple[Column, ...]
) -> None:
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    flow.new_page()
    flow.begin()
    if head:
        _head(flow, head, widths, columns)
    else:
        flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)


def _slice(
    flow: Flow, cells: list[_Cell], widths: list[float], columns: tuple[Column, ...], count: int
) -> None:
    """Draw the first `count` lines of every cell and move below them."""
    x = page.LEFT
    lowest = 0.0
    for cell, width, column in zip(cells, widths, columns, strict=True):
        style = cell.style
        y = flow.y - _PAD_Y - (style.leading - style.size) / 2
        for line in cell.lines[:count]:
            baseline = y - ASCENT * style.size
            if column.align == "right":
                flow.pen.right(x + width - _PAD_X, baseline, line.text, style)
            elif column.align == "centre":
                flow.pen.centred(x + width / 2, baseline, line.text, style)
            else:
                flow.pen.line(x + _PAD_X, baseline, line.text, style)
            y -= style.leading
        lowest = max(lowest, len(cell.lines[:count]) * style.leading)
        x += width
    flow.y -= lowest + 2 * _PAD_Y


def draw_grid(flow: Flow, block: Grid) -> None:
    """Set labelled facts in a ruled frame, two to a line where both are short."""
    style, head = flow.styles[Style.TABLE], flow.styles[Style.TABLE_HEAD]
    label = flow.label_width([name for name, _ in block.rows], head)
    half = page.TYPE_WIDTH / 2
    room = half - label - 2 * _PAD_X
    rows = list(block.rows)
    flow.need(4 * style.leading)
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    while rows:
        pair = rows[:2] if all(flow.pen.width(v, style) <= room for _, v in rows[:2]) else rows[:1]
        if any("\n" in value for _, value in pair):
            pair = rows[:1]
        rows = rows[len(pair) :]
        width = room if len(pair) == 2 else page.TYPE_WIDTH - label - 2 * _PAD_X
        cells: list[_Cell] = []
        for name, value in pair:
            cells += [
                _Cell(flow.lines(name, head, label), head),
                _Cell(flow.lines(value, style, width), style),
            ]
        widths = [label + _PAD_X, width + _PAD_X] * len(pair)
        _row(flow, cells, widths, (_PLAIN,) * len(cells), [])
    flow.pen.rule(page.LEFT, flow.y, page.LEFT + page.TYPE_WIDTH, flow.y, 0.8, page.INK)
    flow.y -= 0.6 * style.leading


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
