"""The schema in the file, in the code and in the checked-in reference are one and the same."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from inspector.base.ids import system_entropy
from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.domain.entities import FindingPerson
from inspector.domain.schema import KINDS
from inspector.ledger.operation import KNOWN_KINDS
from inspector.storage.backup import restore
from inspector.storage.connection import APPLICATION_ID, connect
from inspector.storage.integrity import audit_projection
from inspector.storage.kinds import META
from inspector.storage.migrations import (
    SCHEMA_VERSION,
    STEPS,
    m0002_persons_as_seen,
    m0004_exchange,
)
from inspector.storage.presence import INDEX, RECORD, UNINDEXED
from tests.support.records import edit, empty_database, opened

REFERENCE = Path(__file__).parent / "reference"
TYPES = {"text": "TEXT", "json": "TEXT", "integer": "INTEGER", "boolean": "INTEGER"}


@pytest.fixture
def db(tmp_path):
    with empty_database(tmp_path / "empty.db") as db:
        yield db


def test_every_noun_has_a_column_of_the_right_type_for_every_field(db):
    for name, kind in KINDS.items():
        columns = {row[1]: row[2] for row in db.execute(f'PRAGMA table_info("{name}")').fetchall()}
        fields = {spec.name: TYPES[spec.column] for spec in kind.fields}
        assert set(columns) == {"_seq", "id", *fields, *META}, name
        assert {field: columns[field] for field in fields} == fields, name


def test_all_tables_are_strict_and_guarded(db):
    strict = {row[1] for row in db.execute("PRAGMA table_list").fetchall() if row[5]}
    local = (UNINDEXED, *m0004_exchange.LOCAL)
    tables = {"op", "candidate", "dead", "local_kv", *local, *KINDS}
    assert tables <= strict
    guards = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    assert guards == {
        f"guard_{table}_{act}" for table in tables for act in ("insert", "update", "delete")
    }


def test_the_number_of_the_schema_is_that_of_its_steps(tmp_path):
    db = connect(tmp_path / "step.db", durable=False)
    assert len(STEPS.pending(db.whole)) == SCHEMA_VERSION
    db.conn.close()


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_every_schema_is_the_one_that_was_checked_in(tmp_path, version):
    """To change the schema, add a migration and a reference file of the next number."""
    db = connect(tmp_path / "step.db", durable=False)
    later = [step.name for step in STEPS.pending(db.whole)][version:]
    STEPS.apply(db.whole, stop_before=later[:1])
    found = db.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%sqlite\\_%' ESCAPE '\\' "
        "ORDER BY type, name"
    ).fetchall()
    db.conn.close()
    text = "".join(f"-- {kind} {name}\n{sql};\n\n" for kind, name, sql in found)
    expected = REFERENCE / f"schema_{version}.sql"
    assert text == expected.read_text(encoding="utf-8")


def test_the_file_says_what_it_is(db):
    assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID == 0x4D434841
    assert db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_workspace_of_every_schema_opens_for_ever(tmp_path, version):
    """The golden files were made once by the version they are named after."""
    root = tmp_path / "workspace"
    root.mkdir()
    packed = (REFERENCE / f"workspace_{version}.db.gz").read_bytes()
    (root / "mingcha.db").write_bytes(gzip.decompress(packed))
    expected = (REFERENCE / f"workspace_{version}.digest").read_text(encoding="ascii").strip()
    with opened(root) as store:
        assert store.digest() == expected
        assert audit_projection(store.db, tmp_path, SILENT) == []
        assert store.rebuild(SILENT) == []
        assert store.digest() == expected
        assert [hit.id for hit in store.search("空岗").hits] == ["finding-1"]
        assert store.search("替换").hits[0].id == "finding-3"
        assert {
            stored.columns.split(b"\0")[5].decode() for stored in store.log.rows()
        } > KNOWN_KINDS - {"erase", "receipt"}


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
@pytest.mark.parametrize("whole", [True, False])
def test_a_backup_of_every_schema_can_be_taken_back(tmp_path, version, whole):
    """A whole file, as it is copied before an update, and the record alone, as each day."""
    packed = (REFERENCE / f"workspace_{version}.db.gz").read_bytes()
    source = tmp_path / "backup.db"
    source.write_bytes(gzip.decompress(packed))
    if not whole:
        with closing(sqlite3.connect(source)) as db:
            found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            spare = [name for (name,) in found if name not in (*RECORD, "sqlite_sequence")]
            for name in sorted(spare, key=lambda each: each != INDEX):
                with suppress(sqlite3.OperationalError):  # gone with the search index
                    db.execute(f'DROP TABLE "{name}"')
    expected = (REFERENCE / f"workspace_{version}.digest").read_text(encoding="ascii").strip()
    workspace = Workspace(tmp_path / "workspace")
    done = restore(workspace, source, system_entropy, SILENT)
    assert (done.whole, done.problems) == (True, ())
    with opened(workspace.root) as store:
        assert store.digest() == expected
        assert audit_projection(store.db, tmp_path, SILENT) == []
        assert [hit.id for hit in store.search("空岗").hits] == ["finding-1"]
        assert store.db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION


def test_what_a_newer_version_wrote_finds_its_columns_when_the_schema_has_them(tmp_path):
    """A workspace of schema 1 keeps such fields beside the columns."""
    with opened(tmp_path / "w") as store:
        store.commit([edit("finding_person", "p", description="短发", observer="li")])
        digest = store.digest()
        _back_to_schema_1(store.db)
    with opened(tmp_path / "w") as store:
        assert store.get(FindingPerson, "p").observer == "li"
        assert store.digest() == digest
        assert audit_projection(store.db, tmp_path, SILENT) == []


def _back_to_schema_1(db):
    """Put the database back as schema 1 would hold it."""
    db.execute("DROP INDEX finding_person_replaces")
    for column in m0002_persons_as_seen.COLUMNS:
        db.execute(f"ALTER TABLE finding_person DROP COLUMN {column.split()[0]}")
    db.execute('UPDATE finding_person SET _x = \'{"observer":"li"}\'')
    db.execute("DROP INDEX op_receipt")
    for table in (*m0004_exchange.NOUNS, *m0004_exchange.LOCAL):
        db.execute(f'DROP TABLE "{table}"')
    db.execute("ALTER TABLE seal DROP COLUMN frontier")
    db.execute("DROP TABLE unindexed")
    db.execute("DELETE FROM _sqlite_migrations WHERE name > '0002'")
    db.execute("PRAGMA user_version = 1")
