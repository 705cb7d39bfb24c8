"""When an answer conforms: the rule of a checklist item in an exact, small language.

====================  ============================================================
rule                  conforms when
====================  ============================================================
`record`              never judged, only recorded
`yes`, `no`           (yes/no items) the fact is so, is not so
`value <= 15` …       (count, minutes, number) the value compares so with the limit
`choice >= 一般`      (choice) as good as that choice or better; choices are listed
                      best first
`age <= 12 months`    (text in date format) the date is at most so old when seen
`n = 0`, `n <= 3` …   (pair) the numerator compares so with the limit
`n = d`, `n <= d`     (pair) the numerator compares so with the denominator
`rate >= 99%`         (pair) numerator ÷ denominator compares so, without rounding
====================  ============================================================

Comparisons: `=`, `<`, `<=`, `>`, `>=`. Limits are decimal numbers. Everything else is refused
with the code `rule_unreadable`, so that no rule is guessed. Every rule begins with a letter: a
spreadsheet program would take “= 0” for a formula and save its result.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.base.values import frozen
from inspector.domain.vocabulary import AnswerType

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

Subject = Literal["record", "yes", "no", "value", "choice", "age", "n", "rate"]
Comparison = Literal["=", "<", "<=", ">", ">="]

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBER = r"\d{1,9}(?:\.\d{1,6})?"
_VALUE = pattern(rf"value\s*(=|<=|<|>=|>)\s*({_NUMBER})")
_CHOICE = pattern(r"choice\s*>=\s*(\S+)")
_AGE = pattern(r"age\s*<=\s*(\d{1,3})\s*months")
_PAIR = pattern(rf"n\s*(=|<=|<|>=|>)\s*(d|{_NUMBER})")
_RATE = pattern(rf"rate\s*(=|<=|<|>=|>)\s*({_NUMBER})%")
_NUMERIC = (AnswerType.COUNT, AnswerType.MINUTES, AnswerType.NUMBER)


@frozen
class PassRule:
    """A rule that was read.

    `limit` is the number compared with (percent for `rate`, months for `age`), None where the
    denominator is meant; `choice` the place of the worst choice that still conforms.
    """

    subject: Subject
    comparison: Comparison = "="
    limit: Decimal | None = None
    choice: int = 0

    def holds(self, left: Any, right: Any) -> bool:
        """Return whether `left` stands to `right` as the rule wants."""
        return _COMPARE[self.comparison](left, right)


RECORD = PassRule("record")


def parse_rule(text: str, answer_type: AnswerType, choices: Sequence[str] = ()) -> PassRule:
    """Return the rule `text` of an item of that type. Raises MingchaError `rule_unreadable`."""
    text = text.strip()
    rule = RECORD if text == "record" else _typed_rule(text, answer_type, choices)
    if rule is None:
        raise MingchaError("rule_unreadable", rule=text, type=answer_type.value)
    return rule


def _typed_rule(text: str, answer_type: AnswerType, choices: Sequence[str]) -> PassRule | None:
    if answer_type is AnswerType.YES_NO:
        return {"yes": PassRule("yes"), "no": PassRule("no")}.get(text)
    if answer_type in _NUMERIC:
        return _number_rule(_VALUE.fullmatch(text), "value")
    if answer_type is AnswerType.PAIR:
        return _number_rule(_PAIR.fullmatch(text), "n") or _number_rule(
            _RATE.fullmatch(text), "rate"
        )
    if answer_type is AnswerType.CHOICE:
        found = _CHOICE.fullmatch(text)
        if found and found[1] in choices:
            return PassRule("choice", ">=", choice=list(choices).index(found[1]))
        return None
    aged = _AGE.fullmatch(text)
    return PassRule("age", "<=", Decimal(aged[1])) if aged else None


def _number_rule(found: re.Match[str] | None, subject: Subject) -> PassRule | None:
    if not found:
        return None
    comparison: Any = found[1]
    return PassRule(subject, comparison, None if found[2] == "d" else Decimal(found[2]))
