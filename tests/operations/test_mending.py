"""Who last mended a fact, and when, is part of the record and of its seal."""

from __future__ import annotations

import pytest

from inspector.base.progress import SILENT
from inspector.domain.entities import Entered
from inspector.domain.vocabulary import FindingOutcome
from inspector.operations.findings import amend_finding, set_outcome
from inspector.operations.observing import record_answer
from inspector.operations.people import use_person
from inspector.operations.records import load_edition, load_record
from inspector.operations.sealing import fix_numbers, seal, start_supplement
from inspector.operations.upkeep import check


def typed(field, clock, who):
    return Entered(who, clock.read().ms, 480)


@pytest.fixture
def answered(field, clock):
    """An answer that somebody else changed 20 minutes later: its id, and by whom and when."""
    field.go_in()
    first = record_answer(field.session, field.visit, "S02-05", "20", field.seen("10:00"))
    clock.advance(minutes=20)
    use_person(field.session, field.wang)
    then = typed(field, clock, field.wang)
    second = record_answer(field.session, field.visit, "S02-05", "10", field.seen("10:00"))
    assert second.id == first.id
    return first.id, then


def test_an_answer_given_anew_is_mended(field, clock, answered):
    answer, then = answered
    record = load_record(field.session, field.visit)
    [found] = record.answers
    assert found.value == {"minutes": 10}
    assert found.entered == Entered(field.li, then.ms - 20 * 60_000, 480)
    assert record.mended == {answer: then}
    assert load_record(field.session, field.visit, without=("answers",)).mended == {}


def test_the_seal_fixes_what_was_mended(field, clock, answered):
    answer, then = answered
    seal(field.session, field.visit)
    clock.advance(minutes=5)
    supplement = start_supplement(field.session, field.visit, "核对笔记").id
    field.session.store.rebuild(SILENT)
    assert load_record(field.session, field.visit).mended == {answer: then}
    assert load_edition(field.session, supplement).mended == {answer: then}
    assert check(field.session).ok


def test_what_a_later_step_writes_is_no_mending(field, clock):
    field.go_in()
    finding = field.finding("空岗").id
    clock.advance(minutes=20)
    fix_numbers(field.session, field.visit)
    set_outcome(field.session, finding, FindingOutcome.NOT_ESTABLISHED, "已核实")
    assert load_record(field.session, field.visit).mended == {}

    then = typed(field, clock, field.li)
    amend_finding(field.session, finding, {"text": "空岗14分钟"})
    assert load_record(field.session, field.visit).mended == {finding: then}
    clock.advance(minutes=20)
    set_outcome(field.session, finding, FindingOutcome.ESTABLISHED, "核对属实")
    assert load_record(field.session, field.visit).mended == {finding: then}


def test_a_visit_with_a_damaged_entry_can_still_be_read(field, answered):
    db = field.session.store.db
    db.execute("DROP TRIGGER guard_op_update")
    db.execute("UPDATE op SET raw = substr(raw, 1, 200) WHERE seq = (SELECT max(seq) FROM op)")
    record = load_record(field.session, field.visit)
    assert record.mended == {}
    assert len(record.answers) == 1
