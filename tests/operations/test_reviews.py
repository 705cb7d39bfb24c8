"""Review of sealed visits: who may decide, what counts, what comes back."""

from __future__ import annotations

import pytest

from inspector.domain.entities import Review, Trip, VisitMember
from inspector.domain.vocabulary import ConfirmationMethod, Phase, ReviewDecision, ReviewState
from inspector.operations.findings import confirm
from inspector.operations.office_settings import TWO_REVIEWERS, state_setting
from inspector.operations.people import add_person, use_person
from inspector.operations.pins import set_pin
from inspector.operations.recording import void
from inspector.operations.records import load_record
from inspector.operations.review_detail import earlier_of_kind, review_detail
from inspector.operations.reviews import (
    approve,
    decisions_on,
    reassign,
    return_visit,
    review_item,
    review_queue,
)
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.undo import undo_last
from inspector.operations.visits import add_trip, change_phase, new_visit
from tests.support.elsewhere import Laptop
from tests.support.refusing import refused


@pytest.fixture
def sealed(field):
    """A sealed visit with a grave and a slight finding; whoever reviews was not there."""
    field.go_in()
    set_pin(field.session, field.wang, "2468")
    grave = field.finding("窗口无人", severity=3, situations=("CZ-2",))
    second = field.seen("10:05", who=field.wang)
    confirm(field.session, grave.id, ConfirmationMethod.PIN, second, pin="2468")
    field.finding("公示过期", severity=1)
    seal(field.session, field.visit)
    zhao = add_person(field.session, "赵敏")
    use_person(field.session, zhao.id)
    return field, grave, zhao


def state(field):
    return review_item(field.session, field.visit).state


def test_a_sealed_visit_waits_with_its_exceptions(sealed):
    field, grave, _zhao = sealed
    new_visit(field.session, field.hall, [field.li])  # open visits are not reviewed
    [item] = review_queue(field.session)
    assert (item.visit.id, item.state, item.own) == (field.visit, ReviewState.WAITING, False)
    assert item.exceptions == item.standing.open == (grave.id,)
    assert (item.findings, item.team, item.place) == (2, ("李娜", "王强"), "云溪县政务服务中心")


def test_grave_findings_are_approved_one_by_one_and_then_the_visit(sealed):
    field, grave, zhao = sealed
    refused("review_one_by_one", approve, field.session, field.visit)
    assert decisions_on(field.session, review_item(field.session, field.visit).seal.id) == ()

    approve(field.session, field.visit, finding=grave.id)
    assert state(field) is ReviewState.WAITING
    made = approve(field.session, field.visit, reason="属实")

    assert state(field) is ReviewState.APPROVED
    assert (made.reviewer, made.decision) == (zhao.id, ReviewDecision.APPROVED)
    refused("finding_not_found", approve, field.session, field.visit, finding="nowhere")


def test_nobody_reviews_their_own_visit(sealed):
    field, grave, _zhao = sealed
    use_person(field.session, field.wang)
    assert [each.own for each in review_queue(field.session)] == [True]
    refused("review_own", approve, field.session, field.visit, finding=grave.id)
    refused("review_own", return_visit, field.session, field.visit, "不清楚")
    use_person(field.session, "")
    refused("reviewer_unknown", return_visit, field.session, field.visit, "不清楚")


def test_a_decision_of_a_member_that_arrives_does_not_count(sealed):
    field, _grave, _zhao = sealed
    item = review_item(field.session, field.visit)
    laptop = Laptop(field.session, field.wang)
    fields = {"visit": field.visit, "seal": item.seal.id, "decision": "approved"}
    laptop.write("review", "r-1", {**fields, "reviewer": field.wang})
    laptop.arrive()
    assert field.session.store.get(Review, "r-1") is not None
    assert review_item(field.session, field.visit).standing.approvals == ()


def test_a_return_needs_a_reason_and_stands_whoever_approves(sealed):
    field, grave, _zhao = sealed
    refused("reason_missing", return_visit, field.session, field.visit, "  ")
    return_visit(field.session, field.visit, "时间与照片不符", finding=grave.id)
    other = add_person(field.session, "钱进")
    use_person(field.session, other.id)
    approve(field.session, field.visit, finding=grave.id)
    approve(field.session, field.visit)
    assert state(field) is ReviewState.RETURNED
    [back] = review_item(field.session, field.visit).standing.returned
    assert (back.reason, back.finding) == ("时间与照片不符", grave.id)


def test_the_same_reviewer_may_decide_anew_and_take_it_back(sealed):
    field, grave, _zhao = sealed
    return_visit(field.session, field.visit, "不清楚")
    approve(field.session, field.visit, finding=grave.id)
    approve(field.session, field.visit)
    assert state(field) is ReviewState.APPROVED
    undo_last(field.session)
    assert state(field) is ReviewState.RETURNED


def test_a_supplement_answers_a_return_and_comes_back_into_the_queue(sealed):
    field, grave, zhao = sealed
    session = field.session
    return_visit(session, field.visit, "补窗口号")
    use_person(session, field.li)
    supplement = start_supplement(session, field.visit, "补窗口号")
    assert review_item(session, field.visit).supplement == supplement.id
    assert state(field) is ReviewState.RETURNED

    seal(session, supplement.id)

    [item] = review_queue(session)
    assert (item.visit.id, item.state) == (supplement.id, ReviewState.WAITING)
    assert (item.exceptions, item.findings) == ((grave.id,), 2)
    assert review_item(session, field.visit).visit.id == supplement.id
    use_person(session, zhao.id)
    approve(session, supplement.id, finding=grave.id)
    approve(session, supplement.id)
    assert state(field) is ReviewState.APPROVED


def test_two_persons_where_the_office_wants_it(sealed):
    field, grave, _zhao = sealed
    session = field.session
    state_setting(session, TWO_REVIEWERS, "yes")
    approve(session, field.visit, finding=grave.id)
    approve(session, field.visit)
    assert state(field) is ReviewState.WAITING
    other = add_person(session, "钱进")
    use_person(session, other.id)
    approve(session, field.visit)
    assert state(field) is ReviewState.WAITING  # the grave one lacks a second approval
    approve(session, field.visit, finding=grave.id)
    assert state(field) is ReviewState.APPROVED
    state_setting(session, TWO_REVIEWERS, "no")
    assert state(field) is ReviewState.APPROVED


def test_who_led_the_journey_took_part_and_who_was_entered_by_mistake_did_not(sealed):
    field, _grave, zhao = sealed
    session = field.session
    trip = add_trip(session, Trip(id="", leader=zhao.id)).id
    team = [field.li, field.wang, add_person(session, "钱进").id]
    visit = new_visit(session, field.hall, team, trip=trip).id
    change_phase(session, visit, Phase.OVERT, field.seen("14:00"))
    [wang] = session.store.select(VisitMember, "visit = ? AND person = ?", visit, field.wang)
    void(session, VisitMember, wang.id, "typed by mistake")
    seal(session, visit)
    refused("review_own", approve, session, visit)
    assert review_item(session, visit).own
    use_person(session, field.wang)
    assert not review_item(session, visit).own
    approve(session, visit)
    assert review_item(session, visit).state is ReviewState.APPROVED


def test_it_is_passed_on_to_somebody_who_was_not_there(sealed):
    field, grave, _zhao = sealed
    refused("not_found", reassign, field.session, field.visit, "nobody")
    other = add_person(field.session, "钱进")
    refused("review_own", reassign, field.session, field.visit, field.li)
    reassign(field.session, field.visit, other.id, reason="熟悉该县")
    assert review_item(field.session, field.visit).assignee == "钱进"
    use_person(field.session, other.id)
    approve(field.session, field.visit, finding=grave.id)
    approve(field.session, field.visit)
    found = review_item(field.session, field.visit)
    assert (found.state, found.assignee) == (ReviewState.APPROVED, "")


def test_nothing_sealed_changes(sealed):
    field, _grave, _zhao = sealed
    before = load_record(field.session, field.visit)
    return_visit(field.session, field.visit, "不清楚")
    assert load_record(field.session, field.visit) == before
    refused("review_not_sealed", review_item, field.session, "nowhere")


def test_what_a_reviewer_looks_at(sealed):
    field, grave, zhao = sealed
    session = field.session
    return_visit(session, field.visit, "补照片", finding=grave.id)
    found = review_detail(session, field.visit, "zh")
    [first, second] = found.findings
    assert (first.id, first.one_by_one, first.decision) == (grave.id, True, "returned")
    assert (second.one_by_one, second.decision) == (False, None)
    assert "10:00" in first.when
    assert [c.text for c in found.checks if not c.ok and "情形" in c.text]
    assert [c.text for c in found.checks if c.ok and "时间" in c.text]
    [said] = found.decisions
    assert (said.by, said.reason, said.about) == (zhao.name, "补照片", first.label)
    assert earlier_of_kind(session, grave.id) == ((), 0)


def test_the_history_of_the_place_counts_the_same_kind(sealed):
    field, grave, _zhao = sealed
    session = field.session
    again = new_visit(session, field.hall, [field.li, field.wang])
    other = field.finding("又空岗", at="11:00", visit=again.id, situations=("CZ-2",))
    rows, count = earlier_of_kind(session, other.id)
    assert ([each.finding.id for each in rows], count) == ([grave.id], 1)
