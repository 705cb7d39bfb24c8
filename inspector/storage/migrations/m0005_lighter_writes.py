"""Schema 5: less is written with each fact. Frozen; it imports nothing of ours.

Where a trigger may abort a statement, SQLite keeps a copy of every page that the statement is about
to change. A guard that fails it refuses a foreign program just as well: it stands before the first
row. And nothing asks for operations by their action any more, so their index goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Make the guards anew and drop the index."""
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' "
        "ESCAPE '\\' AND sql LIKE '%RAISE(ABORT, %'"
    ).fetchall()
    for name, sql in guards:
        connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(sql.replace("RAISE(ABORT, ", "RAISE(FAIL, "))
    connection.execute("DROP INDEX IF EXISTS op_act")
    connection.execute("PRAGMA user_version = 5")
