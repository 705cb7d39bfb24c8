"""The drift check in pieces: nothing escapes it, whatever is recorded between two of them."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT, Cancelled
from inspector.ledger.operation import Change
from inspector.storage import replaying
from inspector.storage.comparing import PROJECTED
from inspector.storage.connection import GUARD_FUNCTION
from inspector.storage.drift import DriftCheck
from inspector.storage.store import Store
from tests.rigs.small_disk import cannot_mount, small_disk
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.records import edit, feed, make, opened

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 450  # more than two pieces of a comparison


def fill(store: Store, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        store.commit([edit("finding", f"f{number:05}", text=f"第{number}号窗口无人", severity=1)])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with opened(tmp_path / "w") as store:
        fill(store, ROWS)
        store.commit([edit("hall", "h", name="大厅")])
    return tmp_path / "w"


def from_outside(root: Path, script: str) -> None:
    """Write as a foreign program can that knows our guard."""
    with closing(sqlite3.connect(root / "mingcha.db")) as db:
        db.create_function(GUARD_FUNCTION, 0, lambda: 1)
        db.executescript(script)


def stepped(store: Store, seconds: float = 0) -> int:
    """Do one piece at a time; return how many steps that took."""
    steps = 1
    while store.drift.step(seconds):
        steps += 1
    return steps


def found(store: Store) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in store.drift.problems]


def test_a_sound_record_is_found_sound_in_many_steps(root):
    with opened(root) as store:
        assert stepped(store) > ROWS
        assert store.drift.finished
        assert found(store) == []
    assert list((root / "cache").iterdir()) == []


@pytest.mark.parametrize("place", ["f00000", "f00199", "f00200", "f00449"])
def test_drift_is_found_wherever_it_is(root, place):
    from_outside(root, f"UPDATE finding SET severity = 4 WHERE id = '{place}'")
    with opened(root) as store:
        stepped(store)
        assert found(store) == [("row_changed", f"finding {place}")]


def test_rows_added_and_removed_at_the_edges_of_pieces_are_found(root):
    removed = "DELETE FROM finding WHERE id IN ('f00199', 'f00200', 'f00449')"
    copied = "INSERT INTO finding SELECT _seq + 999999, '{}', void, visit"
    with opened(root) as store:
        names = [row[1] for row in store.db.execute("PRAGMA table_info(finding)")][4:]
    listed = ", ".join(f'"{name}"' for name in names)
    added = "; ".join(
        f"{copied.format(new)}, {listed} FROM finding WHERE id = 'f00003'".replace("999999", seq)
        for new, seq in (("", "999998"), ("f00200x", "999999"), ("z", "1000000"))
    )
    from_outside(root, f"{added}; {removed}")
    with opened(root) as store:
        stepped(store)
        assert sorted(found(store)) == [
            *(("row_added", f"finding {new}") for new in ("", "f00200x", "z")),
            *(("row_missing", f"finding {old}") for old in ("f00199", "f00200", "f00449")),
        ]


def test_what_is_recorded_between_steps_neither_hides_drift_nor_looks_like_it(root):
    """New facts, changes of verified and of unverified rows, and whole imports in between."""
    from_outside(root, "UPDATE finding SET severity = 4 WHERE id = 'f00300'")
    source = random.Random(7)
    with opened(root) as store:
        number = ROWS
        while store.drift.step(0.001):
            row = f"f{source.randrange(number):05}"
            if row != "f00300":
                store.commit([edit("finding", row, text=f"改{number}")])
            if number % 50 == 0:
                store.commit([edit("remark", f"r{number}-{n}", text="好") for n in range(60)])
            fill(store, 1, number)
            number += 1
        assert number > ROWS + 20
        assert store.drift.finished
        assert found(store) == [("row_changed", "finding f00300")]


def test_what_was_begun_in_steps_is_finished_in_one_go(root):
    from_outside(root, "UPDATE hall SET name = '别处'")
    with opened(root) as store:
        for _ in range(40):
            assert store.drift.step(0)
        fill(store, 3, ROWS)
        problems = store.drift.finish(SILENT)
        assert [(each.code, each.where) for each in problems] == [("row_changed", "hall h")]
        assert store.drift.finish(SILENT) == problems
        assert not store.drift.step()


def test_a_check_that_was_stopped_goes_on_later(root):
    class Stop:
        def start(self, label: str, total: int) -> None: ...

        def step(self, count: int = 1) -> None:
            raise Cancelled

    from_outside(root, "UPDATE hall SET name = '别处'")
    with opened(root) as store:
        with pytest.raises(Cancelled):
            store.drift.finish(Stop())
        assert not store.drift.finished
        store.drift.finish(SILENT)
        assert found(store) == [("row_changed", "hall h")]


def test_a_check_that_was_broken_off_begins_again(root, monkeypatch):
    from_outside(root, "UPDATE hall SET name = '别处'; UPDATE finding SET severity = 3")
    with opened(root) as store:
        for _ in range(ROWS + 3):
            store.drift.step(0)
        read = store.drift._log.rows

        def interrupted(*arguments: object) -> object:
            raise KeyboardInterrupt

        monkeypatch.setattr(store.drift._log, "rows", interrupted)
        with pytest.raises(KeyboardInterrupt):
            stepped(store)
        monkeypatch.setattr(store.drift._log, "rows", read)
        assert not store.drift.finished
        store.drift.finish(SILENT)
        assert len(found(store)) == ROWS + 1


def test_rebuilding_takes_the_findings_back(root):
    from_outside(root, "UPDATE hall SET name = '别处'; DROP INDEX finding_visit")
    with opened(root) as store:
        stepped(store)
        assert len(found(store)) == 2
        assert store.rebuild(SILENT) == []
        stepped(store)
        assert found(store) == []


def test_no_other_program_can_write_while_the_check_holds(root):
    with opened(root) as store:
        stepped(store)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            from_outside(root, "UPDATE hall SET name = '别处'")
        with pytest.raises(MingchaError) as refused, opened(root):
            pass
        assert refused.value.code == "workspace_in_use"


#: By the index that comes to hide rows, what it is made on instead.
HIDING = {
    "hall_code": ("hall(name)", 'CREATE INDEX "hall_code" ON "hall"("code")'),
    "op_id": ("op(raw)", "CREATE INDEX op_id ON op(id)"),
    "dead_op": ("dead(field)", "CREATE INDEX dead_op ON dead(op)"),
}


@pytest.mark.parametrize("index", HIDING)
@pytest.mark.parametrize("many", [1, 10_000], ids=["a long record", "a short one"])
def test_an_index_that_hides_rows_is_found_and_made_anew(root, monkeypatch, index, many):
    """The sort of damage that a file can have and still look whole, page by page."""
    monkeypatch.setattr(replaying, "MANY", many)
    monkeypatch.setattr(replaying, "_cores", lambda: 1)
    with opened(root) as store:
        # What it replaces has not come: a row of `dead`.
        feed(store.db, [make(Change("hall", "h", {"name": "厅"}, {"name": ["e" * 32]}))])
        store.projector.forget()
        assert store.rebuild(SILENT) == []
        before = store.digest()
    elsewhere, sql = HIDING[index]
    from_outside(root, f"DROP INDEX {index}; CREATE INDEX {index} ON {elsewhere}")
    with opened(root) as store:
        store.db.execute("PRAGMA writable_schema = ON")
        store.db.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, index))
        store.db.conn.commit()
    with opened(root) as store:
        stepped(store)
        assert "database_file" in {code for code, _ in found(store)}
        assert store.rebuild(SILENT) == []
        assert store.digest() == before
        stepped(store)
        assert found(store) == []


def test_pieces_do_not_grow_with_the_record(root):
    """In instructions of SQLite, which are the same on every machine."""
    few, many = largest_piece(root, 100), largest_piece(root, 1_000)
    assert many < 2 * few


def largest_piece(root, remarks):
    """The last piece verifies the file of a small record as a whole."""
    with opened(root) as store:
        while store.log.count() < remarks:
            store.commit([edit("remark", store.new_id(), text="好" * 50)])
        pieces, more = [], True
        store.db.conn.set_progress_handler(lambda: pieces.append(pieces.pop() + 100), 100)
        while more:
            pieces.append(0)
            more = store.drift.step(seconds=0)
        return max(pieces[:-1])


@pytest.mark.skipif(cannot_mount() is not None, reason=str(cannot_mount()))
@pytest.mark.parametrize("spare", [0, 16, 600])
def test_the_check_needs_no_room_on_the_disk(root, tmp_path, spare):
    """It may be full from the beginning, or fill half-way: then the replay moves to memory."""
    from_outside(root, "UPDATE hall SET name = '别处'")
    used = sum(f.stat().st_size for f in root.rglob("*") if f.is_file()) + 64 * 1024
    with small_disk(tmp_path / "disk", used + spare * 1024) as disk:
        for file in root.glob("*.*"):
            (disk / file.name).write_bytes(file.read_bytes())
        store = Store.open(Workspace(disk), FixedClock(), CountingEntropy("full"))
        with closing(store):
            (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - spare * 1024))
            stepped(store)
            store.drift.finish(SILENT)
            assert found(store) == [("row_changed", "hall h")]


def test_what_is_recorded_after_any_single_piece_is_no_drift(tmp_path):
    with opened(tmp_path / "w") as store:
        fill(store, 25)  # more than are read at a time
        besides = stepped(store) - store.log.count()
        for left in range(1, besides + 25):
            check = DriftCheck(store.db, store.workspace.cache)
            for _ in range(store.log.count() + besides - left):
                check.step(0)
            store.commit([edit(PROJECTED[0], f"p{left}")])  # what is compared first
            assert check.finish(SILENT) == [], f"{left} pieces before the end"
            check.close()
