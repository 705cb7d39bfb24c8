from dataclasses import replace

import pytest

from inspector.base.errors import MingchaError
from inspector.domain.authority import (
    check_trip,
    evidence_outside,
    is_clue_number,
    is_documented,
    outside_validity,
)
from inspector.domain.entities import Event, Evidence, Hall, Trip, Visit
from inspector.domain.record import VisitRecord
from inspector.domain.vocabulary import Acquisition, EventKind, TripKind

DAY = 86_400_000
#: 2026-11-20, 23:30 in Shanghai.
LATE = 1_795_188_600_000
ARRIVED = Event(id="a", kind=EventKind.ARRIVED, observed_from=LATE)


def record(**facts):
    return replace(VisitRecord(visit=Visit(id="v"), hall=Hall(id="h"), events=(ARRIVED,)), **facts)


@pytest.mark.parametrize(
    "number",
    ["XS-2026-0117", "线索2026-117", "云纪信〔2026〕0123号", "12345热线工单202611200123", "A1/7"],
)
def test_numbers_of_clues(number):
    assert is_clue_number(number)
    check_trip(Trip(id="t", kind=TripKind.DIRECTED, clue_number=f" {number} "))


@pytest.mark.parametrize(
    "words",
    [
        "05号窗口 工作人员索要红包",
        "群众反映某窗口工作人员2026年收受红包",
        "王某举报",
        "clue 17",
        "clue",
        "2026-117；举报人王某",
        "1" * 41,
        "117\n118",
    ],
)
def test_the_content_of_a_clue_stays_out(words):
    with pytest.raises(MingchaError) as caught:
        check_trip(Trip(id="t", clue_number=words))
    assert caught.value.code == "clue_number_form"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": TripKind.DIRECTED, "clue_number": " "}, "clue_number_missing"),
        ({"valid_from": "2026-11"}, "date_unreadable"),
        ({"valid_to": "20261120"}, "date_unreadable"),
        ({"valid_to": "2026-11-31"}, "date_unreadable"),
        ({"valid_from": "2026-11-21", "valid_to": "2026-11-20"}, "validity_order"),
    ],
)
def test_what_cannot_be_an_authority(fields, code):
    with pytest.raises(MingchaError) as caught:
        check_trip(Trip(id="t", **fields))
    assert caught.value.code == code


def test_a_document_may_hold_for_one_day_or_open_end():
    check_trip(Trip(id="t", valid_from="2026-11-20", valid_to="2026-11-20"))
    check_trip(Trip(id="t", valid_from="2026-11-20"))
    check_trip(Trip(id="t"))


def test_a_title_or_a_number_is_a_document():
    assert not is_documented(record())
    assert not is_documented(record(trip=Trip(id="t", issuer="办公室")))
    assert is_documented(record(trip=Trip(id="t", document_title="督查通知")))
    assert is_documented(record(trip=Trip(id="t", document_number="12号")))


@pytest.mark.parametrize(
    ("first", "last", "outside"),
    [
        ("", "", []),
        ("2026-11-20", "2026-11-20", []),
        ("2026-11-21", "", ["a"]),
        ("", "2026-11-19", ["a"]),
    ],
)
def test_validity_is_of_days_at_the_place(first, last, outside):
    whole = record(trip=Trip(id="t", valid_from=first, valid_to=last))
    assert list(outside_validity(whole)) == outside


def test_accepting_the_rules_before_is_not_the_visit():
    early = Event(id="r", kind=EventKind.RULES_ACCEPTED, observed_from=LATE - 9 * DAY)
    whole = record(events=(early, ARRIVED), trip=Trip(id="t", valid_from="2026-11-20"))
    assert list(outside_validity(whole)) == []


@pytest.mark.parametrize(
    ("taken", "outside"),
    [
        *((LATE, False), (LATE - DAY, False), (LATE + DAY, False), (None, False)),
        *((LATE - DAY - 1, True), (LATE + DAY + 1, True)),
    ],
)
def test_evidence_of_another_day_is_asked_about(taken, outside):
    photo = Evidence(id="e", observed_from=taken)
    assert list(evidence_outside(record(evidence=(photo,)))) == (["e"] if outside else [])
    given = replace(photo, acquisition=Acquisition.PROVIDED)
    assert list(evidence_outside(record(evidence=(given,)))) == []
    assert list(evidence_outside(record(evidence=(photo,), events=()))) == []
