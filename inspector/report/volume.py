"""Several dossiers as one volume: the index of what is in it (卷内目录), and one merged file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.domain.clocktext import day
from inspector.report.build import PaperResult, opened, write_outline
from inspector.report.dossier import pdf_date
from inspector.report.fonts import font_set
from inspector.report.outline import Cell, Column, Furniture, Outline, Table, Text
from inspector.report.page import Style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from inspector.base.i18n import Lang, Translator
    from inspector.base.progress import Progress


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """A dossier of the volume; `visit`: the id of its visit; `draft`: that is not sealed."""

    visit: str
    number: str
    hall: str
    day: str
    file: str
    pages: int
    sha256: str
    draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeOptions:
    """made_ms, made_zone: the moment stated as the date of the paper."""

    lang: Lang = "zh"
    made_ms: int = 0
    made_zone: int = 480
    office: str = ""
    font_folders: tuple[Path, ...] | None = None


def write_volume_index(
    rows: Sequence[VolumeRow], options: VolumeOptions, target: Path, progress: Progress = SILENT
) -> PaperResult:
    """Write the index of a volume. Raises as `write_dossier`."""
    tr = translator(options.lang)
    fonts = font_set(options.lang, options.font_folders).fresh()
    title = tr("Index of the volume")
    columns = (
        Column(tr("No."), 8, fits=True),
        Column(tr("Visit"), 16, fits=True),
        Column(tr("Place"), 34),
        Column(tr("Day"), 16, fits=True),
        Column(tr("File"), 32),
        Column(tr("Pages"), 9, fits=True),
    )
    outline = Outline(
        title=title,
        author=options.office or "Mingcha",
        subject="",
        keywords="",
        made=pdf_date(options.made_ms, options.made_zone),
        furniture=Furniture(
            head_left=title, head_right=day(options.made_ms, options.made_zone, options.lang)
        ),
        blocks=(
            Text(title, style=Style.SHEET_TITLE, indent=False),
            Table(columns, _cells(rows, tr), notes=tuple(row.sha256 for row in rows)),
        ),
    )
    return write_outline(outline, fonts, tr, target, progress)


def _cells(rows: Sequence[VolumeRow], tr: Translator) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(
            Cell(text)
            for text in (
                str(place),
                f"{row.number}\n{tr('draft')}" if row.draft else row.number,
                *(row.hall, row.day, row.file, str(row.pages)),
            )
        )
        for place, row in enumerate(rows, 1)
    )


def merge_papers(parts: Sequence[Path], target: Path, progress: Progress = SILENT) -> int:
    """Join PDF files to one, in order, and return its pages. Raises Cancelled, OSError."""
    import pypdfium2  # loads a library of several megabytes, for this alone

    whole = pypdfium2.PdfDocument.new()
    try:
        for part in parts:
            with pypdfium2.PdfDocument(part) as document:
                whole.import_pages(document)
            progress.step()
        with opened(target) as file:
            whole.save(file)
        return len(whole)
    finally:
        whole.close()
