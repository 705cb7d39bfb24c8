from dataclasses import replace

import pytest

from inspector.base.i18n import translator
from inspector.domain.completeness import MESSAGES, blockers, warnings
from inspector.domain.entities import (
    Answer,
    ClockCheck,
    Confirmation,
    Event,
    Evidence,
    Feedback,
    Finding,
    Hall,
    Placement,
    Remark,
    Sighting,
    Statement,
    Trip,
    Visit,
    VisitMember,
    Wait,
)
from inspector.domain.findings import allegation_hash
from inspector.domain.record import VisitRecord
from inspector.domain.vocabulary import (
    ConfirmationMethod,
    EventKind,
    FindingOutcome,
    HallLevel,
    Phase,
    PlaceKind,
    TripKind,
    WaitOutcome,
)
from inspector.operations.catalogues import checklist

TRIP = Trip(id="t", document_number="〔2026〕12号")
DAY_MS = 86_400_000
LI, WANG = VisitMember(id="m1", person="li"), VisitMember(id="m2", person="wang")
COVERT = Event(
    id="covert", kind=EventKind.PHASE, phase=Phase.COVERT, observer="li", observed_from=1_000
)
ACCEPTED = tuple(
    Event(id=f"a-{who}", kind=EventKind.RULES_ACCEPTED, observer=who) for who in ("li", "wang")
)
COUNTED = tuple(
    Event(id=f"p-{who}", kind=EventKind.PHOTOS_COUNTED, observer=who) for who in ("li", "wang")
)
FINDING = Finding(
    id="f1",
    observer="li",
    situations=("DT-M1",),
    severity=2,
    window="w5",
    outcome=FindingOutcome.ESTABLISHED,
)
SIGNED = Feedback(id="fb", findings=("f1",), sheet="e1")
SAID = Statement(id="s1", finding="f1")


def record(**facts):
    base = VisitRecord(
        visit=Visit(id="v"),
        hall=Hall(id="h"),
        trip=TRIP,
        members=(LI, WANG),
        events=(COVERT, *ACCEPTED, *COUNTED),
        findings=(FINDING,),
        feedbacks=(SIGNED,),
        statements=(SAID,),
        evidence=(Evidence(id="e1", observed_from=2_000),),
    )
    return replace(base, **facts)


def codes(gaps):
    return {gap.code: gap.ids for gap in gaps}


def test_a_complete_visit_may_be_sealed():
    assert blockers(record()) == ()
    assert warnings(record()) == ()


@pytest.mark.parametrize(
    ("facts", "code", "ids"),
    [
        ({"members": ()}, "no_inspector", ()),
        ({"members": (LI,)}, "one_inspector", ("li",)),
        ({"members": (LI, replace(LI, id="m3"))}, "one_inspector", ("li",)),
        ({"members": (LI, replace(WANG, void="ill"))}, "one_inspector", ("li",)),
        ({"events": ACCEPTED}, "phase_missing", ()),
        ({"events": (COVERT, ACCEPTED[0])}, "rules_not_accepted", ("wang",)),
        ({"sightings": (Sighting(id="s9", conflicts=1),)}, "conflict_open", ("s9",)),
        ({"visit": Visit(id="v", conflicts=2)}, "conflict_open", ("v",)),
        ({"findings": (replace(FINDING, severity=3),)}, "confirmation_missing", ("f1",)),
        ({"feedbacks": (replace(SIGNED, sheet=None),)}, "feedback_unsigned", ("fb",)),
        (
            {"feedbacks": (replace(SIGNED, sheet=None, refusal="拒签"),)},
            "refusal_without_witness",
            ("fb",),
        ),
        ({"statements": ()}, "statement_missing", ("f1",)),
    ],
)
def test_what_blocks_the_seal(facts, code, ids):
    assert codes(blockers(record(**facts))) == {code: ids}


def test_a_withdrawn_photograph_of_a_signature_proves_nothing():
    grave = replace(FINDING, severity=3)
    signed = Confirmation(
        id="c",
        finding="f1",
        observer="wang",
        method=ConfirmationMethod.SIGNED_PAPER,
        evidence="paper",
        confirmed=allegation_hash(grave),
    )
    whole = record(findings=(grave,), confirmations=(signed,))
    paper, sheet = Evidence(id="paper"), Evidence(id=SIGNED.sheet)

    def blocking(*files):
        return set(codes(blockers(replace(whole, evidence=files))))

    assert blocking(paper, sheet) == set()
    assert blocking(replace(paper, void="blurred"), sheet) == {"confirmation_missing"}
    assert blocking(paper, replace(sheet, void="blurred")) == {"feedback_unsigned"}
    gone = Evidence(id="new", replaces="paper", withdrawn="of another visit")
    assert blocking(paper, sheet, gone) == {"confirmation_missing"}


def test_a_confirmed_grave_finding_does_not_block():
    grave = replace(FINDING, severity=4)
    confirmation = Confirmation(
        id="c",
        finding="f1",
        confirmed=allegation_hash(grave),
        observer="wang",
        method=ConfirmationMethod.PIN,
    )
    whole = record(findings=(grave,), confirmations=(confirmation,))
    assert blockers(whole) == ()


def test_a_refusal_with_a_witness_needs_no_statement():
    refused = replace(SIGNED, sheet=None, refusal="拒签", witness="大厅保安")
    assert blockers(record(feedbacks=(refused,), statements=())) == ()


def test_void_conflicts_do_not_block():
    whole = record(sightings=(Sighting(id="s9", conflicts=1, void="slip"),))
    assert blockers(whole) == ()


def test_only_who_was_covert_accepts_the_covert_rules():
    overt = replace(COVERT, phase=Phase.OVERT)
    assert blockers(record(events=(overt,))) == ()
    early = Event(id="r", kind=EventKind.REVEAL, observer="wang", observed_from=500)
    assert blockers(record(events=(early, COVERT, ACCEPTED[0]))) == ()
    late = replace(early, observed_from=1_500)
    assert codes(blockers(record(events=(late, COVERT, ACCEPTED[0])))) == {
        "rules_not_accepted": ("wang",)
    }


def test_a_leader_may_go_alone_and_it_is_said():
    whole = record(members=(LI,), trip=replace(TRIP, kind=TripKind.LEADER))
    assert blockers(whole) == ()
    assert codes(warnings(whole)) == {"one_inspector": ("li",)}


def test_a_supplement_inherits_phases():
    whole = record(visit=Visit(id="v", supplement_of="v0"), events=(), checklist=checklist())
    assert blockers(whole) == ()
    assert "items_unanswered" not in codes(warnings(whole))


def test_the_list_about_halls_is_not_missed_at_a_road_until_it_is_used():
    whole = record(checklist=checklist())
    road = replace(whole, hall=replace(whole.hall, kind=PlaceKind.ROAD))
    assert "items_unanswered" in codes(warnings(whole))
    assert "items_unanswered" not in codes(warnings(road))
    begun = replace(road, answers=(Answer(id="a", item="S01-01"),))
    assert "items_unanswered" in codes(warnings(begun))


@pytest.mark.parametrize(
    ("facts", "code", "ids"),
    [
        (
            {"findings": (replace(FINDING, outcome=FindingOutcome.OPEN),)},
            "outcome_open",
            ("f1",),
        ),
        ({"findings": (FINDING, replace(FINDING, id="f2"))}, "not_fed_back", ("f2",)),
        ({"findings": (replace(FINDING, situations=()),)}, "finding_without_situation", ("f1",)),
        ({"findings": (replace(FINDING, window=None),)}, "finding_unsupported", ("f1",)),
        (
            {"evidence": (Evidence(id="e1", observed_from=1), Evidence(id="e2", observed_from=1))},
            "evidence_unplaced",
            ("e2",),
        ),
        ({"evidence": (Evidence(id="e1"),)}, "evidence_without_time", ("e1",)),
        (
            {"evidence": (Evidence(id="e1", observed_from=1_001 + DAY_MS),)},
            "evidence_outside_visit",
            ("e1",),
        ),
        (
            {
                "remarks": (
                    Remark(id="r1", observed_from=1),
                    Remark(id="r2", observed_from=1_001 + DAY_MS),
                )
            },
            "seen_outside_visit",
            ("r2",),
        ),
        ({"trip": None}, "authority_missing", ("v",)),
        ({"trip": replace(TRIP, document_number=" ")}, "authority_missing", ("v",)),
        ({"trip": replace(TRIP, valid_to="1969-12-31")}, "authority_expired", ("covert",)),
        ({"waits": (Wait(id="w"),)}, "wait_not_ended", ("w",)),
    ],
)
def test_what_is_warned_of(facts, code, ids):
    assert codes(warnings(record(**facts))) == {code: ids}
    assert blockers(record(**facts)) == ()


def test_a_supplement_names_no_document_of_its_own():
    whole = record(visit=Visit(id="v", supplement_of="v0"), trip=None)
    assert "authority_missing" not in codes(warnings(whole))


def test_a_visit_without_feedback_is_not_warned_finding_by_finding():
    assert "not_fed_back" not in codes(warnings(record(feedbacks=(), statements=())))


def test_evidence_is_placed_by_anything_that_uses_it():
    others = tuple(Evidence(id=f"e{n}", observed_from=1) for n in (2, 3, 4))
    whole = record(
        evidence=(*record().evidence, *others),
        placements=(Placement(id="p", evidence="e2", target="f1"),),
        clock_checks=(ClockCheck(id="k", evidence="e3"),),
        confirmations=(Confirmation(id="c", finding="f1", evidence="e4", observer="wang"),),
        waits=(Wait(id="w", outcome=WaitOutcome.DONE),),
    )
    assert warnings(whole) == ()
    assert codes(warnings(replace(whole, placements=()))) == {"evidence_unplaced": ("e2",)}


def test_everybody_is_asked_for_photographs_left_on_a_device():
    one = record(events=(COVERT, *ACCEPTED, COUNTED[0]))
    assert codes(warnings(one)) == {"photos_not_counted": ("wang",)}
    taken_back = replace(COUNTED[1], void="undo")
    assert "photos_not_counted" in codes(warnings(record(events=(*one.events, taken_back))))
    more = replace(one, visit=Visit(id="v", supplement_of="before"))
    assert "photos_not_counted" not in codes(warnings(more))


def test_items_of_other_levels_are_not_asked_for():
    village = record(hall=Hall(id="h", level=HallLevel.VILLAGE), checklist=checklist())
    asked = codes(warnings(village))["items_unanswered"]
    assert "S19-07" in asked
    assert "S01-08" not in asked
    some = replace(village, answers=(Answer(id="x", item="S19-07"),))
    assert "S19-07" not in codes(warnings(some))["items_unanswered"]


def test_every_gap_has_a_sentence():
    (gap,) = blockers(record(statements=()))
    assert gap.text(translator("en")).startswith("1 finding that was fed back has no statement")
    assert all(message.endswith(".") for message in MESSAGES.values())
