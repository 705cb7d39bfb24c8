"""Fields of facts by their names, and their values as people read them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.domain.terms import term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inspector.report.wording import Words

#: Fields that hold a moment, in milliseconds since 1970 UTC.
MOMENTS = frozenset(
    {"observed_from", "observed_to", "joined", "called", "ended", "identity_from", "identity_to"}
)


def value_text(name: str, value: Any, words: Words) -> str:
    """Return a value of a fact as people read it; – for none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, StrEnum):
        return term(value, words.lang)
    if isinstance(value, bool):
        return words.tr("yes") if value else words.tr("no")
    if name in MOMENTS:
        return words.moment(value, words.record.hall.zone_minutes)
    named: dict[str, Callable[[Any], str]] = {
        "window": words.window,
        "severity": words.severity,
        "observer": words.person,
        "identity_by": words.person,
        "situations": words.coded,
        "finding": lambda finding: _findings((finding,), words),
        "findings": lambda findings: _findings(findings, words),
        "sheet": lambda file: _file(file, words),
        "evidence": lambda file: _file(file, words),
    }
    if name in named:
        return named[name](value) or "–"
    if isinstance(value, tuple):
        return words.join(str(part) for part in value)
    if isinstance(value, dict):
        return words.join(f"{key} = {part}" for key, part in value.items())
    return str(value)


def _findings(findings: Sequence[str], words: Words) -> str:
    """Return findings (ids) by their numbers."""
    known = {each.id: words.short_number(each) for each in words.record.findings}
    return words.join(known.get(each, each) for each in findings)


def _file(file: str, words: Words) -> str:
    """Return a piece of evidence (id) by the number it has on this paper."""
    known = {each.id: words.exhibit(each) for each in words.record.evidence}
    return known.get(file, file)
