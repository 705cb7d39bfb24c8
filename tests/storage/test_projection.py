"""The projection: whatever order operations arrive in, the same rows; nothing unknown is lost."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.base.progress import SILENT
from inspector.domain.entities import Answer, Finding, Hall
from inspector.ledger.operation import Change, Operation, parse
from inspector.storage import replaying
from inspector.storage.integrity import audit_projection, digest, rebuild
from inspector.storage.searching import search
from tests.support.erasing import erase_change
from tests.support.records import (
    edit,
    empty_database,
    feed,
    make,
    opened,
    operations_of,
    receive,
)

if TYPE_CHECKING:
    from inspector.storage.store import Store

#: What may be written: known and unknown fields, right and wrong types, void and replacement.
FIELDS = {
    "text": st.sampled_from(["窗口无人", "空岗", "", "无人值守\x00"]) | st.just(7),
    "severity": st.integers(1, 4) | st.just("high") | st.just(True),
    "situations": st.lists(st.sampled_from(["W1", "W2"]), max_size=2) | st.just({"a": 1}),
    "void": st.none() | st.just("误录") | st.just(5),
    "replaces": st.none() | st.sampled_from(["f1", "f2", "f9"]) | st.just(["f1"]),
    "newer": st.none() | st.booleans() | st.just({"deep": [1, {"x": None}]}),
}
ACT = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["f1", "f2", "f3"]),
    st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in names})
    ),
    st.booleans(),
)


def written_by(stores: list[Store], acts: list) -> list[Operation]:
    """Let several devices write, sometimes after receiving what the others have."""
    for who, entity, fields, hear in acts:
        store = stores[who]
        if hear:
            for other in stores:
                receive(store, operations_of(other))
        store.commit([edit("finding", entity, **fields)], visit="v")
    return list({op.id: op for store in stores for op in operations_of(store)}.values())


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACT, min_size=2, max_size=10), st.randoms(use_true_random=False))
def test_any_order_of_arrival_and_any_batching_give_the_same_digest(acts, source):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(folder / "a") as a, opened(folder / "b") as b, opened(folder / "c") as c:
            operations = written_by([a, b, c], acts)
            for store in (a, b, c):
                receive(store, operations)
            digests = {store.digest() for store in (a, b, c)}
            found = {frozenset(h.id for h in store.search("无人").hits) for store in (a, b, c)}
            assert audit_projection(a.db, folder, SILENT) == []
        for number in range(3):
            order = source.sample(operations, len(operations))
            with empty_database(folder / f"{number}.db") as db:
                feed(db, order, batch=source.choice([1, 2, len(order)]))
                digests.add(digest(db))
                found.add(frozenset(hit.id for hit in search(db, "无人").hits))
                assert db.execute("SELECT count(*) FROM dead").fetchone()[0] == 0
                assert rebuild(db, SILENT) == []
                digests.add(digest(db))
                assert audit_projection(db, folder, SILENT) == []
        assert len(digests) == 1
        assert len(found) == 1


def test_small_batches_while_rebuilding_change_nothing(tmp_path, monkeypatch):
    with opened(tmp_path / "w") as store:
        for number in range(40):
            store.commit([edit("finding", f"f{number % 7}", text=f"第{number}次", newer=number)])
        before = store.digest()
        monkeypatch.setattr(replaying, "STRETCH", 3)
        assert store.rebuild(SILENT) == []
        assert store.digest() == before
        assert audit_projection(store.db, tmp_path, SILENT) == []


def row(db, entity: str, kind: str = "finding") -> dict:
    cursor = db.execute(f'SELECT * FROM "{kind}" WHERE id = ?', (entity,))
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def test_wrong_types_and_unknown_fields_go_to_x_and_come_back(tmp_path):
    with opened(tmp_path / "w") as store:
        store.commit([edit("finding", "f", severity="high", situations={"a": 1}, newer=[None])])
        store.commit([edit("hall", "h", hours=["not", "an", "object"], name="厅")])
        found = row(store.db, "f")
        assert found["severity"] is None
        assert found["situations"] is None
        assert json.loads(found["_x"]) == {
            "severity": "high",
            "situations": {"a": 1},
            "newer": [None],
        }
        assert store.state("finding", "f").shown()["newer"] == [None]
        assert store.get(Finding, "f").severity == Finding(id="").severity
        assert store.get(Hall, "h").hours == {}
        # A change of another field leaves them alone, a right value replaces the wrong one.
        store.commit([edit("finding", "f", text="x")])
        store.commit([edit("finding", "f", severity=4)])
        assert store.state("finding", "f").shown()["newer"] == [None]
        assert store.get(Finding, "f").severity == 4
        assert "severity" not in json.loads(row(store.db, "f")["_x"])


def test_unknown_kinds_and_nouns_are_stored_relayed_and_not_projected(tmp_path):
    witness = make(Change("finding", "f", {"text": "x"}), kind="witness")
    drone = make(Change("drone", "d", {"x": 1}), Change("finding", "g", {}), log="b" * 26)
    with empty_database(tmp_path / "1.db") as db:
        feed(db, [witness, drone])
        assert [r[0] for r in db.execute("SELECT id FROM finding")] == ["g"]
        assert audit_projection(db, tmp_path, SILENT) == []
        assert {r[0] for r in db.execute("SELECT raw FROM op")} == {witness.raw, drone.raw}


def test_a_write_over_an_unknown_kind_waits_for_nothing(tmp_path):
    witness = make(Change("finding", "f", {"text": "x"}), kind="witness")
    over = make(Change("finding", "f", {"text": "y"}, {"text": [witness.short]}), log="b" * 26)
    digests = set()
    for number, order in enumerate(([witness, over], [over, witness])):
        with empty_database(tmp_path / f"{number}.db") as db:
            feed(db, order)
            digests.add(digest(db))
    assert len(digests) == 1


def test_an_erased_change_that_was_awaited_leaves_nothing_waiting(tmp_path):
    first = make(Change("finding", "f", {"text": "私人"}), Change("finding", "g", {}))
    erased = parse(erase_change(first.raw, 0))
    later = make(Change("finding", "f", {"text": "y"}, {"text": [first.short]}), log="b" * 26, lc=2)
    digests = set()
    for number, (order, batch) in enumerate(
        [([erased, later], 1), ([later, erased], 1), ([later, erased], 2)]
    ):
        with empty_database(tmp_path / f"{number}.db") as db:
            feed(db, order, batch)
            assert db.execute("SELECT count(*) FROM dead").fetchone()[0] == 0
            digests.add(digest(db))
    assert len(digests) == 1


def test_a_conflict_is_kept_and_ends_when_somebody_decides(tmp_path):
    with opened(tmp_path / "a") as a, opened(tmp_path / "b") as b:
        a.commit([edit("finding", "f", severity=1)])
        receive(b, operations_of(a))
        a.commit([edit("finding", "f", severity=2)])
        b.commit([edit("finding", "f", severity=3)])
        receive(a, operations_of(b))
        assert a.get(Finding, "f").conflicts == 1
        assert a.db.execute("SELECT count(*) FROM candidate").fetchone()[0] == 2
        shown = a.get(Finding, "f").severity
        # Choosing the value that is shown already is a decision as well.
        assert a.commit([edit("finding", "f", severity=shown)]).operations
        receive(b, operations_of(a))
        for store in (a, b):
            assert store.get(Finding, "f").conflicts == 0
            assert store.db.execute("SELECT count(*) FROM candidate").fetchone()[0] == 0
        assert a.digest() == b.digest()


def test_who_entered_it_is_the_causally_first_operation(tmp_path):
    early = make(Change("finding", "f", {"text": "a"}), lc=1)
    late = make(Change("finding", "f", {"severity": 2}), lc=5, log="b" * 26)
    with empty_database(tmp_path / "1.db") as db:
        feed(db, [late, early])
        assert row(db, "f")["_c"] == early.short


def test_replaced_and_void_facts_in_one_batch_and_over_several(tmp_path):
    old = make(Change("remark", "old", {"text": "原文"}))
    new = make(Change("remark", "new", {"text": "更正", "replaces": "old"}), n=2, prev=old.id)
    void = make(Change("remark", "new", {"void": "误"}), n=3, prev=new.id)
    for number, (order, batch) in enumerate(
        [([old, new], 1), ([old, new], 2), ([new, old], 1), ([new, old], 2)]
    ):
        with empty_database(tmp_path / f"{number}.db") as db:
            feed(db, order, batch)
            assert search(db, "原文").total == 0
            assert search(db, "更正").total == 1
            feed(db, [void])
            assert search(db, "原文").total == 1
            assert search(db, "更正").total == 0
            assert audit_projection(db, tmp_path, SILENT) == []


@pytest.mark.parametrize("value", ["a\x00b", "\x01\x7f\u2028", "𠮷㐀😀", "e\u0301", "''\"--"])
def test_any_text_is_kept_exactly(tmp_path, value):
    with opened(tmp_path / "w") as store:
        store.save(Answer(id="a", note=value, value={"text": value}))
        assert store.get(Answer, "a").note == value
        assert store.get(Answer, "a").value == {"text": value}
        before = store.digest()
        store.rebuild(SILENT)
        assert store.digest() == before
        assert audit_projection(store.db, tmp_path, SILENT) == []
