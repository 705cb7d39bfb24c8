"""`conflicts`, `review`, `link` and the board of teams, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Hall
from inspector.operations.recording import amend
from inspector.operations.workspaces import open_workspace
from tests.support.elsewhere import Laptop

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine


def differ(line: CommandLine) -> None:
    """Let another laptop write another address of the hall."""
    with open_workspace(line.root, line.clock, line.entropy) as session:
        [hall] = session.store.select(Hall)
        laptop = Laptop(session)
        known = laptop.knows("hall", hall.id, "address")
        amend(session, Hall, hall.id, {"address": "1 Main St"})
        laptop.write("hall", hall.id, {"address": "11 Main St"}, over=known)
        laptop.arrive()


def test_conflicts_are_listed_and_settled(line: CommandLine) -> None:
    assert line.run("conflicts", "list").out == "Nothing is in conflict.\n"
    differ(line)

    found = line.do("conflicts", "list")
    assert found["count"] == 1
    [conflict] = found["conflicts"]
    assert (conflict["noun"], conflict["field"], conflict["visit"]) == ("hall", "address", None)
    assert {side["value"] for side in conflict["sides"]} == {"1 Main St", "11 Main St"}
    said = line.run("conflicts", "list").out
    assert "place: Hall · address" in said
    assert "2. " in said
    assert "laptop" in said

    second = conflict["sides"][1]
    assert line.do("conflicts", "resolve", conflict["code"], 2, "--why", "sign")["left"] == 0
    hall = line.do("hall", "show", "H1")
    assert hall["address"] == second["value"]
    assert line.refuse("conflicts", "resolve", conflict["code"], 2) == "conflict_not_found"


def sealed(line: CommandLine) -> None:
    """Seal visit 1, and let somebody who was not there decide."""
    line.do("visit", "phase", 1, "overt")
    line.do("finding", "add", 1, "--text", "nobody at the window", "--severity", 1)
    line.do("visit", "seal", 1)
    line.do("member", "add", "Zhao")
    line.do("member", "use", "Zhao")


def test_a_visit_is_returned_answered_and_approved(line: CommandLine) -> None:
    assert line.run("review", "list").out == "All reviewed\n"
    sealed(line)
    [row] = line.do("review", "list")["visits"]
    assert (row["state"], row["team"], row["findings"], row["own"]) == (
        "waiting",
        ["Li", "Wang"],
        1,
        False,
    )
    assert line.refuse("review", "return", 1, "--reason", " ") == "reason_missing"
    back = line.do("review", "return", 1, "--finding", 1, "--reason", "which window?")
    assert back["visit"]["state"] == "returned"
    assert back["visit"]["reasons"] == ["which window?"]
    shown = line.do("review", "show", 1)
    assert [each["decision"] for each in shown["facts"]] == ["returned"]
    assert "which window?" in line.run("review", "show", 1).out
    assert line.do("review", "list", "--state", "approved")["visits"] == []

    line.do("member", "use", "Li")
    assert line.refuse("review", "approve", 1) == "review_own"
    supplement = line.do("visit", "supplement", 1, "--reason", "window")["id"]
    line.do("visit", "seal", supplement)
    [row] = line.do("review", "list")["visits"]
    assert (row["id"], row["state"], row["edition"]) == (supplement, "waiting", 2)

    line.do("member", "use", "Zhao")
    assert line.do("review", "approve", supplement)["visit"]["state"] == "approved"
    assert "approved" in line.run("review", "list").out


def test_a_visit_is_passed_on_and_two_persons_are_asked_for(line: CommandLine) -> None:
    sealed(line)
    line.do("member", "add", "Qian")
    assert line.do("review", "reassign", 1, "--to", "Qian")["visit"]["assignee"]
    assert line.refuse("review", "reassign", 1, "--to", "Li") == "review_own"
    assert line.do("review", "rule") == {"persons": 1}
    assert line.do("review", "rule", 2) == {"persons": 2}
    assert line.do("review", "approve", 1)["visit"]["state"] == "waiting"
    line.do("member", "use", "Qian")
    assert line.do("review", "approve", 1)["visit"]["state"] == "approved"


def test_places_and_visits_are_linked(line: CommandLine) -> None:
    line.do("hall", "add", "Old hall", "--code", "H2")
    one, other = (line.do("hall", "show", code)["id"] for code in ("H1", "H2"))
    assert line.do("hall", "link", "H1", "H2", "--reason", "entered twice") == {
        "id": one,
        "linked": [other],
    }
    assert line.do("hall", "show", "H2")["linked"] == [one]
    assert "The same as: Hall" in line.run("hall", "show", "H2").out
    assert line.do("hall", "unlink", "H2", "H1", "--reason", "two after all")["linked"] == []
    assert line.refuse("hall", "link", "H1", "H1") == "link_to_itself"

    line.do("visit", "new", "--hall", "H2", "--basis", "government", "--member", "Li")
    first = line.do("visit", "show", 1)["id"]
    second = line.do("visit", "link", 2, 1)["id"]
    assert line.do("visit", "show", 1)["linked"] == [second]
    assert "The same as: " in line.run("visit", "show", 2).out
    assert line.do("visit", "unlink", 1, 2, "--reason", "x") == {"id": first, "linked": []}


def test_the_board_shows_silence_as_a_dash(line: CommandLine) -> None:
    [row] = line.do("board")["teams"]
    assert row == {
        "team": "Li",
        "county": "",
        "expected": 1,
        "arrived": None,
        "sealed": None,
        "approved": None,
        "silent_days": None,
    }
    said = line.run("board").out.splitlines()[1].split()
    assert said == ["Li", "–", "1", "–", "–", "–", "–"]
    sealed(line)
    [row] = line.do("board", "--expect", "Li=12")["teams"]
    assert (row["expected"], row["arrived"], row["sealed"], row["approved"]) == (12, 1, 1, 0)
    assert line.run("board", "--expect", "Li").code == 2
