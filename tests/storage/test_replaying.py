"""Projecting a whole record: with and without a helper the same rows and the same findings."""

from __future__ import annotations

import logging
import shutil
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import psutil
import pytest

from inspector.base.progress import SILENT, Cancelled
from inspector.domain.entities import Remark
from inspector.ledger.operation import Change
from inspector.storage import replaying
from inspector.storage.connection import connect
from inspector.storage.drafting import Drafter
from inspector.storage.helper import Helper, HelperLost
from inspector.storage.integrity import audit_projection
from inspector.storage.log import OperationLog
from tests.support.records import edit, empty_database, feed, make, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.store import Store

WAYS = pytest.mark.parametrize("cores", [1, 2], ids=["alone", "helped"])


@pytest.fixture
def long_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every record for a long one, cut into many stretches."""
    monkeypatch.setattr(replaying, "MANY", 1)
    monkeypatch.setattr(replaying, "STRETCH", 4)


def written(store: Store) -> None:
    """Write new facts, changes at once and later, conflicts, corrections, voids and odd values."""
    for number in range(40):
        store.commit([edit("finding", f"f{number}", text=f"窗口{number}无人", newer=number)])
        if number % 3 == 0:
            store.commit([edit("finding", f"f{number}", severity=2, void=None)])
        if number > 10:
            store.commit([edit("finding", f"f{number - 10}", text=f"后来{number}")])
    for number in range(6):
        store.commit([edit("remark", f"r{number}", text=f"备注{number}")])
    store.commit([edit("remark", "r9", text="更正", replaces="r1")])
    store.commit([edit("remark", "r8", text="先到", replaces="r10")])
    for number in range(20, 26):  # what was corrected comes in a later stretch than its correction
        store.commit([edit("remark", f"r{number}", text=f"其间{number}")])
    store.commit([edit("remark", "r10", text="后到")])
    store.commit([edit("remark", "r11", text="又一条", replaces="r12"), edit("remark", "r12")])
    store.commit([edit("remark", "r9", void="误录")])
    first = make(Change("finding", "f1", {"severity": 3}))
    feed(store.db, [first, make(Change("finding", "c", {"text": "x"}), n=2, prev=first.id, lc=2)])
    early = make(Change("finding", "c", {"text": "y"}, {"text": ["e" * 32]}), log="b" * 26)
    feed(store.db, [early, make(Change("finding", "c", {"text": "z"}), log="c" * 26)])
    concurrent = [make(Change("wait", "d", {"note": log}), log=log * 26) for log in "defg"]
    feed(store.db, concurrent)


@WAYS
@pytest.mark.usefixtures("long_record")
def test_the_rows_are_those_that_single_steps_made(tmp_path, monkeypatch, cores):
    monkeypatch.setattr(replaying, "_cores", lambda: cores)
    with opened(tmp_path / "w") as store:
        written(store)
        before = store.digest()
        # The rows, the words of the index, the order of entry, and the guards.
        assert audit_projection(store.db, tmp_path, SILENT) == []
        store.db.execute("UPDATE finding SET severity = 9")
        store.db.conn.commit()
        assert store.rebuild(SILENT) == []
        assert store.digest() == before
        monkeypatch.setattr(replaying, "MANY", 10_000)
        assert audit_projection(store.db, tmp_path, SILENT) == []
        assert store.get(Remark, "r10").text == "后到"
        assert [hit.id for hit in store.search("后到").hits] == []
        assert [hit.id for hit in store.search("备注1").hits] == ["r1"]


@pytest.mark.usefixtures("long_record")
def test_problems_are_the_same_and_in_the_same_order(tmp_path, monkeypatch):
    with opened(tmp_path / "w") as store:
        written(store)
    copy = tmp_path / "copy.db"
    shutil.copyfile(tmp_path / "w" / "mingcha.db", copy)
    with closing(connect(copy).conn) as db:
        db.execute("DELETE FROM op WHERE seq = 5")
        db.execute("UPDATE op SET act = 'x' WHERE seq IN (9, 10)")
        db.execute("UPDATE op SET raw = substr(raw, 1, 200) WHERE seq = 12")
        db.execute(
            "INSERT INTO op(id, raw, log, n, lc, t, by, k, act, vis) "
            "SELECT id, raw, log, n, lc, t, by, k, act, vis FROM op WHERE seq IN (7, 33)"
        )
        db.commit()
    found = []
    for cores in (1, 2):
        monkeypatch.setattr(replaying, "_cores", lambda cores=cores: cores)
        db = connect(copy)
        found.append(audit_projection(db, tmp_path, SILENT))
        db.conn.close()
    assert found[0] == found[1]
    codes = [problem.code for problem in found[0] if problem.code.startswith(("op", "chain"))]
    assert codes[0] == "operation_row"
    assert codes.count("operation_twice") == 2
    assert codes[-1].startswith("chain_")


@contextmanager
def no_child_left() -> Iterator[None]:
    before = set(psutil.Process().children())
    yield
    assert set(psutil.Process().children()) == before


@pytest.mark.logs_warnings
@pytest.mark.usefixtures("long_record")
def test_a_helper_that_dies_costs_nothing_but_time(tmp_path, monkeypatch, caplog):
    class Dying(Helper):
        def receive(self):
            self._child.kill()
            self._child.wait()
            return super().receive()

    monkeypatch.setattr(replaying, "_cores", lambda: 2)
    monkeypatch.setattr(replaying, "Helper", Dying)
    with opened(tmp_path / "w") as store:
        written(store)
        before = store.digest()
        with no_child_left(), caplog.at_level(logging.WARNING):
            assert store.rebuild(SILENT) == []
        assert "helper" in caplog.text
        assert store.digest() == before


@WAYS
@pytest.mark.usefixtures("long_record")
def test_stopping_leaves_everything_as_it_was(tmp_path, monkeypatch, cores):
    class Impatient:
        def start(self, label: str, total: int) -> None:
            pass

        def step(self, count: int = 1) -> None:
            raise Cancelled

    monkeypatch.setattr(replaying, "_cores", lambda: cores)
    with opened(tmp_path / "w") as store:
        written(store)
        before = store.digest()
        with no_child_left(), pytest.raises(Cancelled):
            store.rebuild(Impatient())
        assert store.digest() == before
        monkeypatch.setattr(replaying, "MANY", 10_000)
        assert audit_projection(store.db, tmp_path, SILENT) == []


def test_a_helper_ends_when_its_owner_is_gone():
    helper = Helper()
    helper._child.stdin.close()
    assert helper._child.wait(20) == 0
    helper._child.stdout.close()


def test_a_dead_helper_is_told_from_a_slow_one():
    with Helper() as helper:
        helper._child.kill()
        helper._child.wait()
        with pytest.raises(HelperLost):
            helper.receive()


def test_a_new_entity_may_seem_known_but_never_a_known_one_new(tmp_path, monkeypatch):
    """With hardly any memory for what was seen, most entities go the long way, to the same rows."""
    monkeypatch.setattr("inspector.storage.drafting._SEEN_BITS", 8)
    operations = [make(Change("finding", f"f{n}", {"text": f"{n}"}), n=n) for n in range(1, 60)]
    with empty_database(tmp_path / "1.db") as db:
        feed(db, operations)
        rest = [Drafter().draft(each).rest for each in replaying.stretches(OperationLog(db).rows())]
        assert sum(map(len, rest)) > 50
        assert not [
            each for each in audit_projection(db, tmp_path, SILENT) if each.code != "chain_prev"
        ]
