"""Keys for answers: every one of them is understood, and found again as chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.domain.answer_options import is_key, is_typed, meant, options_of
from inspector.domain.answers import parse_answer
from inspector.domain.entities import Answer
from inspector.domain.quick import QUICK
from inspector.domain.vocabulary import Conformity
from inspector.operations.catalogues import checklist, situations

if TYPE_CHECKING:
    from inspector.domain.catalogues import Item

ITEMS = checklist().items
#: Numbers that may be below zero, and a date before which “-” may stand: not sent.
BEGIN_WITH_MINUS = {"S07-01", "S07-02", "S13-05", "S20-04"}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_every_key_is_an_answer_that_is_recognised_again(item: Item) -> None:
    options = options_of(item)
    assert len({option.digit for option in options}) == len(options)
    for option in options:
        value, conformity = parse_answer(item, option.text)
        answer = Answer(id="a", item=item.code, value=value, conformity=conformity)
        assert [each for each in options if each.is_chosen(answer)] == [option]


def test_digits_choose_where_one_judges_and_are_left_to_what_is_typed() -> None:
    for item in ITEMS:
        options = options_of(item)
        *main, none, unseen = options
        assert (none.conformity, unseen.conformity) == (
            Conformity.NOT_APPLICABLE,
            Conformity.NOT_SEEN,
        )
        assert is_typed(item) == (not main)
        digits = [each for each in map(str, range(10)) if meant(options, each)]
        first = max(len(main), 2) + 1
        assert digits == ([] if is_typed(item) else [str(n) for n in range(1, first + 2)])
        minus = "" if item.code in BEGIN_WITH_MINUS else "-"
        assert [each.key for each in (none, unseen)] == (
            [minus, "?"] if is_typed(item) else [str(first), str(first + 1)]
        )


def test_the_signs_mean_the_same_at_every_item_however_they_are_typed() -> None:
    for item in ITEMS:
        options = options_of(item)
        *_main, none, unseen = options
        minus = None if item.code in BEGIN_WITH_MINUS else none
        assert meant(options, "-") == meant(options, "－") == minus
        assert meant(options, "?") == meant(options, "？") == unseen
        assert meant(options, "x") is meant(options, "") is None
    assert [key for key in ("7", "-", "？", "x", "", "12 ") if is_key(key)] == ["7", "-", "？"]


def test_quick_findings_say_what_the_checklist_says_of_the_same() -> None:
    by_code = {item.code: item for item in ITEMS}
    for quick in QUICK:
        item = by_code[quick.item]
        assert (quick.situation, quick.severity) == (item.situation_hint, item.severity)
        assert quick.situation in situations()
    assert len({quick.letter for quick in QUICK}) == len(QUICK) == 6
