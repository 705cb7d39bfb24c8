"""What is known of each chain besides its operations: its end, its branches, what is too new.

It follows from the operations alone. It is kept up to date as they are taken in, and made anew with
the tables, since a backup of the record leaves it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.storage.connection import Database
    from inspector.storage.store import Store

# SQLite takes the bare column from the row that holds the maximum.
# As bytes also where one bit made text of them; `check` finds it.
_ENDS = "SELECT log, max(n), CAST(id AS BLOB) FROM op WHERE typeof(n) = 'integer' GROUP BY log"
# Answered by the index alone; only what it finds needs the rows.
_DOUBLED = "SELECT DISTINCT log FROM (SELECT log FROM op GROUP BY log, n HAVING count(*) > 1)"
# OR FAIL: before a statement that may abort, the search index writes out what it has collected.
_GO_ON = """
    UPDATE OR FAIL log_state SET n = :n, op = :op, forked = max(forked, :forked),
        newer = newer + :newer WHERE log = :log"""
_BEGIN = """
    INSERT OR FAIL INTO log_state(log, n, op, forked, newer)
    VALUES(:log, :n, :op, :forked, :newer)"""
_IS_FORKED = """
    SELECT 1 FROM op WHERE log = ? GROUP BY n HAVING count(*) > 1 AND min(id) <> max(id) LIMIT 1"""


def note_taken(store: Store, log: str, newer: int, forked: bool) -> None:
    """Note that operations of a chain were taken in, inside of a transaction."""
    head = store.log.head(log)
    values = {"log": log, "n": head.n, "op": head.id, "forked": int(forked), "newer": newer}
    if not store.db.execute(_GO_ON, values).rowcount:
        store.db.execute(_BEGIN, values)


def note_anew(db: Database, newer: Mapping[str, int]) -> None:
    """Note of every chain what its operations say, inside of a transaction.

    newer: how many operations of each chain hold something that only a newer version knows.
    """
    doubled = [name for (name,) in db.execute(_DOUBLED).fetchall()]
    forked = {name for name in doubled if db.execute(_IS_FORKED, (name,)).fetchone()}
    ends = db.execute(_ENDS).fetchall()
    db.execute("DELETE FROM log_state")
    db.conn.executemany(
        "INSERT OR REPLACE INTO log_state(log, n, op, forked, newer) VALUES(?, ?, ?, ?, ?)",
        [(log, n, bytes(op).hex(), int(log in forked), newer.get(log, 0)) for log, n, op in ends],
    )


def is_forked(db: Database, log: str) -> bool:
    """Tell whether two different operations are known at one place of the chain."""
    row = db.execute("SELECT forked FROM log_state WHERE log = ?", (log,)).fetchone()
    return bool(row and row[0])


def forked_logs(db: Database) -> list[str]:
    """Return the chains known to have branches: a disk that was copied, or a key that was."""
    return [row[0] for row in db.execute("SELECT log FROM log_state WHERE forked ORDER BY log")]


def waiting_for_newer_version(db: Database) -> int:
    """Return how many operations hold something that only a newer version of the program knows.

    They are kept and handed on as they came.
    """
    return int(db.execute("SELECT coalesce(sum(newer), 0) FROM log_state").fetchone()[0])
