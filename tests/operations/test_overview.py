"""Counts in the list of visits: what holds, and at a cost that grows with the facts, not faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Answer, Hall, Visit
from inspector.domain.facts import effective
from inspector.operations.overview import members_of, visit_rows
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
