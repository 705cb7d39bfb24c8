"""The table of operations: appended to, read in order, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector.ledger.chain import Head
from inspector.ledger.operation import AUDIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.ledger.operation import Operation
    from inspector.storage.connection import Database

#: A place before every place, also before those that only a tamperer would use.
BEFORE_ALL = -(2**63)

#: The operations of a visit. Without the second condition SQLite does not see that the index, which
#: holds no operations outside of visits, has all of them, and reads the whole table.
OF_VISIT = "vis = ? AND vis <> ''"

#: Operations read at a time: even the largest ones stay below 64 MB.
BATCH = 250


_COLUMNS = "log n lc t by k act vis"


def _insert_sql(columns: str) -> str:
    # OR FAIL: a statement that may abort costs a copy of every page it changes. One that adds a
    # single row has nothing to take back.
    names = columns.split()
    return f"INSERT OR FAIL INTO op({', '.join(names)}) VALUES({', '.join('?' * len(names))})"


_INSERT = _insert_sql(f"id raw {_COLUMNS}")
_INSERT_AT = _insert_sql(f"seq id raw {_COLUMNS}")
# Text is read as bytes: also a row that was tampered with must be readable, to be reported. One
# value is read faster than eight. What became text by one bit is none of what it was.
_ROWS = (
    "SELECT seq, CASE typeof(id) WHEN 'blob' THEN id ELSE x'' END, "
    "CASE typeof(raw) WHEN 'blob' THEN raw ELSE x'' END, "
    f"CAST({' || char(0) || '.join(_COLUMNS.split())} AS BLOB) "
    "FROM op WHERE seq > ? ORDER BY seq LIMIT ?"
)


_SET_BACK = (
    "SELECT op.raw FROM op JOIN op AS before ON before.log = op.log AND before.n = op.n - 1 "
    "AND op.t < before.t - ?"
)


class Stored(NamedTuple):
    """A row of the table: the operation's bytes, and what the columns beside them claim.

    columns: as `claims` writes them.
    """

    place: int
    id: bytes
    raw: bytes
    columns: bytes


def claims(operation: Operation) -> bytes:
    """Return the columns that must stand beside `operation`, separated by NUL, which none holds."""
    header = operation.header
    return (
        f"{header.log}\0{header.n}\0{header.lc}\0{header.reading.ms}\0{header.by}\0{header.kind}"
        f"\0{header.action}\0{header.visit}"
    ).encode()


def _columns(operation: Operation) -> tuple[str | int, ...]:
    header = operation.header
    return (
        header.log,
        header.n,
        header.lc,
        header.reading.ms,
        header.by,
        header.kind,
        header.action,
        header.visit,
    )


class OperationLog:
    """Every operation this workspace holds, its own and others'."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def append(self, operation: Operation) -> int:
        """Store `operation` and return its place in the order of arrival."""
        cursor = self._db.execute(
            _INSERT, (bytes.fromhex(operation.id), operation.raw, *_columns(operation))
        )
        return int(cursor.lastrowid or 0)

    def append_all(self, operations: Sequence[Operation]) -> range:
        """Store `operations` and return their places in the order of arrival."""
        first = self.last_place() + 1
        self._db.conn.executemany(
            _INSERT_AT,
            (
                # As byte arrays: of bytes Python first asks in vain how SQLite should take them.
                (
                    place,
                    bytearray.fromhex(operation.id),
                    bytearray(operation.raw),
                    *_columns(operation),
                )
                for place, operation in enumerate(operations, first)
            ),
        )
        return range(first, first + len(operations))

    def head(self, log: str) -> Head:
        """Return where the chain `log` stands."""
        row = self._db.execute(
            "SELECT n, CAST(id AS BLOB), lc FROM op WHERE log = ? ORDER BY n DESC LIMIT 1", (log,)
        ).fetchone()
        return Head(log, row[0], row[1].hex(), row[2]) if row else Head(log)

    def head_at(self, operation_id: str) -> Head | None:
        """Return the place of a stored operation in its chain, None if it is not stored."""
        row = self._db.execute(
            "SELECT log, n, lc FROM op WHERE id = ? LIMIT 1", (bytes.fromhex(operation_id),)
        ).fetchone()
        return Head(row[0], row[1], operation_id, row[2]) if row else None

    def at_place(self, log: str, n: int) -> list[bytes]:
        """Return the bytes of the operations at one place of a chain; a fork has several."""
        found = self._db.execute(
            "SELECT raw FROM op WHERE log = ? AND n = ? ORDER BY seq", (log, n)
        )
        return [row[0] for row in found]

    def last_up_to(self, log: str, n: int) -> tuple[int, str] | None:
        """Return place and id of the last operation of a chain up to place `n`, None without any.

        Of several at that place, the first that came.
        """
        row = self._db.execute(
            "SELECT n, CAST(id AS BLOB) FROM op WHERE log = ? AND n <= ? "
            "ORDER BY n DESC, seq LIMIT 1",
            (log, n),
        ).fetchone()
        return (row[0], bytes(row[1]).hex()) if row else None

    def highest_counter(self) -> int:
        """Return the largest Lamport counter known."""
        return max((self.head(log).lc for log in self.logs()), default=0)

    def logs(self) -> list[str]:
        """Return the names of all chains, skipping from one to the next in the index."""
        names: list[str] = []
        while row := self._db.execute(
            "SELECT log FROM op WHERE log > ? ORDER BY log LIMIT 1", (names[-1] if names else "",)
        ).fetchone():
            names.append(row[0])
        return names

    def last_place(self) -> int:
        """Return the place of the operation that arrived last, 0 before the first."""
        return int(self._db.execute("SELECT coalesce(max(seq), 0) FROM op").fetchone()[0])

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
            "SELECT min(seq) FROM op WHERE id BETWEEN ? AND ?", (low, low + b"\xff" * 16)
        ).fetchone()
        return row[0] if row else None

    def rows(self, after: int = BEFORE_ALL, at_a_time: int = BATCH) -> Iterator[Stored]:
        """Yield the operations after place `after`, in order of arrival."""
        while True:
            batch = self._db.execute(_ROWS, (after, at_a_time)).fetchall()
            if not batch:
                return
            yield from map(Stored._make, batch)
            after = batch[-1][0]

    def newest_first(self, log: str) -> Iterator[bytes]:
        """Yield the bytes of one chain's operations, the newest first."""
        before = 2**62
        while True:
            batch = self._db.execute(
                "SELECT n, raw FROM op WHERE log = ? AND n < ? ORDER BY n DESC LIMIT 50",
                (log, before),
            ).fetchall()
            if not batch:
                return
            yield from (row[1] for row in batch)
            before = batch[-1][0]

    def of_chain(self, log: str, after: int) -> Iterator[bytes]:
        """Yield the bytes of a chain's operations after a place, in order; a fork has several."""
        place = after, 2**62
        while batch := self._db.execute(
            "SELECT n, seq, raw FROM op WHERE log = ? AND (n, seq) > (?, ?) "
            "ORDER BY n, seq LIMIT ?",
            (log, *place, BATCH),
        ).fetchall():
            yield from (row[2] for row in batch)
            place = batch[-1][:2]

    def get(self, short: str) -> bytes | None:
        """Return the bytes of the operation whose id begins with `short` (16 bytes, hex)."""
        place = self.place(short)
        if place is None:
            return None
        row = self._db.execute("SELECT raw FROM op WHERE seq = ?", (place,)).fetchone()
        return bytes(row[0])

    def chain_of(self, short: str) -> str:
        """Return the chain of the operation whose id begins with `short`, "" if it is not here."""
        row = self._db.execute("SELECT log FROM op WHERE seq = ?", (self.place(short),)).fetchone()
        return str(row[0]) if row else ""

    def of_visit(self, visit: str) -> list[bytes]:
        """Return the bytes of a visit's operations in order of arrival."""
        found = self._db.execute(f"SELECT raw FROM op WHERE {OF_VISIT} ORDER BY seq", (visit,))
        return [row[0] for row in found]

    def of_action(self, action: str, visit: str) -> list[bytes]:
        """Return the bytes of the operations of an action in a visit, in order of arrival."""
        found = self._db.execute(
            f"SELECT raw FROM op WHERE {OF_VISIT} AND act = ? ORDER BY seq", (visit, action)
        )
        return [row[0] for row in found]

    def saved_at(self, visit: str) -> int | None:
        """Return when something was last saved in a visit by its clock, None without anything.

        That a paper left the workspace (an audit entry) changes nothing in the visit.
        """
        row = self._db.execute(
            f"SELECT t FROM op WHERE {OF_VISIT} AND k <> ? ORDER BY seq DESC LIMIT 1",
            (visit, AUDIT),
        ).fetchone()
        return row[0] if row else None

    def set_back(self, visit: str, more_than_ms: int) -> list[bytes]:
        """Return a visit's operations whose clock stood so far before the last one of its chain."""
        found = self._db.execute(
            f"{_SET_BACK} WHERE op.vis = ? AND op.vis <> '' ORDER BY op.seq",
            (more_than_ms, visit),
        )
        return [row[0] for row in found]

    def is_set_back(self, operation: str, more_than_ms: int) -> bool:
        """Tell whether the clock of an operation stood so far before the last one of its chain."""
        key = bytes.fromhex(operation)
        found = self._db.execute(f"{_SET_BACK} WHERE op.id = ?", (more_than_ms, key))
        return found.fetchone() is not None

    def frontier(self, visit: str = "") -> tuple[tuple[str, int, str], ...]:
        """Return, per chain, the last (log, n, id): over everything, or over one visit."""
        if not visit:
            return tuple((head.log, head.n, head.id) for head in map(self.head, self.logs()))
        # SQLite takes the bare column from the row that holds the maximum.
        found = self._db.execute(
            f"SELECT log, max(n), id FROM op WHERE {OF_VISIT} GROUP BY log ORDER BY log", (visit,)
        )
        return tuple((log, n, op.hex()) for log, n, op in found)
