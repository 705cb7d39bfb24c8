"""Finding by the names of states, outcomes and situations, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Feedback, Sighting, Trip, Wait
from inspector.domain.vocabulary import WaitOutcome, WindowState
from inspector.operations.catalogues import situations
from inspector.operations.searching import search

if TYPE_CHECKING:
    from tests.operations.conftest import Field


def found(field: Field, text: str) -> list[str]:
    return sorted(hit.id for hit in search(field.session, text, 100).hits)


def test_states_outcomes_and_situations_are_found_by_their_names(field: Field) -> None:
    store = field.session.store
    code, situation = next((code, each) for code, each in situations().items() if "推诿" in each.zh)
    finding = field.finding("2号窗口让群众改日再来", situations=(code,))
    store.save(
        Sighting(id="s1", state=WindowState.UNATTENDED, note="灯亮着"),
        Sighting(id="s2", state=WindowState.PAUSED, note="灯亮着"),
        Wait(id="w1", outcome=WaitOutcome.GAVE_UP, ticket="A012"),
        Feedback(id="b1", refusal="不认可第1项", witness="周保安"),
        Trip(id="t1", name="三季度", issuer="市政府办公室", opinions=("一是立即整改",)),
    )
    for text, expected in {
        "空岗": ["s1"],
        "unattended": ["s1"],
        "空岗 灯亮": ["s1"],
        "空岗 灯灭": [],
        "灯亮": ["s1", "s2"],
        "推诿": [finding.id],
        f"推诿 {situation.code}": [finding.id],
        "推诿 改日": [finding.id],
        "不认可": ["b1"],
        "周保安": ["b1"],
        "市政府办公室": ["t1"],
        "立即整改": ["t1"],
        '空岗" OR "灯': [],
    }.items():
        assert found(field, text) == expected, text
    assert "w1" in found(field, "gave up")


@pytest.mark.parametrize(("lang", "said"), [("zh", "空岗"), ("en", "unattended")])
def test_a_hit_without_text_says_its_state(field: Field, lang, said) -> None:
    field.session.store.save(Sighting(id="s1", state=WindowState.UNATTENDED))
    [hit] = search(field.session, "空岗", 10, lang).hits
    assert hit.text == said
