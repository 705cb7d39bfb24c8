"""Tables, indexes and guards that another program took away come back; what it added stays."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.storage.integrity import audit_projection
from inspector.storage.store import Store
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.records import edit, opened

if TYPE_CHECKING:
    from pathlib import Path

DAMAGE = {
    "a guard": 'DROP TRIGGER "guard_finding_insert"',
    "a guard of the record": 'DROP TRIGGER "guard_op_delete"',
    "a guard that guards nothing": 'DROP TRIGGER "guard_hall_update"; CREATE TRIGGER '
    '"guard_hall_update" BEFORE UPDATE ON "hall" BEGIN SELECT 1; END',
    "a spying trigger": "CREATE TRIGGER spy AFTER INSERT ON op BEGIN DELETE FROM finding; END",
    "a trigger with a name like SQLite's": "CREATE TRIGGER my_sqlite_spy AFTER INSERT ON op "
    "BEGIN DELETE FROM finding; END",
    "an index": "DROP INDEX finding_visit",
    "an index of the record": "DROP INDEX op_id",
    "an index on something else": "DROP INDEX hall_code; CREATE INDEX hall_code ON hall(name)",
    "an index too many": "CREATE INDEX more ON finding(text)",
    "a table": 'DROP TABLE "finding"',
    "a table of conflicts": 'DROP TABLE "candidate"',
    "a renamed table": 'ALTER TABLE "finding" RENAME TO "Findings"',
    "a table in capitals": 'ALTER TABLE "finding" RENAME TO "x"; '
    'ALTER TABLE "x" RENAME TO "FINDING"',
    "a view instead of a table": 'DROP TABLE "hall"; CREATE VIEW hall AS SELECT 1 AS id',
    "a column too many": 'ALTER TABLE "hall" ADD COLUMN extra TEXT',
    "a column too few": 'ALTER TABLE "hall" DROP COLUMN name',
    "the search index": "DROP TABLE search_index",
    "another search index": "DROP TABLE search_index; "
    "CREATE VIRTUAL TABLE search_index USING fts5(words)",
    "a plain table for the search index": "DROP TABLE search_index; "
    "CREATE TABLE search_index(words)",
    "the words of the search index": "DROP TABLE search_index_data",
    "the settings of the search index": "DROP TABLE search_index_config",
    "the directory of the search index": "DROP TABLE search_index_idx",
    "the list of migrations": "DROP TABLE _sqlite_migrations",
    "the mark of the file": "PRAGMA application_id = 7",
    "an index of another table under a name of ours": "DROP INDEX op_id; "
    "CREATE TABLE theirs(a); CREATE INDEX op_id ON theirs(a)",
}

#: What others may add: reported, and left alone.
THEIRS = {
    "a table": ("CREATE TABLE theirs(a); INSERT INTO theirs VALUES(7)", "schema table theirs"),
    "a view": ("CREATE VIEW wide AS SELECT * FROM finding", "schema view wide"),
    "a trigger on it": (
        "CREATE TABLE theirs(a); CREATE TRIGGER t AFTER INSERT ON theirs BEGIN SELECT 1; END",
        "schema trigger t",
    ),
    "a table like a part of the index": ("CREATE TABLE search_index_x(a)", "schema table search"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "w"
    with opened(root) as store:
        store.commit([edit("hall", "h", name="大厅", code="H1")])
        store.commit([edit("finding", "f", text="窗口无人", severity=2)], visit="v")
        store.commit([edit("finding", "f", severity=3)], visit="v")
    return root


def from_outside(root: Path, script: str) -> None:
    """Do what a foreign program can do without our function."""
    with closing(sqlite3.connect(root / "mingcha.db")) as db:
        db.executescript(script)


def record_of(store: Store) -> list[object]:
    return [tuple(row) for row in store.db.execute("SELECT * FROM op ORDER BY seq")]


def opened_altered(root: Path) -> Store:
    return Store.open(Workspace(root), FixedClock(), CountingEntropy("again"), altered=True)


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_was_taken_away_is_reported_and_comes_back(root, damage, tmp_path):
    with opened(root) as store:
        digest, record = store.digest(), record_of(store)
    from_outside(root, DAMAGE[damage])

    with closing(opened_altered(root)) as store:
        assert audit_projection(store.db, tmp_path, SILENT) != []
        left = store.rebuild(SILENT)
        assert {problem.code for problem in left} <= {"foreign_table"}
        assert store.digest() == digest
        assert record_of(store) == record
        assert audit_projection(store.db, tmp_path, SILENT) == left
        assert [hit.id for hit in store.search("窗口").hits] == ["f"]
        store.commit([edit("finding", "g", text="空岗"), edit("hall", "h", name="中心")])
        assert audit_projection(store.db, tmp_path, SILENT) == left
    with pytest.raises(sqlite3.OperationalError, match="inspector_core"):
        from_outside(root, "UPDATE finding SET severity = 1")


@pytest.mark.parametrize("addition", THEIRS)
def test_what_others_added_is_reported_and_stays(root, addition, tmp_path):
    script, where = THEIRS[addition]
    from_outside(root, script)
    with closing(opened_altered(root)) as store:
        left = store.rebuild(SILENT)
        assert {problem.code for problem in left} == {"foreign_table"}
        assert any(problem.where.startswith(where) for problem in left)
        assert audit_projection(store.db, tmp_path, SILENT) == left
        if "VALUES(7)" in script:
            assert store.db.execute("SELECT a FROM theirs").fetchall() == [(7,)]


def test_a_changed_table_of_operations_is_reported_and_never_touched(root, tmp_path):
    from_outside(root, 'ALTER TABLE "op" ADD COLUMN extra TEXT; DROP TRIGGER guard_op_insert')
    with closing(opened_altered(root)) as store:
        record = record_of(store)
        left = [(problem.code, problem.where) for problem in store.rebuild(SILENT)]
        assert left == [("row_changed", "schema table op")]
        assert record_of(store) == record


def test_a_workspace_without_a_table_says_what_to_do(root):
    from_outside(root, 'DROP TABLE "finding"; ALTER TABLE "hall" DROP COLUMN name')
    with pytest.raises(MingchaError) as caught, opened(root):
        pass
    assert caught.value.code == "tables_altered"
    assert "finding" in str(caught.value)
    assert "hall" in str(caught.value)


@pytest.mark.parametrize("table", ["op", "local_kv"])
def test_a_workspace_without_its_record_is_damaged(root, table):
    from_outside(root, f"DROP TABLE {table}")
    with pytest.raises(MingchaError) as caught:
        opened_altered(root)
    assert caught.value.code == "workspace_damaged"


def test_a_rebuild_that_is_interrupted_changes_nothing(root, tmp_path):
    from_outside(root, DAMAGE["a table"])
    copy = tmp_path / "before.db"
    shutil.copyfile(root / "mingcha.db", copy)

    class Stop:
        def start(self, label: str, total: int) -> None: ...

        def step(self, count: int = 1) -> None:
            raise KeyboardInterrupt

    with closing(opened_altered(root)) as store, pytest.raises(KeyboardInterrupt):
        store.rebuild(Stop())
    with closing(opened_altered(root)) as store:
        assert "finding" in store.unreadable
