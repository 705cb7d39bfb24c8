"""Reading the record in bulk: verified, and turned into rows where no table need be asked.

A draft depends on nothing but the operations, so it can be made in a process of its own while the
rows of the one before are written. What it leaves over – mostly entities that were there before –
is applied as single operations are; see `storage.projection`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from inspector.domain.schema import KINDS
from inspector.domain.searchable import document
from inspector.ledger.chain import Chains
from inspector.ledger.operation import KNOWN_KINDS, InvalidOperation, Operation, parse
from inspector.ledger.registers import EntityState
from inspector.storage.log import claims
from inspector.storage.problems import Problem
from inspector.storage.rows import Row, filled, filled_first, sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from inspector.ledger.chain import Break
    from inspector.ledger.operation import Change, Header
    from inspector.storage.log import Stored

#: Noun and id of an entity.
Key = tuple[str, str]

#: Bits that remember entities; with three million of them, one new one in twenty seems known.
_SEEN_BITS = 1 << 26


#: By noun and places of columns, the values that stand there: see `storage.rows.filled`.
Rows = dict[tuple[str, tuple[int, ...]], list[tuple[Any, ...]]]


class Trouble(NamedTuple):
    """What is wrong with the operation at `place`; at place 0, what only the end shows.

    `doubtful`: its place in the chain is taken. Only the table of operations can tell whether it is
    stored a second time.
    """

    place: int
    problems: list[Problem]
    doubtful: bool = False


class Draft(NamedTuple):
    """What a stretch of the record comes to.

    `refused` are the places of operations that are not applied, `rows` the complete rows of new
    entities by noun and by the places of their columns that have a value, `texts` what is searched
    of them. `rest` has, by place, the numbers of the changes that must still be applied. `newer`
    counts, by chain, the operations that hold something which only a newer version knows.
    """

    troubles: list[Trouble]
    refused: set[int]
    rows: Rows
    texts: list[tuple[int, str]]
    rest: dict[int, list[int]]
    newer: dict[str, int]


def empty_draft() -> Draft:
    """Return a draft of nothing."""
    return Draft([], set(), {}, [], {}, {})


def is_newer(operation: Operation) -> bool:
    """Tell whether an operation holds something that only a newer version knows."""
    if operation.header.kind not in KNOWN_KINDS:
        return True
    for change in operation.changes:
        if change is not None and (
            change.entity not in KINDS or not change.fields.keys() <= KINDS[change.entity].names
        ):
            return True
    return False


class _Entity:
    """An entity that a stretch changes, by its first change as long as there is no other.

    `asks` says that a table must be asked about it.
    """

    __slots__ = ("asks", "changes", "first", "kind", "name", "row", "seq")

    def __init__(self, key: Key, seq: int, asks: bool) -> None:
        self.kind, self.name = key
        self.seq = seq
        self.asks = asks
        self.changes: list[tuple[int, int]] = []
        self.first: tuple[Header, str, Change] | None = None
        self.row: Row | None = None

    def apply(self, header: Header, short: str, change: Change) -> None:
        """Apply a change; most entities never have another one, and then nothing is made of it."""
        if self.row is None and self.first is None and not change.over:
            self.first = header, short, change
            return
        if self.row is None:
            self.row = Row(KINDS[self.kind], self.name, self.seq, EntityState(), stored=False)
            if self.first is not None:
                self.row.state.apply(*self.first, _unknown)
        try:
            self.row.state.apply(header, short, change, _unknown)
        except _AskTheTables:
            self.asks = True


class _AskTheTables(Exception):
    """What an operation replaces is not in the stretch."""


class Composer:
    """Makes rows of verified operations. `is_new` tells, once for each entity, that it is certainly
    in no table, and that no fact in a table replaces it."""

    def __init__(self, is_new: Callable[[Key], bool]) -> None:
        self._is_new = is_new
        self._entities: dict[Key, _Entity] = {}

    def add(self, place: int, operation: Operation, doubtful: bool = False) -> None:
        """Take the next operation; one that may be stored twice is left to the tables."""
        header, short = operation.header, operation.short
        if header.kind not in KNOWN_KINDS:
            return
        for index, change in enumerate(operation.changes):
            if change is None or change.entity not in KINDS:
                continue
            entity = self._entity((change.entity, change.id), place, index)
            entity.changes.append((place, index))
            replaced = change.fields.get("replaces")
            if doubtful or replaced:
                entity.asks = True
                # Whether it is found by searching depends on both; it is no new one from now on.
                if isinstance(replaced, str):
                    self._entity((change.entity, replaced), place, index).asks = True
            elif not entity.asks:
                entity.apply(header, short, change)

    def write(self, draft: Draft) -> Draft:
        """Write everything taken into `draft`, and return it."""
        for entity in self._entities.values():
            _write(entity, draft)
        return draft

    def _entity(self, key: Key, place: int, index: int) -> _Entity:
        entity = self._entities.get(key)
        if entity is None:
            new = self._is_new(key)
            entity = self._entities[key] = _Entity(
                key, sequence(place, index, key[0]), asks=not new
            )
        return entity


class Drafter:
    """Makes drafts of the stretches of one record, from its first operation to its last."""

    def __init__(self) -> None:
        self._chains = Chains()
        self._seen = _Seen()

    def draft(self, stretch: Sequence[Stored]) -> Draft:
        """Verify the next operations and return what they come to."""
        draft = empty_draft()
        composer = Composer(self._seen.add)
        for stored in stretch:
            operation, doubtful = self._verified(stored, draft)
            if operation is not None:
                composer.add(stored.place, operation, doubtful)
                if is_newer(operation):
                    log = operation.header.log
                    draft.newer[log] = draft.newer.get(log, 0) + 1
        return composer.write(draft)

    def end(self) -> Draft:
        """Return what is known to be wrong when there are no more operations."""
        problems = [_chain_problem(each) for each in self._chains.end()]
        draft = empty_draft()
        if problems:
            draft.troubles.append(Trouble(0, problems))
        return draft

    def _verified(self, stored: Stored, draft: Draft) -> tuple[Operation | None, bool]:
        where = f"op {stored.place}"
        try:
            operation = parse(stored.raw)
        except InvalidOperation as error:
            _refuse(draft, stored, Problem(f"operation_{error.code}", where))
            return None, False
        if bytes.fromhex(operation.id) != stored.id:
            _refuse(draft, stored, Problem("operation_id", where))
            return None, False
        breaks = self._chains.add(operation)
        sound = claims(operation) == stored.columns
        if breaks or not sound:
            problems = [_chain_problem(each) for each in breaks]
            if not sound:
                problems.append(Problem("operation_row", where))
            draft.troubles.append(Trouble(stored.place, problems, bool(breaks)))
        return operation, bool(breaks)


class _Seen:
    """Entities met before, in memory that does not grow: a new one may seem known, never a known
    one new."""

    def __init__(self) -> None:
        self._bits = bytearray(_SEEN_BITS // 8)

    def add(self, key: Key) -> bool:
        """Remember `key`, and tell whether it is certainly new."""
        place = hash(key) % _SEEN_BITS
        byte, bit = place >> 3, 1 << (place & 7)
        new = not self._bits[byte] & bit
        self._bits[byte] |= bit
        return new


def _write(entity: _Entity, draft: Draft) -> None:
    row, kind = entity.row, entity.kind
    if entity.asks or (row is not None and len(entity.changes) > 1 and row.state.open()):
        for place, index in entity.changes:
            draft.rest.setdefault(place, []).append(index)
        return
    shown: Mapping[str, Any]
    if row is not None:
        shown = row.state.shown()
        places, values = filled([entity.seq, entity.name, *row.columns()])
    else:
        assert entity.first is not None  # only what asks the tables may have no change
        header, short, change = entity.first
        shown = change.fields
        places, values = filled_first(KINDS[kind], entity.seq, entity.name, header, short, shown)
    draft.rows.setdefault((kind, places), []).append(values)
    text = document(kind, shown)
    if text:
        draft.texts.append((entity.seq, text))


def _refuse(draft: Draft, stored: Stored, problem: Problem) -> None:
    draft.troubles.append(Trouble(stored.place, [problem]))
    draft.refused.add(stored.place)


def _unknown(short: str) -> NoReturn:
    raise _AskTheTables(short)


def _chain_problem(found: Break) -> Problem:
    return Problem(f"chain_{found.code}", f"{found.log}:{found.n}")
