"""The words of the keys stay with the findings that were noted by them."""

import pytest

from inspector.domain.entities import Finding
from inspector.domain.quick import QUICK, words_of_key


def noted(quick, own, lang="zh"):
    return Finding(id="f", situations=(quick.situation,), text=quick.sentence(own, lang))


@pytest.mark.parametrize("quick", QUICK, ids=lambda each: each.letter)
@pytest.mark.parametrize("own", ["", "A032", " 等了 34 分钟 "])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_the_key_said_is_known_in_both_languages(quick, own, lang):
    finding = noted(quick, own, lang)
    assert own.strip() in finding.text
    assert words_of_key(finding, "zh") == quick.zh
    assert words_of_key(finding, "en").lower() == quick.en


def test_other_words_or_another_situation_are_what_was_meant():
    unattended = QUICK[0]
    assert (
        words_of_key(Finding(id="f", situations=(unattended.situation,), text="旷工"), "zh") == ""
    )
    assert words_of_key(Finding(id="f", text=unattended.text_zh), "zh") == ""
    other = Finding(id="f", situations=("CZ-4", unattended.situation), text=unattended.text_zh)
    assert words_of_key(other, "zh") == ""


def test_no_key_is_taken_for_another():
    for quick in QUICK:
        for other in QUICK:
            assert other.is_said(quick.sentence("x", "zh")) is (other is quick)
            assert other.is_said(quick.sentence("x", "en")) is (other is quick)
