"""The table of what was put aside for a person to judge: objects, or entries that are here.

It is local, as the tables in `storage.exchange` are. Writing is left to the caller's transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from inspector.storage.connection import Database


class Quarantined(NamedTuple):
    """Something that was put aside: when, from which depot, which object, of which chain, why.

    settled: "" until a person judged it, then `accepted`, `dismissed`, or by itself `healed`, or
    `gone` from the depot.
    """

    number: int
    at: int
    source: str
    name: str
    log: str
    reason: str
    detail: str
    settled: str


_QUARANTINED = (
    "SELECT number, at, source, name, log, reason, detail, coalesce(settled, '') FROM quarantine"
)


def quarantined(db: Database, *, all_of_them: bool = False) -> list[Quarantined]:
    """Return what waits for a person, with `all_of_them` also what was settled."""
    where = "" if all_of_them else "WHERE settled IS NULL"
    return list(map(Quarantined._make, db.execute(f"{_QUARANTINED} {where} ORDER BY number")))


def quarantined_bytes(db: Database, number: int) -> bytes | None:
    """Return the object that was put aside, None if its bytes were worth nothing."""
    found = db.execute("SELECT bytes FROM quarantine WHERE number = ?", (number,)).fetchone()
    return bytes(found[0]) if found and found[0] is not None else None


def waiting_aside(db: Database) -> tuple[int, int]:
    """Return how many things wait for a person, and the bytes that are kept of them."""
    query = "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM quarantine WHERE settled IS NULL"
    count, size = db.execute(query).fetchone()
    return int(count), int(size)


def put_aside(db: Database, row: Quarantined, data: bytes | None) -> int:
    """Put something aside for a person to judge; its number is given anew and returned."""
    done = db.execute(
        "INSERT INTO quarantine(at, source, name, log, reason, detail, bytes) "
        "VALUES(?, ?, ?, ?, ?, ?, ?)",
        (row.at, row.source, row.name, row.log, row.reason, row.detail, data),
    )
    return int(done.lastrowid or 0)


def settle(db: Database, number: int, how: str) -> None:
    """Note how something that was put aside was settled."""
    db.execute("UPDATE quarantine SET settled = ? WHERE number = ?", (how, number))
