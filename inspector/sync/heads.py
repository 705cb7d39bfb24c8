"""Heads: reading what the other devices say of the depot, and saying it in turn, last of all."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.version import VERSION
from inspector.ledger.operation import NO_OPERATION
from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import exchange
from inspector.storage.state import State, state_steps
from inspector.sync import head as heads
from inspector.sync import names
from inspector.sync.depots.protocol import DepotError
from inspector.sync.head import Head, Run
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import HEAD
from inspector.sync.work import NEWER

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from inspector.storage.exchange import Held
    from inspector.sync.work import Work

#: Own heads that are left: a reader may be between listing and reading.
_KEPT = 2
#: Heads of one device that are tried in one visit, and places for a new one.
_TRIED = 8


class Heads:
    """The heads of a depot in one visit."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._listed: dict[str, int] = {}
        self._was_listed = False
        self._made: tuple[int, State] | None = None
        #: Names of segments, the oldest of each chain first.
        self.order: list[str] = []
        self._seen: set[tuple[str, int, str]] = set()

    def receive(self) -> Iterator[None]:
        """Read the newest sound head of every device, unless it is known already.

        A false one, which anybody may lay there under any number, blinds nobody: it is read once,
        and the next older one counts.
        """
        work = self._work
        folder = names.folder(work.space, names.HEADS)
        self._listed = {
            entry.name: entry.size
            for entry in work.depot.entries(folder)
            if names.head_name(entry.name)
        }
        self._was_listed = True
        told = "\n".join(sorted(self._listed))
        work.heads_there = hashlib.sha256(told.encode()).hexdigest()[:16]
        known = exchange.held(work.store.db, work.id, exchange.HEAD)
        self._look_for_own(known)
        of_log: dict[str, list[str]] = {}
        for name in sorted(self._listed, reverse=True):
            of_log.setdefault(_log_in(name), []).append(name)
        for log, newest_first in of_log.items():
            if log != work.me.log:
                yield from self._newest_sound(log, newest_first, known)

    def _newest_sound(
        self, log: str, newest_first: list[str], known: dict[str, Held]
    ) -> Iterator[None]:
        work, tried = self._work, 0
        for name in newest_first:
            if (name in known and known[name].what) or tried == _TRIED:
                return
            if name in known or work.skipped(name):
                continue
            yield
            tried += 1
            with work.tolerant(name, log):
                if self._is_sound(name, log):
                    return

    def _is_sound(self, name: str, log: str) -> bool:
        """Read a head; note what it is. One that cannot be judged yet is left for later."""
        work = self._work
        try:
            self._take(name, log)
        except InvalidObject as error:
            # Torn while it was written, damaged, or nobody's: there is nothing in it but help.
            work.later("head")
            if error.code not in NEWER:
                self._note_false(name)
            return False
        return True

    def _note_false(self, name: str) -> None:
        with self._work.store.transaction():
            self._work.note(exchange.HEAD, name, "", self._listed[name])

    def _look_for_own(self, known: dict[str, Held]) -> None:
        """A depot that lost the head of this device was taken back to an earlier state."""
        own = [
            name for name, each in known.items() if each.what and _log_in(name) == self._work.me.log
        ]
        if own and max(own) not in self._listed:
            self._work.lost(exchange.HEAD, own)
            held = exchange.held(self._work.store.db, self._work.id, exchange.ENVELOPE)
            self._work.lost(exchange.ENVELOPE, held)

    def _take(self, name: str, log: str) -> None:
        work = self._work
        data, payload = work.read(name, HEAD)
        signed = heads.parse(payload)
        own = log == work.me.log
        device = work.roster.device(log)
        if device is None and not own:
            work.leave_unread(name, "unknown_device")
            return
        heads.verify(signed, work.me.public if own or device is None else device.key)
        said = signed.head
        named = names.head_name(name)
        if named is None or (said.log, said.generation) != (log, named.generation):
            raise InvalidObject("name", "the head of another device or another time")
        if said.space != work.space:
            raise InvalidObject("space", said.space)
        stated = said.digest and f" {said.digest.frontier} {said.digest.digest}"
        with work.store.transaction():
            work.note(exchange.HEAD, name, f"{log}{stated or ''}", len(data))
        if own:
            return
        for chain, runs in {**said.carried, said.log: said.runs}.items():
            ordered = sorted(runs, key=lambda run: run.first)
            self.order += [names.segment(work.space, chain, run.name) for run in ordered]
        self._seen |= {(chain, n, op) for chain, (n, op) in said.seen.items() if n}

    def compare(self) -> Iterator[None]:
        """Note what others saw that cannot be true together with what is here.

        Other tables at the same operations, and another operation at a place of a chain: whoever
        rewrites a chain contradicts what others have signed.
        """
        log = self._work.store.log
        for chain, n, op in sorted(self._seen):
            if log.head(chain).n >= n and not log.contains(op):
                self._work.done.contradicted.add(chain)
        stated = [*self._stated().items(), *self._work.said]
        if not stated:
            return
        mine = yield from self._state()
        self._work.done.differs += sorted(
            {log for log, s in stated if s.frontier == mine.frontier and s.digest != mine.digest}
        )

    def _stated(self) -> dict[str, State]:
        """Return, by device, the state in the newest head that is known of each.

        Also where that head was read in a visit before: what differs is told until it is mended.
        """
        work, found = self._work, dict[str, State]()
        known = exchange.held(work.store.db, work.id, exchange.HEAD)
        for name in sorted(known.keys() & self._listed.keys()):
            log, _, stated = known[name].what.partition(" ")
            device = work.roster.device(log)
            if log == work.me.log or device is None or device.revoked_after is not None:
                continue
            found.pop(log, None)
            if stated:
                found[log] = State(*stated.split(" "))
        return found

    def _state(self) -> Generator[None, None, State]:
        """Return the state of this device, made once for what is recorded now."""
        place = self._work.store.log.last_place()
        if self._made is None or self._made[0] != place:
            made = yield from state_steps(self._work.store)
            self._made = self._work.store.log.last_place(), made
        return self._made[1]

    def send(self) -> Iterator[None]:
        """Write the head of this device if it says anything new, and remove its older ones."""
        work = self._work
        if not self._was_listed:
            return  # which numbers are taken is not known
        own = self._own()
        generation = max((_generation(name) for name in own), default=0) + 1
        if generation + (1 << _TRIED) > names.MAX_GENERATION:
            return  # nobody ever comes here but who has the key of this device
        said = self._head(generation, (yield from self._state()))
        mark = _mark(said)
        setting = f"head:{work.id}"
        # Others look for packs of thumbnails where there is another head.
        if own and work.store.local(setting) == mark and not work.done.sent.thumbs:
            return
        written = self._write(said)
        if written is None:
            return
        with work.store.transaction():
            outdated = own[: len(own) + 1 - _KEPT]
            exchange.forget_held(work.store.db, work.id, exchange.HEAD, outdated)
            work.note(exchange.HEAD, written[0], work.me.log, written[1])
        work.store.set_local(setting, mark)
        for name in outdated:
            self._remove(name)

    def _own(self) -> list[str]:
        """Return the heads of this device that lie there, the oldest first.

        What somebody else laid there under its name it takes away: nobody would ever read past it
        otherwise, nor could this device count on.
        """
        work = self._work
        listed = sorted(name for name in self._listed if _log_in(name) == work.me.log)
        known = exchange.held(work.store.db, work.id, exchange.HEAD)
        tried = [name for name in reversed(listed) if name not in known][:_TRIED]
        for name in tried:
            with work.tolerant(name, work.me.log):
                try:
                    self._take(name, work.me.log)
                except (InvalidObject, InvalidSignature) as error:
                    if not isinstance(error, InvalidObject) or error.code not in NEWER:
                        self._note_false(name)
                        self._remove(name)
        known = exchange.held(work.store.db, work.id, exchange.HEAD)
        return [name for name in listed if name in known and known[name].what]

    def _remove(self, name: str) -> None:
        """Take a head away; one that may not be, or is no file, does no harm."""
        try:
            self._work.depot.remove(name)
        except DepotError as error:
            if error.trouble == "away":
                raise

    def _write(self, said: Head) -> tuple[str, int] | None:
        """Write a head under the next number that is free; return its name and size.

        Heads only help: where none can be written, the visit is as good without.
        """
        work, generation = self._work, said.generation
        for jump in range(_TRIED):
            while names.head(work.space, work.me.log, generation) in self._listed:
                generation += 1
            said = replace(said, generation=generation)
            data = work.seal(HEAD, heads.build(said, work.me.public, work.me.sign))
            name = names.head(work.space, work.me.log, generation)
            try:
                work.write(name, data)
            except DepotError as error:
                if error.trouble == "away":
                    raise
                work.refusals.forbade(error)
                # Something that is no object may stand there.
                generation += 1 << jump
                continue
            return name, len(data)
        work.later("not_written")
        return None

    def _head(self, generation: int, state: State) -> Head:
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
            digest=state,
        )


def _log_in(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def _generation(name: str) -> int:
    named = names.head_name(name)
    return named.generation if named else 0


def _hashes(held: dict[str, Held]) -> tuple[str, ...]:
    return tuple(sorted(name.rpartition("/")[2] for name in held))


def _mark(said: Head) -> str:
    """Return what stands for everything in a head but its number and time."""
    parts = (said.n, said.op, said.runs, sorted(said.carried.items()), said.indexes)
    more = (said.statements, sorted(said.seen.items()), said.digest, said.app)
    return hashlib.sha256(repr((*parts, *more)).encode()).hexdigest()
