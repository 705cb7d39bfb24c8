"""Corrections and withdrawals in a supplement: old and new are kept, the rules stay the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from inspector.base.clock import to_ms
from inspector.base.errors import MingchaError
from inspector.domain.entities import (
    Answer,
    Event,
    Evidence,
    Fact,
    Feedback,
    Finding,
    FindingPerson,
    HeadCount,
    Placement,
    Remark,
    Sighting,
    Statement,
    Wait,
)
from inspector.domain.facts import effective
from inspector.domain.record import PARTS
from inspector.domain.vocabulary import (
    Conformity,
    EventKind,
    FindingOutcome,
    IdentitySource,
    Position,
    TargetKind,
    TimeSource,
    WaitOutcome,
    WindowState,
)
from inspector.operations.correcting import correct, find_fact, withdraw
from inspector.operations.dossiers import ready_dossier, write_ready
from inspector.operations.evidence import Taking, add_photos, caption, find_evidence, place
from inspector.operations.feedback import give_feedback, state
from inspector.operations.findings import describe_person
from inspector.operations.observing import (
    count_heads,
    record_answer,
    record_wait,
    remark,
    sight,
)
from inspector.operations.recording import get, void
from inspector.operations.records import load_edition, load_record
from inspector.operations.sealing import gaps, seal, start_supplement
from inspector.operations.undo import undo_last
from inspector.operations.upkeep import check
from inspector.operations.visits import new_visit, note_event
from inspector.report.dossier import DossierOptions
from tests.report.reading import page_texts
from tests.support.fixed import START
from tests.support.jpegs import write_jpeg

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.base.i18n import Lang
    from tests.operations.conftest import Field


@dataclass(frozen=True)
class Sealed:
    """A sealed visit with one fact of every noun (ids by noun), and its open supplement."""

    field: Field
    ids: dict[str, str]
    supplement: str

    def correct(self, noun: str, why: str = "记错", **fields: Any) -> Fact:
        return correct(self.field.session, self.supplement, self.ids[noun], fields, why)

    def standing(self, cls: type[Fact]) -> list[Fact]:
        name = next(name for name, part in PARTS.items() if part is cls)
        return list(effective(getattr(load_edition(self.field.session, self.supplement), name)))


@pytest.fixture
def sealed(field: Field, tmp_path: Path) -> Sealed:
    field.go_in()
    session, visit = field.session, field.visit
    ids: dict[str, str] = {}
    photo = write_jpeg(tmp_path / "a.jpg", taken="2026:03:04 10:00:00")
    [added] = add_photos(session, visit, [photo], Taking(field.seen()))
    ids["evidence"] = added.evidence
    caption(session, added.evidence, "4号窗口")
    finding = field.finding("空岗 41 分钟", people_waiting=6)
    ids["finding"] = finding.id
    place(session, added.evidence, TargetKind.FINDING, finding.id)
    seen = field.seen("10:00", "10:14")
    state_ = WindowState.UNATTENDED
    ids["finding_person"] = person(field, finding.id)
    sighted = sight(session, visit, field.window("4"), state_, seen, continuous=True, note="空")
    ids["sighting"] = sighted.id
    wait = Wait(
        id="",
        visit=visit,
        joined=field.seen("10:00").start,
        called=field.seen("10:20").start,
        outcome=WaitOutcome.DONE,
    )
    ids["wait"] = record_wait(session, wait, field.seen("10:00")).id
    heads = HeadCount(id="", visit=visit, staffed=3, total=6)
    ids["head_count"] = count_heads(session, heads, field.seen("10:05")).id
    note = Remark(id="", visit=visit, text="评价器断电")
    ids["remark"] = remark(session, note, field.seen("10:06")).id
    ids["answer"] = record_answer(session, visit, "S01-01", "符合", field.seen("10:07")).id
    given = Feedback(id="", visit=visit, findings=(finding.id,), refusal="拒签", witness="周某")
    field.show_identity()
    ids["feedback"] = give_feedback(session, given, field.seen("11:00")).id
    said = Statement(id="", finding=finding.id, position=Position.AGREE, text="属实")
    ids["statement"] = state(session, said, field.seen("11:01")).id
    note_event(session, visit, EventKind.LEFT, field.seen("11:30"))
    ids["event"] = session.store.select(Event, "kind = ?", "left")[0].id
    seal(session, visit)
    return Sealed(field, ids, start_supplement(session, visit, "核对笔记").id)


def person(field: Field, finding: str) -> str:
    described = FindingPerson(
        id="",
        finding=finding,
        description="短发",
        identity="张某",
        identity_source=IdentitySource.ROSTER,
    )
    identified = field.seen("11:10", who=field.wang)
    return describe_person(field.session, described, field.seen("10:01"), identified).id


def refused(act: Any, *args: Any, **fields: Any) -> str:
    with pytest.raises(MingchaError) as caught:
        act(*args, **fields)
    return caught.value.code


CHANGES: dict[str, tuple[type[Fact], dict[str, Any]]] = {
    "wait": (Wait, {"note": "医保", "ticket": "A12"}),
    "head_count": (HeadCount, {"staffed": 4}),
    "remark": (Remark, {"text": "评价器全部断电"}),
    "event": (Event, {"note": "从南门离开"}),
    "sighting": (Sighting, {"state": WindowState.PAUSED}),
    "statement": (Statement, {"position": Position.DISAGREE, "text": "不属实"}),
    "feedback": (Feedback, {"witness": "吴某"}),
    "evidence": (Evidence, {"caption": "5号窗口"}),
    "finding_person": (FindingPerson, {"description": "长发", "identity": "李某"}),
    "finding": (Finding, {"text": "空岗 14 分钟", "people_waiting": None}),
}


@pytest.mark.parametrize("noun", CHANGES)
def test_a_corrected_fact_is_new_names_the_old_and_keeps_the_rest(
    sealed: Sealed, noun: str
) -> None:
    cls, fields = CHANGES[noun]
    session = sealed.field.session
    before = get(session, cls, sealed.ids[noun])

    new = sealed.correct(noun, **fields)

    assert (new.id != before.id, new.visit, new.replaces) == (True, sealed.supplement, before.id)
    assert {name: getattr(new, name) for name in fields} == fields
    assert (new.observer, new.observed_from) == (before.observer, before.observed_from)
    assert get(session, cls, before.id) == before
    standing = [each.id for each in sealed.standing(cls)]
    assert new.id in standing
    assert before.id not in standing
    assert gaps(session, sealed.supplement)[0] == ()
    seal(session, sealed.supplement)
    assert load_record(session, sealed.supplement).visit.edition == 2
    assert sealed.standing(cls)[-1] == new or isinstance(new, Finding)
    assert check(session).ok


def test_an_answer_is_corrected_in_words_and_its_conformity_follows(sealed: Sealed) -> None:
    new = sealed.correct("answer", value="不符合")
    assert isinstance(new, Answer)
    assert new.conformity is Conformity.DOES_NOT_CONFORM
    assert [each.id for each in sealed.standing(Answer)] == [new.id]
    # Answering again in the supplement means this very answer.
    field = sealed.field
    done = record_answer(field.session, sealed.supplement, "S01-01", "符合", field.seen("10:07"))
    assert done.id == new.id


def test_a_new_time_without_a_source_rests_on_memory(sealed: Sealed) -> None:
    later = sealed.field.seen("10:02").start
    new = sealed.correct("evidence", observed_from=later)
    assert (new.time_source, new.time_precision) == (TimeSource.MEMORY, 300)
    new = sealed.correct("remark", observed_from=later, time_source=TimeSource.TICKET)
    assert (new.observed_from, new.time_source, new.time_precision) == (
        later,
        TimeSource.TICKET,
        60,
    )


def test_a_second_correction_in_the_same_supplement_changes_the_first(sealed: Sealed) -> None:
    first = sealed.correct("head_count", staffed=4)
    second = sealed.correct("head_count", total=8)
    assert second.id == first.id
    [standing] = sealed.standing(HeadCount)
    assert isinstance(standing, HeadCount)
    assert (standing.staffed, standing.total) == (4, 8)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_paper_says_why_something_was_corrected(
    sealed: Sealed, tmp_path: Path, lang: Lang
) -> None:
    session = sealed.field.session
    sealed.correct("head_count", staffed=4, why="看错了一排")
    sealed.correct("head_count", total=8, why="漏数了一排")
    seal(session, sealed.supplement)
    # As a merge would bring it: nobody here changes what is sealed.
    [standing] = sealed.standing(HeadCount)
    session.store.save(replace(standing, note="补"), visit=sealed.supplement, why="封存后")
    ready = ready_dossier(session, sealed.supplement, DossierOptions(lang=lang), preview=True)
    write_ready(ready, tmp_path / "dossier.pdf")
    text = "".join(page_texts((tmp_path / "dossier.pdf").read_bytes()))
    assert "漏数了一排" in text
    for replaced in ("看错了一排", "封存后"):
        assert replaced not in text


def test_the_next_supplement_goes_on_from_the_newest_edition(sealed: Sealed) -> None:
    session = sealed.field.session
    first = sealed.correct("remark", text="第二版")
    seal(session, sealed.supplement)
    third = start_supplement(session, sealed.field.visit, "再核对")
    new = correct(session, third.id, sealed.ids["remark"], {"reply": "已修"}, "补记")
    assert isinstance(new, Remark)
    assert (new.replaces, new.text, new.reply) == (first.id, "第二版", "已修")


@pytest.mark.parametrize("noun", sorted(CHANGES.keys() - {"finding"} | {"answer"}))
def test_what_is_withdrawn_does_not_hold_in_either_version(sealed: Sealed, noun: str) -> None:
    session = sealed.field.session
    gone = withdraw(session, sealed.supplement, sealed.ids[noun], "不属于本次走访")
    assert (gone.withdrawn, gone.void) == ("不属于本次走访", None)
    assert {gone.id, sealed.ids[noun]} & {each.id for each in sealed.standing(type(gone))} == set()
    void(session, type(gone), gone.id, "属于")
    assert sealed.ids[noun] in {each.id for each in sealed.standing(type(gone))}


def test_what_was_withdrawn_can_be_said_to_hold_after_all(sealed: Sealed) -> None:
    withdraw(sealed.field.session, sealed.supplement, sealed.ids["remark"], "看错")
    new = sealed.correct("remark", text="没看错")
    assert [each.id for each in sealed.standing(Remark)] == [new.id]


def test_a_finding_is_withdrawn_as_not_established_with_the_reason(sealed: Sealed) -> None:
    new = withdraw(sealed.field.session, sealed.supplement, sealed.ids["finding"], "有告知牌")
    assert isinstance(new, Finding)
    assert (new.outcome, new.outcome_reason) == (FindingOutcome.NOT_ESTABLISHED, "有告知牌")
    seal(sealed.field.session, sealed.supplement)
    [standing] = sealed.standing(Finding)
    assert isinstance(standing, Finding)
    assert (standing.id, standing.official_number) == (new.id, "1")


def test_the_rules_of_entering_hold_for_correcting(sealed: Sealed) -> None:
    early = to_ms(START.replace(hour=9))
    assert refused(sealed.correct, "head_count", staffed=9) == "head_count_impossible"
    assert refused(sealed.correct, "remark", text=" ") == "text_missing"
    assert refused(sealed.correct, "finding", severity=9) == "severity_unknown"
    assert refused(sealed.correct, "finding", situations=("XX",)) == "situation_unknown"
    assert refused(sealed.correct, "sighting", observed_to=None) == "interval_missing"
    assert refused(sealed.correct, "sighting", observed_to=early) == "time_backwards"
    assert refused(sealed.correct, "sighting", window="?") == "not_found"
    assert refused(sealed.correct, "feedback", findings=()) == "findings_missing"
    assert refused(sealed.correct, "remark", observer="?") == "observer_not_member"
    assert refused(sealed.correct, "wait", called=early) == "wait_order"
    assert refused(sealed.correct, "answer", value="也许") == "answer_not_conformity"
    assert refused(sealed.correct, "remark", why=" ", text="x") == "reason_missing"
    for noun, name in (("evidence", "sha256"), ("finding", "number"), ("remark", "replaces")):
        assert refused(sealed.correct, noun, **{name: "1"}) == "field_not_correctable"
    record = load_record(sealed.field.session, sealed.supplement)
    assert [fact for name in PARTS for fact in getattr(record, name) if isinstance(fact, Fact)] == [
        *record.events
    ]


def test_only_a_supplement_corrects_and_only_what_its_editions_have(sealed: Sealed) -> None:
    field = sealed.field
    other = new_visit(field.session, field.hall, [field.li, field.wang])
    text = {"text": "x"}
    remark_ = sealed.ids["remark"]
    assert refused(correct, field.session, other.id, remark_, text, "y") == "not_supplement"
    assert refused(correct, field.session, field.visit, remark_, text, "y") == "visit_sealed"
    elsewhere = remark(
        field.session, Remark(id="", visit=other.id, text="别处"), field.seen("10:00")
    )
    for name in (elsewhere.id, "?"):
        assert refused(correct, field.session, sealed.supplement, name, text, "y") == (
            "fact_not_found"
        )


def test_facts_are_named_by_id_number_or_file(sealed: Sealed) -> None:
    session = sealed.field.session
    for name, noun in (("1", "finding"), ("a.jpg", "evidence"), (sealed.ids["wait"], "wait")):
        assert find_fact(session, sealed.supplement, name).id == sealed.ids[noun]


def test_a_correction_can_be_taken_back(sealed: Sealed) -> None:
    sealed.correct("remark", text="改")
    undo_last(sealed.field.session)
    assert [each.id for each in sealed.standing(Remark)] == [sealed.ids["remark"]]


def test_a_photograph_of_the_sealed_visit_is_placed_in_the_supplement(sealed: Sealed) -> None:
    session = sealed.field.session
    new = sealed.correct("finding", text="空岗 14 分钟")
    photo = find_evidence(session, sealed.supplement, "a.jpg")
    assert photo.id == sealed.ids["evidence"]
    kind = TargetKind.FINDING
    place(session, photo.id, kind, new.id, visit=sealed.supplement)
    # The same two as in the sealed edition: its own placement is left alone.
    place(session, photo.id, kind, sealed.ids["finding"], visit=sealed.supplement)
    found = session.store.select(Placement, "evidence = ?", photo.id)
    visits = [each.visit for each in found]
    assert visits == [sealed.field.visit, sealed.supplement, sealed.supplement]
    seal(session, sealed.supplement)
    assert check(session).ok


def test_a_photograph_of_another_visit_is_not_placed(sealed: Sealed) -> None:
    field = sealed.field
    other = new_visit(field.session, field.hall, [field.li, field.wang])
    code = refused(
        *(place, field.session, sealed.ids["evidence"], TargetKind.WINDOW, field.window("1").id),
        visit=other.id,
    )
    assert code == "evidence_not_found"


def test_a_corrected_caption_leaves_nothing_unplaced(sealed: Sealed) -> None:
    sealed.correct("evidence", caption="5号窗口")
    _blockers, warnings = gaps(sealed.field.session, sealed.supplement)
    assert "evidence_unplaced" not in [gap.code for gap in warnings]
