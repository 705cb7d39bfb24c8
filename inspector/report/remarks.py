"""Good practice and other remarks; what was told to the unit, and what it said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.facts import effective
from inspector.domain.findings import statements_in_order
from inspector.domain.terms import term
from inspector.domain.vocabulary import RemarkKind
from inspector.report.outline import Block, Cell, Column, Grid, Table, Text
from inspector.report.page import Style

if TYPE_CHECKING:
    from inspector.report.wording import Words


def practice(words: Words) -> list[Block]:
    """Return good practice with its quantities, scripted requests and other remarks."""
    tr = words.tr
    rows = []
    for item in effective(words.record.remarks):
        text = item.text
        if item.reply:
            text += "\n" + tr("Reply: {reply}", reply=item.reply)
        if item.kind is RemarkKind.GOOD_PRACTICE and (item.before or item.after):
            text += "\n" + tr(
                "Before {before}, after {after} {unit}",
                before=item.before or "–",
                after=item.after or "–",
                unit=item.measure_unit,
            )
        rows.append(
            (
                Cell(term(item.kind, words.lang)),
                Cell(words.window(item.window) or "–"),
                Cell(text),
                Cell(f"{words.observed(item)} {words.person(item.observer)}"),
                Cell(words.entered(item)),
            )
        )
    if not rows:
        return []
    columns = (
        Column(tr("Kind"), 16, fits=True),
        Column(tr("Where"), 16, fits=True),
        Column(tr("What"), 44),
        Column(tr("Observed"), 24, fits=True),
        Column(tr("Entered"), 20, fits=True),
    )
    return [Table(columns, tuple(rows))]


def feedback(words: Words) -> list[Block]:
    """Return what was told to the unit, how it was signed or refused, and its statements."""
    record, tr = words.record, words.tr
    given = effective(record.feedbacks)
    if not given:
        return [Text(tr("Nothing has been told to the unit yet."))]
    numbers = {finding.id: words.short_number(finding) for finding in record.findings}
    blocks: list[Block] = []
    for item in given:
        sheet = words.exhibits.get(item.sheet or "")
        signed = tr("signed sheet, see E{number}", number=sheet) if sheet else tr("no signed sheet")
        if item.refusal:
            signed = tr("signature refused: {reason}", reason=item.refusal)
        rows = [
            (tr("Time:"), words.seen(item)),
            (tr("Present:"), words.join(item.people_present)),
            (tr("Findings:"), words.join(numbers.get(each, each) for each in item.findings)),
            (tr("Signature:"), signed),
            (tr("Witness:"), item.witness),
        ]
        blocks.append(Grid(tuple((label, value) for label, value in rows if value)))
    return blocks + _statement_table(words, numbers)


def _statement_table(words: Words, numbers: dict[str, str]) -> list[Block]:
    tr = words.tr
    rows = tuple(
        (
            Cell(numbers.get(item.finding, item.finding)),
            Cell(item.speaker or "–"),
            Cell(term(item.position, words.lang)),
            Cell(words.statement(item) or "–"),
            Cell(words.observed(item)),
            Cell(words.entered(item)),
        )
        for item in statements_in_order(words.record)
    )
    if not rows:
        return [Text(tr("The unit made no statement."), style=Style.BODY)]
    columns = (
        Column(tr("Finding"), 15, fits=True),
        Column(tr("Speaker"), 24, fits=True),
        Column(tr("Position"), 18, fits=True),
        Column(tr("Statement"), 36),
        Column(tr("Time"), 18, fits=True),
        Column(tr("Entered"), 20, fits=True),
    )
    return [Table(columns, rows, tr("Statements of the unit"))]
