"""The state digest: the same on every device with the same operations, and cheap to keep."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from inspector.base.progress import SILENT
from inspector.base.steps import at_once
from inspector.storage import state
from inspector.storage.receiving import take
from inspector.storage.state import state_steps
from tests.support.records import edit, opened, operations_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.storage.state import State
    from inspector.storage.store import Store


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    """Many pieces, few of them read in turn, in a record of a few dozen rows."""
    monkeypatch.setattr(state, "_ROWS", 4)
    monkeypatch.setattr(state, "_IN_TURN", 6)


def state_of(store: Store) -> State:
    return at_once(state_steps(store))


def anew(store: Store) -> State:
    """Return the state as somebody would say it who reads every row."""
    with store.transaction():
        state.forget(store.db)
    return state_of(store)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "w") as made:
        yield made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "other") as made:
        yield made


@contextmanager
def reading(store: Store) -> Iterator[list[str]]:
    """Count the pieces that are read."""
    read: list[str] = []
    store.db.conn.set_trace_callback(
        lambda sql: read.append(sql) if 'FROM "finding"' in sql else None
    )
    yield read
    store.db.conn.set_trace_callback(None)


def record(store: Store, count: int, name: str = "f") -> None:
    for number in range(count):
        store.commit([edit("finding", f"{name}{number:03}", text=f"text {number}", severity=2)])


def test_what_is_kept_says_the_same_as_what_is_read_anew(store: Store):
    assert state_of(store) == state_of(store)
    record(store, 30)
    assert state_of(store) == anew(store)
    store.commit([edit("finding", "f007", text="anders")])
    store.commit([edit("finding", "a", text="davor"), edit("hall", "h", name="大厅")])
    record(store, 9, "g")
    assert state_of(store) == anew(store)


def test_the_same_operations_give_the_same_state_in_any_batches(store: Store, other: Store):
    record(store, 25)
    store.commit([edit("finding", "f003", text="anders")])
    operations = operations_of(store)
    for start in range(0, len(operations), 7):
        with other.transaction():
            take(other, operations[start : start + 7])
        before = state_of(other)
    assert before == state_of(store)
    other.commit([edit("finding", "f003", severity=4)])
    assert state_of(other) != before


def test_values_that_differ_are_part_of_the_state(store: Store, other: Store):
    """Candidates of one register stand in a table of their own."""
    record(store, 12)
    with other.transaction():
        take(other, operations_of(store))
    both = state_of(store), state_of(other)
    store.commit([edit("finding", "f005", text="hier")])
    other.commit([edit("finding", "f005", text="dort")])
    here, there = operations_of(store)[-1:], operations_of(other)[-1:]
    for each, operations in ((store, there), (other, here)):
        with each.transaction():
            take(each, operations)
    assert state_of(store) == state_of(other) == anew(other)
    assert state_of(store) not in both
    with store.transaction():
        store.db.execute("DELETE FROM candidate WHERE id = 'f005'")
    assert anew(store).frontier == state_of(other).frontier
    assert state_of(store).digest != state_of(other).digest


def test_only_what_was_written_and_a_few_in_turn_are_read_again(store: Store):
    record(store, 40)
    state_of(store)
    with reading(store) as read:
        state_of(store)
    assert len(read) <= 4
    store.commit([edit("finding", "f020", text="anders")])
    with reading(store) as again:
        state_of(store)
    assert len(again) <= len(read) + 1


def test_rows_that_changed_by_themselves_are_found_when_it_is_their_turn(store: Store):
    record(store, 40)
    sound = state_of(store)
    with store.transaction():
        store.db.execute("UPDATE finding SET text = 'verfälscht' WHERE id = 'f033'")
    found = [state_of(store) for _ in range(20)]
    assert found[-1].frontier == sound.frontier
    assert found[-1].digest != sound.digest
    assert found[-1] == anew(store)
    store.rebuild(SILENT)
    assert state_of(store) == sound


def test_a_rebuild_reads_everything_again(store: Store):
    record(store, 40)
    sound = state_of(store)
    store.rebuild(SILENT)
    with reading(store) as read:
        assert state_of(store) == sound
    assert len(read) >= 10


def test_what_is_recorded_between_two_steps_counts(store: Store):
    record(store, 30)
    steps = state_steps(store)
    for number, _step in enumerate(steps):
        if number % 3 == 0 and number < 12:
            store.commit([edit("finding", f"f{number:03}", text=f"im Schritt {number}")])
    assert state_of(store) == anew(store)


@pytest.mark.parametrize(
    "kept",
    [
        "json_set(v, '$.shape', 'x', '$.operations', 7)",
        "json_remove(v, '$.ids')",
        "json_set(v, '$.pieces.finding', 7)",
        "'{'",
        "'[]'",
    ],
)
def test_what_is_kept_for_other_tables_or_broken_is_made_anew(store: Store, kept: str):
    record(store, 10)
    sound = state_of(store)
    with store.transaction():
        store.db.execute(f"UPDATE local_kv SET v = {kept} WHERE k = 'state_pieces'")
    assert state_of(store) == sound


def test_on_a_full_disk_the_state_is_told_and_not_kept(store: Store):
    record(store, 200)
    [pages] = store.db.execute("PRAGMA page_count").fetchone()
    store.db.execute(f"PRAGMA max_page_count = {pages}")
    told = state_of(store)
    assert store.local("state_pieces") is None
    store.db.execute("PRAGMA max_page_count = 1000000")
    assert state_of(store) == told
    assert store.local("state_pieces") is not None
