"""The search index of a whole record: the words that single entries make, ready for the next."""

from __future__ import annotations

import pytest

from inspector.base.progress import SILENT
from inspector.storage import indexing, replaying
from inspector.storage.integrity import audit_projection
from tests.support.records import edit, opened

LEVELS = "SELECT block FROM search_index_data WHERE id = 10"
SETTINGS = "SELECT k, v FROM search_index_config WHERE k IN ('hashsize', 'automerge') ORDER BY k"


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every record for a long one, and let the index write out what it has again and again."""
    monkeypatch.setattr(replaying, "MANY", 1)
    monkeypatch.setattr(replaying, "STRETCH", 5)
    monkeypatch.setattr(replaying, "_cores", lambda: 1)
    monkeypatch.setattr(indexing, "_WORDS_IN_BULK", 400)


def numbers(data: bytes) -> list[int]:
    """Read SQLite's numbers of up to two bytes."""
    found: list[int] = []
    carried = 0
    for byte in data:
        if byte & 0x80:
            carried = (byte & 0x7F) << 7
        else:
            found.append(carried | byte)
            carried = 0
    return found


def pieces_of_single_entries(structure: bytes) -> int:
    """Return how many pieces stand in the level to which each save adds one."""
    levels, _segments, _written, _merging, pieces, *_rest = numbers(structure[4:])
    return pieces if levels else 0


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("held", [0, 40, 2_000_000])
def test_changes_that_are_held_back_reach_the_index(tmp_path, monkeypatch, held):
    monkeypatch.setattr(indexing, "_HELD", held)
    with opened(tmp_path / "w") as store:
        for number in range(40):
            store.commit([edit("finding", f"f{number}", text=f"窗口{number}无人")])
            if number >= 20:  # twice, once and back again
                store.commit([edit("finding", f"f{number - 15}", text=f"后来{number}")])
                store.commit([edit("finding", f"f{number - 15}", text=f"最后{number}")])
                store.commit([edit("finding", f"f{number - 18}", text=f"其间{number}")])
                store.commit([edit("finding", f"f{number - 18}", text=f"窗口{number - 18}无人")])
        for number in (22, 23):  # changed before, and not back again
            store.commit([edit("finding", f"f{number}", text=f"再次{number}")])
        store.commit([edit("finding", "f3", void="误录")])
        store.rebuild(SILENT)
        monkeypatch.setattr(replaying, "MANY", 10_000)
        monkeypatch.setattr(indexing, "_HELD", 2_000_000)
        assert audit_projection(store.db, tmp_path, SILENT) == []
        assert [hit.id for hit in store.search("最后39").hits] == ["f24"]
        assert store.search("后来").total == store.search("其间").total == 0
        assert store.search("窗口3无人").total == store.search("窗口22无人").total == 0
        assert [hit.id for hit in store.search("窗口2无人").hits] == ["f2"]


@pytest.mark.usefixtures("small_pieces")
def test_no_save_after_rebuilding_must_merge_the_whole_index(tmp_path):
    with opened(tmp_path / "w") as store:
        for number in range(60):
            store.commit([edit("finding", f"f{number}", text=f"窗口{number}无人")])
        store.rebuild(SILENT)
        assert store.db.execute(SETTINGS).fetchall() == [("automerge", 4), ("hashsize", 1 << 20)]
        [structure] = store.db.execute(LEVELS).fetchone()
        assert pieces_of_single_entries(structure) == 0
