"""What two copies of a workspace know of its organisation, brought together when one is restored.

A backup may be older than the day on which its laptop joined, and the file that it replaces may
be damaged. Statements, keys and envelopes are only ever added, so the union of both is right;
the names of space and organisation are those of the copy that joined.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from inspector.ledger.operation import base32
from inspector.ledger.statements import InvalidStatement, parse
from inspector.storage.connection import DATABASE_ERRORS
from inspector.storage.exchange import SegmentRow, add_segment
from inspector.storage.identity import FORMER, ORGANISATION
from inspector.storage.membership import (
    ASKED,
    EARLIER,
    EARLIER_CHAINS,
    Envelope,
    Membership,
)
from inspector.storage.preparing import put_local
from inspector.storage.presence import SECRET

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from inspector.ledger.statements import Statement
    from inspector.storage.connection import Database

#: Tables whose rows are only ever added, with their columns.
_TABLES = {
    "organisation_statement": "id, kind, bytes",
    "epoch_key": "epoch, key",
    "envelope": "epoch, recipient, bytes",
}
_KEPT_SEGMENT = (
    "SELECT id, log, first, last, name, epoch, CAST(bytes AS BLOB) FROM segment WHERE id = ?"
)
_TYPES = [str, str, int, int, str, str]
_NAMES = ("space", "log", ORGANISATION, ASKED, EARLIER, EARLIER_CHAINS, FORMER)


@dataclass(frozen=True, slots=True)
class Belongings:
    """What of it could be read: local settings by name, and rows by table."""

    names: dict[str, str]
    rows: dict[str, list[tuple[Any, ...]]]

    @property
    def space(self) -> str:
        """The present space, "" if it could not be read."""
        return self.names.get("space", "")

    @property
    def spaces(self) -> frozenset[str]:
        """The present space and all that were before it."""
        return frozenset({self.space, *self.texts(EARLIER)} - {""})

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a setting that is a list; an empty one if it is not."""
        try:
            found = json.loads(self.names.get(name) or "[]")
        except ValueError:
            return ()
        return tuple(map(str, found)) if isinstance(found, list) else ()


def counts(db: sqlite3.Connection) -> tuple[int, ...]:
    """Return how many rows a backup has of each; a table that is missing has none."""
    return tuple(_count(db, table) for table in _TABLES if table not in SECRET)


def _count(db: sqlite3.Connection, table: str) -> int:
    try:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    except DATABASE_ERRORS:
        return 0


def read(db: sqlite3.Connection, is_damage: Callable[[Exception], bool]) -> Belongings:
    """Return what can be read; raises what is no damage, such as a disk that refuses."""
    marks = ", ".join("?" * len(_NAMES))
    named = _rows(db, f"SELECT k, v FROM local_kv WHERE k IN ({marks})", _NAMES, is_damage)
    rows = {
        table: _rows(db, f"SELECT {columns} FROM {table}", (), is_damage)
        for table, columns in _TABLES.items()
    }
    return Belongings({str(name): str(value) for name, value in named}, rows)


def _rows(
    db: sqlite3.Connection,
    query: str,
    values: tuple[str, ...],
    is_damage: Callable[[Exception], bool],
) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    try:
        found.extend(db.execute(query, values))
    except DATABASE_ERRORS as error:
        if not is_damage(error):
            raise
    return found


def are_one(backup: Belongings, replaced: Belongings) -> bool:
    """Tell whether both are copies of one workspace, before or after it joined an organisation."""
    if not replaced.space or replaced.space == backup.space:
        return True
    return backup.space in replaced.spaces or replaced.space in backup.spaces


def add(db: Database, known: Belongings) -> None:
    """Add what the replaced file knew, inside the caller's transaction.

    It may be damaged: only what proves itself is taken.
    """
    here = read(db.conn, lambda _: False)
    membership = Membership(db)
    membership.add(_statements(known))
    joined = here if here.names.get(ORGANISATION) else known
    for name in ("space", ORGANISATION, ASKED):
        if joined.names.get(name):
            put_local(db, name, joined.names[name])
    for name in (EARLIER, EARLIER_CHAINS):
        if both := sorted({*here.texts(name), *known.texts(name)}):
            put_local(db, name, json.dumps(both))
    former = dict.fromkeys([*here.texts(FORMER), *known.texts(FORMER), known.names.get("log", "")])
    put_local(db, FORMER, json.dumps([each for each in former if each]))
    for epoch, key in known.rows["epoch_key"]:
        if isinstance(key, bytes):
            membership.keep_key(str(epoch), key)
    for epoch, recipient, wrapped in known.rows["envelope"]:
        if isinstance(wrapped, bytes):
            membership.keep_envelope(Envelope(str(epoch), str(recipient), wrapped))


def add_segments(
    db: Database, replaced: sqlite3.Connection, is_damage: Callable[[Exception], bool]
) -> None:
    """Add the segments of others that the replaced file kept, inside the caller's transaction.

    An automatic backup leaves them out; without them, what others signed could not be handed on.
    It may be damaged: only bytes that are those of their name are taken, and only where their
    entries are here too.
    """
    names = _rows(replaced, "SELECT id FROM segment ORDER BY log, first", (), is_damage)
    for (name,) in names:
        for *row, data in _rows(replaced, _KEPT_SEGMENT, (str(name),), is_damage):
            if list(map(type, row)) == _TYPES and base32(sha256(data).digest()) == row[4]:
                segment = SegmentRow._make((*row, len(data)))
                if _are_here(db, segment):
                    add_segment(db, segment, data)


def _are_here(db: Database, segment: SegmentRow) -> bool:
    places = (segment.log, segment.first, segment.last)
    [count] = db.execute(
        "SELECT count(DISTINCT n) FROM op WHERE log = ? AND n BETWEEN ? AND ?", places
    ).fetchone()
    return bool(count == segment.last - segment.first + 1)


def _statements(known: Belongings) -> Iterator[Statement]:
    for _id, _kind, raw in known.rows["organisation_statement"]:
        try:
            yield parse(raw)
        except (InvalidStatement, TypeError):
            continue
