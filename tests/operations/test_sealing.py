import pytest

from inspector.base.errors import MingchaError
from inspector.domain.entities import Feedback, Finding, Hall, Person, Seal, Statement, Visit
from inspector.domain.facts import effective
from inspector.domain.vocabulary import ConfirmationMethod, FindingOutcome, Position, WindowState
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.feedback import give_feedback, state
from inspector.operations.findings import add_finding, confirm, set_outcome
from inspector.operations.observing import record_answer, sight
from inspector.operations.places import add_windows
from inspector.operations.recording import amend, find_visit, get, void
from inspector.operations.records import load_edition, load_record
from inspector.operations.sealing import gaps, seal, start_supplement
from inspector.operations.undo import undo_last
from inspector.operations.upkeep import check
from inspector.operations.visits import reveal


def refused(code, act, *args, **kwargs):
    with pytest.raises(MingchaError) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code


def codes(field):
    return [gap.code for gap in gaps(field.session, field.visit)[0]]


def test_a_visit_without_a_phase_is_not_sealed(field):
    assert codes(field) == ["phase_missing"]
    refused("visit_incomplete", seal, field.session, field.visit)
    assert field.session.store.select(Seal) == []

    field.go_in()

    assert codes(field) == []
    seal(field.session, field.visit)


def test_a_grave_finding_waits_for_a_second_inspector(field):
    field.go_in()
    finding = field.finding("空岗", severity=3)
    assert codes(field) == ["confirmation_missing"]

    refused(
        *("confirmation_same_person", confirm, field.session, finding.id),
        *(ConfirmationMethod.PIN, field.seen("10:05")),
    )
    confirm(field.session, finding.id, ConfirmationMethod.PIN, field.seen("10:05", who=field.wang))

    assert codes(field) == []


def test_feedback_needs_a_sheet_and_what_the_unit_said(field):
    field.go_in()
    finding = field.finding("空岗")
    feedback = Feedback(id="", visit=field.visit, findings=(finding.id,))
    given = give_feedback(field.session, feedback, field.seen("11:30"))
    assert codes(field) == ["feedback_unsigned", "statement_missing"]

    statement = Statement(id="", finding=finding.id, position=Position.AGREE, text="属实")
    state(field.session, statement, field.seen("11:32"))
    amend(field.session, Feedback, given.id, {"refusal": "负责人拒绝签字", "witness": "保安周某"})

    assert codes(field) == []


def test_nothing_can_be_added_changed_or_taken_back_in_a_sealed_visit(field, tmp_path):
    field.go_in()
    finding = field.finding("空岗")
    seal(field.session, field.visit)
    session, visit, seen = field.session, field.visit, field.seen("10:00")

    refused("visit_sealed", record_answer, session, visit, "S01-01", "符合", seen)
    refused("visit_sealed", sight, session, visit, field.window("1"), WindowState.IDLE, seen)
    refused("visit_sealed", field.finding, "又一个")
    refused("visit_sealed", amend, session, Finding, finding.id, {"text": "改了"})
    refused("visit_sealed", amend, session, Visit, visit, {"checklist": ""})
    refused("visit_sealed", void, session, Finding, finding.id, "不要了")
    refused("visit_sealed", set_outcome, session, finding.id, FindingOutcome.ESTABLISHED)
    refused("visit_sealed", reveal, session, visit, seen, to_whom="主任", document="督查证")
    refused("visit_sealed", undo_last, session)
    refused("visit_sealed", seal, session, visit)
    refused("visit_sealed", lambda: list(add_photos(session, visit, [tmp_path], Taking(seen))))
    assert get(session, Finding, finding.id).text == "空岗"


def test_later_changes_to_hall_windows_and_persons_do_not_reach_a_sealed_visit(field):
    field.go_in()
    before = load_record(field.session, field.visit)
    seal(field.session, field.visit)

    amend(field.session, Hall, field.hall, {"name": "云溪区政务服务中心"})
    amend(field.session, Person, field.li, {"name": "李娜娜"})
    add_windows(field.session, field.hall, [field.window("6")])
    void(field.session, type(field.window("6")), field.window("6").id, "撤销")

    sealed = load_record(field.session, field.visit)
    assert get(field.session, Hall, field.hall).name == "云溪区政务服务中心"
    assert sealed.hall.name == before.hall.name == "云溪县政务服务中心"
    assert sealed.person_name(field.li) == "李娜"
    assert len(sealed.windows) == 6
    assert sealed.events == before.events
    assert sealed.members == before.members
    assert check(field.session).ok


def test_facts_entered_in_one_millisecond_keep_their_order_in_the_sealed_record(field):
    field.go_in()
    for number in range(20):
        field.finding(f"第{number}项")
    order = [finding.id for finding in load_record(field.session, field.visit).findings]
    seal(field.session, field.visit)
    assert [finding.id for finding in load_record(field.session, field.visit).findings] == order


def test_a_supplement_gives_the_second_edition_with_old_and_new(field):
    field.go_in()
    wrong = field.finding("空岗 41 分钟", at="10:00")
    field.finding("屏幕未锁", at="10:30")
    seal(field.session, field.visit)
    session = field.session

    refused("reason_missing", start_supplement, session, field.visit, " ")
    supplement = start_supplement(session, field.visit, "分钟数看错")
    refused("supplement_open", start_supplement, session, field.visit, "再改")
    right = Finding(id="", visit=supplement.id, text="空岗 14 分钟", replaces=wrong.id)
    right = add_finding(session, right, field.seen("10:00"))
    new = Finding(id="", visit=supplement.id, text="未挂工牌")
    new = add_finding(session, new, field.seen("10:10"))
    second = seal(session, supplement.id)

    edition = load_edition(session, supplement.id)
    assert (edition.visit.edition, second.edition) == (2, 2)
    assert second.previous == session.store.select(Seal, "visit = ?", field.visit)[0].manifest
    assert edition.replaced[wrong.id].text == "空岗 41 分钟"
    standing = {each.text: each.official_number for each in effective(edition.findings)}
    assert standing == {"空岗 14 分钟": "1", "屏幕未锁": "2", "未挂工牌": "3"}
    assert edition.visit.official_number == "2026-0001-2"
    assert load_record(session, field.visit).findings[0].text == "空岗 41 分钟"
    assert find_visit(session, "2026-0001").id == field.visit
    assert check(session).ok


def test_numbers_are_provisional_until_the_seal_and_follow_the_time_of_observation(field):
    field.go_in()
    late = field.finding("后看到", at="11:00")
    early = field.finding("先看到", at="10:00")
    withdrawn = field.finding("看错", at="09:40")
    void(field.session, Finding, withdrawn.id, "看错了")
    visit = get(field.session, Visit, field.visit)
    assert (late.number, early.number, late.official_number) == (1, 2, "")
    assert visit.official_number == ""

    seal(field.session, field.visit)

    numbers = {
        each.text: each.official_number for each in load_record(field.session, field.visit).findings
    }
    assert numbers == {"先看到": "1", "后看到": "2", "看错": ""}
    assert get(field.session, Visit, field.visit).official_number == "2026-0001"
