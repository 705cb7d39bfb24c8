"""What was changed after the unit was told is named before the seal."""

from __future__ import annotations

import pytest

from inspector.domain.entities import Event, Finding, Remark, Statement
from inspector.domain.vocabulary import FindingOutcome, Phase, Position
from inspector.operations.feedback import complete_feedback, take_statement, tell_unit
from inspector.operations.findings import amend_finding, set_outcome
from inspector.operations.recording import record, void
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.since_feedback import How, since_feedback
from inspector.operations.undo import undo_last
from inspector.operations.visits import change_phase


@pytest.fixture
def told(field):
    """A visit whose first of two findings was told to the unit."""
    field.go_in()
    first, second = field.finding("空岗"), field.finding("公示过期", at="10:20")
    field.show_identity()
    tell_unit(field.session, field.visit, [first.id], field.seen("11:30"))
    return field, first.id, second.id


def later(field):
    return since_feedback(field.session, field.visit, "zh")


def test_nothing_is_named_without_feedback_or_right_after_it(field, told):
    assert later(field) == ()
    field, first, _second = told
    said = Statement(id="", finding=first, position=Position.AGREE)
    take_statement(field.session, said, field.seen("11:31"))
    set_outcome(field.session, first, FindingOutcome.ESTABLISHED)
    assert later(field) == ()


def test_without_a_feedback_there_is_nothing_to_compare_with(field):
    field.go_in()
    amend_finding(field.session, field.finding("空岗").id, {"text": "空岗14分钟"})
    assert later(field) == ()


def test_an_amended_finding_is_named_with_old_and_new(told):
    field, first, _second = told
    amend_finding(field.session, first, {"text": "空岗14分钟", "severity": 2})
    [change] = later(field)
    assert (change.how, change.told, change.id) == (How.AMENDED, True, first)
    assert {(each.name, each.before, each.now) for each in change.fields} == {
        ("内容", "空岗", "空岗14分钟"),
        ("程度", "轻微（1级，共4级）", "一般（2级，共4级）"),
    }
    amend_finding(field.session, first, {"text": "空岗", "severity": 1})
    assert later(field) == ()


def test_what_was_added_and_withdrawn_is_named_told_findings_first(told):
    field, first, second = told
    note = Remark(id=field.session.store.new_id(), visit=field.visit, text="补记")
    record(field.session, field.visit, note)
    third = field.finding("叫号屏停机", at="10:40")
    void(field.session, Finding, first, "重复")
    assert [(each.how, each.id) for each in later(field)] == [
        (How.WITHDRAWN, first),
        (How.ADDED, third.id),
        (How.ADDED, note.id),
    ]
    assert second not in {each.id for each in later(field)}


def test_what_came_and_went_is_not_named(told):
    field, first, _second = told
    field.finding("看错了", at="10:50")
    undo_last(field.session)
    void(field.session, Finding, first, "重复")
    undo_last(field.session)
    assert later(field) == ()


def test_telling_again_counts_anew_for_what_is_told(told):
    field, first, second = told
    amend_finding(field.session, first, {"text": "空岗14分钟"})
    amend_finding(field.session, second, {"text": "公示过期两年"})
    tell_unit(field.session, field.visit, [first, second], field.seen("11:50"))
    assert later(field) == ()
    amend_finding(field.session, second, {"text": "公示过期三年"})
    assert [each.id for each in later(field)] == [second]


def test_telling_the_unit_enters_the_phase_once_and_goes_on_until_it_is_signed(told):
    field, first, second = told
    session = field.session
    again = tell_unit(session, field.visit, [first, second], field.seen("11:40"), ["王主任"])
    phases = [each.phase for each in session.store.select(Event) if each.phase]
    assert phases == [Phase.COVERT, Phase.OVERT, Phase.FEEDBACK]
    assert (again.findings, again.people_present) == ((first, second), ("王主任",))
    complete_feedback(session, again.id, refusal="拒签", witness="周某")
    other = tell_unit(session, field.visit, [second], field.seen("11:55"))
    assert other.id != again.id


def test_the_unit_may_change_what_it_says(told):
    field, first, _second = told
    said = Statement(id="", finding=first, position=Position.DISAGREE, speaker="王主任")
    one = take_statement(field.session, said, field.seen("11:31"))
    other = Statement(id="", finding=first, position=Position.EXPLAIN, text="系统升级")
    two = take_statement(field.session, other, field.seen("11:32"))
    assert one.id == two.id
    assert (two.position, two.text, two.speaker) == (Position.EXPLAIN, "系统升级", "")
    assert len(field.session.store.select(Statement)) == 1


def test_a_supplement_tells_without_a_phase(field):
    field.go_in()
    change_phase(field.session, field.visit, Phase.FEEDBACK, field.seen("11:00"))
    finding = field.finding("空岗")
    seal(field.session, field.visit)
    more = start_supplement(field.session, field.visit, "补充反馈")
    told = tell_unit(field.session, more.id, [finding.id], field.seen("11:30"))
    assert told.visit == more.id
