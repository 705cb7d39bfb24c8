"""Whatever is changed behind the program's back, the check names it; and it never cries wolf."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.progress import SILENT
from inspector.domain.schema import KINDS
from inspector.ledger.operation import Change
from inspector.storage.connection import GUARD_FUNCTION, connect
from inspector.storage.integrity import audit_into, audit_projection, scratch
from inspector.storage.replaying import clear
from tests.support.records import edit, feed, make, opened, operations_of, receive

if TYPE_CHECKING:
    from pathlib import Path

CHANGES = 1000
NOUNS = ("finding", "hall", "remark", "answer")


@pytest.fixture(scope="module")
def record(tmp_path_factory) -> Path:
    """A database with two devices, conflicts, waiting operations, voids and unknown fields."""
    folder = tmp_path_factory.mktemp("record")
    with opened(folder / "a") as a, opened(folder / "b") as b:
        a.commit([edit("hall", "h", name="大厅", hours={"mon": []})])
        a.commit([edit("finding", "f", text="窗口无人", severity=1, newer={"x": 1})], visit="v")
        receive(b, operations_of(a))
        a.commit([edit("finding", "f", severity=2)], visit="v")
        b.commit([edit("finding", "f", severity=3, text="空岗")], visit="v")
        b.commit([edit("remark", "r", text="好"), edit("answer", "n", note="\x00a")])
        a.commit([edit("remark", "q", text="误", severity="wrong type")])
        a.commit([edit("remark", "q", void="误录")])
        receive(a, operations_of(b))
        feed(a.db, [make(Change("finding", "w", {"text": "等"}, {"text": ["0" * 32]}), lc=50)])
        assert audit_projection(a.db, folder, SILENT) == []
    return folder / "a" / "mingcha.db"


def flip(data: bytes, source: random.Random) -> bytes:
    changed = bytearray(data)
    changed[source.randrange(len(data))] ^= 1 << source.randrange(8)
    return bytes(changed)


def pick(db, source: random.Random, table: str) -> int | None:
    rows = [row[0] for row in db.execute(f'SELECT rowid FROM "{table}" ORDER BY rowid')]
    return source.choice(rows) if rows else None


def flip_operation(db, source):
    place = pick(db, source, "op")
    column = source.choice(["raw", "raw", "id"])
    value = db.execute(f"SELECT {column} FROM op WHERE seq = ?", (place,)).fetchone()[0]
    db.execute(f"UPDATE op SET {column} = ? WHERE seq = ?", (flip(value, source), place))


def edit_claim(db, source):
    place = pick(db, source, "op")
    column = source.choice(["log", "n", "lc", "t", "by", "k", "act", "vis"])
    if column in ("n", "lc", "t"):
        db.execute(f"UPDATE op SET {column} = {column} + ? WHERE seq = ?", (1, place))
    else:
        broken = source.choice(["'x'", "CAST(x'ff' AS TEXT)"])
        db.execute(f"UPDATE op SET {column} = {column} || {broken} WHERE seq = ?", (place,))


def remove_operation(db, source):
    db.execute("DELETE FROM op WHERE seq = ?", (pick(db, source, "op"),))


def repeat_operation(db, source):
    place = pick(db, source, "op")
    columns = "id, log, n, lc, t, by, k, act, vis, raw"
    seq = source.choice([0, -3, 1000])
    db.execute(
        f"INSERT INTO op(seq, {columns}) SELECT ?, {columns} FROM op WHERE seq = ?", (seq, place)
    )


def move_operation(db, source):
    places = [row[0] for row in db.execute("SELECT seq FROM op ORDER BY seq")]
    # Two neighbours of different devices that touch other things may really come in any order,
    # except that it shows in the places of the rows they made: move something to the far end.
    db.execute("UPDATE op SET seq = 5000 WHERE seq = ?", (places[0],))


def swap_operations(db, source):
    one, other = source.sample([row[0] for row in db.execute("SELECT seq FROM op")], 2)
    left, right = (
        db.execute("SELECT raw FROM op WHERE seq = ?", (p,)).fetchone()[0] for p in (one, other)
    )
    db.execute("UPDATE op SET raw = ? WHERE seq = ?", (left, other))
    db.execute("UPDATE op SET raw = ? WHERE seq = ?", (right, one))


def edit_row(db, source):
    table = source.choice(NOUNS)
    rowid = pick(db, source, table)
    columns = db.execute(f'PRAGMA table_info("{table}")').fetchall()
    _, name, kind, *_ = source.choice(columns)
    if name == "_seq":
        change = f"{name} = {name} + 1"
    elif kind == "INTEGER":
        change = f'"{name}" = coalesce("{name}" + 1, 0)'
    else:
        broken = source.choice(["'x'", "CAST(x'ff' AS TEXT)", "char(0)"])
        change = f'"{name}" = coalesce("{name}", \'\') || {broken}'
    db.execute(f'UPDATE "{table}" SET {change} WHERE rowid = ?', (rowid,))


def remove_row(db, source):
    table = source.choice([*NOUNS, "candidate", "dead"])
    db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (pick(db, source, table),))


def add_row(db, source):
    table = source.choice(sorted(KINDS))
    db.execute(
        f'INSERT INTO "{table}"(id, _c, _lc, _t, _tz, _by, _conflict) '
        "VALUES(?, ?, 1, 1, 480, '', 0)",
        (f"new{source.random()}", "0" * 32),
    )


def edit_candidate(db, source):
    table, column = source.choice(
        [("candidate", "value"), ("candidate", "op"), ("candidate", "field"), ("dead", "op")]
    )
    rowid = pick(db, source, table)
    db.execute(f"UPDATE {table} SET {column} = {column} || '1' WHERE rowid = ?", (rowid,))


def add_waiting(db, source):
    db.execute("INSERT INTO dead VALUES('finding', 'f', 'text', ?)", (source.randbytes(16).hex(),))


def swap_rows(db, source):
    one, other = db.execute("SELECT _seq FROM remark ORDER BY _seq").fetchall()
    for old, new in ((one[0], -1), (other[0], one[0]), (-1, other[0])):
        db.execute("UPDATE remark SET _seq = ? WHERE _seq = ?", (new, old))


def spoil_index(db, source):
    if source.random() < 0.5:
        db.execute(
            "INSERT INTO search_index(rowid, words) VALUES(?, ?)", (source.randrange(9**9), "假")
        )
    else:
        db.execute("INSERT INTO search_index(search_index) VALUES('delete-all')")


def change_schema(db, source):
    table = source.choice(NOUNS)
    db.execute(
        source.choice(
            [
                f'DROP TRIGGER "guard_{table}_insert"',
                f'ALTER TABLE "{table}" ADD COLUMN extra TEXT',
                f'ALTER TABLE "{table}" DROP COLUMN _conflict',
                'CREATE TRIGGER spy AFTER INSERT ON "op" BEGIN DELETE FROM finding; END',
                "CREATE TABLE extra(a)",
                "DROP INDEX op_id",
                f'DROP TABLE "{table}"',
            ]
        )
    )


ATTACKS = (
    *(flip_operation, flip_operation, flip_operation, edit_claim, remove_operation),
    *(repeat_operation, move_operation, swap_operations, edit_row, edit_row, edit_row),
    *(remove_row, add_row, edit_candidate, add_waiting, swap_rows, spoil_index, change_schema),
)


def drop_guards(db) -> None:
    found = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in found:
        db.execute(f'DROP TRIGGER "{name}"')


def test_every_one_of_a_thousand_changes_is_found(record, tmp_path):
    """Each change is made in a transaction on one copy, checked, and taken back again."""
    source = random.Random(20261123)
    copy = tmp_path / "copy.db"
    shutil.copyfile(record, copy)
    db = connect(copy)
    missed, kinds = [], set()
    with closing(db.conn), scratch(tmp_path) as replayed:

        def check() -> set[str]:
            found = {problem.code for problem in audit_into(db, replayed, SILENT)}
            clear(replayed)
            return found

        for number in range(CHANGES):
            attack = ATTACKS[number % len(ATTACKS)]
            db.execute("BEGIN")
            attack(db, source)
            found = check()
            kinds |= found
            if not found:
                missed.append((number, attack.__name__))
            db.execute("ROLLBACK")
            if number % 100 == 0:
                assert check() == set(), "a false alarm"
        assert audit_projection(db, tmp_path, SILENT) == []
    assert missed == []
    assert {"operation_id", "operation_body_hash", "operation_row", "operation_twice"} <= kinds
    assert {"chain_gap", "row_changed", "row_added", "row_missing", "search_index"} <= kinds


def test_guards_can_be_dropped_but_not_unnoticed(record, tmp_path):
    copy = tmp_path / "copy.db"
    shutil.copyfile(record, copy)
    with sqlite3.connect(copy) as outside:
        drop_guards(outside)
        outside.execute("UPDATE finding SET severity = 1")
    outside.close()
    db = connect(copy)
    found = {problem.code for problem in audit_projection(db, tmp_path, SILENT)}
    db.conn.close()
    assert {"row_missing", "row_changed"} <= found


def test_a_foreign_program_with_our_function_is_noticed(record, tmp_path):
    copy = tmp_path / "copy.db"
    shutil.copyfile(record, copy)
    with sqlite3.connect(copy) as outside:
        outside.create_function(GUARD_FUNCTION, 0, lambda: 1)
        outside.execute("UPDATE remark SET text = '改' WHERE id = 'r'")
    outside.close()
    db = connect(copy)
    found = audit_projection(db, tmp_path, SILENT)
    db.conn.close()
    assert [(problem.code, problem.where) for problem in found] == [("row_changed", "remark r")]


def test_rebuilding_mends_every_row(record, tmp_path):
    root = tmp_path / "w"
    root.mkdir()
    shutil.copyfile(record, root / "mingcha.db")
    with opened(root) as store:
        before = store.digest()
        for table in (*KINDS, "candidate", "dead"):
            store.db.execute(f'DELETE FROM "{table}"')
        store.db.execute("INSERT INTO search_index(search_index) VALUES('delete-all')")
        store.db.conn.commit()
    with opened(root) as store:
        assert store.rebuild(SILENT) == []
        assert store.digest() == before
        assert audit_projection(store.db, tmp_path, SILENT) == []
        # What was learnt while the rows were missing is forgotten: conflicts and waits still work.
        store.commit([edit("finding", "w", text="到")])
        store.commit([edit("finding", "f", severity=9)])
        assert audit_projection(store.db, tmp_path, SILENT) == []


def test_broken_pages_are_a_finding_not_a_crash(record, tmp_path):
    source = random.Random(7)
    data = record.read_bytes()
    for number in range(40):
        page = source.randrange(1, len(data) // 4096)
        broken = bytearray(data)
        broken[page * 4096 : page * 4096 + 4096] = source.randbytes(4096)
        copy = tmp_path / f"{number}.db"
        copy.write_bytes(broken)
        assert problems_of(copy) != set()


def test_a_schema_whose_names_are_no_text_any_more_is_refused_as_damaged(record, tmp_path):
    data = record.read_bytes()
    name = b"tableremarkremark"
    assert data.count(name) == 1, "or this test damages something else"
    copy = tmp_path / "mingcha.db"
    copy.write_bytes(data.replace(name, b"tablerem\xe1rkremark"))
    assert problems_of(copy) == {"workspace_damaged"}


def problems_of(path: Path) -> set[str]:
    """Return the codes of what is wrong; a file may also be too broken to be opened at all."""
    try:
        db = connect(path)
    except MingchaError as error:
        return {error.code}
    with closing(db.conn):
        return {problem.code for problem in audit_projection(db, path.parent, SILENT)}


@pytest.mark.parametrize("column", ["id", "raw"])
def test_bytes_that_became_text_are_reported_and_stop_no_rebuild(record, tmp_path, column):
    """One bit in the header of the row makes the one of the other."""
    copy = tmp_path / "mingcha.db"
    shutil.copyfile(record, copy)
    with closing(connect(copy).conn) as db:
        db.execute("PRAGMA writable_schema = ON")
        sql = "UPDATE sqlite_master SET sql = replace(sql, '{0} BLOB', '{0} ANY') WHERE name = 'op'"
        db.execute(sql.format(column))
        db.commit()
    with closing(connect(copy).conn) as db:
        last = "WHERE seq = (SELECT max(seq) FROM op)"
        db.execute(f"UPDATE op SET {column} = CAST({column} AS TEXT) {last}")
        db.commit()
        [(place,)] = db.execute(f"SELECT seq FROM op {last}").fetchall()
    with opened(tmp_path) as store:
        assert f"op {place}" in [problem.where for problem in store.rebuild(SILENT)]
