"""Catalogues as rows of text: reading them, and the one way of writing them.

The `parse_*` functions read rows (column name → text). The first bad row ends the reading with a
MingchaError that names row and column, so that half a catalogue is never used. Row numbers are
those of the file: the header is row 1.
"""

from __future__ import annotations

import csv
import hashlib
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.catalogues import (
    Channel,
    Choice,
    GlossaryEntry,
    Item,
    Measure,
    Situation,
)
from inspector.domain.limits import normal
from inspector.domain.pass_rules import parse_rule
from inspector.domain.vocabulary import AnswerType, CatalogueKind, LimitSource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Row = dict[str, str]

#: The columns of each kind in canonical order.
COLUMNS: dict[CatalogueKind, tuple[str, ...]] = {
    CatalogueKind.CHECKLIST: (
        *("code", "section_code", "section_zh", "section_en", "item_zh", "item_en", "phase"),
        *("method", "answer_type", "unit", "pass_rule", "evidence", "severity"),
        *("situation_hint", "source", "confidence", "applies_to", "unit_en", "format", "choices"),
        *("numerator_zh", "numerator_en", "denominator_zh", "denominator_en", "bounded"),
        *("limit_source", "limit_rule", "note"),
    ),
    CatalogueKind.SITUATIONS: (
        *("code", "scheme", "parent_code", "node", "sort_order", "subject", "zh", "en"),
        *("source", "status", "hall_relevance_0_3", "computable_trigger"),
    ),
    CatalogueKind.MEASURES: (
        *("code", "family", "zh", "en", "target", "is_formal_sanction", "form_1_to_4"),
        *("period_months", "promotion_ban_months", "pay_step_ban", "award_effect"),
        *("period_starts", "legal_basis", "confidence", "accounts", "notes"),
    ),
    CatalogueKind.CHANNELS: (
        *("code", "zh", "en", "operator", "direction", "medium", "evidence_types"),
        *("triage_or_sla", "accounts", "confidence", "app_fields"),
    ),
    CatalogueKind.GLOSSARY: ("zh", "en_code_term", "kind", "note"),
}
#: Columns that a file must have; an office's own list need not fill in the others.
REQUIRED: dict[CatalogueKind, tuple[str, ...]] = {
    CatalogueKind.CHECKLIST: ("code", "section_code", "item_zh", "answer_type", "pass_rule"),
    CatalogueKind.SITUATIONS: ("code", "zh"),
    CatalogueKind.MEASURES: ("code", "zh"),
    CatalogueKind.CHANNELS: ("code", "zh"),
    CatalogueKind.GLOSSARY: ("zh", "en_code_term"),
}
_FORMATS = {
    AnswerType.TEXT: ("", "date", "time"),
    AnswerType.PAIR: ("", "date", "decimal"),
}


class _Lines(list[str]):
    """What `csv.writer` writes to."""

    def write(self, line: str) -> None:
        """Keep one line."""
        self.append(line)


class _Reader:
    """One row while it is read; knows its number for the messages."""

    def __init__(self, row: Row, number: int) -> None:
        self.row = row
        self.number = number

    def refuse(self, column: str, reason: str = "catalogue_value_unknown") -> MingchaError:
        """Return the error for what stands in `column`."""
        return MingchaError(
            reason, row=self.number, column=column, value=self.row.get(column, "").strip()
        )

    def text(self, column: str) -> str:
        """Return the text of a column that may be missing or empty."""
        return normal(self.row.get(column, "")).strip()

    def needed(self, column: str) -> str:
        """Return the text of a column that may not be empty."""
        value = self.text(column)
        if not value:
            raise self.refuse(column, "catalogue_value_missing")
        return value

    def one_of(self, column: str, allowed: Iterable[str], default: str = "") -> str:
        """Return a value of a closed list."""
        value = self.text(column) or default
        if value not in allowed:
            raise self.refuse(column)
        return value

    def integer(self, column: str, low: int, high: int, default: int) -> int:
        """Return a whole number within bounds."""
        value = self.text(column) or str(default)
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise self.refuse(column)
        return int(value)

    def flag(self, column: str) -> bool:
        """Return a yes/no column; empty means no."""
        return self.one_of(column, ("yes", "no", "Y", "N", ""), "no") in ("yes", "Y")


def parse_items(rows: Sequence[Row]) -> tuple[Item, ...]:
    """Return the items of a checklist, in the order of `rows`.

    Raises MingchaError `catalogue_column_missing`, `catalogue_value_missing`,
    `catalogue_value_unknown`, `catalogue_code_twice`, `catalogue_rule_unreadable`.
    """
    return tuple(_each(rows, CatalogueKind.CHECKLIST, _item))


def parse_situations(rows: Sequence[Row]) -> tuple[Situation, ...]:
    """Return a taxonomy; every parent must be in it. Raises as `parse_items`."""
    parsed = tuple(_each(rows, CatalogueKind.SITUATIONS, _situation))
    codes = {entry.code for entry in parsed}
    for number, entry in enumerate(parsed, start=2):
        if entry.parent and entry.parent not in codes:
            raise MingchaError(
                "catalogue_value_unknown", row=number, column="parent_code", value=entry.parent
            )
    return parsed


def parse_measures(rows: Sequence[Row]) -> tuple[Measure, ...]:
    """Return a catalogue of measures. Raises as `parse_items`."""
    return tuple(_each(rows, CatalogueKind.MEASURES, _measure))


def parse_channels(rows: Sequence[Row]) -> tuple[Channel, ...]:
    """Return a list of channels. Raises as `parse_items`."""
    return tuple(_each(rows, CatalogueKind.CHANNELS, _channel))


def parse_glossary(rows: Sequence[Row]) -> tuple[GlossaryEntry, ...]:
    """Return a glossary. Raises as `parse_items`."""
    return tuple(_each(rows, CatalogueKind.GLOSSARY, _glossary_entry))


PARSERS: dict[CatalogueKind, Callable[[Sequence[Row]], tuple[Any, ...]]] = {
    CatalogueKind.CHECKLIST: parse_items,
    CatalogueKind.SITUATIONS: parse_situations,
    CatalogueKind.MEASURES: parse_measures,
    CatalogueKind.CHANNELS: parse_channels,
    CatalogueKind.GLOSSARY: parse_glossary,
}


def canonical_csv(kind: CatalogueKind, rows: Iterable[Row]) -> bytes:
    """Return the rows as the bytes that are stored and hashed.

    UTF-8 without mark, LF, the columns of `COLUMNS` in order: the same list saved by another
    spreadsheet program gives the same bytes.
    """
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS[kind])
    for row in rows:
        if _is_blank(row):
            continue
        writer.writerow([normal(row.get(column, "")).strip() for column in COLUMNS[kind]])
    return "".join(lines).encode("utf-8")


def digest(data: bytes) -> str:
    """Return the SHA-256 of canonical bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def _each(rows: Sequence[Row], kind: CatalogueKind, read: Callable[[_Reader], Any]) -> list[Any]:
    """Read every row; refuse missing columns, an empty list and keys that occur twice."""
    for column in REQUIRED[kind]:
        if not rows or column not in rows[0]:
            raise MingchaError(
                "catalogue_column_missing", column=column, columns=", ".join(REQUIRED[kind])
            )
    key = REQUIRED[kind][0]
    seen: set[str] = set()
    entries: list[Any] = []
    for number, row in enumerate(rows, start=2):
        if _is_blank(row):
            continue
        reader = _Reader(row, number)
        code = reader.needed(key)
        if code in seen:
            raise reader.refuse(key, "catalogue_code_twice")
        seen.add(code)
        entries.append(read(reader))
    return entries


def _is_blank(row: Row) -> bool:
    return not any(value.strip() for value in row.values())


def _item(row: _Reader) -> Item:
    answer_type = AnswerType(row.one_of("answer_type", tuple(AnswerType)))
    choices = _choices(row, answer_type)
    section = row.needed("section_code")
    zh = row.needed("item_zh")
    return Item(
        code=row.needed("code"),
        section=section,
        section_zh=row.text("section_zh") or section,
        section_en=row.text("section_en") or row.text("section_zh") or section,
        zh=zh,
        en=row.text("item_en") or zh,
        phase=row.one_of("phase", ("C", "O", "B"), "B"),
        method=row.text("method") or "observe",
        answer_type=answer_type,
        unit=row.text("unit"),
        pass_rule=_pass_rule(row, answer_type, choices),
        evidence=row.text("evidence") or "none",
        severity=row.integer("severity", 1, 4, 1),
        situation_hint=row.text("situation_hint"),
        source=row.text("source"),
        confidence=row.one_of("confidence", ("A", "B", "C"), "C"),
        applies_to=_levels(row),
        unit_en=row.text("unit_en") or row.text("unit"),
        format=row.one_of("format", _FORMATS.get(answer_type, ("",))),
        choices=choices,
        bounded=row.flag("bounded"),
        limit_source=LimitSource(row.one_of("limit_source", tuple(LimitSource), "rule")),
        limit_rule=row.text("limit_rule"),
        note=row.text("note"),
        **_pair_labels(row, answer_type),
    )


def _pair_labels(row: _Reader, answer_type: AnswerType) -> dict[str, str]:
    """Return the names of the two quantities; a pair cannot be asked for without them."""
    if answer_type is not AnswerType.PAIR:
        return {}
    labels = {column: row.needed(column) for column in ("numerator_zh", "denominator_zh")}
    for part in ("numerator", "denominator"):
        labels[f"{part}_en"] = row.text(f"{part}_en") or labels[f"{part}_zh"]
    return labels


def _choices(row: _Reader, answer_type: AnswerType) -> tuple[Choice, ...]:
    """Return the choices of “好=good|一般=fair”; best first."""
    if answer_type is not AnswerType.CHOICE:
        return ()
    choices = []
    for part in row.needed("choices").split("|"):
        zh, _, en = (piece.strip() for piece in part.partition("="))
        choices.append(Choice(zh, en or zh))
    names = [choice.zh for choice in choices]
    if len(choices) < 2 or "" in names or len(set(names)) < len(names):
        raise row.refuse("choices")
    return tuple(choices)


def _pass_rule(row: _Reader, answer_type: AnswerType, choices: tuple[Choice, ...]) -> str:
    rule = row.needed("pass_rule")
    try:
        parse_rule(rule, answer_type, [choice.zh for choice in choices])
    except MingchaError as error:
        raise row.refuse("pass_rule", "catalogue_rule_unreadable") from error
    return rule


def _levels(row: _Reader) -> str:
    levels = row.text("applies_to") or "HTV"
    if not set(levels) <= set("HTV"):
        raise row.refuse("applies_to")
    return levels


def _situation(row: _Reader) -> Situation:
    zh = row.needed("zh")
    return Situation(
        code=row.needed("code"),
        scheme=row.text("scheme"),
        parent=row.text("parent_code"),
        node=row.one_of("node", ("scheme", "class", "type"), "type"),
        order=row.integer("sort_order", 0, 9999, 0),
        subject=row.text("subject") or "both",
        zh=zh,
        en=row.text("en") or zh,
        source=row.text("source"),
        status=row.text("status"),
        relevance=row.integer("hall_relevance_0_3", 0, 3, 0),
        trigger=row.text("computable_trigger"),
    )


def _measure(row: _Reader) -> Measure:
    zh = row.needed("zh")
    return Measure(
        code=row.needed("code"),
        family=row.text("family"),
        zh=zh,
        en=row.text("en") or zh,
        target=row.text("target"),
        formal_sanction=row.flag("is_formal_sanction"),
        form=row.one_of("form_1_to_4", ("", "1", "2", "3", "4")),
        period_months=row.text("period_months"),
        promotion_ban_months=row.text("promotion_ban_months"),
        pay_step_ban=row.one_of("pay_step_ban", ("", "Y", "N")),
        award_effect=row.text("award_effect"),
        period_starts=row.text("period_starts"),
        legal_basis=row.text("legal_basis"),
        confidence=row.text("confidence"),
        accounts=row.text("accounts"),
        notes=row.text("notes"),
    )


def _channel(row: _Reader) -> Channel:
    zh = row.needed("zh")
    return Channel(
        code=row.needed("code"),
        zh=zh,
        en=row.text("en") or zh,
        operator=row.text("operator"),
        direction=row.text("direction"),
        medium=row.text("medium"),
        evidence_types=row.text("evidence_types"),
        triage=row.text("triage_or_sla"),
        accounts=row.text("accounts"),
        confidence=row.text("confidence"),
        app_fields=row.text("app_fields"),
    )


def _glossary_entry(row: _Reader) -> GlossaryEntry:
    return GlossaryEntry(
        zh=row.needed("zh"),
        en=row.needed("en_code_term"),
        kind=row.text("kind"),
        note=row.text("note"),
    )
