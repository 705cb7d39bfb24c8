"""Corrections typed in forms: every field shows what it holds, and reads back what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import HeadCount, Visit
from inspector.operations.correcting import find_fact, withdraw
from inspector.operations.correcting_text import (
    Input,
    correct_as_typed,
    correctable_facts,
    field_forms,
    read_field,
)
from inspector.operations.demo import run_demo
from inspector.operations.observing import count_heads
from inspector.operations.recording import get
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.workspaces import open_workspace
from inspector.report.values import MOMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.fixed import CountingEntropy, FixedClock


def test_every_field_of_a_whole_visit_reads_back_what_its_form_shows(
    tmp_path: Path, clock: FixedClock, entropy: CountingEntropy
) -> None:
    clock.advance(minutes=9 * 60)
    done = run_demo(tmp_path / "office", clock=clock, entropy=entropy)
    with open_workspace(done.workspace, clock, entropy) as session:
        more = start_supplement(session, done.visit, "核对")
        visit = get(session, Visit, more.id)
        rows = correctable_facts(session, more.id, "zh")
        assert len({row.noun for row in rows}) == 13
        for row in rows:
            fact = find_fact(session, more.id, row.id)
            for form in field_forms(session, more.id, row.id, "zh"):
                if form.name == "value":
                    continue
                read = read_field(session, visit, fact, form.name, form.text)
                held = getattr(fact, form.name)
                if form.name in MOMENTS and held is not None:
                    held = held // 1000 * 1000
                assert read == held, (row.noun, form.name, form.text)
                assert form.input is not Input.CHOICE or form.options


@pytest.fixture
def supplement(field):
    """A sealed visit with a finding and a head count, and its supplement."""
    field.go_in()
    field.finding("空岗", window=field.window("5").id, people_waiting=6)
    head_count(field)
    seal(field.session, field.visit)
    return start_supplement(field.session, field.visit, "核对").id


def head_count(field):
    made = HeadCount(id="", visit=field.visit, staffed=4, total=6)
    count_heads(field.session, made, field.seen("10:00"))


def rows_of(field, supplement):
    return {row.noun: row for row in correctable_facts(field.session, supplement, "zh")}


def test_old_and_new_stand_beside_each_other(field, supplement):
    row = rows_of(field, supplement)["finding"]
    typed = {"people_waiting": "8", "window": field.window("6").id, "observed_from": "10:05"}
    correct_as_typed(field.session, supplement, row.id, typed, "笔记核对")
    forms = {form.name: form for form in field_forms(field.session, supplement, row.id, "zh")}
    assert (forms["people_waiting"].before, forms["people_waiting"].text) == ("6", "8")
    assert forms["observed_from"].before == "10:00"
    assert forms["observed_from"].text == "10:05"
    assert "05号窗口" in forms["window"].before
    assert forms["window"].text == field.window("6").id
    assert rows_of(field, supplement)["finding"].corrected


def test_a_situation_is_chosen_by_its_words(field, supplement):
    row = rows_of(field, supplement)["finding"]
    form = next(
        each
        for each in field_forms(field.session, supplement, row.id, "zh")
        if each.name == "situations"
    )
    names = {name: value for value, name in form.options}
    assert form.input is Input.CHOICE
    assert form.text in names.values()
    wanted = names["FZ-P-Z2 工作时间从事与工作无关的事"]
    correct_as_typed(field.session, supplement, row.id, {"situations": wanted}, "核对")
    [again] = [
        each
        for each in field_forms(field.session, supplement, row.id, "zh")
        if each.name == "situations"
    ]
    assert again.text == "FZ-P-Z2"
    assert "FZ-P-Z2" in dict(again.options)


def test_what_was_withdrawn_stays_listed(field, supplement):
    row = rows_of(field, supplement)["head_count"]
    withdraw(field.session, supplement, row.id, "数错")
    row = rows_of(field, supplement)["head_count"]
    assert (row.corrected, row.withdrawn) == (True, True)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"staffed": "many"}, "value_unreadable"),
        ({"staffed": "9"}, "head_count_impossible"),
        ({"sha256": "x"}, "field_not_correctable"),
        ({"observed_from": "never"}, "time_unreadable"),
    ],
)
def test_what_cannot_be_is_refused(field, supplement, typed, code):
    row = rows_of(field, supplement)["head_count"]
    with pytest.raises(MingchaError) as caught:
        correct_as_typed(field.session, supplement, row.id, typed, "核对")
    assert caught.value.code == code
