"""On paper a finding is called by the words that were chosen, the catalogue's own beside them."""

from __future__ import annotations

from dataclasses import replace

from inspector.base.i18n import translator
from inspector.domain.catalogues import Situation
from inspector.domain.entities import Finding
from inspector.domain.quick import QUICK
from inspector.report.wording import Words
from tests.report.sample.record import sample_record

UNATTENDED = QUICK[0]
NAMED = Situation(
    UNATTENDED.situation,
    *("x", "", "type", 1, "person", "无故旷工", "Absence without cause", "", "listed"),
)


def words(lang: str) -> Words:
    record = replace(sample_record()[0], situations={NAMED.code: NAMED})
    return Words(record, translator("zh" if lang == "zh" else "en"))


def test_a_finding_by_key_is_called_by_the_words_of_the_key() -> None:
    for own in ("", "A032"):
        text = UNATTENDED.sentence(own, "zh")
        finding = Finding(id="a", situations=(NAMED.code,), text=text)
        assert words("zh").kind(finding) == "空岗离岗"
        assert words("zh").category(finding) == "空岗离岗；目录相近用语：无故旷工（FZ-P-Z1）"
        assert words("en").kind(finding) == "Unattended"
        category = words("en").category(finding)
        assert category == ("Unattended; nearest in the catalogue: Absence without cause (FZ-P-Z1)")


def test_a_situation_that_was_chosen_is_called_as_the_catalogue_has_it() -> None:
    finding = Finding(id="a", situations=(NAMED.code,), text="连续三日无故不到岗")
    assert words("zh").kind(finding) == "无故旷工"
    assert words("zh").category(finding) == "无故旷工（FZ-P-Z1）"


def test_without_a_situation_there_is_nothing_to_call_it() -> None:
    finding = Finding(id="a", text=UNATTENDED.text_zh)
    assert (words("zh").kind(finding), words("zh").category(finding)) == ("", "")
