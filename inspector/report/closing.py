"""The last chapters: corrections, list of evidence, further photographs, signatures, seal."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from inspector.domain.entities import Fact, Finding
from inspector.domain.facts import effective
from inspector.domain.names import field_name
from inspector.domain.numbers import finding_label
from inspector.domain.schema import COMPUTED
from inspector.domain.signing import SignatureState
from inspector.domain.terms import file_marks, term, void_reason
from inspector.report.exhibits import belongs, is_picture, photo
from inspector.report.outline import (
    Block,
    Cell,
    Column,
    Photos,
    SealBox,
    Signatures,
    Table,
    Text,
)
from inspector.report.page import Style
from inspector.report.telling import tell
from inspector.report.values import value_text

if TYPE_CHECKING:
    from inspector.domain.entities import Entity, Evidence
    from inspector.domain.signing import SealSigner
    from inspector.report.wording import Words

_SILENT = COMPUTED | {"visit", "replaces", "number", "device", "official_number", "observed_zone"}


def corrections(words: Words) -> list[Block]:
    """Return what this supplement changes, old beside new, and what was withdrawn."""
    tr = words.tr
    rows = [row for old, new in _corrected(words) for row in _differences(old, new, words)]
    blocks: list[Block] = []
    columns: tuple[Column, ...]
    if rows:
        columns = (
            Column(tr("Entry"), 24, fits=True),
            Column(tr("What changed"), 18, fits=True),
            Column(tr("Before"), 29),
            Column(tr("Now"), 29),
        )
        blocks.append(Table(columns, tuple(rows), tr("Corrections: old and new")))
    withdrawn = [fact for fact in _facts(words) if fact.void is not None or fact.withdrawn]
    if withdrawn:
        columns = (
            Column(tr("Entry"), 46),
            Column(tr("Withdrawn because"), 34),
            Column(tr("Entered"), 20, fits=True),
        )
        told = tuple(
            (
                Cell(_dated(tell(fact, words), fact, words)),
                Cell(void_reason(fact.void or "", words.lang) or fact.withdrawn or "–"),
                Cell(words.entered(fact)),
            )
            for fact in withdrawn
        )
        blocks.append(Table(columns, told, tr("Withdrawn entries")))
    return blocks


def _facts(words: Words) -> list[Fact]:
    record = words.record
    groups: tuple[tuple[Fact, ...], ...] = (
        record.events,
        record.rounds,
        record.sightings,
        record.sweeps,
        record.waits,
        record.head_counts,
        record.remarks,
        record.answers,
        record.findings,
        record.finding_persons,
        record.confirmations,
        record.evidence,
        record.feedbacks,
        record.statements,
    )
    return [fact for group in groups for fact in group]


def _corrected(words: Words) -> list[tuple[Entity, Fact]]:
    replaced = words.record.replaced
    return [
        (replaced[fact.replaces], fact)
        for fact in _facts(words)
        if fact.replaces and fact.replaces in replaced and fact.void is None and not fact.withdrawn
    ]


def _dated(text: str, fact: Entity, words: Words) -> str:
    """Return an entry with its observed time below it."""
    return f"{text}\n{words.observed(fact)}" if isinstance(fact, Fact) else text


def _differences(old: Entity, new: Fact, words: Words) -> list[tuple[Cell, ...]]:
    # The text of a finding stands in the columns if it changed.
    entry = finding_label(old, words.lang) if isinstance(old, Finding) else tell(old, words)
    rows: list[tuple[Cell, ...]] = []
    for item in fields(new):
        before, now = getattr(old, item.name, None), getattr(new, item.name)
        if item.name in _SILENT or before == now:
            continue
        rows.append(
            (
                Cell(_dated(entry, old, words) if not rows else ""),
                Cell(field_name(item.name).of(words.lang)),
                Cell(value_text(item.name, before, words)),
                Cell(value_text(item.name, now, words)),
            )
        )
    if rows:
        entered = (words.tr("entered"), words.entered(old), words.entered(new))
        rows.append((Cell(""), *map(Cell, entered)))
        why = words.record.reasons.get(new.id, "")
        # Of a finding that does not hold it is the reason of its outcome, which stands above.
        if why and why != getattr(new, "outcome_reason", None):
            rows.append((Cell(""), Cell(words.tr("why")), Cell(""), Cell(why)))
    return rows


# -- evidence ----------------------------------------------------------------------------------


def evidence(words: Words) -> list[Block]:
    """Return the list of evidence with full hashes, and what was removed on purpose."""
    record, tr = words.record, words.tr
    if not record.evidence:
        return [Text(tr("There is no evidence in this visit."))]
    columns = (
        Column(tr("No."), 9, fits=True),
        Column(tr("What"), 36),
        Column(tr("Taken"), 32, fits=True),
        Column(tr("How obtained"), 26, fits=True),
    )
    blocks: list[Block] = [
        Table(
            columns,
            tuple(_evidence_row(item, words) for item in record.evidence),
            notes=tuple(f"SHA-256 {item.sha256}" for item in record.evidence),
        ),
        Text(
            tr("The SHA-256 value identifies the stored file: any change of it changes the value."),
            style=Style.NOTE,
            indent=False,
        ),
    ]
    return blocks + _erased(words)


def _evidence_row(item: Evidence, words: Words) -> tuple[Cell, ...]:
    tr = words.tr
    what = "\n".join(
        part
        for part in (
            item.caption,
            item.original_name,
            tr("{mime}, {size} bytes", mime=item.mime, size=f"{item.size:,}"),
            tr("withdrawn: {reason}", reason=void_reason(item.void, words.lang))
            if item.void
            else "",
        )
        if part
    )
    rests = words.source(item) if item.observed_from is not None else ""
    by = " · ".join(part for part in (rests, words.person(item.observer)) if part)
    taken = [words.observed(item, seconds=True), by]
    if item.offset_ms:
        taken.append(tr("camera clock corrected by {seconds} s", seconds=item.offset_ms // 1000))
    how = [
        words.acquisition(item),
        term(item.route, words.lang),
        *file_marks(item, words.lang),
        tr("entered {time}", time=words.entered(item)),
    ]
    return (
        Cell(words.exhibit(item)),
        Cell(what),
        Cell("\n".join(taken)),
        Cell("\n".join(part for part in how if part)),
    )


def _erased(words: Words) -> list[Block]:
    tr = words.tr
    rows = tuple(
        (
            Cell(item.sha256, style=Style.HASH),
            Cell(item.reason or "–"),
            Cell(words.person(item.second_person)),
            Cell(words.entered(item)),
        )
        for item in effective(words.record.erasures)
    )
    if not rows:
        return []
    columns = (
        Column("SHA-256", 34),
        Column(tr("Reason"), 34),
        Column(tr("Second person"), 16),
        Column(tr("Removed"), 16),
    )
    return [Table(columns, rows, tr("Files removed on purpose; their hash stays"))]


def further_photos(words: Words, shown: set[str]) -> list[Block]:
    """Return the photographs that no finding shows, those placed nowhere included."""
    rest = [
        item
        for item in effective(words.record.evidence)
        if is_picture(item) and item.id not in shown
    ]
    if not rest:
        return []
    note = Text(
        words.tr("Photographs that belong to other entries, or have not been placed yet."),
        style=Style.NOTE,
        indent=False,
    )
    printed = [(photo(item, words), belongs(item, words)) for item in rest]
    items = tuple(
        replace(item, details=(words.tr("Belongs to: {entry}", entry=place), *item.details))
        if place
        else replace(item, details=(words.tr("Not placed anywhere"), *item.details))
        for item, place in printed
    )
    return [note, Photos(items, small=True)]


# -- signatures and seal -----------------------------------------------------------------------


def signatures(words: Words) -> list[Block]:
    """Return blank lines for inspectors and unit; nothing is filled in for them."""
    tr = words.tr
    date = tr("Date:")
    rows = [
        (tr("Inspector {name}:", name=words.person(member.person)), date)
        for member in effective(words.record.members)
    ]
    rows += [(tr("For the inspected unit:"), date), (tr("Witness (if refused):"), date)]
    return [Signatures(tuple(rows))]


def seal(words: Words) -> SealBox:
    """Return the seal: what it covers, its manifest's hash, and how to check it."""
    record, tr = words.record, words.tr
    found = record.seal
    if found is None:
        return SealBox(
            ((tr("State:"), tr("draft, not sealed")),),
            "",
            tr("This visit is not sealed: everything in this paper may still change."),
        )
    rows = [
        (tr("State:"), tr("sealed, edition {number}", number=found.edition)),
        (tr("Sealed:"), words.full(found.entered.ms, words.zone)),
        (tr("By:"), words.person(found.entered.by)),
        (tr("Visit:"), record.visit.id),
        (tr("Manifest:"), found.manifest),
    ]
    if found.previous:
        rows.append((tr("Follows:"), found.previous))
    rows += [row for signer in record.signers for row in _signer(signer, words)]
    note = tr(
        "The manifest's SHA-256 covers every entry of this visit and the texts it relies on. "
        "The code holds this value. Whoever has the record can compare it: "
        "inspector check --against <manifest>"
    )
    return SealBox(tuple(rows), f"mingcha:seal:{found.manifest}", note)


def _signer(signer: SealSigner, words: Words) -> list[tuple[str, str]]:
    """Return what the seal says of one inspector, the fingerprint on a line of its own."""
    tr, name = words.tr, signer.name
    match signer.state:
        case SignatureState.VALID if signer.signed:
            time = words.full(signer.signed.ms, words.zone)
            label, text = tr("Signed:"), tr("{name}, {time}", name=name, time=time)
        case SignatureState.INVALID:
            label, text = tr("Invalid:"), tr("a signature of {name} that does not count", name=name)
        case SignatureState.MISSING:
            label, text = tr("Unsigned:"), tr("{name}, has a key and has not signed yet", name=name)
        case _:
            label, text = tr("Unsigned:"), tr("{name}, without a key", name=name)
    return [(label, text), *([("", signer.fingerprint)] if signer.fingerprint else [])]
