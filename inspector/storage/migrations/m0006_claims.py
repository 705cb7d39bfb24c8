"""Schema 6: a depot's files by the index that names them. Frozen, as every step is.

Several indexes may name one file, and one of them may name it wrongly: each claim is kept, so that
none hides another. The indexes are read again; nothing else is known of them that could be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

TABLE = "depot_file"


def apply(connection: sqlite3.Connection) -> None:
    """Make the table anew, with a row for each claim."""
    connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
    connection.execute(
        f"CREATE TABLE {TABLE}(depot TEXT NOT NULL, sha256 TEXT NOT NULL, "
        "file_index TEXT NOT NULL, size INTEGER NOT NULL, parts TEXT NOT NULL, "
        "PRIMARY KEY(depot, sha256, file_index)) STRICT"
    )
    connection.execute("DELETE FROM held WHERE kind = 'index'")
    for act in ("INSERT", "UPDATE", "DELETE"):
        connection.execute(
            f'CREATE TRIGGER "guard_{TABLE}_{act.lower()}" BEFORE {act} ON "{TABLE}" '
            "WHEN inspector_core() IS NOT 1 BEGIN "
            "SELECT RAISE(FAIL, 'only Mingcha may write here'); END"
        )
    connection.execute("PRAGMA user_version = 6")
