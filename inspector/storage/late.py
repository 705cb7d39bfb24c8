"""What touched a sealed visit outside of its seal: noted in a table of its own, never projected.

The projection holds every value whatever order it came in; a seal holds of a visit what its
frontier covers. This table is the difference. It follows from the operations alone, and is brought
up to date with those that arrive.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from inspector.domain.record import PARTS
from inspector.domain.schema import KIND_OF
from inspector.ledger.operation import TX, InvalidOperation, parse
from inspector.ledger.registers import EntityState
from inspector.storage.holding import COUNTS
from inspector.storage.log import OF_VISIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inspector.ledger.operation import Operation
    from inspector.storage.connection import Database

#: The nouns that a seal fixes.
NOUNS = frozenset({"visit", *(KIND_OF[cls] for cls in PARTS.values())} - {"seal", "erasure"})
#: A line of a frontier: chain, place, operation.
_LINE = re.compile(r"([a-z2-7]{26}):([0-9]{1,15}):([0-9a-f]{64})")
#: By chain: place and id of its last operation in the visit.
Frontier = dict[str, tuple[int, str]]


class LateRow(NamedTuple):
    """A thing that came or changed late: as it was sealed, and the late operations (short ids)."""

    noun: str
    id: str
    held: bool
    sealed: Mapping[str, Any]
    operations: tuple[str, ...]


def late_rows(db: Database, visit: str) -> list[LateRow]:
    """Return what came late to a visit."""
    found = db.execute("SELECT e, id, held, sealed, ops FROM late WHERE visit = ?", (visit,))
    return [
        LateRow(noun, entity, bool(held), json.loads(sealed), tuple(json.loads(ops)))
        for noun, entity, held, sealed, ops in found.fetchall()
    ]


def changed_late(db: Database, noun: str) -> dict[str, Mapping[str, Any]]:
    """Return the sealed values of the things of a noun that stood in a seal and changed since."""
    found = db.execute("SELECT id, sealed FROM late WHERE e = ? AND held = 1", (noun,))
    return {entity: json.loads(sealed) for entity, sealed in found.fetchall()}


def note_late(db: Database, visits: Iterable[str]) -> None:
    """Note what is late in those of these visits that are sealed, inside of a transaction."""
    for visit in visits:
        seal = db.execute(
            f"SELECT frontier, _lc FROM seal WHERE visit = ? AND {COUNTS}", (visit,)
        ).fetchone()
        if seal is not None:
            _note(db, visit, _read(seal[0] or "[]"), seal[1])


def note_all_late(db: Database) -> None:
    """Note what is late in every visit, inside of a transaction in which all else is made anew."""
    db.execute("DELETE FROM late")
    # A single chain knows all of itself: what it wrote before its seal is in the seal.
    if db.execute("SELECT count(DISTINCT log) > 1 FROM op").fetchone()[0]:
        found = db.execute("SELECT DISTINCT visit FROM seal WHERE void IS NULL")
        note_late(db, [row[0] for row in found.fetchall()])


def _note(db: Database, visit: str, frontier: Frontier, counter: int) -> None:
    """`counter`: the seal's own, by which seals are told that have no frontier of their own."""
    rows = db.execute(
        f"SELECT seq, log, n, id, lc FROM op WHERE {OF_VISIT} AND k = ? AND typeof(id) = 'blob' "
        "AND typeof(n) = 'integer' AND typeof(lc) = 'integer'",
        (visit, TX),
    ).fetchall()
    late = [
        seq
        for seq, log, n, op, lc in rows
        if (_is_late(frontier, log, n, op.hex()) if frontier else lc > counter)
    ]
    db.execute("DELETE FROM late WHERE visit = ?", (visit,))
    if late:
        _write(db, visit, late)


def _write(db: Database, visit: str, places: Sequence[int]) -> None:
    """Note what the late operations at these places touched."""
    after = set(places)
    rows = db.execute(f"SELECT seq, raw FROM op WHERE {OF_VISIT} ORDER BY seq", (visit,)).fetchall()
    late = [operation for seq, raw in rows if seq in after for operation in _sound(raw)]
    touched: dict[tuple[str, str], list[str]] = {}
    for operation in late:
        for change in operation.changes:
            if change is not None and change.entity in NOUNS:
                touched.setdefault((change.entity, change.id), []).append(operation.short)
    in_time = [raw for seq, raw in rows if seq not in after]
    for (noun, entity), operations in touched.items():
        state = _state_of(noun, entity, in_time)
        shown = state.shown()
        held = state.creator is not None and shown.get("void") is None
        db.execute(
            "INSERT INTO late(e, id, visit, held, sealed, ops) VALUES(?, ?, ?, ?, ?, ?)",
            (noun, entity, visit, int(held), json.dumps(shown), json.dumps(operations)),
        )


def _read(frontier: str) -> Frontier:
    """Return a seal's frontier; lines that this version does not write say nothing."""
    found: Frontier = {}
    for line in json.loads(frontier):
        if isinstance(line, str) and (written := _LINE.fullmatch(line)):
            found[written[1]] = int(written[2]), written[3]
    return found


def _is_late(frontier: Frontier, log: str, n: int, op: str) -> bool:
    last, name = frontier.get(log, (0, ""))
    return n > last or (n == last and op != name)


def _state_of(noun: str, entity: str, operations: Sequence[bytes]) -> EntityState:
    """Return the registers of a thing as these operations left them."""
    state = EntityState()
    needle = entity.encode()
    for raw in operations:
        for operation in _sound(raw) if needle in raw else ():
            _apply(state, noun, entity, operation)
    return state


def _sound(raw: bytes) -> list[Operation]:
    """Return the operation in these bytes, nothing if somebody altered them: `check` finds that."""
    try:
        return [parse(raw)]
    except InvalidOperation:
        return []


def _apply(state: EntityState, noun: str, entity: str, operation: Operation) -> None:
    for change in operation.changes:
        if change is not None and (change.entity, change.id) == (noun, entity):
            state.apply(operation.header, operation.short, change, lambda _short: True)
