"""The numbers people see on findings and visits.

While a visit is open, a number is provisional and carries the prefix of the device that gave it,
because two laptops count at the same time. The field `device` of findings and visits holds this
prefix. At the seal the official numbers are fixed once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.hashing import hashed
from inspector.domain.entities import Finding, Visit
from inspector.domain.facts import effective

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.base.i18n import Lang

#: Letters and digits that are not taken for each other on paper.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "23456789"
_LATEST = 2**63
_MARK = {"zh": "（暂编）", "en": " (provisional)"}


def device_prefix(device: str) -> str:
    """Return the two characters that a device's provisional numbers begin with (“K7”).

    192 prefixes: two devices may share one, so it tells people apart, it identifies nothing.
    """
    digest = hashed(device.encode("utf-8")).digest()
    return _LETTERS[digest[0] % len(_LETTERS)] + _DIGITS[digest[1] % len(_DIGITS)]


def finding_label(finding: Finding, lang: Lang) -> str:
    """Return “问题 3” once the number is official, “问题 K7-3（暂编）” before."""
    noun = "问题" if lang == "zh" else "Finding"
    return _label(noun, finding.official_number, finding.device, finding.number, lang)


def visit_label(visit: Visit, lang: Lang) -> str:
    """Return “走访 12” once the number is official, “走访 K7-12（暂编）” before."""
    noun = "走访" if lang == "zh" else "Visit"
    return _label(noun, visit.official_number, visit.device, visit.number, lang)


def bare_number(thing: Finding | Visit) -> str:
    """Return the number alone, “2026-0001” or “K7-3”: all that may be shown inside a hall."""
    return thing.official_number or provisional(thing.device, thing.number)


def named_number(thing: Finding | Visit, lang: Lang) -> str:
    """Return the number with its noun, “走访 K7-3”.

    A visit and a finding may have the same provisional number: where both can be read, a number
    alone does not say which is meant.
    """
    said = visit_label(thing, lang) if isinstance(thing, Visit) else finding_label(thing, lang)
    return said.removesuffix(_MARK[lang])


def provisional(prefix: str, number: int) -> str:
    """Return a provisional number, “K7-3”."""
    return f"{prefix}-{number}" if prefix else str(number)


def official_numbers(findings: Iterable[Finding]) -> dict[str, str]:
    """Return the official number of each finding that holds, by its id.

    In the order they were observed, then entered; one without an observed time comes last.
    Numbers already fixed stay, new findings continue after the highest: also after one that was
    withdrawn since, because it may stand on paper.
    """
    known = tuple(findings)
    standing = sorted(effective(known), key=_order)
    numbers = {each.id: each.official_number for each in standing if each.official_number}
    given = [int(each.official_number) for each in known if each.official_number.isdigit()]
    following = max(given, default=0)
    for finding in standing:
        if finding.id not in numbers:
            following += 1
            numbers[finding.id] = str(following)
    return numbers


def _order(finding: Finding) -> tuple[int, int, str]:
    observed = _LATEST if finding.observed_from is None else finding.observed_from
    return observed, finding.entered.ms, finding.id


def _label(noun: str, official: str, device: str, number: int, lang: Lang) -> str:
    if official:
        return f"{noun} {official}"
    return f"{noun} {provisional(device, number)}{_MARK[lang]}"
