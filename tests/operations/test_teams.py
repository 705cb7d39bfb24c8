"""The board of teams: what is expected of each, and that silence is never nought."""

from __future__ import annotations

import pytest

from inspector.domain.entities import Hall, Unit, Visit
from inspector.operations.people import add_person, use_person
from inspector.operations.places import add_hall, add_unit
from inspector.operations.recording import amend
from inspector.operations.reviews import approve
from inspector.operations.sealing import seal, start_supplement
from inspector.operations.teams import TeamRow, state_expected, team_board
from inspector.operations.visits import new_visit
from tests.support.refusing import refused


def test_a_planned_visit_is_expected_and_says_nothing_else(field):
    assert team_board(field.session) == (TeamRow("李娜", "", 1, None, None, None, None),)


def test_what_came_is_counted_step_by_step(field, clock):
    session = field.session
    field.go_in()
    [row] = team_board(session)
    assert (row.expected, row.arrived, row.sealed, row.approved) == (1, 1, 0, 0)
    assert row.silent_days == 0
    seal(session, field.visit)
    use_person(session, add_person(session, "赵敏").id)
    assert team_board(session)[0].sealed == 1
    approve(session, field.visit)
    clock.advance(minutes=3 * 24 * 60)
    [row] = team_board(session)
    assert (row.approved, row.silent_days) == (1, 3)
    start_supplement(session, field.visit, "补正")  # its own seal counts the visit once
    [row] = team_board(session)
    assert (row.expected, row.sealed, row.approved) == (1, 1, 1)


def test_the_office_states_what_it_expects(field):
    session = field.session
    state_expected(session, "李娜", 12)
    state_expected(session, "周启明", 4)
    rows = {row.team: row for row in team_board(session)}
    assert rows["李娜"].expected == 12
    assert rows["周启明"] == TeamRow("周启明", "", 4, None, None, None, None)
    state_expected(session, "周启明", 0)
    assert [row.team for row in team_board(session)] == ["李娜"]
    refused("name_missing", state_expected, session, " ", 3)


@pytest.fixture
def county(field):
    """A second hall below a county."""
    session = field.session
    top = add_unit(session, Unit(id="", name="云溪县人民政府", code="U1"))
    below = add_unit(session, Unit(id="", name="县政务服务局", code="U2", parent=top.id))
    return add_hall(session, Hall(id="", code="H9", name="分厅", unit=below.id))


def test_teams_and_counties_stand_apart_the_most_silent_first(field, county):
    session = field.session
    field.go_in()
    new_visit(session, county.id, [field.li])
    new_visit(session, county.id, [field.wang])
    rows = team_board(session)
    assert [(row.team, row.county) for row in rows] == [
        ("李娜", "云溪县人民政府"),
        ("王强", "云溪县人民政府"),
        ("李娜", ""),
    ]
    assert [row.silent_days for row in rows] == [None, None, 0]
    gone = session.store.select(Visit, "hall = ?", county.id)
    for each in gone:
        amend(session, Visit, each.id, {"void": "取消"})
    assert [row.county for row in team_board(session)] == [""]
