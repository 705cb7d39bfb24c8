"""The engine with one of its protections taken away: each must be noticed by the trials.

`MINGCHA_MUTANT` names one to be applied to a whole run of pytest, with `-p tests.sync.mutants`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from inspector.ledger.registers import EntityState
from inspector.storage import exchange, receiving
from inspector.storage.identity import Identity
from inspector.storage.own_chain import OwnChain
from inspector.sync import names, proving, session
from inspector.sync.vetting import Vetting
from inspector.sync.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from inspector.ledger.operation import Operation
    from inspector.storage.exchange import SegmentRow
    from inspector.storage.store import Store

Patch = pytest.MonkeyPatch

_PROMISE = "called safe, and entries are not there"
_LACKING = "something is lacking"
_REGISTERS = "other values than were written last"
#: What all trials may say where something is lost; which of it comes first is a matter of chance.
LOSS = (_PROMISE, _LACKING, "called safe, and files are not there", "something is lost",
        "a file is lacking", "two visits by all were not enough")  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """What it takes away; what its own scenario must say, and what the random trials may say."""

    apply: Callable[[Patch], None]
    says: str
    may_say: tuple[str, ...] = LOSS


def _last_writer_wins(patch: Patch) -> None:
    before = EntityState._write

    def write(self: EntityState, name: str, *rest: Any) -> None:
        before(self, name, *rest)
        self.registers[name] = self.registers[name][:1]

    patch.setattr(EntityState, "_write", write)


def _upload_cursor(patch: Patch) -> None:
    patch.setattr(Work, "lost", lambda *_: None)


def _existence_is_presence(patch: Patch) -> None:
    before = Work.listing

    def listing(self: Work, kind: str, folder: str, *, below: bool = False) -> dict[str, int]:
        listed = before(self, kind, folder, below=below)
        known = exchange.segment_names(self.store.db)
        with self.store.transaction():
            for name, size in listed.items():
                what = known.get(name.rpartition("/")[2])
                if kind == exchange.SEGMENT and what:
                    self.note(kind, name, what, size)
        return listed

    patch.setattr(Work, "listing", listing)


def _no_hash_check(patch: Patch) -> None:
    patch.setattr(names, "require_bytes", lambda *_: None)


def _only_own_entries(patch: Patch) -> None:
    before, kept = session._send_segments, exchange.segments

    def own(work: Work) -> Iterator[None]:
        def segments(db: Any, log: str = "") -> list[SegmentRow]:
            return [row for row in kept(db, log) if row.log == work.store.chain]

        with pytest.MonkeyPatch.context() as inner:
            inner.setattr(exchange, "segments", segments)
            yield from before(work)

    patch.setattr(session, "_send_segments", own)


def _place_is_identity(patch: Patch) -> None:
    before = receiving.take

    def by_place(store: Store, operations: Sequence[Operation]) -> receiving.Taken:
        head = store.log.head(operations[0].header.log) if operations else None
        later = [each for each in operations if head is None or each.header.n > head.n]
        return before(store, later)

    patch.setattr(receiving, "take", by_place)
    patch.setattr(proving, "take", by_place)


def _replaced_values_return(patch: Patch) -> None:
    before = EntityState._write

    def write(self: EntityState, name: str, *rest: Any) -> None:
        before(self, name, *rest)
        self.dead.pop(name, None)

    patch.setattr(EntityState, "_write", write)


def _revoked_entries_count(patch: Patch) -> None:
    patch.setattr(Vetting, "accepted", lambda _self, _known, operations: operations)


MUTANTS = {
    "the last writer wins": Mutant(_last_writer_wins, _REGISTERS, (_REGISTERS,)),
    "what was sent once is never looked for again": Mutant(_upload_cursor, _PROMISE),
    "what is listed is there": Mutant(_existence_is_presence, _PROMISE),
    "bytes are not compared with their name": Mutant(_no_hash_check, _PROMISE),
    "only own entries are sent": Mutant(_only_own_entries, "two visits by all were not enough"),
    "a place in a chain names an entry": Mutant(_place_is_identity, _PROMISE),
    "a value replaced before it came returns": Mutant(
        _replaced_values_return, _REGISTERS, (_REGISTERS, "tables differ")
    ),
    "entries of a revoked laptop count": Mutant(
        _revoked_entries_count,
        "taken in although it was revoked",
        ("taken in although it was revoked",),
    ),
}


def without_clone_detection(patch: Patch) -> None:
    """Let every copy of a disk go on with its chain: entries are told apart by their hashes.

    Nothing may be lost by it. It only says who wrote what.
    """
    patch.setattr(Identity, "doubt", lambda _self, _log: "")
    patch.setattr(OwnChain, "begin", lambda _self, **_: None)


def pytest_configure() -> None:
    """Apply the mutant that is asked for to the whole run."""
    asked = os.environ.get("MINGCHA_MUTANT")
    if asked:
        apply = MUTANTS[asked].apply if asked in MUTANTS else without_clone_detection
        apply(pytest.MonkeyPatch())
