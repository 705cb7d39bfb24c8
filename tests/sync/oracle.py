"""What must hold of an exchange, judged without knowing how the engine works.

Only operations, their headers and what each write says that it replaces are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from inspector.base.progress import SILENT
from inspector.ledger.operation import RECEIPT, Operation
from inspector.ledger.operation import parse as parse_operation
from inspector.storage import aside
from inspector.storage.integrity import audit_projection
from tests.support.depot_reader import everything_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from tests.support.laptops import Laptop

#: The same bytes are read on every laptop, again and again.
parse = lru_cache(maxsize=20_000)(parse_operation)


def operations(laptop: Laptop) -> dict[str, Operation]:
    """Return the whole record of a laptop by the ids of its operations."""
    parsed = (parse(bytes(row.raw)) for row in laptop.store.log.rows())
    return {operation.id: operation for operation in parsed}


def files(laptop: Laptop) -> set[str]:
    """Return the files that the record names and that are here."""
    return {sha256 for sha256 in laptop.wanted() if laptop.blobs.size(sha256) is not None}


@dataclass
class Promises:
    """What people were told is saved, or is safe in a depot, and what is no longer owed of it."""

    #: Operation: number of the laptop that said it is saved.
    saved: dict[str, int] = field(default_factory=dict)
    #: Of each depot, what somebody was told is safe there; rot and older states end that.
    safe: tuple[dict[str, Operation], ...] = field(default_factory=lambda: ({}, {}))
    known: dict[str, Operation] = field(default_factory=dict)

    def note_saved(self, number: int, laptop: Laptop, recorded: Iterable[str]) -> None:
        """Note what a laptop was told is saved."""
        for op in recorded:
            [raw] = laptop.store.db.execute(
                "SELECT raw FROM op WHERE id = ?", (bytes.fromhex(op),)
            ).fetchone()
            self.known[op] = parse(bytes(raw))
            self.saved[op] = number

    def forget_disk(self, number: int, held: Mapping[str, Operation]) -> None:
        """A disk was taken back to an earlier state: what was only on it is owed by nobody."""
        lost = [op for op, by in self.saved.items() if by == number and op not in held]
        for op in lost:
            del self.saved[op]

    def require_there(self, where: int, root: Path, laptop: Laptop) -> None:
        """“Safe to remove” was said of a depot: whatever the laptop holds must lie there."""
        there, files_there = everything_in(root, laptop)
        mine = operations(laptop)
        assert mine.keys() <= there, "called safe, and entries are not there"
        assert files(laptop) <= files_there, "called safe, and files are not there"
        self.safe[where].update(mine)

    def owed(self, gone: set[int], readable: Iterable[str]) -> dict[str, Operation]:
        """Return what must be everywhere in the end.

        Not what a lost laptop alone was told, and not what is signed by a chain whose key was lost
        before anybody admitted it.
        """
        saved = {op: self.known[op] for op, by in self.saved.items() if by not in gone}
        safe = {op: each for depot in self.safe for op, each in depot.items()}
        chains = set(readable)
        return {op: each for op, each in (saved | safe).items() if each.header.log in chains}


def beyond(ends: Mapping[str, int], known: Mapping[str, Operation]) -> set[str]:
    """Return what a revoked laptop wrote after the last of its operations that counts."""
    return {
        op
        for op, each in known.items()
        if each.header.log in ends and each.header.n > ends[each.header.log]
    }


def facts(known: Mapping[str, Operation]) -> set[str]:
    """Return what is more than a receipt."""
    return {op for op, each in known.items() if each.header.kind != RECEIPT}


def require_spread(laptops: Sequence[Laptop], ends: Mapping[str, int]) -> None:
    """After everybody visited every depot twice, all have everything but the last receipts."""
    held = [operations(laptop) for laptop in laptops]
    everything = {op: each for known in held for op, each in known.items()}
    later = beyond(ends, everything)
    for known in held:
        assert facts(everything) - known.keys() <= later, "two visits by all were not enough"


def require_told(laptops: Sequence[Laptop], roots: Sequence[Path], ends: Mapping[str, int]) -> None:
    """What a revoked laptop wrote later waits for a person on every laptop that can see it.

    It stays where it was taken in before that was known, and comes to nobody else.
    """
    there = set[str]().union(*(everything_in(root, laptops[0])[0] for root in roots))
    everything = {op: each for laptop in laptops for op, each in operations(laptop).items()}
    for laptop in laptops:
        mine = operations(laptop).keys()
        told = {row.log for row in aside.quarantined(laptop.store.db, all_of_them=True)}
        seen = {op for op in beyond(ends, everything) if op in there or op in mine}
        assert {everything[op].header.log for op in seen} <= told, "nobody was told of what is late"


def require_same(laptops: Sequence[Laptop]) -> None:
    """Whoever has the same record shows the same, by a digest over all tables."""
    digests = {(frozenset(operations(each)), each.store.digest()) for each in laptops}
    assert len(digests) == len({known for known, _digest in digests}), "tables differ"


def require_rebuilt(laptop: Laptop, scratch: Path) -> None:
    """The tables are those that the record makes when it is replayed from its beginning."""
    found = audit_projection(laptop.store.db, scratch, SILENT)
    assert {each.code for each in found} <= {"chain_fork"}, "the tables are not what is recorded"


def require_registers(laptop: Laptop) -> None:
    """The candidates of a field are the writes that no other write names."""
    writes: dict[tuple[str, str], set[str]] = {}
    replaced: dict[tuple[str, str], set[str]] = {}
    for operation in operations(laptop).values():
        for change in operation.changes if operation.header.kind != RECEIPT else ():
            if change is not None and change.entity == "finding":
                for name in change.fields:
                    key = (change.id, name)
                    writes.setdefault(key, set()).add(operation.short)
                    replaced.setdefault(key, set()).update(change.over.get(name, ()))
    for (entity, name), shorts in writes.items():
        state = laptop.store.state("finding", entity)
        shown = {item[1] for item in state.registers.get(name, ())}
        assert shown == shorts - replaced[entity, name], "other values than were written last"
