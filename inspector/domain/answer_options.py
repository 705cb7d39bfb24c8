"""What can be chosen as the answer to an item: one key each, in the order of the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.answers import rule_of
from inspector.domain.terms import term
from inspector.domain.vocabulary import AnswerType, Conformity

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.domain.catalogues import Item
    from inspector.domain.entities import Answer


@frozen
class Option:
    """An answer to choose by `digit`; `text` is what `domain.answers.parse_answer` reads.

    conformity: what it says, RECORDED where that is not known before. main: one of the answers
    that the item asks for, not one of the two that every item takes.
    """

    digit: int
    text: str
    zh: str
    en: str
    conformity: Conformity
    main: bool

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


def options_of(item: Item) -> tuple[Option, ...]:
    """Return what can be chosen: conforms 1, does not conform 2, not applicable 3, not seen 4.

    An item with choices has these first. What is typed – counts, minutes, texts – takes the last
    two only, under the same digits as an item that is merely judged.
    """
    main = _main(item)
    first = max(len(main), 2) + 1
    rest = (Conformity.NOT_APPLICABLE, Conformity.NOT_SEEN)
    return (*main, *(_conformity(each, first + n, main=False) for n, each in enumerate(rest)))


def is_typed(item: Item) -> bool:
    """Tell whether the answer is typed rather than chosen."""
    return item.answer_type not in (AnswerType.YES_NO, AnswerType.CHOICE)


def _main(item: Item) -> tuple[Option, ...]:
    if item.answer_type is AnswerType.CHOICE:
        return tuple(
            Option(digit, choice.zh, choice.zh, choice.en, Conformity.RECORDED, main=True)
            for digit, choice in enumerate(item.choices, 1)
        )
    if item.answer_type is not AnswerType.YES_NO:
        return ()
    if rule_of(item).subject == "record":
        return (
            Option(1, "yes", "是", "yes", Conformity.RECORDED, main=True),
            Option(2, "no", "否", "no", Conformity.RECORDED, main=True),
        )
    judged = (Conformity.CONFORMS, Conformity.DOES_NOT_CONFORM)
    return tuple(_conformity(each, digit, main=True) for digit, each in enumerate(judged, 1))


def _conformity(said: Conformity, digit: int, *, main: bool) -> Option:
    return Option(digit, said.value, term(said, "zh"), term(said, "en"), said, main=main)
