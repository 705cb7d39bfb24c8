"""Printing a dossier, against bare reportlab drawing the same pictures and the same text."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from inspector.operations.dossiers import export_dossier
from inspector.operations.workspaces import create_workspace
from inspector.report.dossier import DossierOptions
from inspector.report.fonts import FontRole, font_set
from tests.bench import samples
from tests.bench.children import run_child
from tests.bench.measuring import MIB, Check, Row, alternate, median, say, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.bench.measuring import Plan

#: Megabytes that a dossier with three hundred photographs may take.
MEMORY_LIMIT = 250
_FONT = "BenchmarkFont"


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text: left, bottom and size in points."""

    left: float
    bottom: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its JPEG file and its box in points."""

    jpeg: Path
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page."""

    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...]


def run(plan: Plan) -> list[Row]:
    """Measure the dossier of a visit whose photographs were resampled before."""
    count, many = (20, 60) if plan.quick else (100, 300)
    say(f"dossier: a visit with {count} photographs")
    target, bare = plan.folder / "dossier.pdf", plan.folder / "bare.pdf"
    with _illustrated(plan, "dossier", count) as (session, visit):
        _export(session, visit, target)
        pages = read_pages(target, plan.folder / "pictures")
        _register_font()
        timings = alternate(
            lambda _: seconds(lambda: _export(session, visit, target)),
            lambda _: seconds(lambda: _draw(pages, bare)),
            rounds=5,
        )
    check = Check(f"memory with {many} photographs", _memory(plan, many), "MB", MEMORY_LIMIT)
    return [
        Row(
            name="dossier",
            work=f"dossier with {count} photographs already resampled ({len(pages)} pages)",
            floor_work="reportlab drawing the same JPEGs and text, binary streams",
            ours=median(timings.ours),
            floor=median(timings.floor),
            target=2.0,
            checks=(check,),
        )
    ]


@contextmanager
def _illustrated(plan: Plan, name: str, count: int) -> Iterator[tuple[Session, str]]:
    paths = samples.write_photos(plan.folder / "paper-photos", count, samples.PAPER_SIZE)
    with create_workspace(plan.folder / name) as session:
        sample = samples.observed(session, samples.prepared(session))
        samples.illustrate(session, sample, paths)
        yield session, sample.visit


def _memory(plan: Plan, count: int) -> float:
    """Return the most memory, in MB, of a process that opens a workspace and prints a dossier."""
    say(f"dossier: memory with {count} photographs")
    target = plan.folder / "memory.pdf"
    with _illustrated(plan, "memory", count) as (session, visit):
        _export(session, visit, target)
    return run_child("dossier", plan.folder / "memory", visit, target)["peak"] / MIB


def _export(session: Session, visit: str, target: Path) -> None:
    export_dossier(session, visit, target, DossierOptions())


# -- the floor -----------------------------------------------------------------------------------


def read_pages(paper: Path, folder: Path) -> list[Page]:
    """Return what stands on the pages of a PDF; its pictures are written into `folder`."""
    folder.mkdir()
    pages = []
    with pypdfium2.PdfDocument(paper) as document:
        for number, page in enumerate(document):
            # A text object is one run of one font, just as it was drawn.
            texts = page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage())
            lines = [
                Line(*text.get_bounds()[:2], text.get_font_size(), text.extract()) for text in texts
            ]
            pages.append(Page(tuple(lines), tuple(_pictures(page, folder, number))))
    return pages


def _pictures(page: pypdfium2.PdfPage, folder: Path, number: int) -> Iterator[Picture]:
    for at, item in enumerate(page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE])):
        jpeg = folder / f"{number}-{at}.jpg"
        out = io.BytesIO()
        item.extract(out)
        jpeg.write_bytes(out.getvalue())
        left, bottom, right, top = item.get_bounds()
        yield Picture(jpeg, (left, bottom, right - left, top - bottom))


def _register_font() -> None:
    file = font_set("zh").roles[FontRole.SONG].file
    pdfmetrics.registerFont(TTFont(_FONT, str(file.path), subfontIndex=file.index))


def _draw(pages: list[Page], target: Path) -> None:
    rl_config.useA85 = 0
    canvas = Canvas(str(target), pageCompression=1)
    for page in pages:
        for line in page.lines:
            canvas.setFont(_FONT, line.size)
            canvas.drawString(line.left, line.bottom, line.text)
        for picture in page.pictures:
            canvas.drawImage(str(picture.jpeg), *picture.box)
        canvas.showPage()
    canvas.save()
