"""Heads: reading what the other devices say of the depot, and saying it in turn, last of all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from inspector.base.version import VERSION
from inspector.ledger import canonical
from inspector.ledger.operation import NO_OPERATION
from inspector.storage import exchange
from inspector.sync import head as heads
from inspector.sync import names
from inspector.sync.head import Digest, Head, Run
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.sync.work import Work

#: Own heads that are left: a reader may be between listing and reading.
_KEPT = 2
#: A record of more operations is compared only when this device has read everything anew.
_COMPARED = 20_000


class Heads:
    """The heads of a depot in one visit."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._listed: dict[str, int] = {}
        #: Names of segments, the oldest of each chain first.
        self.order: list[str] = []
        self._said: list[tuple[str, Digest]] = []
        self._seen: set[tuple[str, int, str]] = set()

    def receive(self) -> Iterator[None]:
        """Read the newest head of every device that is not known yet."""
        work = self._work
        folder = names.folder(work.space, names.HEADS)
        self._listed = {
            entry.name: entry.size
            for entry in work.depot.entries(folder)
            if names.head_name(entry.name)
        }
        known = exchange.held(work.store.db, work.id, exchange.HEAD)
        self._look_for_own(known)
        newest: dict[str, str] = {}
        for name in sorted(self._listed):
            newest[name.rpartition("/")[2].partition(".")[0]] = name
        for log, name in newest.items():
            if name not in known and log != work.me.log and not work.skipped(name):
                yield
                with work.tolerant(name, log):
                    try:
                        self._take(name, log)
                    except InvalidObject:
                        # Torn while it was written, or damaged: there is nothing in it but help.
                        work.later("head")

    def _look_for_own(self, known: dict[str, exchange.Held]) -> None:
        """A depot that lost the head of this device was taken back to an earlier state."""
        own = [name for name in known if f"/{self._work.me.log}." in name]
        if own and max(own) not in self._listed:
            self._work.lost(exchange.HEAD, own)
            held = exchange.held(self._work.store.db, self._work.id, exchange.ENVELOPE)
            self._work.lost(exchange.ENVELOPE, held)

    def _take(self, name: str, log: str) -> None:
        work = self._work
        data, payload = work.read(name, HEAD)
        signed = heads.parse(payload)
        device = work.roster.device(log)
        if device is None:
            work.later("unknown_device")
            return
        heads.verify(signed, device.key)
        said = signed.head
        named = names.head_name(name)
        if named is None or (said.log, said.generation) != (log, named.generation):
            raise InvalidObject("name", "the head of another device or another time")
        if said.space != work.space:
            raise InvalidObject("space", said.space)
        for chain, runs in {**said.carried, said.log: said.runs}.items():
            ordered = sorted(runs, key=lambda run: run.first)
            self.order += [names.segment(work.space, chain, run.name) for run in ordered]
        self._seen |= {(chain, n, op) for chain, (n, op) in said.seen.items() if n}
        if said.digest is not None:
            self._said.append((log, said.digest))
        with work.store.transaction():
            work.note(exchange.HEAD, name, log, len(data))

    def compare(self) -> None:
        """Note what others saw that cannot be true together with what is here.

        Other tables at the same operations, and another operation at a place of a chain: whoever
        rewrites a chain contradicts what others have signed.
        """
        log = self._work.store.log
        for chain, n, op in sorted(self._seen):
            if log.head(chain).n >= n and not log.contains(op):
                self._work.done.contradicted.add(chain)
        if not self._said or self._work.store.log.count() > _COMPARED:
            return
        frontier = self._frontier()
        for device, said in self._said:
            if said.frontier == frontier and said.digest != self._work.store.digest():
                self._work.done.differs.append(device)

    def _frontier(self) -> str:
        found = self._work.store.log.frontier()
        listed = [[log, n, op] for log, n, op in found if n]
        return hashlib.sha256(canonical.encode(listed)).hexdigest()

    def send(self) -> None:
        """Write the head of this device if it says anything new, and remove its older ones."""
        work = self._work
        listed = [name for name in sorted(self._listed) if f"/{work.me.log}." in name]
        generation = max((self._generation(name) for name in listed), default=0) + 1
        if generation > names.MAX_GENERATION:
            return  # somebody laid a last one there; heads only help
        said = self._head(generation)
        mark = _mark(said)
        setting = f"head:{work.id}"
        if listed and work.store.local(setting) == mark:
            return
        data = work.seal(HEAD, heads.build(said, work.me.public, work.me.sign))
        name = names.head(work.space, work.me.log, generation)
        work.write(name, data)
        with work.store.transaction():
            own = exchange.held(work.store.db, work.id, exchange.HEAD)
            old = [each for each in own if f"/{work.me.log}." in each]
            exchange.forget_held(work.store.db, work.id, exchange.HEAD, old)
            work.note(exchange.HEAD, name, work.me.log, len(data))
        work.store.set_local(setting, mark)
        for outdated in listed[: len(listed) + 1 - _KEPT]:
            work.depot.remove(outdated)

    @staticmethod
    def _generation(name: str) -> int:
        named = names.head_name(name)
        return named.generation if named else 0

    def _head(self, generation: int) -> Head:
        work = self._work
        db = work.store.db
        held = {
            each.what: name.rpartition("/")[2]
            for name, each in exchange.held(db, work.id, exchange.SEGMENT).items()
        }
        runs: dict[str, list[Run]] = {}
        for row in exchange.segments(db):
            if row.id in held:
                runs.setdefault(row.log, []).append(Run(row.first, row.last, held[row.id]))
        own = work.store.log.head(work.me.log)
        seen = {log: (n, op) for log, n, op in work.store.log.frontier() if log != work.me.log}
        small = work.store.log.count() <= _COMPARED
        return Head(
            space=work.space,
            log=work.me.log,
            generation=generation,
            n=own.n,
            op=own.id if own.n else NO_OPERATION,
            ms=work.now(),
            app=VERSION,
            runs=tuple(runs.pop(work.me.log, ())),
            carried={log: tuple(listed) for log, listed in runs.items()},
            indexes=_hashes(exchange.held(db, work.id, exchange.INDEX)),
            statements=_hashes(exchange.held(db, work.id, exchange.STATEMENT)),
            seen=seen,
            digest=Digest(self._frontier(), work.store.digest()) if small else None,
        )


def _hashes(held: dict[str, exchange.Held]) -> tuple[str, ...]:
    return tuple(sorted(name.rpartition("/")[2] for name in held))


def _mark(said: Head) -> str:
    """Return what stands for everything in a head but its number and time."""
    parts = (said.n, said.op, said.runs, sorted(said.carried.items()), said.indexes)
    more = (said.statements, sorted(said.seen.items()), said.digest, said.app)
    return hashlib.sha256(repr((*parts, *more)).encode()).hexdigest()
