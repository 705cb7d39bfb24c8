"""What may go to the unit, and the code that ties a signed sheet to the record."""

from __future__ import annotations

import re
from dataclasses import replace

from inspector.domain.entities import Erasure, Evidence, Finding, Placement
from inspector.domain.handover import photos_for_unit
from inspector.domain.record_code import record_code
from tests.support.visits import at, record

FINDING = Finding(id="f1", official_number="1", window="w5", observed_from=at("10:38"), text="空岗")


def picture(ident, **more):
    values = {"sha256": ident * 4, "mime": "image/jpeg", "free_of_people": True}
    return Evidence(id=ident, **(values | more))


def shown(*evidence, **more):
    places = tuple(
        Placement(id=f"p{n}", evidence=each.id, target="f1") for n, each in enumerate(evidence)
    )
    whole = record(findings=(FINDING,), evidence=evidence, placements=places, **more)
    return [item.id for item in photos_for_unit(whole, FINDING)]


def test_only_pictures_confirmed_free_of_people_are_shown():
    assert shown(picture("a"), picture("b", free_of_people=False)) == ["a"]
    assert shown(picture("a", mime="application/pdf")) == []


def test_what_was_withdrawn_or_erased_is_not_shown():
    assert shown(picture("a", void="看错")) == []
    assert shown(picture("a"), erasures=(Erasure(id="x", sha256="aaaa"),)) == []


def test_a_code_follows_what_the_sheet_states():
    whole = record(findings=(FINDING,))
    code = record_code(whole, ["f1"])
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", code)
    # Signed sheets carry codes: this one must come out for ever.
    assert code == "5KZA-EBHN-TSG3"
    for change in ({"text": "空岗14分钟"}, {"window": "w4"}, {"observed_from": at("10:39")}):
        other = record(findings=(replace(FINDING, **change),))
        assert record_code(other, ["f1"]) != code


def test_a_code_does_not_follow_what_the_unit_is_not_told():
    whole = record(findings=(FINDING,))
    decided = record(findings=(replace(FINDING, severity=4, situations=("CZ-2",)),))
    assert record_code(decided, ["f1"]) == record_code(whole, ["f1"])
