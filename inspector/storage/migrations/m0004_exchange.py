"""Schema 4: what several laptops exchange. Frozen: it imports nothing of ours and is never edited.

Nouns for keys, signatures, receipts, reviews and links; and local tables that are neither projected
nor exchanged as they are: the statements of the organisation, keys of epochs, segments as they were
received or written, what was put aside for a person to judge, and what a depot provably holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

# Fields by noun; "#" marks whole numbers, everything else is text (lists and objects as JSON).
NOUNS = {
    "person_key": "person public",
    "seal_signature": "visit seal person public signature",
    "receipt": "log n# op files",
    "review": "visit finding seal decision reason reviewer assignee",
    "link": "noun one other reason",
    "setting": "name value",
}

INDEXES = {
    "person_key": ("person",),
    "seal_signature": ("visit",),
    "receipt": ("log",),
    "review": ("visit",),
}

# Moments are milliseconds since 1970 UTC; hashes are lower-case hex.
LOCAL = {
    "organisation_statement": "id TEXT PRIMARY KEY, kind TEXT NOT NULL, bytes BLOB NOT NULL",
    "epoch_key": "epoch TEXT PRIMARY KEY, key BLOB NOT NULL",
    "envelope": "epoch TEXT NOT NULL, recipient TEXT NOT NULL, bytes BLOB NOT NULL, "
    "PRIMARY KEY(epoch, recipient)",
    "segment": "id TEXT PRIMARY KEY, log TEXT NOT NULL, first INTEGER NOT NULL, "
    "last INTEGER NOT NULL, name TEXT NOT NULL, epoch TEXT NOT NULL, bytes BLOB NOT NULL",
    "quarantine": "number INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, "
    "name TEXT NOT NULL, log TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL, "
    "bytes BLOB, settled TEXT",
    "log_state": "log TEXT PRIMARY KEY, n INTEGER NOT NULL, op TEXT NOT NULL, "
    "forked INTEGER NOT NULL, newer INTEGER NOT NULL",
    "depot": "id TEXT PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, "
    "seen INTEGER NOT NULL",
    "held": "depot TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, what TEXT NOT NULL, "
    "size INTEGER NOT NULL, verified INTEGER NOT NULL, PRIMARY KEY(depot, kind, name)",
    # What touched a sealed visit outside of its seal: `held` says whether it stood in the sealed
    # record, `sealed` how (JSON), `ops` which operations (short ids) came late.
    "late": "e TEXT NOT NULL, id TEXT NOT NULL, visit TEXT NOT NULL, held INTEGER NOT NULL, "
    "sealed TEXT NOT NULL, ops TEXT NOT NULL, PRIMARY KEY(id, e)",
    "depot_file": "depot TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, "
    "file_index TEXT NOT NULL, parts TEXT NOT NULL, PRIMARY KEY(depot, sha256)",
}

LOCAL_INDEXES = (
    "CREATE INDEX late_visit ON late(visit)",
    "CREATE INDEX segment_log ON segment(log, first)",
    # They are read as operations: whose receipt it is follows from the chain that it stands in.
    "CREATE INDEX op_receipt ON op(seq) WHERE k = 'receipt'",
)


def apply(connection: sqlite3.Connection) -> None:
    """Create everything."""
    for noun, listed in NOUNS.items():
        _noun(connection, noun, listed.split())
    for table, columns in LOCAL.items():
        connection.execute(f"CREATE TABLE {table}({columns}) STRICT")
    for statement in LOCAL_INDEXES:
        connection.execute(statement)
    # The last operation of each chain in the visit when it was sealed: what comes after is late.
    connection.execute("ALTER TABLE seal ADD COLUMN frontier TEXT")
    for table in (*NOUNS, *LOCAL):
        _guard(connection, table)
    connection.execute("PRAGMA user_version = 4")


def _noun(connection: sqlite3.Connection, noun: str, listed: list[str]) -> None:
    columns = ", ".join(
        f'"{name.rstrip("#")}" {"INTEGER" if name.endswith("#") else "TEXT"}' for name in listed
    )
    connection.execute(
        f'CREATE TABLE "{noun}"(_seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, void TEXT, '
        f"{columns}, _c TEXT NOT NULL, _lc INTEGER NOT NULL, _t INTEGER NOT NULL, "
        "_tz INTEGER NOT NULL, _by TEXT NOT NULL, _fc TEXT, _x TEXT, "
        "_conflict INTEGER NOT NULL) STRICT"
    )
    for name in INDEXES.get(noun, ()):
        connection.execute(f'CREATE INDEX "{noun}_{name}" ON "{noun}"("{name}")')


def _guard(connection: sqlite3.Connection, table: str) -> None:
    """Refuse writes by any program that does not keep the record (it lacks the function)."""
    for act in ("INSERT", "UPDATE", "DELETE"):
        connection.execute(
            f'CREATE TRIGGER "guard_{table}_{act.lower()}" BEFORE {act} ON "{table}" '
            "WHEN inspector_core() IS NOT 1 BEGIN "
            "SELECT RAISE(ABORT, 'only Mingcha may write here'); END"
        )
