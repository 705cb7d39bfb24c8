"""Answers to checklist items: what is stored, what it says about the item, how it reads.

`Answer.value` is a JSON object whose shape follows from the type of the item:

========  ==================================================================================
type      value
========  ==================================================================================
yes/no    `{"yes": true}`: the fact itself. The person chooses conforms or does not conform, the
          pass rule makes the fact of it; so an item that passes on “no” cannot be flipped.
count     `{"count": 3}`
minutes   `{"minutes": 14}`
number    `{"number": "2.5"}`: decimal text
text      `{"text": "…"}`; in time format "09:05", in date format "2026-03-01"
choice    `{"choice": "一般"}`: the Chinese word of the choice
pair      `{"numerator": 33, "denominator": 36}`; decimal text in decimal format; ISO dates in
          date format, where an empty numerator means “not done”
any       `{}` with not applicable or not seen
========  ==================================================================================

The language of pass rules is described in `domain.pass_rules`; `domain.answer_text` prints.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.domain.clocktext import half_width
from inspector.domain.limits import clean
from inspector.domain.pass_rules import PassRule, parse_rule
from inspector.domain.terms import find_term
from inspector.domain.vocabulary import AnswerType, Conformity

if TYPE_CHECKING:
    from inspector.domain.catalogues import Item
    from inspector.domain.entities import Json

Parsed = tuple["Json", Conformity]

#: Largest count, and most minutes: a week. More is a slip of the keyboard.
MAX_COUNT = 1_000_000
MAX_MINUTES = 7 * 24 * 60
#: Characters of a text answer.
MAX_TEXT = 2_000

_WITHOUT_VALUE = (Conformity.NOT_APPLICABLE, Conformity.NOT_SEEN)
_YES = frozenset(("yes", "y", "true", "是", "有"))
_NO = frozenset(("no", "n", "false", "否", "无", "没有"))
_NOT_DONE = frozenset(("", "-", "none", "未报", "未报送", "未办", "not sent", "not done"))
_WHOLE = pattern(r"\d{1,9}")
_DECIMAL = pattern(r"-?\d{1,12}(?:\.\d{1,6})?")
_TIME = pattern(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_DATE = pattern(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_PAIR = pattern(r"\s*(?:/|;|；|,|，|\bof\b)\s*")
_DATE_PAIR = pattern(r"(.*?)\s*[/;；,，\s]\s*(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)")


def rule_of(item: Item) -> PassRule:
    """Return the pass rule of `item`, read. Raises MingchaError `rule_unreadable`."""
    return _rule(item.pass_rule, item.answer_type, tuple(choice.zh for choice in item.choices))


@cache
def _rule(text: str, answer_type: AnswerType, choices: tuple[str, ...]) -> PassRule:
    # The same few rules are read for every answer.
    return parse_rule(text, answer_type, choices)


def parse_answer(item: Item, text: str, *, seen_on: str | None = None) -> Parsed:
    """Return value and conformity of what a person answered to `item`.

    Any item takes “not applicable” and “not seen” (不适用, 未查看). A yes/no item takes “conforms”
    and “does not conform” (符合, 不符合); a plain yes or no (是, 否) states the fact and goes
    through the pass rule. Pairs are numerator, then denominator: "33/36"; two dates too.
    `seen_on` is the ISO date of the observation, which rules about age need.

    Raises MingchaError `answer_not_…` or `answer_empty` where the text does not fit the item,
    `answer_out_of_range`, `answer_part_of_whole`, `answer_zero_whole` or `text_too_long`.
    """
    text = clean(item.code, text, limit=MAX_TEXT).strip()
    chosen = _chosen(text)
    if chosen in _WITHOUT_VALUE:
        return {}, chosen
    if item.answer_type is AnswerType.YES_NO:
        return _yes_no(item, text, chosen)
    if (item.answer_type, item.format) not in _WORDS:
        # An input method makes digits and signs full-width.
        text = half_width(text).strip()
    value = _READERS[item.answer_type](item, text)
    return value, judge(item, value, seen_on=seen_on)


def judge(item: Item, value: Json, *, seen_on: str | None = None) -> Conformity:
    """Return what `value` says about `item` by its pass rule.

    RECORDED if the rule only records, or if it asks for an age and `seen_on` is not known.
    """
    rule = rule_of(item)
    if rule.subject == "record" or (rule.subject == "age" and seen_on is None):
        return Conformity.RECORDED
    good = _JUDGES[item.answer_type](item, rule, value, seen_on or "")
    return Conformity.CONFORMS if good else Conformity.DOES_NOT_CONFORM


# -- reading -------------------------------------------------------------------------------


def _chosen(text: str) -> Conformity | None:
    """Return the conformity that `text` names, or None if it names none."""
    named = find_term(Conformity, text)
    return None if named is Conformity.RECORDED else named


def _yes_no(item: Item, text: str, chosen: Conformity | None) -> Parsed:
    rule = rule_of(item)
    if chosen is not None and rule.subject != "record":
        passes_on_yes = rule.subject == "yes"
        return {"yes": passes_on_yes == (chosen is Conformity.CONFORMS)}, chosen
    word = text.casefold()
    if word not in _YES | _NO:
        raise _unreadable(item, text)
    value = {"yes": word in _YES}
    return value, judge(item, value)


_UNREADABLE = {
    (AnswerType.YES_NO, ""): "answer_not_conformity",
    (AnswerType.COUNT, ""): "answer_not_whole",
    (AnswerType.MINUTES, ""): "answer_not_whole",
    (AnswerType.NUMBER, ""): "answer_not_decimal",
    (AnswerType.TEXT, ""): "answer_empty",
    (AnswerType.TEXT, "date"): "answer_not_date",
    (AnswerType.TEXT, "time"): "answer_not_time",
    (AnswerType.CHOICE, ""): "answer_not_choice",
    (AnswerType.PAIR, ""): "answer_not_pair",
    (AnswerType.PAIR, "decimal"): "answer_not_pair",
    (AnswerType.PAIR, "date"): "answer_not_date_pair",
}


def _unreadable(item: Item, text: str) -> MingchaError:
    """Return the error that says how this item is answered."""
    choices = " / ".join(f"{choice.zh} {choice.en}" for choice in item.choices)
    code = _UNREADABLE[item.answer_type, item.format]
    order = order_text(item)
    return MingchaError(code, item=item.code, text=text[:60], choices=choices, order=order)


def order_text(item: Item) -> str:
    """Return the names of both quantities of a pair in the order in which they are typed.

    The wording of an item may name them the other way round.
    """
    first = f"{item.numerator_zh} {item.numerator_en}"
    return f"{first} / {item.denominator_zh} {item.denominator_en}"


def _whole(item: Item, text: str, highest: int) -> int:
    if not _WHOLE.fullmatch(text) or not text.isascii():
        raise _unreadable(item, text)
    if int(text) > highest:
        raise MingchaError("answer_out_of_range", item=item.code, text=text, highest=highest)
    return int(text)


def _decimal(item: Item, text: str) -> str:
    """Return decimal text in its shortest form, so that equal numbers are equal text."""
    if not _DECIMAL.fullmatch(text) or not text.isascii():
        raise _unreadable(item, text)
    number = f"{Decimal(text):f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return "0" if number in ("-0", "0") else number


def _date(item: Item, text: str) -> str:
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError as error:
        raise _unreadable(item, text) from error


def _needed_date(item: Item, text: str) -> str:
    result = _date(item, text)
    if not result:
        raise _unreadable(item, text)
    return result


def _read_count(item: Item, text: str) -> Json:
    return {"count": _whole(item, text, MAX_COUNT)}


def _read_minutes(item: Item, text: str) -> Json:
    return {"minutes": _whole(item, text, MAX_MINUTES)}


def _read_number(item: Item, text: str) -> Json:
    return {"number": _decimal(item, text)}


def _read_text(item: Item, text: str) -> Json:
    if not text:
        raise _unreadable(item, text)
    if item.format == "date":
        return {"text": _needed_date(item, text)}
    if item.format == "time":
        found = _TIME.fullmatch(text)
        if not found:
            raise _unreadable(item, text)
        return {"text": f"{int(found[1]):02d}:{found[2]}"}
    return {"text": text}


def _read_choice(item: Item, text: str) -> Json:
    for choice in item.choices:
        if text.casefold() in (choice.zh.casefold(), choice.en.casefold()):
            return {"choice": choice.zh}
    raise _unreadable(item, text)


def _read_pair(item: Item, text: str) -> Json:
    if item.format == "date":
        return _read_dates(item, text)
    left, between, right = _PAIR.sub("/", text).partition("/")
    if not between:
        raise _unreadable(item, text)
    if item.format == "decimal":
        pair: Json = {"numerator": _decimal(item, left), "denominator": _decimal(item, right)}
    else:
        pair = {
            "numerator": _whole(item, left, MAX_COUNT),
            "denominator": _whole(item, right, MAX_COUNT),
        }
    _check_part(item, pair)
    return pair


def _read_dates(item: Item, text: str) -> Json:
    found = _DATE_PAIR.fullmatch(text)
    if not found:
        raise _unreadable(item, text)
    left = found[1].strip()
    done = "" if left.casefold() in _NOT_DONE else _needed_date(item, left)
    return {"numerator": done, "denominator": _needed_date(item, found[2])}


def _check_part(item: Item, pair: Json) -> None:
    """A part is at most its whole, and a share of nothing is no share.

    Quantities of different kinds (12 people waiting, 0 windows open) are free of both.
    """
    part, whole = Decimal(pair["numerator"]), Decimal(pair["denominator"])
    if part < 0 or whole < 0:
        raise _unreadable(item, f"{part}/{whole}")
    if whole == 0 and (item.bounded or rule_of(item).subject == "rate"):
        raise MingchaError("answer_zero_whole", item=item.code, order=order_text(item))
    if item.bounded and part > whole:
        raise MingchaError(
            "answer_part_of_whole",
            item=item.code,
            part=part,
            whole=whole,
            order=order_text(item),
        )


#: What is answered in words, which stay as they are typed.
_WORDS = {(AnswerType.TEXT, ""), (AnswerType.CHOICE, "")}
_READERS = {
    AnswerType.COUNT: _read_count,
    AnswerType.MINUTES: _read_minutes,
    AnswerType.NUMBER: _read_number,
    AnswerType.TEXT: _read_text,
    AnswerType.CHOICE: _read_choice,
    AnswerType.PAIR: _read_pair,
}

# -- judging -------------------------------------------------------------------------------


def _judge_yes_no(_item: Item, rule: PassRule, value: Json, _seen_on: str) -> bool:
    return bool(value["yes"]) == (rule.subject == "yes")


def _judge_value(_item: Item, rule: PassRule, value: Json, _seen_on: str) -> bool:
    (number,) = value.values()
    return rule.holds(Decimal(number), rule.limit)


def _judge_choice(item: Item, rule: PassRule, value: Json, _seen_on: str) -> bool:
    names = [choice.zh for choice in item.choices]
    return value["choice"] in names and names.index(value["choice"]) <= rule.choice


def _judge_age(_item: Item, rule: PassRule, value: Json, seen_on: str) -> bool:
    if rule.limit is None:
        return True
    return _months_before(seen_on, int(rule.limit)) <= str(value["text"])


def _months_before(day: str, months: int) -> str:
    """Return the ISO text of the same day `months` earlier.

    A day that month lacks stays as it is: compared as text, 2026-02-31 lies where it should.
    """
    year, month, rest = day.split("-")
    count = int(year) * 12 + int(month) - 1 - months
    return f"{count // 12:04d}-{count % 12 + 1:02d}-{rest}"


def _judge_pair(item: Item, rule: PassRule, value: Json, _seen_on: str) -> bool:
    part, whole = value["numerator"], value["denominator"]
    if item.format == "date":
        return bool(part) and rule.holds(part, whole)
    left, right = Decimal(part), Decimal(whole)
    if rule.limit is None:
        return rule.holds(left, right)
    if rule.subject == "rate":
        # Cross-multiplied: 98.99 % must not pass as 99 % because a quotient was rounded.
        return rule.holds(left * 100, rule.limit * right)
    return rule.holds(left, rule.limit)


_JUDGES = {
    AnswerType.YES_NO: _judge_yes_no,
    AnswerType.COUNT: _judge_value,
    AnswerType.MINUTES: _judge_value,
    AnswerType.NUMBER: _judge_value,
    AnswerType.TEXT: _judge_age,
    AnswerType.CHOICE: _judge_choice,
    AnswerType.PAIR: _judge_pair,
}
