"""The dossier of one visit (走访卷宗) as PDF: the public door of this room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.domain.clocktext import clock, day
from inspector.report import closing, front, problems, remarks, results
from inspector.report.build import PaperResult, write_outline
from inspector.report.editions import current
from inspector.report.fonts import font_set
from inspector.report.late import late_chapter
from inspector.report.outline import Block, Contents, Furniture, Gap, Heading, Outline
from inspector.report.photos import DEFAULT_DPI, PhotoPlan
from inspector.report.wording import Words, numeral

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO, Literal

    from inspector.base.i18n import Lang, Translator
    from inspector.base.progress import Progress
    from inspector.domain.record import VisitRecord
    from inspector.report.fonts import FontSet
    from inspector.report.photos import PhotoSource

__all__ = ["DossierOptions", "PaperResult", "write_dossier"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierOptions:
    """How a dossier is printed.

    made_ms, made_zone: the moment stated as the date of the paper (milliseconds since 1970 UTC,
    minutes east); photos_per_page: at findings (further photographs stand two side by side);
    office: who issues it, never invented; for_paper: marks the copy that is kept
    on paper; embed_originals: print from the original JPEG files, which makes large documents
    and carries their metadata along; for_unit: the copy for the inspected unit, with no photograph
    that is not confirmed to show no people and without originals; font_folders: only these
    folders are searched for fonts.
    """

    lang: Lang = "zh"
    photos_per_page: Literal[1, 2, 4] = 2
    for_paper: bool = False
    embed_originals: bool = False
    for_unit: bool = False
    made_ms: int = 0
    made_zone: int = 480
    office: str = ""
    contents: bool = True
    dpi: int = DEFAULT_DPI
    font_folders: tuple[Path, ...] | None = None


def write_dossier(
    record: VisitRecord,
    options: DossierOptions,
    photos: PhotoSource,
    target: BinaryIO | Path,
    progress: Progress = SILENT,
    tr: Translator | None = None,
) -> PaperResult:
    """Write the dossier of `record`.

    The same record, options, fonts and library versions give the same bytes. Raises MingchaError
    `no_chinese_font`, Cancelled (no file is left behind), OSError if the target cannot be written.
    """
    tr = tr or translator(options.lang)
    fonts = font_set(options.lang, options.font_folders).fresh()
    words = Words(current(record), tr, options.for_unit)
    outline = dossier_outline(words, options, fonts)
    progress.start(tr("Making the dossier"), 0)
    originals = options.embed_originals and not options.for_unit
    plan = PhotoPlan(photos, options.photos_per_page, options.dpi, originals)
    return write_outline(outline, fonts, tr, target, progress, plan)


def dossier_outline(words: Words, options: DossierOptions, fonts: FontSet) -> Outline:
    """Return the whole dossier as plain data."""
    record, tr = words.record, words.tr
    made = day(options.made_ms, options.made_zone, words.lang)
    made_text = f"{made} {clock(options.made_ms, options.made_zone)}"
    blocks: list[Block] = [front.cover(words, fonts, options.office, made_text)]
    if options.contents:
        blocks.append(Contents(tr("Contents")))
    blocks += _chapters(words)
    title = tr("Visit dossier: {hall}, {date}", hall=record.hall.name, date=words.date())
    return Outline(
        title=title,
        author=options.office or words.unit_path() or "Mingcha",
        subject=front.state_text(words),
        keywords=words.join([record.hall.name, words.date(), record.visit.id]),
        made=pdf_date(options.made_ms, options.made_zone),
        furniture=Furniture(
            head_left=tr("Visit dossier: {hall}, {date}", hall=record.hall.name, date=words.date()),
            head_right=" · ".join((front.number_text(words), front.state_text(words))),
            watermark="" if record.seal else tr("DRAFT  NOT SEALED"),
            stamp=tr("Copy for paper") if options.for_paper else "",
        ),
        blocks=tuple(blocks),
    )


def _chapters(words: Words) -> list[Block]:
    tr = words.tr
    shown: set[str] = set()
    chapters: list[tuple[str, str, list[Block], bool]] = [
        ("summary", tr("Summary"), front.summary(words), False),
        ("authority", tr("Legal basis and authority"), front.authority(words), False),
        ("timeline", tr("Course of the visit"), front.timeline(words), False),
        ("checklist", tr("Checklist results"), results.checklist(words), False),
        ("windows", tr("Windows and waiting"), results.windows(words), False),
        ("findings", tr("Findings of the visit"), problems.findings(words, shown), False),
        ("practice", tr("Good practice and other remarks"), remarks.practice(words), False),
        ("feedback", tr("Feedback and statements"), remarks.feedback(words), False),
        ("corrections", tr("Corrections"), closing.corrections(words), False),
        ("late", tr("Late additions"), late_chapter(words), False),
        ("evidence", tr("List of evidence"), closing.evidence(words), False),
        ("photos", tr("Further photographs"), closing.further_photos(words, shown), False),
        (
            "seal",
            tr("Signatures and seal"),
            [*closing.signatures(words), Gap(10), closing.seal(words)],
            True,
        ),
    ]
    blocks: list[Block] = []
    number = 0
    for key, title, content, new_page in chapters:
        if not content:
            continue
        number += 1
        text = f"{numeral(number)}、{title}" if words.lang == "zh" else f"{number}.  {title}"
        blocks.append(Heading(1, text, key, new_page=new_page))
        blocks += content
    return blocks


def pdf_date(ms: int, zone: int) -> str:
    """Return a moment as PDF writes it (PDF 32000 7.9.4): D:20261120103800+08'00'."""
    moment = to_datetime(ms, zone)
    sign = "-" if zone < 0 else "+"
    hours, minutes = divmod(abs(zone), 60)
    return f"D:{moment:%Y%m%d%H%M%S}{sign}{hours:02d}'{minutes:02d}'"
