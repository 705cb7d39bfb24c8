"""What can be chosen as the answer to an item: one key each, in the order of the keys.

Where the answer is typed the digits are its text; there the two answers that every item takes have
their signs only. Everywhere else these signs do the same as their digits. Where a typed answer may
begin with a minus, that is its text too, and “not applicable” is chosen by its button.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.answers import rule_of
from inspector.domain.clocktext import half_width
from inspector.domain.terms import term
from inspector.domain.vocabulary import AnswerType, Conformity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.base.i18n import Lang
    from inspector.domain.catalogues import Item
    from inspector.domain.entities import Answer


@frozen
class Option:
    """An answer to choose by `key`; `text` is what `domain.answers.parse_answer` reads.

    digit: its place, from 1; its key too, unless the item's answer is typed. conformity: what it
    says, RECORDED where that is not known before. main: one of the answers that the item asks for,
    not one of the two that every item takes. key: what stands on its button, sign: what does the
    same; each may be empty.
    """

    digit: int
    text: str
    zh: str
    en: str
    conformity: Conformity
    main: bool
    key: str
    sign: str = ""

    def name(self, lang: Lang) -> str:
        """Return what stands on the key."""
        return self.zh if lang == "zh" else self.en

    def is_chosen(self, answer: Answer | None) -> bool:
        """Tell whether `answer` is this one."""
        if answer is None:
            return False
        if not self.main or self.conformity is not Conformity.RECORDED:
            return answer.conformity is self.conformity
        value = answer.value.get("choice", answer.value.get("yes"))
        return value == (self.text if isinstance(value, str) else self.text == "yes")


#: Also the beginning of some answers that are typed.
MINUS = "-"
#: The signs of the answers that every item takes; the mini window shows them.
_EVERYWHERE = {Conformity.NOT_APPLICABLE: MINUS, Conformity.NOT_SEEN: "?"}


def is_key(typed: str) -> bool:
    """Tell whether a key answers, or begins an answer, at items of some kind."""
    key = half_width(typed)
    return key.isdecimal() or key in _EVERYWHERE.values()


def meant(options: Iterable[Option], typed: str) -> Option | None:
    """Return the answer that a key chooses, whether an input method makes it full-width or not."""
    key = half_width(typed)
    return next((each for each in options if key and key in (each.key, each.sign)), None)


def options_of(item: Item) -> tuple[Option, ...]:
    """Return what can be chosen: conforms 1, does not conform 2, not applicable 3, not seen 4.

    An item with choices has these first. What is typed – counts, minutes, texts – takes the last
    two only, by their signs.
    """
    main = _main(item)
    first = max(len(main), 2) + 1
    typed, begun = is_typed(item), _begins_with_minus(item)
    signs = ("" if begun and sign == MINUS else sign for sign in _EVERYWHERE.values())
    return (
        *main,
        *(
            _conformity(said, first + n, main=False, key=sign if typed else None, sign=sign)
            for n, (said, sign) in enumerate(zip(_EVERYWHERE, signs, strict=True))
        ),
    )


def _begins_with_minus(item: Item) -> bool:
    """Tell whether an answer may: a number, or “not sent” instead of a date."""
    if item.answer_type is AnswerType.PAIR:
        return bool(item.format)
    return item.answer_type is AnswerType.NUMBER


def is_typed(item: Item) -> bool:
    """Tell whether the answer is typed rather than chosen."""
    return item.answer_type not in (AnswerType.YES_NO, AnswerType.CHOICE)


def _main(item: Item) -> tuple[Option, ...]:
    if item.answer_type is AnswerType.CHOICE:
        return tuple(
            _recorded(digit, choice.zh, choice.zh, choice.en)
            for digit, choice in enumerate(item.choices, 1)
        )
    if item.answer_type is not AnswerType.YES_NO:
        return ()
    if rule_of(item).subject == "record":
        return (
            _recorded(1, "yes", "是", "yes"),
            _recorded(2, "no", "否", "no"),
        )
    judged = (Conformity.CONFORMS, Conformity.DOES_NOT_CONFORM)
    return tuple(_conformity(each, digit, main=True) for digit, each in enumerate(judged, 1))


def _recorded(digit: int, text: str, zh: str, en: str) -> Option:
    return Option(digit, text, zh, en, Conformity.RECORDED, main=True, key=str(digit))


def _conformity(
    said: Conformity, digit: int, *, main: bool, key: str | None = None, sign: str = ""
) -> Option:
    names = (term(said, "zh"), term(said, "en"))
    by = str(digit) if key is None else key
    return Option(digit, said.value, *names, said, main=main, key=by, sign=sign)
