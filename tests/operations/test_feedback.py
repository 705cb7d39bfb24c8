from inspector.domain.entities import Feedback, Finding, Statement
from inspector.domain.phases import phase_at
from inspector.domain.record_code import record_code
from inspector.domain.vocabulary import EventKind, Phase, Position
from inspector.operations.dossiers import confirmation_sheet, printed_code
from inspector.operations.evidence import Taking, add_photos, evidence_of_visit
from inspector.operations.feedback import (
    complete_feedback,
    give_feedback,
    state,
    take_statement,
    tell_unit,
)
from inspector.operations.findings import amend_finding
from inspector.operations.recording import void
from inspector.operations.records import load_record
from inspector.operations.sealing import gaps, seal, start_supplement
from inspector.operations.visits import events_of, new_visit, note_event, reveal
from tests.report.reading import page_texts
from tests.support.refusing import refused


def feedback(field, *findings, visit="", **more):
    told = Feedback(id="", visit=visit or field.visit, findings=findings, **more)
    return give_feedback(field.session, told, field.seen("11:30"))


def paper(field, visit, folder):
    """Return the id of a file that was taken into `visit`."""
    path = folder / f"{visit}.pdf"
    path.write_bytes(b"%PDF-1.4 " + visit.encode())
    list(add_photos(field.session, visit, [path], Taking(field.seen())))
    return evidence_of_visit(field.session, visit)[-1].id


def blockers(field):
    return [gap.code for gap in gaps(field.session, field.visit)[0]]


def test_the_unit_is_not_told_before_identity_was_shown(field):
    field.go_in()
    finding = field.finding("空岗")
    refused("identity_not_shown", feedback, field, finding.id)
    told = (field.session, field.visit, [finding.id], field.seen("11:30"))
    refused("identity_not_shown", tell_unit, *told)
    assert field.session.store.select(Feedback) == []
    field.show_identity()
    assert feedback(field, finding.id).findings == (finding.id,)


def test_only_what_belongs_to_the_visit_is_fed_back(field, tmp_path):
    field.go_in()
    field.show_identity()
    finding = field.finding("空岗")
    other = new_visit(field.session, field.hall, [field.li, field.wang]).id
    refused("finding_not_found", feedback, field, finding.id, visit=other)
    sheet = paper(field, other, tmp_path)
    refused("evidence_not_found", feedback, field, finding.id, sheet=sheet)
    assert field.session.store.select(Feedback) == []
    assert feedback(field, finding.id, sheet=paper(field, field.visit, tmp_path)).sheet


def test_the_unit_is_not_told_while_somebody_is_unrecognised_beside_others(field):
    field.go_in()
    finding = field.finding("空岗")
    session, visit = field.session, field.visit
    reveal(session, visit, field.seen("11:00"), to_whom="值班主任", document="督查证")
    error = refused("still_covert", tell_unit, session, visit, [finding.id], field.seen("11:10"))
    assert error.fields["names"] == ["王强"]
    assert session.store.select(Feedback) == []
    # What was seen by the one who is still inside stays covert.
    assert (
        phase_at(events_of(session, visit), field.wang, field.seen("11:20").start) is Phase.COVERT
    )
    reveal(session, visit, field.seen("11:25", who=field.wang), to_whom="同上", document="督查证")
    assert tell_unit(session, visit, [finding.id], field.seen("11:30")).findings == (finding.id,)


def test_the_unit_is_told_once_the_team_has_left(field):
    field.go_in()
    finding = field.finding("空岗")
    session, visit = field.session, field.visit
    reveal(session, visit, field.seen("11:00"), to_whom="值班主任", document="督查证")
    note_event(session, visit, EventKind.LEFT, field.seen("11:20"))
    assert tell_unit(session, visit, [finding.id], field.seen("11:30")).findings == (finding.id,)


def test_a_supplement_may_tell_what_was_found_before(field):
    field.go_in()
    finding = field.finding("空岗")
    seal(field.session, field.visit)
    more = start_supplement(field.session, field.visit, "补充反馈")
    assert feedback(field, finding.id, visit=more.id).findings == (finding.id,)


def test_nothing_is_said_to_a_withdrawn_finding(field):
    field.go_in()
    finding = field.finding("空岗")
    void(field.session, Finding, finding.id, "重复录入")
    said = Statement(id="", finding=finding.id, position=Position.AGREE)
    refused("finding_withdrawn", state, field.session, said, field.seen("11:00"))
    refused("finding_withdrawn", feedback, field, finding.id)


def test_what_came_later_completes_a_feedback(field, tmp_path):
    field.go_in()
    finding = field.finding("空岗")
    field.show_identity()
    told = feedback(field, finding.id)
    assert blockers(field) == ["feedback_unsigned", "statement_missing"]
    said = Statement(id="", finding=finding.id, position=Position.NO_STATEMENT)
    state(field.session, said, field.seen("11:31"))
    assert blockers(field) == ["feedback_unsigned"]
    refused("feedback_nothing_new", complete_feedback, field.session, told.id, refusal=" ")

    complete_feedback(field.session, told.id, refusal="负责人拒绝签字")
    assert blockers(field) == ["refusal_without_witness"]
    complete_feedback(field.session, told.id, witness="保安周某")
    assert blockers(field) == []

    other = new_visit(field.session, field.hall, [field.li, field.wang]).id
    foreign = paper(field, other, tmp_path)
    refused("evidence_not_found", complete_feedback, field.session, told.id, sheet=foreign)
    own = paper(field, field.visit, tmp_path)
    done = complete_feedback(field.session, told.id, sheet=own)
    assert (done.sheet, done.refusal, done.witness) == (own, "负责人拒绝签字", "保安周某")


def test_the_code_on_the_sheet_is_kept_and_follows_the_record(field, tmp_path):
    field.go_in()
    finding = field.finding("空岗")
    chosen = (finding.id,)
    assert printed_code(field.session, field.visit, chosen) == ""
    target = tmp_path / "sheet.pdf"
    sheet = confirmation_sheet(field.session, field.visit, chosen, target, "zh")
    assert sheet.code in page_text(target)
    assert printed_code(field.session, field.visit, chosen) == sheet.code
    assert record_code(load_record(field.session, field.visit), chosen) == sheet.code

    amend_finding(field.session, finding.id, {"text": "空岗14分钟"})
    assert record_code(load_record(field.session, field.visit), chosen) != sheet.code


def test_what_the_unit_said_already_stands_on_its_sheet(field, tmp_path):
    field.go_in()
    finding = field.finding("空岗")
    said = Statement(id="", finding=finding.id, position=Position.EXPLAIN, text="当时系统升级")
    take_statement(field.session, said, field.seen("11:31"))
    target = tmp_path / "sheet.pdf"
    confirmation_sheet(field.session, field.visit, (finding.id,), target, "zh")
    text = page_text(target)
    assert "作出说明" in text
    assert "当时系统升级" in text
    assert "□" not in text


def page_text(path):
    [text] = page_texts(path.read_bytes())
    return "".join(text.split())
