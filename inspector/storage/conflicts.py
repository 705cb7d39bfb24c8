"""Registers whose candidates differ: asked from the table of candidates, which is small."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.connection import Database

#: Values are written canonically: equal values are equal texts, and no conflict.
_DIFFERING = (
    "SELECT e, id, field FROM candidate GROUP BY e, id, field HAVING count(DISTINCT value) > 1"
)


class Candidate(NamedTuple):
    """A value that nothing has replaced, with the operation (short id) that wrote it."""

    op: str
    value: Any


class Differing(NamedTuple):
    """A field of an entity with its candidates, the shown one first."""

    noun: str
    id: str
    field: str
    candidates: tuple[Candidate, ...]


def differing(db: Database) -> Iterator[Differing]:
    """Yield the registers that hold different values, those written to last first."""
    fields = db.execute(
        f"SELECT e, id, field FROM candidate WHERE (e, id, field) IN ({_DIFFERING}) "
        "GROUP BY e, id, field ORDER BY max(lc) DESC, e, id, field"
    ).fetchall()
    for noun, entity, field in fields:
        found = db.execute(
            "SELECT op, value FROM candidate WHERE e = ? AND id = ? AND field = ? "
            "ORDER BY lc DESC, op DESC",
            (noun, entity, field),
        )
        candidates = tuple(Candidate(op, json.loads(value)) for op, value in found)
        yield Differing(noun, entity, field, candidates)


def count_differing(db: Database) -> int:
    """Return how many registers hold different values."""
    return int(db.execute(f"SELECT count(*) FROM ({_DIFFERING})").fetchone()[0])
