"""What is next: visits by phase, what they lack, when their authority ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Trip
from inspector.domain.vocabulary import Phase
from inspector.operations.today import today
from inspector.operations.visits import change_phase, new_visit

if TYPE_CHECKING:
    from tests.operations.conftest import Field


def test_a_visit_moves_from_prepared_to_running(field: Field) -> None:
    found = today(field.session)
    assert [stop.visit.id for stop in found.prepared] == [field.visit]
    assert (found.running, found.covert) == ((), False)
    field.go_in()
    found = today(field.session)
    assert (found.prepared, found.covert) == ((), True)
    [stop] = found.running
    assert (stop.phase, stop.began) == (Phase.COVERT, field.seen("09:30").start)
    change_phase(field.session, field.visit, Phase.OVERT, field.seen("11:00"))
    assert not today(field.session).covert


def test_findings_without_a_window_are_left_to_complete(field: Field) -> None:
    field.go_in()
    field.finding("空岗")
    field.finding("空岗", window=field.window("05").id)
    [stop] = today(field.session).unfinished
    assert (stop.findings, stop.loose_findings, stop.loose_files) == (2, 1, 0)


def test_an_authority_that_ends_soon_is_due(field: Field) -> None:
    days = {"2026-03-03": True, "2026-03-10": False, "2026-12-31": False}
    for day in days:
        trip = Trip(id="", document_title="督查通知", valid_from="2026-01-01", valid_to=day)
        new_visit(field.session, field.hall, [field.li], trip=trip)
    due = {stop.due: stop.overdue for stop in today(field.session).prepared}
    # The last of the three ends too far away to be due, and the first visit has no authority.
    assert due == {"2026-03-03": True, "2026-03-10": False, "": False}


def test_more_visits_are_not_more_questions(field: Field) -> None:
    def asked() -> int:
        said: list[str] = []
        connection = field.session.store.db.conn
        connection.set_trace_callback(said.append)
        today(field.session)
        connection.set_trace_callback(None)
        return len(said)

    new_visit(field.session, field.hall, [field.li])
    few = asked()
    for name in ("工会督查", "市里督查"):
        trip = Trip(id="", document_title=name, valid_to="2026-03-03")
        new_visit(field.session, field.hall, [field.li], trip=trip)
    assert len(today(field.session).prepared) == 4
    # What was remembered of the places and documents is asked for again.
    assert asked() <= few
