import hashlib
from dataclasses import replace

import pytest

from inspector.base.errors import MingchaError
from inspector.domain import findings
from inspector.domain.catalogues import Situation
from inspector.domain.entities import (
    Confirmation,
    Event,
    Evidence,
    Finding,
    FindingPerson,
    Hall,
    Placement,
    Statement,
    Visit,
    VisitMember,
)
from inspector.domain.record import VisitRecord
from inspector.domain.vocabulary import (
    Acquisition,
    ConfirmationMethod,
    EventKind,
    FindingOutcome,
    IdentitySource,
    Phase,
    Position,
)

GRAVE = Finding(id="f1", observer="li", severity=3, observed_from=1_000)
PIN = Confirmation(
    id="c1",
    finding="f1",
    confirmed=findings.allegation_hash(GRAVE),
    observer="wang",
    method=ConfirmationMethod.PIN,
)


def record(**facts):
    members = (VisitMember(id="m1", person="li"), VisitMember(id="m2", person="wang"))
    base = VisitRecord(visit=Visit(id="v"), hall=Hall(id="h"), members=members, findings=(GRAVE,))
    return replace(base, **facts)


def phase(name, at):
    return Event(id=name, kind=EventKind.PHASE, phase=name, observer="li", observed_from=at)


def test_severity_is_one_to_four():
    for severity in (1, 2, 3, 4):
        findings.check_severity(severity)
    for severity in (0, 5, -1):
        with pytest.raises(MingchaError) as caught:
            findings.check_severity(severity)
        assert caught.value.code == "severity_unknown"


def node(code, kind):
    texts = {"scheme": "DT", "parent": "", "subject": "both", "zh": code, "en": code}
    return Situation(code=code, node=kind, order=0, source="", status="listed", **texts)


def test_situations_must_exist_and_be_no_list():
    known = {
        "DT": node("DT", "scheme"),
        "DT-M": node("DT-M", "class"),
        "DT-M1": node("DT-M1", "type"),
    }
    findings.check_situations(["DT-M1", "DT-M"], known)
    for wrong, code in (("XX", "situation_unknown"), ("DT", "situation_is_list")):
        with pytest.raises(MingchaError) as caught:
            findings.check_situations(["DT-M1", wrong], known)
        assert (caught.value.code, caught.value.fields["situation"]) == (code, wrong)


@pytest.mark.parametrize(
    ("confirmation", "code"),
    [
        (PIN, None),
        (replace(PIN, observer="li"), "confirmation_same_person"),
        (replace(PIN, observer="zhao"), "confirmation_not_member"),
        (replace(PIN, method=ConfirmationMethod.SIGNED_PAPER), "confirmation_without_paper"),
        (replace(PIN, method=ConfirmationMethod.SIGNED_PAPER, evidence="e"), None),
    ],
)
def test_only_another_member_confirms_a_grave_finding(confirmation, code):
    whole = record(confirmations=(confirmation,))
    problem = findings.confirmation_problem(whole, GRAVE, confirmation)
    assert (problem.code if problem else None) == code
    assert findings.needs_confirmation(whole, GRAVE) is (code is not None)


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({"text": "else"}, False),
        ({"severity": 4}, False),
        ({"situations": ("DT-M1",)}, False),
        ({"window": "w5"}, False),
        ({"observed_from": 1_001}, False),
        ({"observed_to": 2_000}, False),
        ({"official_number": "3"}, True),
        ({"outcome": FindingOutcome.ESTABLISHED}, True),
    ],
)
def test_a_confirmation_stands_for_what_was_confirmed(changed, holds):
    whole = record(confirmations=(PIN,))
    now = replace(GRAVE, **changed)
    assert findings.stands(whole, now, PIN) is holds
    assert findings.needs_confirmation(whole, now) is not holds


def test_the_form_that_is_confirmed_never_changes():
    known = replace(GRAVE, text="空岗", situations=("DT-M1",), window="w5", observed_to=2_000)
    form = (
        '{"observed_from":1000,"observed_to":2000,"severity":3,"situations":["DT-M1"],'
        '"text":"空岗","window":"w5"}'
    )
    assert findings.allegation_hash(known) == hashlib.sha256(form.encode()).hexdigest()


def test_who_needs_no_confirmation():
    whole = record()
    assert findings.needs_confirmation(whole, GRAVE)
    assert not findings.needs_confirmation(whole, replace(GRAVE, severity=2))
    assert not findings.needs_confirmation(whole, replace(GRAVE, void="slip"))
    for outcome in (FindingOutcome.EXPLAINED, FindingOutcome.NOT_ESTABLISHED):
        assert not findings.needs_confirmation(whole, replace(GRAVE, outcome=outcome))
    assert findings.needs_confirmation(whole, replace(GRAVE, outcome=FindingOutcome.ESTABLISHED))


def test_a_withdrawn_confirmation_or_one_of_another_finding_does_not_count():
    for confirmation in (replace(PIN, void="x"), replace(PIN, finding="f2")):
        assert findings.needs_confirmation(record(confirmations=(confirmation,)), GRAVE)


@pytest.mark.parametrize(
    ("before", "after", "reason", "allowed"),
    [
        (FindingOutcome.OPEN, FindingOutcome.ESTABLISHED, "", True),
        (FindingOutcome.OPEN, FindingOutcome.EXPLAINED, " ", False),
        (FindingOutcome.OPEN, FindingOutcome.EXPLAINED, "system down", True),
        (FindingOutcome.OPEN, FindingOutcome.NOT_ESTABLISHED, "", False),
        (FindingOutcome.ESTABLISHED, FindingOutcome.OPEN, "", False),
        (FindingOutcome.ESTABLISHED, FindingOutcome.ESTABLISHED, "", True),
    ],
)
def test_outcomes_need_reasons(before, after, reason, allowed):
    problem = findings.outcome_problem(replace(GRAVE, outcome=before), after, reason)
    assert (problem is None) is allowed


def test_only_established_findings_count():
    counted = [each for each in FindingOutcome if findings.is_counted(replace(GRAVE, outcome=each))]
    assert counted == [FindingOutcome.ESTABLISHED]
    assert not findings.is_counted(
        replace(GRAVE, outcome=FindingOutcome.ESTABLISHED, void="withdrawn")
    )


def test_seen_and_identified_are_two_facts():
    seen = FindingPerson(id="p", description="戴眼镜女性", observer="li")
    assert findings.person_problem(seen) is None
    unseen = findings.person_problem(replace(seen, observer=""))
    assert unseen is not None
    assert unseen.code == "description_without_observer"
    # As entries were made before schema 2.
    assert findings.person_problem(replace(seen, observer="", described_by="li")) is None
    named = replace(seen, identity="张某")
    for incomplete in (
        named,
        replace(named, identity_by="li"),
        replace(named, identity_source=IdentitySource.ROSTER),
        replace(seen, identity_post="窗口负责人"),
    ):
        problem = findings.person_problem(incomplete)
        assert problem is not None
        assert problem.code == "identity_without_source"
    complete = replace(named, identity_by="li", identity_source=IdentitySource.CREDENTIAL)
    assert findings.person_problem(complete) is None


def covert_record(**facts):
    photo = Evidence(id="e1", observer="li", observed_from=1_000)
    return record(
        events=(phase(Phase.COVERT, 0), phase(Phase.OVERT, 5_000)),
        evidence=(photo,),
        placements=(Placement(id="p1", evidence="e1", target="f1"),),
        **facts,
    )


def test_covert_alone_is_marked():
    assert findings.rests_on_covert_only(covert_record(), GRAVE)


def test_open_support_lifts_the_mark():
    whole = covert_record()
    assert not findings.rests_on_covert_only(whole, replace(GRAVE, observed_from=6_000))
    for better in (
        replace(whole.evidence[0], observed_from=6_000),
        replace(whole.evidence[0], acquisition=Acquisition.PROVIDED),
    ):
        assert not findings.rests_on_covert_only(replace(whole, evidence=(better,)), GRAVE)
    statement = Statement(id="s", finding="f1", position=Position.AGREE)
    assert not findings.rests_on_covert_only(covert_record(statements=(statement,)), GRAVE)
    for weak in (replace(statement, position=Position.EXPLAIN), replace(statement, void="x")):
        assert findings.rests_on_covert_only(covert_record(statements=(weak,)), GRAVE)


def test_the_unit_agrees_only_as_long_as_it_says_nothing_else():
    agrees = Statement(id="s", finding="f1", position=Position.AGREE, observed_from=7_000)
    later = replace(agrees, id="t", position=Position.DISAGREE, observed_from=8_000)
    for said in ((agrees, later), (later, agrees)):
        assert findings.rests_on_covert_only(covert_record(statements=said), GRAVE)
    earlier = replace(later, observed_from=6_000)
    silent = replace(later, position=Position.NO_STATEMENT)
    for said in ((agrees, earlier), (agrees, silent)):
        assert not findings.rests_on_covert_only(covert_record(statements=said), GRAVE)


def test_withdrawn_evidence_supports_nothing():
    whole = covert_record()
    overt = replace(whole.evidence[0], observed_from=6_000, void="wrong hall")
    assert findings.rests_on_covert_only(replace(whole, evidence=(overt,)), GRAVE)
    unplaced = replace(whole.placements[0], void="moved")
    good = replace(whole.evidence[0], observed_from=6_000)
    assert findings.rests_on_covert_only(
        replace(whole, evidence=(good,), placements=(unplaced,)), GRAVE
    )


def test_evidence_keeps_its_order_at_the_finding():
    files = (Evidence(id="e1"), Evidence(id="e2"))
    places = (
        Placement(id="p1", evidence="e1", target="f1", position=2),
        Placement(id="p2", evidence="e2", target="f1", position=1),
        Placement(id="p3", evidence="gone", target="f1", position=0),
    )
    found = findings.evidence_of(record(evidence=files, placements=places), GRAVE)
    assert [each.id for each in found] == ["e2", "e1"]
