"""Reading papers back: text, pictures, fonts, outline."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from inspector.report import page
from inspector.report.dossier import DossierOptions, PaperResult, write_dossier
from tests.report.sample.moments import at
from tests.report.sample.photographs import DrawnPhotos
from tests.report.sample.record import sample_record

if TYPE_CHECKING:
    from collections.abc import Iterator


def sample(*, sealed: bool = False, **options: Any) -> tuple[bytes, PaperResult]:
    """Write the sample dossier; returns its bytes and what was reported."""
    record, originals = sample_record(sealed=sealed)
    return written(record, DrawnPhotos(originals), **options)


def written(record: Any, source: Any = None, **options: Any) -> tuple[bytes, PaperResult]:
    """Write a dossier of `record`; returns its bytes and what was reported."""
    out = io.BytesIO()
    settings = DossierOptions(**{"lang": "en", "made_ms": at(14, 10)} | options)
    result = write_dossier(record, settings, source or DrawnPhotos({}), out)
    return out.getvalue(), result


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF and close it again."""
    document = pypdfium2.PdfDocument(data)
    try:
        yield document
    finally:
        document.close()


def page_texts(data: bytes) -> list[str]:
    """Return the text of every page."""
    texts = []
    with opened(data) as document:
        for sheet in document:
            text = sheet.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            sheet.close()
    return texts


def flat(data: bytes) -> str:
    """Return all text without white space: a found text may be broken over lines."""
    return re.sub(r"\s", "", "".join(page_texts(data)))


def pictures(data: bytes) -> int:
    """Return how many pictures are drawn."""
    count = 0
    with opened(data) as document:
        for sheet in document:
            count += sum(1 for _ in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
            sheet.close()
    return count


def white_at_foot(data: bytes) -> list[float]:
    """Return for every page which part of the type area's height is empty at its foot."""
    found = []
    with opened(data) as document:
        for sheet in document:
            image = sheet.render(scale=0.5, grayscale=True).to_pil()
            foot, top = (
                (page.PAGE_HEIGHT - y) / 2 for y in (page.BOTTOM, page.PAGE_HEIGHT - page.TOP)
            )
            # The mark across a draft is lighter than anything that is read.
            inked = image.crop((0, 0, image.width, round(foot))).point(
                lambda grey: 255 if grey < 190 else 0
            )
            box = inked.getbbox()
            found.append((foot - (box[3] if box else top)) / (foot - top))
            sheet.close()
    return found


def bookmarks(data: bytes) -> list[tuple[int, str, int]]:
    """Return the outline as (level, title, page from 1)."""
    with opened(data) as document:
        return [
            (item.level, item.get_title(), item.get_dest().get_index() + 1)
            for item in document.get_toc()
        ]
