"""Catalogues: checklists and taxonomies, shipped or an office's own, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.domain.vocabulary import AnswerType


@dataclass(frozen=True, slots=True)
class Item:
    """One checklist item.

    phase: C covert, O overt, B both. `applies_to`: letters of `HallLevel`. `confidence`: A the
    basis was read, B known by title or secondary text, C practice; clause numbers marked B or C
    must not be printed. `pass_rule` is read by `domain.answers`.
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


@dataclass(frozen=True, slots=True)
class Checklist:
    """A versioned checklist. `sha256` is the hash of the bytes it was read from."""

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


@dataclass(frozen=True, slots=True)
class Situation:
    """One node of a taxonomy of inaction (schemes DT, FZ, CZ, KM, RC or an office's own)."""

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
