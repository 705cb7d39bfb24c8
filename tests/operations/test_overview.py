"""Counts in the list of visits: what holds, and at a cost that grows with the facts, not faster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Answer, Event, Hall, Visit
from inspector.domain.facts import effective
from inspector.domain.vocabulary import EventKind
from inspector.operations.hall_history import hall_history
from inspector.operations.overview import members_of, newest_days, visit_rows
from inspector.operations.people import add_person
from inspector.operations.places import add_hall
from inspector.operations.visits import new_visit
from inspector.operations.workspaces import create_workspace
from inspector.storage.holding import holds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.operations.session import Session
    from tests.support.fixed import CountingEntropy, FixedClock


@pytest.fixture
def visited(
    tmp_path: Path, clock: FixedClock, entropy: CountingEntropy
) -> Iterator[tuple[Session, Visit]]:
    """An open workspace with one visit."""
    with create_workspace(tmp_path / "w", clock, entropy) as session:
        hall = add_hall(session, Hall(id="", name="Hall"))
        person = add_person(session, "Li")
        yield session, new_visit(session, hall.id, [person.id])


def test_only_what_holds_is_counted(visited: tuple[Session, Visit]) -> None:
    session, visit = visited
    store = session.store
    facts = [
        Answer(id=f"a{n}", visit=visit.id, void=void, replaces=replaces)
        for n, (void, replaces) in enumerate(
            [(None, None), ("mistyped", None), (None, "a0"), ("mistyped", "a2"), (None, None)]
        )
    ]
    store.save(*facts, visit=visit.id)
    [row] = visit_rows(session)
    assert (row.answers, row.findings, row.photos, row.sealed) == (2, 0, 0, False)
    assert row.hall == "Hall"


def test_a_corrected_fact_counts_in_the_supplement_and_a_withdrawn_one_nowhere(
    visited: tuple[Session, Visit],
) -> None:
    session, visit = visited
    other = new_visit(session, visit.hall, [members_of(session, visit.id)[0].id])
    first, *others = (Answer(id=f"a{n}", visit=visit.id) for n in range(4))
    session.store.save(first, *others, visit=visit.id)
    assert [row.answers for row in visit_rows(session)] == [4, 0]
    facts = [
        Answer(id="b0", visit=other.id, replaces="a0"),
        Answer(id="b1", visit=other.id, replaces="a1", void="mistyped"),
        Answer(id="b2", visit=other.id, replaces="a2", withdrawn="another hall"),
    ]
    session.store.save(*facts, visit=other.id)
    assert [row.answers for row in visit_rows(session)] == [2, 1]
    holding = session.store.select(Answer, holds(Answer))
    assert holding == list(effective(session.store.select(Answer)))


def test_the_newest_day_is_that_of_what_holds(visited: tuple[Session, Visit]) -> None:
    session, visit = visited
    store, day = session.store, 24 * 60 * 60_000
    supplement = Visit(id="v2", hall=visit.hall, supplement_of=visit.id)
    again = Visit(id="v3", hall=visit.hall, supplement_of="v2")
    store.save(supplement, again)

    def event(id: str, visit: str, days: int, **more: str) -> None:
        at = Event(id=id, visit=visit, kind=EventKind.ARRIVED, observed_from=days * day, **more)
        store.save(at, visit=visit)

    event("e0", visit.id, 10)
    event("e1", visit.id, 20)
    assert newest_days(session) == {visit.id: "1970-01-21"}
    event("e2", "v2", 12, replaces="e1")
    assert newest_days(session) == {visit.id: "1970-01-13", "v2": "1970-01-13"}
    event("e3", "v3", 30, replaces="e2", withdrawn="another hall")
    assert newest_days(session) == {visit.id: "1970-01-11"}
    event("e4", visit.id, 40, void="mistyped")
    assert newest_days(session) == {visit.id: "1970-01-11"}


def test_the_newest_days_of_some_visits_are_those_among_all(
    visited: tuple[Session, Visit],
) -> None:
    session, visit = visited
    store, day = session.store, 24 * 60 * 60_000
    other = new_visit(session, visit.hall, [members_of(session, visit.id)[0].id]).id
    store.save(Visit(id="v2", hall=visit.hall, supplement_of=visit.id))
    for number, one in enumerate((visit.id, "v2", other)):
        event = Event(id=f"e{number}", visit=one, kind=EventKind.ARRIVED)
        store.save(replace(event, observed_from=number * day), visit=one)
    days = newest_days(session)
    assert days == {visit.id: "1970-01-02", "v2": "1970-01-02", other: "1970-01-03"}
    for asked in ([], [visit.id], ["v2"], [other, "v2"], ["unknown"], list(days)):
        assert newest_days(session, asked) == {v: d for v, d in days.items() if v in asked}


def test_the_history_of_a_place_reads_no_events_of_others(visited: tuple[Session, Visit]) -> None:
    session, visit = visited
    person = members_of(session, visit.id)[0].id
    elsewhere = new_visit(session, add_hall(session, Hall(id="", name="East")).id, [person]).id
    read: list[str] = []
    session.store.db.conn.set_trace_callback(read.append)
    hall_history(session, visit.hall)
    session.store.db.conn.set_trace_callback(None)
    of_events = [sql for sql in read if sql.partition(" FROM ")[2].strip('"').startswith("event")]
    assert of_events
    assert [sql for sql in of_events if visit.id not in sql or elsewhere in sql] == []


def test_the_newest_day_is_found_where_editions_lie_in_a_circle(
    visited: tuple[Session, Visit],
) -> None:
    session, visit = visited
    store = session.store
    pair = (("v2", "v3"), ("v3", "v2"))
    store.save(*(Visit(id=one, hall=visit.hall, supplement_of=other) for one, other in pair))
    store.save(Event(id="e0", visit="v2", kind=EventKind.ARRIVED, observed_from=0), visit="v2")
    assert newest_days(session).keys() == {"v2", "v3"}


def test_many_facts_of_one_visit_are_counted_at_once(visited: tuple[Session, Visit]) -> None:
    session, visit = visited
    facts = [Answer(id=f"a{n}", visit=visit.id) for n in range(4000)]
    session.store.save(*facts, visit=visit.id)
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    session.store.db.conn.set_progress_handler(count, 1000)
    [row] = visit_rows(session)
    session.store.db.conn.set_progress_handler(None, 1000)
    assert row.answers == 4000
    # 4,000 facts take some 100,000 steps of SQLite's machine; comparing each with each, 16 million.
    assert steps < 1000
