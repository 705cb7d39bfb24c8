"""What is searched, what a hit says, and what words mean."""

import pytest

from inspector.domain.entities import Answer, Finding, Sighting, Trip
from inspector.domain.schema import KINDS, to_fields
from inspector.domain.searchable import SEARCHED, document, meanings, shown
from inspector.domain.terms import term
from inspector.domain.vocabulary import Conformity, FindingOutcome, WindowState
from inspector.operations.catalogues import situations


def test_every_searched_field_exists():
    for noun, names in SEARCHED.items():
        assert set(names) <= KINDS[noun].names, noun


def test_texts_lists_and_answers_are_searched_with_the_words_of_the_ledger():
    sighting = Sighting(id="s", state=WindowState.UNATTENDED, note="牌子还在")
    assert document("sighting", to_fields(sighting)) == "unattended\n牌子还在"
    trip = Trip(id="t", name="三季度", issuer="市政府办", opinions=("一是整改", "二是通报"))
    assert document("trip", to_fields(trip)) == "三季度\n市政府办\n一是整改\n二是通报"
    answer = Answer(
        id="a", item="S01-01", conformity=Conformity.DOES_NOT_CONFORM, value={"text": "无公示"}
    )
    assert document("answer", to_fields(answer)) == "S01-01\ndoes_not_conform\n无公示"


@pytest.mark.parametrize("gone", [{"void": "误录"}, {"withdrawn": "看错"}])
def test_nothing_is_searched_of_what_does_not_hold(gone):
    assert document("remark", {"text": "空岗"}) == "空岗"
    assert document("remark", {"text": "空岗", **gone}) == ""
    assert document("placement", {"target": "x"}) == ""


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "空岗 · 牌子还在"), ("en", "unattended · 牌子还在")]
)
def test_a_hit_names_the_words_of_the_ledger(lang, said):
    assert shown("sighting", {"state": "unattended", "note": "牌子还在"}, lang) == said
    assert shown("sighting", {"state": "new word", "note": None}, lang) == "new word"


def test_a_finding_shows_its_text_first():
    finding = Finding(id="f", text="空岗", outcome=FindingOutcome.ESTABLISHED, situations=("CZ-2",))
    said = shown("finding", to_fields(finding), "zh")
    assert said == f"空岗 · {term(FindingOutcome.ESTABLISHED, 'zh')} · CZ-2"


def test_names_in_both_languages_mean_the_words_of_the_ledger():
    assert "unattended" in meanings("空岗")
    assert "unattended" in meanings("Unattended")
    assert meanings("空") == []
    assert meanings("没有这样的词") == []
    known = situations()
    code, situation = next((code, each) for code, each in known.items() if len(each.zh) > 4)
    assert code in meanings(situation.zh, known.values())
    assert code in meanings(situation.en.upper(), known.values())
