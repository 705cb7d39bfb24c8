"""From an outline to a PDF file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.version import VERSION
from inspector.report import charts, cover, photos, seal, tables
from inspector.report.flow import Flow
from inspector.report.fontfiles import FontRole
from inspector.report.outline import (
    Bars,
    Block,
    Contents,
    Cover,
    Facts,
    Figures,
    Gap,
    Grid,
    Heading,
    Outline,
    Photos,
    Ruled,
    SealBox,
    Signatures,
    Table,
    Text,
    WindowMap,
)
from inspector.report.page import Style, smaller, text_styles
from inspector.report.pen import Pen, reportlab_settings
from inspector.report.writer import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from inspector.base.i18n import Translator
    from inspector.base.progress import Progress
    from inspector.report.fonts import FontSet
    from inspector.report.photos import PhotoPlan


@dataclass(frozen=True, slots=True)
class PaperResult:
    """What was written.

    sha256: of the file; missing_glyphs: characters that no font of this machine has (each is
    printed as a box with its number); substituted: (role, face used instead).
    """

    pages: int
    bytes: int
    sha256: str
    missing_glyphs: tuple[str, ...]
    substituted: tuple[tuple[str, str], ...]


def write_outline(
    outline: Outline,
    fonts: FontSet,
    tr: Translator,
    target: BinaryIO | Path,
    progress: Progress,
    plan: PhotoPlan | None = None,
    factor: float = 1.0,
) -> PaperResult:
    """Set `outline` and write it; `factor` makes the type of tables and notes smaller.

    A path is replaced only once the whole file is durable beside it. Raises Cancelled if the
    user stops (nothing is left behind), OSError if the target cannot be written.
    """
    heavy = all(item.role is not FontRole.TITLE for item in fonts.substituted)
    styles = smaller(text_styles(tr.lang, heavy_title=heavy), factor)
    with reportlab_settings(), Spool() as spool, opened(target) as file:
        pen = Pen(fonts, styles[Style.BODY], spool, tr.lang)
        _describe(pen.canvas, outline)
        flow = Flow(pen, styles, outline.furniture, progress)
        for number, block in enumerate(outline.blocks):
            if isinstance(block, Heading):
                flow.heading(block, _least(flow, outline.blocks[number + 1 : number + 3]))
            else:
                _draw(flow, block, outline, plan, tr)
        if not flow.at_top:
            flow.new_page()
        pages = pen.page - 1
        if any(isinstance(block, Contents) for block in outline.blocks):
            cover.finish_contents(flow, outline)
        size, digest = pen.save(file)
    return PaperResult(
        pages,
        size,
        digest,
        tuple(fonts.missing),
        tuple((item.role.value, item.used) for item in fonts.substituted),
    )


@contextmanager
def opened(target: BinaryIO | Path) -> Iterator[BinaryIO]:
    """Open a target; a path appears under its name only when complete and on the disk."""
    if not isinstance(target, Path):
        yield target
        return
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _describe(canvas: object, outline: Outline) -> None:
    """State title, author, subject, keywords and date; never a name of machine or account."""
    for setter, value in (
        ("setTitle", outline.title),
        ("setAuthor", outline.author),
        ("setSubject", outline.subject),
        ("setKeywords", outline.keywords),
        ("setCreator", f"Mingcha {VERSION}"),
    ):
        getattr(canvas, setter)(value)
    canvas.setDateFormatter(lambda *_parts: outline.made)  # type: ignore[attr-defined]
    canvas.showOutline()  # type: ignore[attr-defined]


def _least(flow: Flow, following: tuple[Block, ...]) -> float:
    """Return the height that must be left below a heading: it goes with what it announces."""
    match following:
        case (Heading(), *rest):
            return _SUBHEADING + _least(flow, tuple(rest))
        case (Table() as table, *_):
            return tables.beginning(flow, table)
        case (Grid() as grid, *_):
            return tables.beginning_of_grid(flow, grid)
        case (Text(style=Style.NOTE), *rest):
            return 2 * flow.styles[Style.NOTE].leading + _least(flow, tuple(rest))
        case (WindowMap() | Photos() | Signatures(), *_):
            return _PICTURE
    return 0.0


#: Points that a heading between two blocks, and a chart or the first photograph, need at least.
_SUBHEADING = 180.0
_PICTURE = 190.0


def _draw(
    flow: Flow, block: Block, outline: Outline, plan: PhotoPlan | None, tr: Translator
) -> None:
    match block:
        case Photos():
            if plan is not None:
                photos.draw_photos(flow, block, plan, tr)
        case Contents():
            cover.draw_contents(flow, block, outline)
        case _:
            _draw_plain(flow, block)


def _draw_plain(flow: Flow, block: Block) -> None:  # noqa: C901 - one line per kind of block
    match block:
        case Text():
            flow.text(block)
        case Facts():
            flow.facts(block)
        case Grid():
            tables.draw_grid(flow, block)
        case Table():
            tables.draw_table(flow, block)
        case Figures():
            tables.draw_figures(flow, block)
        case WindowMap():
            charts.draw_window_map(flow, block)
        case Bars():
            charts.draw_bars(flow, block)
        case Signatures():
            seal.draw_signatures(flow, block)
        case Ruled():
            seal.draw_ruled(flow, block)
        case SealBox():
            seal.draw_seal(flow, block)
        case Cover():
            cover.draw_cover(flow, block)
        case Gap():
            flow.y -= block.height
