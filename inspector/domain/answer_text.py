"""How answers and limits read on paper, screen and command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.domain.answers import rule_of
from inspector.domain.terms import term
from inspector.domain.vocabulary import AnswerType, Conformity, LimitSource

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.domain.catalogues import Item
    from inspector.domain.entities import Json
    from inspector.domain.pass_rules import PassRule


def answer_text(item: Item, value: Json, lang: Lang, conformity: Conformity) -> str:
    """Return an answer as paper and command line print it, without the wording of the item."""
    if not value:
        return term(conformity, lang)
    if item.answer_type is AnswerType.YES_NO:
        if conformity is not Conformity.RECORDED:
            return term(conformity, lang)
        return _either(lang, "是", "yes") if value["yes"] else _either(lang, "否", "no")
    text = _WRITERS[item.answer_type](item, value, lang)
    if conformity is Conformity.RECORDED:
        return text
    return text + _either(lang, f"（{term(conformity, lang)}）", f" ({term(conformity, lang)})")


def limit_text(item: Item, lang: Lang) -> str:
    """Return the limit of `item` with the rule it comes from, or "" if it has none.

    A suggested limit says that it is one; a limit of another place says so too.
    """
    rule = rule_of(item)
    if rule.subject in ("record", "yes", "no"):
        return ""
    source = term(item.limit_source, lang)
    if item.limit_source is LimitSource.LOCAL and item.limit_rule:
        source += _either(lang, "：", ": ") + item.limit_rule
    limit = _limit(item, rule, lang)
    if item.limit_source is LimitSource.RULE:
        return limit
    return limit + _either(lang, f"（{source}）", f" ({source})")


def _either(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _with_unit(item: Item, number: Any, lang: Lang) -> str:
    unit = _either(lang, item.unit, item.unit_en)
    return f"{number} {unit}".rstrip()


def _write_value(item: Item, value: Json, lang: Lang) -> str:
    (number,) = value.values()
    return _with_unit(item, number, lang)


def _write_text(_item: Item, value: Json, _lang: Lang) -> str:
    return str(value["text"])


def _write_choice(item: Item, value: Json, lang: Lang) -> str:
    for choice in item.choices:
        if choice.zh == value["choice"]:
            return _either(lang, choice.zh, choice.en)
    return str(value["choice"])


def _write_pair(item: Item, value: Json, lang: Lang) -> str:
    """Return both quantities with their names: “按时办结 33 件，抽查办件 36 件”."""
    parts = []
    for label_zh, label_en, key in (
        (item.numerator_zh, item.numerator_en, "numerator"),
        (item.denominator_zh, item.denominator_en, "denominator"),
    ):
        number = value[key]
        shown = _either(lang, "无", "none") if number == "" else _with_unit(item, number, lang)
        parts.append(_either(lang, f"{label_zh} {shown}", f"{label_en}: {shown}"))
    return _either(lang, "，", "; ").join(parts)


_WRITERS = {
    AnswerType.COUNT: _write_value,
    AnswerType.MINUTES: _write_value,
    AnswerType.NUMBER: _write_value,
    AnswerType.TEXT: _write_text,
    AnswerType.CHOICE: _write_choice,
    AnswerType.PAIR: _write_pair,
}

_WORDS = {
    "=": ("应为", "exactly"),
    "<": ("少于", "less than"),
    "<=": ("不超过", "at most"),
    ">": ("多于", "more than"),
    ">=": ("不少于", "at least"),
}
_AGAINST_WHOLE = {
    "=": ("应等于", "as many as"),
    "<": ("少于", "less than"),
    "<=": ("不超过", "at most"),
    ">": ("多于", "more than"),
    ">=": ("不少于", "at least"),
}
_AGAINST_DATE = {"<=": ("不晚于", "no later than"), "<": ("早于", "before")}


def _limit(item: Item, rule: PassRule, lang: Lang) -> str:
    if rule.subject == "choice":
        worst = item.choices[rule.choice]
        return _either(lang, f"不低于“{worst.zh}”", f"“{worst.en}” or better")
    if rule.subject == "age":
        return _either(lang, f"不早于 {rule.limit} 个月前", f"not older than {rule.limit} months")
    label = (
        _either(lang, item.numerator_zh, f"{item.numerator_en}: ") if rule.subject == "n" else ""
    )
    if rule.limit is None:
        return label + _against_whole(item, rule, lang)
    if rule.comparison == "=" and not rule.limit:
        return label + _either(lang, "应为零", "none")
    words = _either(lang, *_WORDS[rule.comparison])
    if rule.subject == "rate":
        return f"{words} {rule.limit}%"
    return f"{label}{words} {_with_unit(item, rule.limit, lang)}"


def _against_whole(item: Item, rule: PassRule, lang: Lang) -> str:
    words = _AGAINST_WHOLE[rule.comparison]
    if item.format == "date":
        words = _AGAINST_DATE.get(rule.comparison, words)
    return _either(lang, words[0] + item.denominator_zh, f"{words[1]} “{item.denominator_en}”")
