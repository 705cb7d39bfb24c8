from inspector.domain.absences import absences
from inspector.domain.entities import Event, Feedback, Finding, Hall, Person, Seal, Statement, Visit
from inspector.domain.facts import effective
from inspector.domain.vocabulary import ConfirmationMethod, FindingOutcome, Position, WindowState
from inspector.operations.evidence import Taking, add_photos
from inspector.operations.feedback import give_feedback, state
from inspector.operations.findings import add_finding, amend_finding, confirm, set_outcome
from inspector.operations.observing import record_answer, sight
from inspector.operations.pins import set_pin
from inspector.operations.places import add_windows
from inspector.operations.recording import amend, find_visit, get, later_editions, void
from inspector.operations.records import load_edition, load_record
from inspector.operations.sealing import fix_numbers, gaps, seal, start_supplement
from inspector.operations.undo import undo_last
from inspector.operations.upkeep import check
from inspector.operations.visits import new_visit, reveal
from tests.support.elsewhere import Laptop
from tests.support.refusing import refused


def codes(field):
    return [gap.code for gap in gaps(field.session, field.visit)[0]]


def test_a_visit_without_a_phase_is_not_sealed(field):
    assert codes(field) == ["phase_missing"]
    refused("visit_incomplete", seal, field.session, field.visit)
    assert field.session.store.select(Seal) == []

    field.go_in()

    assert codes(field) == []
    seal(field.session, field.visit)


def test_a_supplement_is_opened_by_the_clock_of_the_place(field):
    session = field.session
    amend(session, Hall, get(session, Visit, field.visit).hall, {"zone_minutes": 540})
    field.go_in()
    seal(session, field.visit)
    supplement = start_supplement(session, field.visit, "核对笔记")
    [note] = session.store.select(Event, "visit = ?", supplement.id)
    assert note.observed_zone == 540


def test_supplements_that_stand_in_a_circle_end_the_walk(field):
    session = field.session
    field.go_in()
    seal(session, field.visit)
    second = start_supplement(session, field.visit, "核对笔记").id
    laptop = Laptop(session, field.wang)
    laptop.write("visit", field.visit, {"supplement_of": second}, visit=field.visit)
    laptop.arrive()
    assert [each.id for each in later_editions(session, field.visit)] == [second]
    refused("supplement_open", start_supplement, session, field.visit, "再核对")


def test_a_grave_finding_waits_for_a_second_inspector(field):
    field.go_in()
    finding = field.finding("空岗", severity=3)
    assert codes(field) == ["confirmation_missing"]

    set_pin(field.session, field.wang, "2468")
    refused(
        *("confirmation_same_person", confirm, field.session, finding.id),
        *(ConfirmationMethod.PIN, field.seen("10:05")),
    )
    second = field.seen("10:05", who=field.wang)
    confirm(field.session, finding.id, ConfirmationMethod.PIN, second, pin="2468")
    assert codes(field) == []

    amend_finding(field.session, finding.id, {"text": "空岗14分钟"})
    assert codes(field) == ["confirmation_missing"]
    confirm(field.session, finding.id, ConfirmationMethod.PIN, second, pin="2468")
    assert codes(field) == []


def test_feedback_needs_a_sheet_and_what_the_unit_said(field):
    field.go_in()
    finding = field.finding("空岗")
    field.show_identity()
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


def test_the_number_of_a_withdrawn_finding_is_not_given_again(field):
    wrong = field.finding("看错")
    fix_numbers(field.session, field.visit)
    void(field.session, Finding, wrong.id, "看错了")
    field.finding("空岗")

    fix_numbers(field.session, field.visit)

    numbers = {each.text: each.official_number for each in field.session.store.select(Finding)}
    assert numbers == {"看错": "1", "空岗": "2"}


def test_every_edition_is_numbered_after_the_first(field):
    field.go_in()
    number = get(field.session, Visit, field.visit).number
    seal(field.session, field.visit)
    found = []
    for _ in range(2):
        supplement = start_supplement(field.session, field.visit, "补充")
        # The provisional number goes on meaning the visit itself.
        assert find_visit(field.session, str(number)).id == field.visit
        seal(field.session, supplement.id)
        found.append(get(field.session, Visit, supplement.id).official_number)
    assert found == ["2026-0001-2", "2026-0001-3"]


def test_a_supplement_corrects_only_what_an_earlier_edition_has(field):
    field.go_in()
    sealed = field.finding("空岗")
    seal(field.session, field.visit)
    supplement = start_supplement(field.session, field.visit, "看错")
    session, seen = field.session, field.seen("10:00")
    other = new_visit(session, field.hall, [field.li, field.wang])
    elsewhere = add_finding(session, Finding(id="", visit=other.id, text="别处"), seen)
    answer = {"replaces": sealed.id}

    for wrong in ("1", elsewhere.id):
        finding = Finding(id="", visit=supplement.id, text="改", replaces=wrong)
        refused("not_found", add_finding, session, finding, seen)
    refused("not_found", record_answer, session, supplement.id, "S01-01", "是", seen, **answer)
    refused("not_found", record_answer, session, other.id, "S01-01", "是", seen, **answer)

    second = Finding(id="", visit=supplement.id, text="改", replaces=sealed.id)
    second = add_finding(session, second, seen)
    seal(session, supplement.id)
    third = start_supplement(session, field.visit, "再改")
    for earlier in (sealed, second):
        finding = Finding(id="", visit=third.id, text="再改", replaces=earlier.id)
        add_finding(session, finding, seen)


def test_an_edition_knows_the_windows_of_the_earlier_ones(field):
    field.go_in()
    gone = field.window("6")
    sight(field.session, field.visit, gone, WindowState.UNATTENDED, field.seen("10:00"))
    seal(field.session, field.visit)
    void(field.session, type(gone), gone.id, "撤销")

    supplement = start_supplement(field.session, field.visit, "补充")

    windows = load_edition(field.session, supplement.id).windows
    assert sorted(window.number for window in windows) == [f"{n:02}" for n in range(1, 7)]


def test_a_backup_that_fails_does_not_make_the_seal_look_failed(field):
    field.go_in()
    field.session.store.workspace.backups.write_bytes(b"in the way")
    seal(field.session, field.visit)
    assert [notice.code for notice in field.session.notices] == ["automatic_backup_failed"]
    refused("visit_sealed", seal, field.session, field.visit)


def test_what_was_seen_is_judged_by_the_hours_of_then_in_every_edition(field):
    field.go_in()
    seen = field.seen("10:00", "10:40")
    sight(
        field.session, field.visit, field.window("1"), WindowState.UNATTENDED, seen, continuous=True
    )
    seal(field.session, field.visit)
    later = {"week": {str(day): ["10:30-12:00"] for day in range(1, 6)}}
    amend(field.session, Hall, field.hall, {"hours": later, "name": "改名后的大厅"})
    supplement = start_supplement(field.session, field.visit, "补充")

    record = load_edition(field.session, supplement.id)

    assert record.hall.name == "云溪县政务服务中心"
    assert [absence.minutes for absence in absences(record)] == [40]
