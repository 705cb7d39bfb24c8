"""The sheet on which the unit confirms what was found on the spot (现场情况确认单).

Signed by inspectors and unit, or the refusal noted with a witness (行诉证据规定 Art. 15). Without
photographs: they are shown, not handed over.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.domain.clocktext import clock, day
from inspector.domain.facts import effective
from inspector.domain.findings import statements_in_order
from inspector.domain.numbers import finding_label
from inspector.domain.terms import term
from inspector.report.build import write_outline
from inspector.report.dossier import pdf_date
from inspector.report.editions import current
from inspector.report.fonts import font_set
from inspector.report.front import members_text, number_text
from inspector.report.outline import (
    Block,
    Cell,
    Column,
    Furniture,
    Grid,
    Outline,
    Ruled,
    SealBox,
    Signatures,
    Table,
    Text,
)
from inspector.report.page import Style
from inspector.report.wording import Words

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from inspector.base.i18n import Lang, Translator
    from inspector.base.progress import Progress
    from inspector.domain.entities import Statement
    from inspector.domain.record import VisitRecord
    from inspector.report.build import PaperResult


#: How much smaller tables are set, and how many lines the unit has to write on.
_STEPS = ((1.0, 2), (0.94, 2), (0.88, 2), (0.88, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOptions:
    """How the sheet is made.

    findings: ids of those told to the unit, in order; code: the record code printed on it
    (`domain.record_code`); made_ms, made_zone: date of the paper.
    """

    findings: tuple[str, ...]
    code: str = ""
    lang: Lang = "zh"
    made_ms: int = 0
    made_zone: int = 480
    office: str = ""
    font_folders: tuple[Path, ...] | None = None


def write_confirmation_sheet(
    record: VisitRecord,
    options: SheetOptions,
    target: BinaryIO | Path,
    progress: Progress = SILENT,
    tr: Translator | None = None,
) -> PaperResult:
    """Write the sheet: one page unless the chosen findings are long. Raises as `write_dossier`.

    What does not fit one page is set smaller step by step; only then does it run on, in full size.
    """
    tr = tr or translator(options.lang)
    fonts = font_set(options.lang, options.font_folders)
    words = Words(current(record), tr)
    for factor, lines in _STEPS:
        outline = _outline(words, options, lines)
        result = write_outline(outline, fonts.fresh(), tr, io.BytesIO(), SILENT, factor=factor)
        if result.pages == 1:
            break
    else:
        factor, lines = _STEPS[0]
    outline = _outline(words, options, lines)
    return write_outline(outline, fonts.fresh(), tr, target, progress, factor=factor)


def _outline(words: Words, options: SheetOptions, lines: int) -> Outline:
    record, tr = words.record, words.tr
    title = tr("Confirmation of facts on the spot")
    made = day(options.made_ms, options.made_zone, words.lang)
    return Outline(
        title=tr("{title}: {hall}", title=title, hall=record.hall.name),
        author=options.office or words.unit_path() or "Mingcha",
        subject=number_text(words),
        keywords=record.visit.id,
        made=pdf_date(options.made_ms, options.made_zone),
        furniture=Furniture(
            head_left=record.hall.name,
            head_right=f"{made} {clock(options.made_ms, options.made_zone)}",
        ),
        blocks=_blocks(words, options, title, lines),
    )


def _blocks(words: Words, options: SheetOptions, title: str, lines: int) -> tuple[Block, ...]:
    record, tr = words.record, words.tr
    facts = (
        (tr("Place:"), record.hall.name),
        (tr("Date of visit:"), words.date()),
        (tr("Inspected unit:"), words.unit_path()),
        (tr("Number:"), number_text(words)),
        (tr("Inspectors:"), members_text(words)),
    )
    date = tr("Date:")
    signed = [
        (tr("Inspector {name}:", name=words.person(member.person)), date)
        for member in effective(record.members)
    ]
    return (
        Text(title, style=Style.SHEET_TITLE, indent=False),
        Grid(tuple(row for row in facts if row[1])),
        _table(words, options.findings),
        *_said(words, options.findings),
        Ruled(tr("Statement of the unit:"), lines),
        Signatures(((tr("For the inspected unit:"), date), *signed), compact=True),
        Ruled(tr("If the signature is refused, the reason:"), 1),
        Signatures(((tr("Witness (if refused):"), date),), compact=True),
        SealBox(
            (
                (tr("Visit:"), record.visit.id),
                *(((tr("Record code:"), options.code),) if options.code else ()),
            ),
            f"mingcha:visit:{record.visit.id}",
            tr(
                "A signature confirms that the facts above were told and how the unit sees them; "
                "it is no decision on them."
            ),
            compact=True,
        ),
    )


def _table(words: Words, chosen: tuple[str, ...]) -> Table:
    tr = words.tr
    known = {finding.id: finding for finding in effective(words.record.findings)}
    boxes = tr("□ agrees  □ disagrees  □ explains").replace("  ", "\n")
    said = _statements(words, chosen)
    rows = tuple(
        (
            Cell(finding_label(known[each], words.lang)),
            Cell(f"{words.times(known[each])}\n{words.spot(known[each].window)}".rstrip()),
            Cell(known[each].text),
            Cell(term(said[each].position, words.lang) if each in said else boxes),
        )
        for each in chosen
        if each in known
    )
    columns = (
        Column(tr("Finding"), 17, fits=True),
        Column(tr("Time and place"), 27, fits=True),
        Column(tr("Facts as seen"), 31),
        Column(tr("The unit"), 25, fits=True),
    )
    return Table(columns, rows)


def _statements(words: Words, chosen: tuple[str, ...]) -> dict[str, Statement]:
    """Return what the unit said already to the chosen findings, so that it signs below it."""
    said = {each.finding: each for each in statements_in_order(words.record)}
    return {finding: said[finding] for finding in chosen if finding in said}


def _said(words: Words, chosen: tuple[str, ...]) -> list[Block]:
    numbers = {finding.id: words.short_number(finding) for finding in words.findings}
    return [
        Text(
            words.clauses([f"{numbers[finding]}: {each.text}", each.speaker]),
            style=Style.NOTE,
            indent=False,
        )
        for finding, each in _statements(words, chosen).items()
        if each.text and finding in numbers
    ]
