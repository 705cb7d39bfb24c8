"""What the reader remembers is never older than the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.domain.entities import Hall, Unit, Window
from tests.support.records import edit, opened

if TYPE_CHECKING:
    from inspector.storage.store import Store

BELOW = "parent = ? AND void IS NULL"


@pytest.fixture
def store(tmp_path):
    with opened(tmp_path / "space") as found:
        yield found


def names(store: Store) -> list[str]:
    found = [unit.name for unit in store.select(Unit, BELOW, "h")]
    # It is remembered: else what follows would hold whatever became of that.
    assert ("unit", BELOW, ("h",)) in store._reader._answers
    return found


def test_what_is_committed_shows_at_once(store):
    assert names(store) == []
    store.commit([edit("unit", "u1", parent="h", name="一楼")])
    assert names(store) == ["一楼"]
    store.commit([edit("window", "w", number="05")])
    assert names(store) == ["一楼"]
    store.commit([edit("unit", "u1", name="二楼"), edit("unit", "u2", parent="h", name="三楼")])
    assert names(store) == ["二楼", "三楼"]


def test_what_was_taken_back_does_not_show(store):
    store.commit([edit("unit", "u1", parent="h", name="一楼")])
    with pytest.raises(KeyError):
        change_and_fail(store)
    assert names(store) == ["一楼"]


def change_and_fail(store: Store) -> None:
    with store.transaction():
        store.commit([edit("unit", "u1", name="二楼")])
        assert names(store) == ["二楼"]
        raise KeyError


def test_a_row_that_was_written_past_the_store_shows(store):
    store.commit([edit("unit", "u1", parent="h", name="一楼")])
    assert names(store) == ["一楼"]
    store.db.execute("UPDATE unit SET name = '二楼'")
    assert names(store) == ["二楼"]
    store.db.execute("UPDATE unit SET name = '三楼'")
    store.commit([edit("window", "w", number="05")])
    assert names(store) == ["三楼"]
    with store.transaction():
        store.db.execute("DELETE FROM unit")
        assert names(store) == []


def test_what_is_handed_out_is_the_callers(store):
    store.commit([edit("unit", "u1", parent="h", name="一楼")])
    store.commit([edit("hall", "h", hours={"days": [1]})])
    store.select(Unit, BELOW, "h").clear()
    store.select(Unit, BELOW, "h").clear()
    hall = store.get(Hall, "h")
    assert hall is not None
    hall.hours["days"] = []
    again = store.get(Hall, "h")
    assert again is not None
    assert again.hours == {"days": [1]}
    assert names(store) == ["一楼"]


def test_the_same_question_about_another_noun_is_another_question(store):
    store.commit([edit("unit", "x", name="大厅")])
    assert [unit.name for unit in store.select(Unit, "id = ?", "x")] == ["大厅"]
    assert store.select(Window, "id = ?", "x") == []
    assert store.select(Unit, "id = ?", "y") == []


def test_what_asks_another_table_is_asked_again(store):
    lonely = "id NOT IN (SELECT unit FROM hall WHERE unit IS NOT NULL)"
    store.commit([edit("unit", "x", name="局")])
    assert [unit.id for unit in store.select(Unit, lonely)] == ["x"]
    store.commit([edit("hall", "h", unit="x")])
    assert store.select(Unit, lonely) == []
