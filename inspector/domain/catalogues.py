"""Catalogues: checklists and taxonomies, shipped or an office's own, as frozen values.

`domain.catalogue_rows` reads and writes them as rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.patterns import pattern
from inspector.base.values import frozen
from inspector.domain.vocabulary import LimitSource

if TYPE_CHECKING:
    from inspector.domain.vocabulary import AnswerType


@frozen
class Choice:
    """One choice of a choice item; `zh` is what is stored."""

    zh: str
    en: str


@frozen
class Item:
    """One checklist item.

    phase: C covert, O overt, B both. `applies_to`: letters of `HallLevel`. `confidence`: A the
    basis was read, B known by title or secondary text, C practice; clause numbers marked B or C
    must not be printed (`printable_source`). `pass_rule` is read by `domain.pass_rules`.
    `format`: "" plain, "decimal" (pair of decimal numbers), "date" (ISO), "time" (HH:MM).
    `bounded`: the numerator of a pair is a part of its denominator. `choices`: best first.
    `note` keeps the rule as its source words it.
    """

    code: str
    section: str
    section_zh: str
    section_en: str
    zh: str
    en: str
    phase: str
    method: str
    answer_type: AnswerType
    unit: str
    pass_rule: str
    evidence: str
    severity: int
    situation_hint: str
    source: str
    confidence: str
    applies_to: str
    unit_en: str = ""
    format: str = ""
    choices: tuple[Choice, ...] = ()
    numerator_zh: str = ""
    numerator_en: str = ""
    denominator_zh: str = ""
    denominator_en: str = ""
    bounded: bool = False
    limit_source: LimitSource = LimitSource.RULE
    limit_rule: str = ""
    note: str = ""


@frozen
class Checklist:
    """A versioned checklist. `sha256` is the hash of its canonical bytes."""

    code: str
    version: str
    zh: str
    en: str
    valid_from: str
    valid_to: str
    sha256: str
    items: tuple[Item, ...]

    @property
    def reference(self) -> str:
        """How a visit names this checklist: `code@version`."""
        return f"{self.code}@{self.version}"


@frozen
class Situation:
    """One node of a taxonomy of inaction (schemes DT, FZ, CZ, KM, RC or an office's own).

    `relevance`: 0 (never met in a hall) to 3. `trigger`: what could be computed, in words.
    """

    code: str
    scheme: str
    parent: str
    node: str
    order: int
    subject: str
    zh: str
    en: str
    source: str
    status: str
    relevance: int = 0
    trigger: str = ""

    @property
    def is_list(self) -> bool:
        """Whether it is the name of a whole taxonomy, which no finding can name."""
        return self.node == "scheme"


@frozen
class Measure:
    """One entry of the accountability catalogue. The program records measures, it decides none.

    Periods are texts in months ("6", "12/24"), because some depend on the case.
    """

    code: str
    family: str
    zh: str
    en: str
    target: str
    formal_sanction: bool
    form: str
    period_months: str
    promotion_ban_months: str
    pay_step_ban: str
    award_effect: str
    period_starts: str
    legal_basis: str
    confidence: str
    accounts: str
    notes: str


@frozen
class Channel:
    """Where clues and findings come from."""

    code: str
    zh: str
    en: str
    operator: str
    direction: str
    medium: str
    evidence_types: str
    triage: str
    accounts: str
    confidence: str
    app_fields: str


@frozen
class GlossaryEntry:
    """A Chinese term of the trade and its English name."""

    zh: str
    en: str
    kind: str
    note: str


#: Clause numbers of these standards were not read, whatever else a source line rests on.
_UNREAD_STANDARDS = r"GB/T (?:3611[234]|32169)(?:\.\d)?(?:-\d{4})?"
_STANDARD = r"(?:GB|DB\d\d)(?:/T)? [\d.]*\d(?:-\d{4})?"
_CLAUSE = r"\s+(?:附录[A-Z]|\d+(?:[./]\d+)*章?)(?:[(（][^)）]*[)）])?"
_ARTICLE = pattern(
    r"第?[\d一二三四五六七八九十百]+(?:、[\d一二三四五六七八九十百]+)*条"
    r"(?:末款|[(（][一二三四五六七八九十]+[)）])*"
)
_ANY_CLAUSE = pattern(rf"({_STANDARD}){_CLAUSE}")
_UNREAD_CLAUSE = pattern(rf"({_UNREAD_STANDARDS}){_CLAUSE}")
_ANNEX = pattern(r"[；;]?附录[A-Z](?:[(（][^)）]*[)）])?")


def printable_source(entry: Item | Measure) -> str:
    """Return the source of `entry` as it may be printed.

    Clause and article numbers of entries marked B or C are left out: only the title was seen, or
    it is remembered. Clauses inside GB/T 36112–36114 and 32169 are always left out.
    """
    text = entry.source if isinstance(entry, Item) else entry.legal_basis
    if entry.confidence[:1] == "A":
        return _UNREAD_CLAUSE.sub(r"\1", text)
    return _ANNEX.sub("", _ARTICLE.sub("", _ANY_CLAUSE.sub(r"\1", text))).strip()
