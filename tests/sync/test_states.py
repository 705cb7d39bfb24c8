"""Devices with the same operations compare what their tables hold; the remedy is a rebuild."""

from __future__ import annotations

import pytest

from inspector.base.progress import SILENT
from inspector.storage import state
from tests.support.laptops import Laptop, new_depot, team
from tests.support.records import edit


def damage(laptop: Laptop) -> None:
    """Change a row behind the record's back, as a fault of the program or a disk does."""
    with laptop.store.transaction():
        laptop.store.db.execute("UPDATE finding SET text = 'verfälscht' WHERE id = 'f0'")


@pytest.fixture
def stick(tmp_path):
    return new_depot(tmp_path / "stick")


@pytest.mark.parametrize("rows", [3, 1000])
def test_a_damaged_table_is_told_on_both_sides_until_it_is_made_anew(
    tmp_path, stick, monkeypatch, rows
):
    monkeypatch.setattr(state, "_ROWS", rows)
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        for number in range(8):
            li.store.commit([edit("finding", f"f{number}", text="x")])
        li.sync(stick)
        wang.sync(stick)
        assert li.sync(stick).differs == wang.sync(stick).differs == []
        damage(wang)
        assert wang.sync(stick).differs == [li.store.chain]
        assert li.sync(stick).differs == [wang.store.chain]
        assert li.sync(stick).differs == [wang.store.chain]
        # What is sound stays as it is when it is made anew.
        sound = li.store.digest()
        li.store.rebuild(SILENT)
        assert li.store.digest() == sound
        wang.store.rebuild(SILENT)
        assert wang.sync(stick).differs == []
        assert li.sync(stick).differs == []


def test_who_holds_other_entries_is_not_compared(tmp_path, stick):
    with team(tmp_path, "li", "wang") as (_, [li, wang]):
        li.store.commit([edit("finding", "f0", text="x")])
        li.sync(stick)
        wang.sync(stick)
        li.sync(stick)
        damage(wang)
        wang.store.commit([edit("finding", "g", text="y")])
        done = wang.sync(stick)
        assert (done.received.operations, done.differs) == (0, [])
        # Once both hold the same, it shows.
        assert li.sync(stick).received.operations == 1
        assert wang.sync(stick).differs == [li.store.chain]


def test_what_a_revoked_computer_says_of_its_tables_matters_to_nobody(tmp_path, stick):
    with team(tmp_path, "li", "wang") as (office, [li, wang]):
        li.store.commit([edit("finding", "f0", text="x")])
        li.sync(stick)
        wang.sync(stick)
        li.sync(stick)
        damage(wang)
        wang.sync(stick)
        assert li.sync(stick).differs == [wang.store.chain]
        last = wang.store.log.head(wang.store.chain)
        office.revoke(wang.store.chain, last.n, last.id)
        office.tell(li)
        assert li.sync(stick).differs == []


def test_a_visit_with_nothing_new_reads_hardly_any_rows(tmp_path, stick, monkeypatch):
    """However many there are: the parts that nothing was written into are known."""
    monkeypatch.setattr(state, "_ROWS", 5)
    monkeypatch.setattr(state, "_IN_TURN", 10)
    with team(tmp_path, "li") as (_, [li]):
        for number in range(100):
            li.store.commit([edit("finding", f"f{number}", text="x")])
        li.sync(stick)
        li.sync(stick)
        read: list[str] = []
        li.store.db.conn.set_trace_callback(
            lambda sql: read.append(sql) if "json_array" in sql and '"finding"' in sql else None
        )
        requests = stick.requests
        li.sync(stick)
        li.store.db.conn.set_trace_callback(None)
        assert len(read) <= 3
        assert stick.requests - requests <= 10
