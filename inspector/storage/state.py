"""The state digest: what the projected tables hold, in 32 bytes that every device can compute.

Devices that hold the same operations have the same rows (I2); they compare digests at every visit
and mend a difference by making the tables anew. The digest is a sum over the hashes of all rows, so
that it can be brought up to date: pieces of each table are kept with their sums, and only those
pieces are read again in which operations wrote since. Some of the others are read again each time,
in turn, so that rows which changed by themselves are found as well – all of them in a small record.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.base.errors import MingchaError
from inspector.domain.schema import KINDS
from inspector.ledger import canonical
from inspector.ledger.operation import InvalidOperation, parse
from inspector.storage.comparing import AUXILIARY, PROJECTED, row_bytes
from inspector.storage.identity import local
from inspector.storage.preparing import put_local

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from inspector.storage.connection import Database
    from inspector.storage.store import Store

#: Local settings: the pieces, and the one of them whose turn it was last.
_KEPT, _TURN = "state_pieces", "state_turn"
#: Rows of a piece: read in some milliseconds.
_ROWS = 1000
#: Rows that are read again each time whether or not anything wrote there (measured: 30 ms).
_IN_TURN = 5000
#: Operations read at a time.
_OPERATIONS = 500
#: Sums of SHA-256 values, of which only their lowest 256 bits count.
_MODULUS = 1 << 256
_NO_END = 2**63 - 1


class State(NamedTuple):
    """What a device states of itself: which operations it holds, and what its tables hold.

    frontier: a hash over the operations and over the shape of the tables; where it is the same on
    two devices, `digest` must be as well.
    """

    frontier: str
    digest: str


class _Piece(NamedTuple):
    """Rows of one noun from the id `first` up to the next piece: how many, and their sum."""

    first: str
    rows: int
    total: int


def forget(db: Database) -> None:
    """Forget all pieces, inside of the caller's transaction: the tables were made anew."""
    db.execute("DELETE FROM local_kv WHERE k = ?", (_KEPT,))


def state_steps(store: Store) -> Generator[None, None, State]:
    """Return the state of a store as it stands at the end, in steps; others may write between."""
    pieces = _Pieces(store.db)
    yield from pieces.update()
    try:
        pieces.keep(store)
    except MingchaError as error:
        # Kept to be faster the next time: on a full disk a visit goes on without.
        if error.code != "disk_full":
            raise
    return pieces.state()


class _Pieces:
    """The pieces of all tables, and which operations they stand for."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._shape, self._queries = _shape(db)
        self._of: dict[str, list[_Piece]] = {}
        #: Operations up to this place of the log are counted in `_ids` and `_operations`.
        self._place = self._ids = self._operations = 0
        self._dead = 0
        self._turn = self._turn_before = ("", "")
        self._changed = False

    # -- kept ------------------------------------------------------------------------------------

    def _load(self) -> bool:
        """Take up what was kept; tell whether it fits these tables. Of no use, it is made anew."""
        try:
            kept: dict[str, Any] = json.loads(local(self._db, _KEPT) or "{}")
            if kept.get("shape") != self._shape:
                return False
            self._of = {
                kind: [_Piece(first, rows, int(total, 16)) for first, rows, total in listed]
                for kind, listed in kept["pieces"].items()
            }
            if self._of.keys() != KINDS.keys():
                return False
            counted = int(kept["place"]), int(kept["operations"]), int(kept["ids"], 16)
        except (ValueError, LookupError, TypeError, AttributeError):
            return False  # somebody else wrote there
        self._place, self._operations, self._ids = counted
        kind, _, first = (local(self._db, _TURN) or "").partition(" ")
        self._turn = self._turn_before = kind, first
        return True

    def keep(self, store: Store) -> None:
        """Keep what has changed."""
        if not self._changed and self._turn == self._turn_before:
            return
        pieces = {
            kind: [(each.first, each.rows, f"{each.total:x}") for each in listed]
            for kind, listed in self._of.items()
        }
        with store.transaction():
            put_local(store.db, _TURN, " ".join(self._turn))
            if self._changed:
                kept = {"shape": self._shape, "place": self._place, "operations": self._operations,
                        "ids": f"{self._ids:x}", "pieces": pieces}  # fmt: skip
                put_local(store.db, _KEPT, json.dumps(kept))

    # -- up to date ------------------------------------------------------------------------------

    def update(self) -> Iterator[None]:
        """Read what is not known, what was written since, and some pieces in turn."""
        if self._load():
            yield from self._read_in_turn()
        else:
            yield from self._read_everything()
        # Whatever is recorded between two steps is found here, and read again.
        while written := self._written():
            self._changed = True
            for kind, first in sorted(written):
                self._read_again(kind, first)
                yield
        # What waits for operations to come changes without being named by any; it is little.
        self._dead = _sum("dead", (line for (line,) in self._db.execute(self._queries["dead"])))

    def _read_everything(self) -> Iterator[None]:
        self._changed = True
        [last] = self._db.execute("SELECT coalesce(max(seq), 0) FROM op").fetchone()
        while rows := self._operations_after("CAST(id AS BLOB)", last):
            for place, operation in rows:
                self._count(place, operation)
            yield
        for kind in KINDS:
            self._of[kind] = []
            for piece in self._rows(kind, "", None):
                self._of[kind].append(piece)
                yield

    def _operations_after(self, columns: str, last: int) -> list[tuple[Any, ...]]:
        """Return the next operations that are not counted, up to the place `last`."""
        query = f"SELECT seq, {columns} FROM op WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
        return self._db.execute(query, (self._place, last, _OPERATIONS)).fetchall()

    def _count(self, place: int, operation: bytes) -> None:
        self._place = place
        self._operations += 1
        self._ids = (self._ids + int.from_bytes(operation)) % _MODULUS

    def _written(self) -> set[tuple[str, str]]:
        """Return the pieces in which operations wrote that are not counted yet; count them."""
        found: set[tuple[str, str]] = set()
        while rows := self._operations_after("CAST(id AS BLOB), CAST(raw AS BLOB)", _NO_END):
            for place, operation, raw in rows:
                self._count(place, operation)
                found |= {(kind, self._first(kind, entity)) for kind, entity in _entities(raw)}
        return found

    def _first(self, kind: str, entity: str) -> str:
        """Return where the piece begins in which an entity stands."""
        return self._of[kind][self._at(kind, entity)].first

    def _at(self, kind: str, entity: str) -> int:
        return bisect_right(self._of[kind], entity, key=lambda each: each.first) - 1

    def _read_in_turn(self) -> Iterator[None]:
        """Read pieces again although nobody is known to have written there, the next ones."""
        every = sorted((kind, each.first) for kind in self._of for each in self._of[kind])
        after = bisect_right(every, self._turn)
        read = 0
        for kind, first in [*every[after:], *every[:after]]:
            if read >= _IN_TURN:
                return
            read += self._read_again(kind, first)
            self._turn = kind, first
            yield
        # All of them: no turn has to be remembered.
        self._turn = self._turn_before

    def _read_again(self, kind: str, first: str) -> int:
        """Read a piece again, as several if it has grown; return how many rows it has."""
        listed, at = self._of[kind], self._at(kind, first)
        end = listed[at + 1].first if at + 1 < len(listed) else None
        found = list(self._rows(kind, first, end))
        if found != listed[at : at + 1]:
            listed[at : at + 1] = found
            self._changed = True
        return sum(each.rows for each in found)

    def _rows(self, kind: str, first: str, end: str | None) -> Iterator[_Piece]:
        """Yield the pieces of a noun from the id `first` up to `end`, one at least."""
        while True:
            rows = self._range(kind, (), first, end, _ROWS + 1)
            following = rows[_ROWS][0] if len(rows) > _ROWS else end
            several = self._range("candidate", (kind,), first, following, -1)
            listed = [line for _id, line in rows[:_ROWS]]
            total = _sum(kind, listed) + _sum("candidate", (line for _id, line in several))
            yield _Piece(first, len(listed), total % _MODULUS)
            if len(rows) <= _ROWS:
                return
            first = str(following)

    def _range(
        self, table: str, where: tuple[str, ...], first: str, end: str | None, most: int
    ) -> list[tuple[str, bytes]]:
        """Return ids and rows of a table between two ids; ids may be broken, as all text."""
        bounds = [_bytes(each) for each in (first, end) if each is not None]
        query = self._queries[table]
        if end is not None:
            query += " AND id < CAST(? AS TEXT)"
        found = self._db.execute(f"{query} ORDER BY id LIMIT ?", (*where, *bounds, most))
        return [(each.decode(errors="surrogateescape"), line) for each, line in found]

    def state(self) -> State:
        """Return what follows from all pieces."""
        listed = [each for pieces in self._of.values() for each in pieces]
        total = (sum(each.total for each in listed) + self._dead) % _MODULUS
        return State(
            _hash([self._shape, self._operations, f"{self._ids:x}"]),
            _hash([sum(each.rows for each in listed), f"{total:x}"]),
        )


def _shape(db: Database) -> tuple[str, dict[str, str]]:
    """Return what stands for tables and columns, and the queries for their rows as bytes.

    `_seq` is left out, the order of arrival on this device; the rest is the same on all.
    """
    columns = {
        table: sorted(
            row[1] for row in db.execute(f'PRAGMA table_info("{table}")') if row[1] != "_seq"
        )
        for table in PROJECTED
    }
    queries = {
        table: f'SELECT CAST(id AS BLOB), {row_bytes(listed)} FROM "{table}" '
        f"WHERE {'e = ? AND ' if table in AUXILIARY else ''}id >= CAST(? AS TEXT)"
        for table, listed in columns.items()
    }
    queries["dead"] = f"SELECT {row_bytes(columns['dead'])} FROM dead"
    return _hash(columns), queries


def _entities(raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield the entities that an operation writes, none if it is broken: `check` tells of it."""
    try:
        operation = parse(raw)
    except InvalidOperation:
        return
    for change in operation.changes:
        if change is not None and change.entity in KINDS:
            yield change.entity, change.id


def _sum(table: str, lines: Iterable[bytes]) -> int:
    """Return the sum of the hashes of rows, whatever their order."""
    front = f"{table}\n".encode()
    return sum(int.from_bytes(hashlib.sha256(front + line).digest()) for line in lines)


def _hash(content: object) -> str:
    return hashlib.sha256(canonical.encode(content)).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
