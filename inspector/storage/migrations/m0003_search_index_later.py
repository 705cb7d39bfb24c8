"""Schema 3: the search index may be behind the record. Frozen; it imports nothing of ours.

The local setting `indexed` is the highest `_seq` of which the index knows. Rows up to there whose
text has changed since stand in `unindexed`, with the text that the index still has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

#: Room for the rows of one operation in `_seq`.
ROWS = 500 * 64


def apply(connection: sqlite3.Connection) -> None:
    """Make the table, guarded like all others, and note that nothing is behind yet."""
    connection.execute("CREATE TABLE unindexed(seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT")
    for act in ("INSERT", "UPDATE", "DELETE"):
        connection.execute(
            f'CREATE TRIGGER "guard_unindexed_{act.lower()}" BEFORE {act} ON unindexed '
            "WHEN inspector_core() IS NOT 1 BEGIN "
            "SELECT RAISE(ABORT, 'only Mingcha may write here'); END"
        )
    connection.execute(
        "INSERT OR REPLACE INTO local_kv(k, v) "
        f"SELECT 'indexed', CAST((coalesce(max(seq), 0) + 1) * {ROWS} - 1 AS TEXT) FROM op"
    )
    connection.execute("PRAGMA user_version = 3")
