"""What must hold for every connection, and the failures of the machine below it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
import sqlite_utils

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.domain.entities import Remark
from inspector.ledger.operation import MAX_CHANGES
from inspector.storage.integrity import audit_projection
from inspector.storage.migrations import SCHEMA_VERSION
from inspector.storage.store import Store
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.records import edit, opened, operations_of

OPEN_IT = """
import sys
from pathlib import Path
from inspector.base.clock import SystemClock
from inspector.base.errors import MingchaError
from inspector.base.ids import system_entropy
from inspector.base.paths import Workspace
from inspector.storage.store import Store
try:
    Store.open(Workspace(Path(sys.argv[1])), SystemClock(), system_entropy).close()
except MingchaError as error:
    print(error.code)
else:
    print("opened")
"""


def open_elsewhere(root) -> str:
    done = subprocess.run(
        [sys.executable, "-c", OPEN_IT, str(root)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_settings_are_really_in_force(tmp_path):
    with opened(tmp_path / "w") as store:
        expected = {
            "locking_mode": "exclusive",
            "journal_mode": "wal",
            "synchronous": 2,
            "secure_delete": 1,
            "trusted_schema": 1,
            "temp_store": 2,
        }
        store.commit([edit("hall", "h", name="厅")])
        found = {name: store.db.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
        assert found == expected
        # Exclusive locking keeps the index of the log in memory: no file that could be mapped.
        assert not (tmp_path / "w" / "mingcha.db-shm").exists()


def test_a_large_transaction_is_as_durable_and_is_copied_into_the_file_later(tmp_path):
    pages = 1500  # more than are usually left in the log
    with opened(tmp_path / "w") as store:
        for large in (True, False):
            before = (tmp_path / "w" / "mingcha.db").stat().st_size
            with store.transaction(large=large):
                assert store.db.execute("PRAGMA synchronous").fetchone() == (2,)
                store.set_local(f"large {large}", "x" * 4096 * pages)
            # As a power cut leaves it.
            copy = tmp_path / f"{large}.db"
            for end in ("", "-wal"):
                shutil.copyfile(tmp_path / "w" / f"mingcha.db{end}", f"{copy}{end}")
            with closing(sqlite3.connect(copy)) as db:
                [length] = db.execute(
                    "SELECT length(v) FROM local_kv WHERE k = ?", (f"large {large}",)
                ).fetchone()
            assert length == 4096 * pages
            grown = (tmp_path / "w" / "mingcha.db").stat().st_size - before
            assert (grown < 4096 * pages) == large

        with pytest.raises(ZeroDivisionError), store.transaction(large=True):
            1 / 0  # noqa: B018
        assert store.db.execute("PRAGMA wal_autocheckpoint").fetchone() == (1000,)


def test_large_transactions_in_a_row_are_copied_together_before_they_take_much_room(tmp_path):
    pages, path = 2000, tmp_path / "w" / "mingcha.db"
    with opened(tmp_path / "w") as store:
        copied = []
        for number in range(10):
            before = path.stat().st_size
            with store.transaction(large=True):
                store.set_local(f"large {number}", "x" * 4096 * pages)
            copied.append(path.stat().st_size > before)
            assert path.with_name("mingcha.db-wal").stat().st_size < 80 << 20
    assert copied == [False] * 7 + [True, False, False]


def test_a_second_program_is_refused_at_once(tmp_path):
    with opened(tmp_path / "w"):
        begun = time.monotonic()
        with pytest.raises(MingchaError) as caught:
            Store.open(Workspace(tmp_path / "w"), FixedClock(), CountingEntropy())
        assert caught.value.code == "workspace_in_use"
        assert time.monotonic() - begun < 2
        assert open_elsewhere(tmp_path / "w") == "workspace_in_use"
    assert open_elsewhere(tmp_path / "w") == "opened"


def test_a_program_that_ignores_the_lock_file_cannot_get_in_either(tmp_path):
    with opened(tmp_path / "w") as store:
        store.commit([edit("hall", "h", name="厅")])
        outside = sqlite3.connect(tmp_path / "w" / "mingcha.db", timeout=0)
        with closing(outside), pytest.raises(sqlite3.OperationalError, match="locked"):
            outside.execute("SELECT * FROM hall").fetchall()


def test_readers_are_welcome_after_closing_and_writers_are_not(tmp_path):
    with opened(tmp_path / "w") as store:
        store.commit([edit("hall", "h", name="厅")])
        store.set_local("user", "p")
    path = tmp_path / "w" / "mingcha.db"
    with closing(sqlite3.connect(path)) as outside:
        assert outside.execute("SELECT name FROM hall").fetchall() == [("厅",)]
        for statement in (
            "UPDATE hall SET name = 'x'",
            "DELETE FROM op",
            "INSERT INTO dead VALUES('a', 'b', 'c', 'd')",
            "UPDATE local_kv SET v = 'x'",
        ):
            with pytest.raises(sqlite3.OperationalError, match="inspector_core"):
                outside.execute(statement)
    tool = sqlite_utils.Database(path, execute_plugins=False)
    assert [row["name"] for row in tool["hall"].rows] == ["厅"]
    with pytest.raises(sqlite3.OperationalError, match="inspector_core"):
        tool["hall"].insert({"id": "x", "_c": "", "_lc": 1, "_t": 1, "_tz": 0, "_by": ""})
    tool.conn.close()
    with opened(tmp_path / "w") as store:
        assert audit_projection(store.db, tmp_path, SILENT) == []


def test_a_newer_schema_is_refused_and_left_as_it_is(tmp_path):
    with opened(tmp_path / "w"):
        pass
    path = tmp_path / "w" / "mingcha.db"
    with closing(sqlite3.connect(path)) as outside:
        outside.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(MingchaError) as caught:
        Store.open(Workspace(tmp_path / "w"), FixedClock(), CountingEntropy())
    assert caught.value.code == "workspace_newer"
    assert path.read_bytes() == before
    assert not (tmp_path / "w" / "backups").exists()


def test_a_file_of_another_program_is_refused_and_left_as_it_is(tmp_path):
    root = tmp_path / "w"
    root.mkdir()
    for content in (b"not a database at all, " * 400, None):
        path = root / "mingcha.db"
        path.unlink(missing_ok=True)
        if content:
            path.write_bytes(content)
        else:
            with closing(sqlite3.connect(path)) as other, other:
                other.execute("CREATE TABLE notes(a)")
        with pytest.raises(MingchaError) as caught:
            Store.open(Workspace(root), FixedClock(), CountingEntropy())
        assert caught.value.code == "workspace_damaged"
        if content:
            assert path.read_bytes() == content


def test_an_older_schema_is_copied_before_it_is_changed(tmp_path, monkeypatch):
    """There is only one schema so far: a later one is simulated by one more step."""
    from inspector.storage import migrating, preparing
    from inspector.storage.migrations import STEPS

    with opened(tmp_path / "w") as store:
        store.commit([edit("hall", "h", name="厅")])

    class Later:
        def apply(self, db):
            STEPS.apply(db)
            db.execute("CREATE TABLE later(a)")
            db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")

    for module in (preparing, migrating):
        monkeypatch.setattr(module, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrating, "STEPS", Later())
    for _ in range(2):
        with opened(tmp_path / "w") as store:
            assert store.db.execute("SELECT count(*) FROM later").fetchone()[0] == 0
            assert store.search("厅").total == 1
    copy = tmp_path / "w" / "backups" / f"before-schema-{SCHEMA_VERSION + 1}.db"
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert old.execute("SELECT name FROM hall").fetchall() == [("厅",)]
        assert old.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchall() == []


def test_creating_and_opening_say_what_is_wrong(tmp_path):
    with opened(tmp_path / "w"):
        pass
    for way, root, code in (
        (Store.create, tmp_path / "w", "workspace_exists"),
        (Store.open, tmp_path / "none", "workspace_missing"),
    ):
        with pytest.raises(MingchaError) as caught:
            way(Workspace(root), FixedClock(), CountingEntropy())
        assert caught.value.code == code
    assert not (tmp_path / "none").exists()


def test_saving_what_is_already_so_writes_nothing(tmp_path):
    with opened(tmp_path / "w") as store:
        assert store.save(Remark(id="r", text="好")).operations
        assert store.save(Remark(id="empty")).operations
        before = store.log.count()
        for nothing in (
            [edit("remark", "r", text="好")],
            [edit("remark", "empty")],
            [edit("remark", "r")],
            [],
        ):
            assert store.commit(nothing).operations == ()
        assert store.log.count() == before
        # 1 and true, or a list and a tuple: only what the record tells apart is a change.
        store.commit([edit("answer", "a", value={"n": 1}, situations=["x"])])
        assert store.commit([edit("answer", "a", situations=("x",))]).operations == ()
        assert store.commit([edit("answer", "a", value={"n": True})]).operations


def test_one_entity_edited_twice_in_one_action_is_one_change(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="r", text="0"))
        edits = [edit("remark", "r", text="1"), edit("remark", "r", text="2", reply="x")]
        store.commit(edits)
        assert store.get(Remark, "r").text == "2"
        assert store.get(Remark, "r").conflicts == 0
        assert len(operations_of(store)[-1].changes) == 1


def test_a_large_action_becomes_several_operations_of_one_action(tmp_path):
    with opened(tmp_path / "w") as store:
        many = store.save(*(Remark(id=f"r{n}", text="x") for n in range(MAX_CHANGES * 2 + 1)))
        assert len(many.operations) == 3
        long = store.save(*(Remark(id=f"l{n}", text="长" * 20_000) for n in range(10)))
        assert len(long.operations) == 3
        for changes in (many, long):
            found = [o for o in operations_of(store) if o.header.action == changes.action]
            assert [operation.id for operation in found] == list(changes.operations)
        assert store.db.execute("SELECT count(*) FROM remark").fetchone()[0] == 1011
        with pytest.raises(MingchaError) as caught:
            store.save(Remark(id="small", text="y"), Remark(id="huge", text="长" * 100_000))
        assert caught.value.code == "entry_too_large"
        assert store.get(Remark, "small") is None
        store.save(Remark(id="after", text="z"))
        assert audit_projection(store.db, tmp_path, SILENT) == []


def test_after_a_failure_the_chain_goes_on_without_a_gap(tmp_path):
    with opened(tmp_path / "w") as store:
        store.save(Remark(id="a", text="1"))
        head = store.log.frontier()

        def broken() -> None:
            with store.transaction():
                store.save(Remark(id="b", text="2"))
                with pytest.raises(MingchaError):
                    store.save(Remark(id="c", text="长" * 100_000))
                store.save(Remark(id="d", text="3"))
                raise KeyError

        with pytest.raises(KeyError):
            broken()
        assert store.log.frontier() == head
        assert store.get(Remark, "b") is None
        with store.transaction():
            store.save(Remark(id="b", text="2"))
            with pytest.raises(MingchaError):
                store.save(Remark(id="c", text="长" * 100_000))
            store.save(Remark(id="d", text="3"))
        assert [operation.header.n for operation in operations_of(store)] == [1, 2, 3]
        assert audit_projection(store.db, tmp_path, SILENT) == []


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounting a small disk needs root on Linux"
)
def test_a_full_disk_is_a_clear_error_and_nothing_is_lost(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True
    )
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        with opened(disk / "w") as store:
            store.save(Remark(id="first", text="空岗"))
            ballast = disk / "ballast"
            saved = fill(store, ballast)
            assert store.get(Remark, "first").text == "空岗"
            assert store.search("空岗").total == saved + 1
            ballast.unlink()
            store.save(Remark(id="last", text="空岗"))
            assert store.search("空岗").total == saved + 2
            assert audit_projection(store.db, tmp_path, SILENT) == []
        ballast.write_bytes(bytes(shutil.disk_usage(disk).free))
        with opened(disk / "w") as store:
            assert store.search("空岗").total == saved + 2
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(store: Store, ballast) -> int:
    """Leave little room and save until the disk is full, twice; return how many were saved."""
    free = shutil.disk_usage(ballast.parent).free
    ballast.write_bytes(bytes(max(0, free - 200_000)))
    saved = 0
    for _ in range(2):
        code = ""
        while not code and saved < 1000:
            try:
                store.save(Remark(id=f"r{saved}", text="空岗" + "长" * 5000))
                saved += 1
            except MingchaError as error:
                code = error.code
        assert code == "disk_full"
        assert not store.workspace.reserve.exists()
    return saved
