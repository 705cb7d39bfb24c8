"""Finding by the names of states, outcomes and situations, in both languages."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Feedback, Hall, Sighting, Trip, Wait
from inspector.domain.vocabulary import CatalogueKind, WaitOutcome, WindowState
from inspector.operations.catalogues import shipped, situations
from inspector.operations.local_catalogues import import_catalogue
from inspector.operations.observing import record_answer
from inspector.operations.searching import search
from inspector.operations.undo import undo_last
from inspector.operations.visits import new_visit

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


def test_an_answer_in_free_words_is_found(field: Field) -> None:
    """No shipped item asks for free words; an office's own checklist may."""
    rows = list(csv.DictReader(io.StringIO(shipped(CatalogueKind.CHECKLIST).data.decode())))
    asked = next(row for row in rows if row["code"] == "S09-09")
    asked |= {"format": "", "pass_rule": "record", "limit_source": "", "code": "X01-01"}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(asked))
    writer.writeheader()
    writer.writerow(asked)
    names = {"code": "own", "version": "1", "name": "自拟"}
    import_catalogue(
        field.session, CatalogueKind.CHECKLIST, out.getvalue().encode("utf-8"), **names
    )
    visit = new_visit(field.session, field.hall, [field.li, field.wang], checklist="own@1")
    said = "告知单只有第三版，缺附件二"
    answer = record_answer(field.session, visit.id, "X01-01", said, field.seen("10:05"))
    for words in ("附件二", "告知单 缺", "单", "X01-01"):
        [hit] = search(field.session, words).hits
        assert (hit.kind, hit.id, hit.visit) == ("answer", answer.id, visit.id)
        assert said in hit.text


def test_a_visit_is_found_by_its_place_the_newest_first(field: Field) -> None:
    session = field.session
    newer = new_visit(session, field.hall, [field.li])
    hall = session.store.get(Hall, field.hall)
    assert hall is not None
    name = hall.name
    found = search(session, name[:2])
    places = [(hit.kind, hit.id) for hit in found.hits]
    assert places[:2] == [("visit", newer.id), ("visit", field.visit)]
    assert ("hall", field.hall) in places
    assert found.total == len(places)
    assert name in found.hits[0].text
    undo_last(session)
    assert [hit.id for hit in search(session, name[:2]).hits if hit.kind == "visit"] == [
        field.visit
    ]
