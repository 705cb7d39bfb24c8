"""Who last mended a fact, and when, is part of the record and of its seal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inspector.base.progress import SILENT
from inspector.domain.entities import Entered
from inspector.domain.schema import to_fields
from inspector.domain.vocabulary import FindingOutcome
from inspector.operations.findings import amend_finding, set_outcome
from inspector.operations.observing import record_answer
from inspector.operations.people import use_person
from inspector.operations.records import load_edition, load_record
from inspector.operations.sealing import fix_numbers, seal, start_supplement
from inspector.operations.upkeep import check
from tests.support.elsewhere import Laptop


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


def test_two_laptops_that_entered_one_answer_apart_changed_nothing(field):
    field.go_in()
    answer = record_answer(field.session, field.visit, "S02-05", "20", field.seen("10:00")).id
    [own] = load_record(field.session, field.visit).answers
    for log, minutes, note in (("b" * 26, 20, "两块牌"), ("c" * 26, 10, "")):
        laptop = Laptop(field.session, field.wang, log)
        fields = to_fields(replace(own, value={"minutes": minutes}, note=note))
        laptop.write("answer", answer, fields, visit=field.visit)
        laptop.arrive()
        [found] = load_record(field.session, field.visit).answers
        assert (found.value, found.note) == ({"minutes": minutes}, "两块牌")
        assert load_record(field.session, field.visit).mended == {}


def test_the_last_change_is_the_last_by_the_clock(field, clock):
    field.go_in()
    finding = field.finding("空岗").id
    clock.advance(minutes=120)
    then = typed(field, clock, field.li)
    amend_finding(field.session, finding, {"text": "空岗14分钟"})
    laptop = Laptop(field.session, field.wang)
    over = laptop.knows("finding", finding, "severity")
    other = laptop.write("finding", finding, {"severity": 2}, over=over, visit=field.visit)
    laptop.arrive()
    assert other.header.reading.ms < then.ms
    assert load_record(field.session, field.visit).mended == {finding: then}


def test_a_visit_with_a_damaged_entry_can_still_be_read(field, answered):
    db = field.session.store.db
    db.execute("DROP TRIGGER guard_op_update")
    db.execute("UPDATE op SET raw = substr(raw, 1, 200) WHERE seq = (SELECT max(seq) FROM op)")
    record = load_record(field.session, field.visit)
    assert record.mended == {}
    assert len(record.answers) == 1
