"""A secret key on paper: rows of letters to type, a code to scan, and how to take it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.domain.clocktext import clock, day
from inspector.report.build import write_outline
from inspector.report.dossier import pdf_date
from inspector.report.fonts import font_set
from inspector.report.outline import (
    Cell,
    Column,
    Furniture,
    Gap,
    Grid,
    Outline,
    SealBox,
    Table,
    Text,
)
from inspector.report.page import Style

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from inspector.base.i18n import Lang, Translator
    from inspector.base.progress import Progress
    from inspector.report.build import PaperResult
    from inspector.report.outline import Block


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySheet:
    """What the sheet says, in its language.

    title: what it is; facts: whose key, which one; rows: the letters, one row each; payload: what
    the code holds; what: what the key is for, a paragraph each; how: how it is taken back;
    checked: whether the last group of each row checks it.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    rows: tuple[str, ...]
    payload: str
    what: tuple[str, ...]
    how: tuple[str, ...]
    checked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySheetOptions:
    """made_ms, made_zone: date of the paper, in UTC milliseconds and minutes east of UTC."""

    lang: Lang = "zh"
    made_ms: int = 0
    made_zone: int = 480
    font_folders: tuple[Path, ...] | None = None


def write_key_sheet(
    sheet: KeySheet,
    options: KeySheetOptions,
    target: BinaryIO | Path,
    progress: Progress = SILENT,
    tr: Translator | None = None,
) -> PaperResult:
    """Write the sheet, one page. Raises as `write_dossier`."""
    tr = tr or translator(options.lang)
    fonts = font_set(options.lang, options.font_folders).fresh()
    made = day(options.made_ms, options.made_zone, tr.lang)
    outline = Outline(
        title=sheet.title,
        author="Mingcha",
        subject="",
        keywords="",
        made=pdf_date(options.made_ms, options.made_zone),
        furniture=Furniture(
            head_left=sheet.title,
            head_right=f"{made} {clock(options.made_ms, options.made_zone)}",
            numbers=False,
        ),
        blocks=_blocks(sheet, tr),
    )
    return write_outline(outline, fonts, tr, target, progress)


def _blocks(sheet: KeySheet, tr: Translator) -> tuple[Block, ...]:
    rows = tuple(
        (Cell(str(number), style=Style.LETTERS), Cell(row, style=Style.LETTERS))
        for number, row in enumerate(sheet.rows, start=1)
    )
    plain, checked = tr("Letters"), tr("Letters; the last group checks the row")
    letters = checked if sheet.checked else plain
    columns = (Column(tr("Row"), 12), Column(letters, 88))
    return (
        Text(sheet.title, style=Style.SHEET_TITLE, indent=False),
        Grid(sheet.facts),
        *(Text(each, style=Style.NOTE, indent=False) for each in sheet.what),
        Gap(6),
        Table(columns, rows),
        Gap(6),
        SealBox(
            tuple((f"{number}.", step) for number, step in enumerate(sheet.how, start=1)),
            sheet.payload,
            tr("The code holds the same letters as the rows."),
        ),
    )
