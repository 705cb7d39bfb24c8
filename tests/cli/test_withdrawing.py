"""Places, windows, members, journeys and visits can be edited and withdrawn; nothing is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine

WHY = ("--reason", "重复登记")


def test_a_place_is_edited_and_withdrawn_but_stays_with_its_visits(line: CommandLine) -> None:
    line.do("unit", "add", "审批局", "--code", "U1")
    edited = line.do(
        *("hall", "edit", "H1", "--name", "New hall", "--kind", "site", "--unit", "U1"),
        *("--zone", 540, "--address", "x", "--hours", "周一至周五 9:00-12:00"),
    )
    assert (edited["name"], edited["kind"], edited["zone_minutes"]) == ("New hall", "site", 540)
    assert edited["code"] == "H1"
    assert line.run("hall", "edit", "H1").code == 2
    assert line.refuse("hall", "edit", "H1", "--name", " ") == "name_missing"
    assert line.do("hall", "void", "H1", *WHY)["void"] == "重复登记"
    assert line.do("hall", "list")["halls"] == []
    assert line.refuse("visit", "new", "--hall", "H1", "--member", "Li") == "hall_not_found"
    assert line.do("visit", "show", 1)["hall"]["name"] == "New hall"
    assert line.do("visit", "list")["visits"][0]["hall"] == "New hall"


def test_a_window_is_edited_and_withdrawn_unless_an_open_visit_has_seen_it(
    line: CommandLine,
) -> None:
    edited = line.do("window", "edit", "H1", "5", "--label", "医保", "--covered-by", "06")
    assert (edited["number"], edited["label"]) == ("05", "医保")
    assert line.refuse("window", "edit", "H1", "99", "--label", "x") == "window_not_found"
    assert line.run("window", "edit", "H1", "05").code == 2
    line.do("visit", "window", 1, "05", "空岗")
    assert line.refuse("window", "void", "H1", "05", *WHY) == "window_in_use"
    line.do("visit", "round", 1)
    line.do("visit", "sweep", 1, "--floor", "1")
    assert line.refuse("window", "void", "H1", "01", *WHY) == "window_in_use"
    line.do("window", "void", "H1", "06", *WHY)
    numbers = [each["number"] for each in line.do("hall", "show", "H1")["windows"]]
    assert numbers == ["01", "02", "03", "04", "05"]


def test_a_member_is_edited_and_withdrawn_and_types_no_longer(line: CommandLine) -> None:
    line.do("member", "use", "Wang")
    assert line.do("member", "edit", "Wang", "--post", "科长")["post"] == "科长"
    assert line.run("member", "edit", "Wang").code == 2
    assert line.refuse("member", "edit", "Wang", "--name", "") == "name_missing"
    line.do("member", "void", "Wang", "--reason", "已调离")
    assert [each["name"] for each in line.do("member", "list")["members"]] == ["Li"]
    assert [each["name"] for each in line.do("visit", "show", 1)["members"]] == ["Li", "Wang"]
    assert line.do("visit", "note", 1, "x")["entered"]["by"] == ""


def test_a_journey_is_withdrawn_only_without_visits(line: CommandLine) -> None:
    [own] = line.do("trip", "list")["trips"]
    assert line.refuse("trip", "void", own["id"], *WHY) == "trip_in_use"
    line.do("visit", "void", 1, *WHY)
    assert line.do("trip", "void", own["id"], *WHY)["void"] == "重复登记"
    assert line.do("trip", "list")["trips"] == []


def test_an_open_visit_is_withdrawn_and_brought_back(line: CommandLine) -> None:
    gone = line.do("visit", "void", 1, *WHY)
    assert line.do("visit", "list")["visits"] == []
    assert line.refuse("visit", "note", gone["id"], "x") == "visit_void"
    assert "Withdrawn: 重复登记" in line.run("visit", "show", gone["id"]).out
    line.do("undo")
    assert len(line.do("visit", "list")["visits"]) == 1
    assert line.run("visit", "void", 1, "remark", *WHY).code == 2


@pytest.mark.parametrize(
    "words",
    [("hall", "void", "H1"), ("window", "void", "H1", "06"), ("member", "void", "Li")],
)
def test_a_reason_is_needed(line: CommandLine, words: tuple[str, ...]) -> None:
    assert line.run(*words).code == 2
    assert line.refuse(*words, "--reason", " ") == "reason_missing"


def test_what_was_withdrawn_keeps_its_first_reason(line: CommandLine) -> None:
    line.do("finding", "add", 1, "--text", "x")
    line.do("finding", "void", 1, 1, *WHY)
    again = ("finding", "void", 1, 1, "--reason", "another")
    assert line.refuse(*again) == "withdrawn_before"
    assert line.do("finding", "list", 1)["findings"][0]["void"] == "重复登记"
