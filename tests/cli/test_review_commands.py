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
