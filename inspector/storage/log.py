"""The table of operations: appended to, read in order, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ledger.chain import Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

    from inspector.ledger.operation import Operation

COLUMNS = "seq, id, log, n, lc, t, by, k, act, vis, raw"


class OperationLog:
    """Every operation this workspace holds, its own and others'."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def append(self, operation: Operation) -> int:
        """Store `operation` and return its place in the order of arrival."""
        header = operation.header
        cursor = self._db.execute(
            "INSERT INTO op(id, log, n, lc, t, by, k, act, vis, raw) VALUES(?,?,?,?,?,?,?,?,?,?)",
            (
                bytes.fromhex(operation.id),
                header.log,
                header.n,
                header.lc,
                header.reading.ms,
                header.by,
                header.kind,
                header.action,
                header.visit,
                operation.raw,
            ),
        )
        return int(cursor.lastrowid or 0)

    def head(self, log: str) -> Head:
        """Return where the chain `log` stands."""
        row = self._db.execute(
            "SELECT n, id, lc FROM op WHERE log = ? ORDER BY n DESC LIMIT 1", (log,)
        ).fetchone()
        return Head(log, row[0], row[1].hex(), row[2]) if row else Head(log)

    def highest_counter(self) -> int:
        """Return the largest Lamport counter known."""
        return int(self._db.execute("SELECT coalesce(max(lc), 0) FROM op").fetchone()[0])

    def count(self) -> int:
        """Return how many operations there are."""
        return int(self._db.execute("SELECT count(*) FROM op").fetchone()[0])

    def contains(self, operation_id: str) -> bool:
        """Tell whether the operation is stored."""
        found = self._db.execute(
            "SELECT 1 FROM op WHERE id = ? LIMIT 1", (bytes.fromhex(operation_id),)
        ).fetchone()
        return found is not None

    def place(self, short: str) -> int | None:
        """Return the place of the operation whose id begins with `short` (16 bytes, hex)."""
        low = bytes.fromhex(short)
        row = self._db.execute(
            "SELECT seq FROM op WHERE id BETWEEN ? AND ? LIMIT 1", (low, low + b"\xff" * 16)
        ).fetchone()
        return int(row[0]) if row else None

    def rows(self, after: int = 0) -> Iterator[tuple[int, bytes, bytes]]:
        """Yield (place, id, bytes) of the operations after place `after`, in order of arrival."""
        while True:
            batch = self._db.execute(
                "SELECT seq, id, raw FROM op WHERE seq > ? ORDER BY seq LIMIT 2000", (after,)
            ).fetchall()
            if not batch:
                return
            yield from batch
            after = batch[-1][0]

    def of_visit(self, visit: str) -> list[bytes]:
        """Return the bytes of a visit's operations in order of arrival."""
        found = self._db.execute("SELECT raw FROM op WHERE vis = ? ORDER BY seq", (visit,))
        return [row[0] for row in found]

    def of_action(self, action: str) -> list[bytes]:
        """Return the bytes of an action's operations in order of arrival."""
        found = self._db.execute("SELECT raw FROM op WHERE act = ? ORDER BY seq", (action,))
        return [row[0] for row in found]

    def frontier(self, visit: str = "") -> tuple[tuple[str, int, str], ...]:
        """Return, per chain, the last (log, n, id): over everything, or over one visit."""
        where, values = ("WHERE vis = ?", (visit,)) if visit else ("", ())
        found = self._db.execute(
            f"SELECT log, max(n), id FROM op {where} GROUP BY log ORDER BY log", values
        )
        return tuple((log, n, bytes(op).hex()) for log, n, op in found)
