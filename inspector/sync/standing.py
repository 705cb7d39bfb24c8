"""Where everything is: only here, provably in a depot, acknowledged by somebody."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.steps import at_once
from inspector.storage import exchange
from inspector.storage.keyring import own_chains
from inspector.storage.log_state import forked_logs
from inspector.sync import sending
from inspector.sync.copies import given_up
from inspector.sync.membership import stated_there
from inspector.sync.receipts import acknowledged, acknowledged_steps

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from inspector.media.blobs import BlobStore
    from inspector.storage.exchange import DepotRow
    from inspector.storage.store import Store
    from inspector.sync.files import Wanted
    from inspector.sync.receipts import Acknowledged
    from inspector.sync.work import Work


#: Files that are looked at in one step: some milliseconds, also on a slow disk.
_AT_ONCE = 200


def is_safe(work: Work, wanted: Wanted) -> bool:
    """Tell whether everything recorded here is provably held by the depot of this visit."""
    standing = Standing(work.store, work.blobs)
    there = {name for name, _epoch in stated_there(work)}
    stated = all(name in there for name in work.roster.valid)
    covered = all(
        standing.covered(work.id, log) >= n for log, n, _op in work.store.log.frontier() if n
    )
    return stated and covered and sending.proved(work, list(wanted))


class Lacking(NamedTuple):
    """What is only here: operations, files, and their bytes."""

    operations: int
    blobs: int
    bytes: int


@dataclass(frozen=True, slots=True)
class AtDepot:
    """How much of a visit a depot was proved to hold: all its entries, and files it still lacks."""

    depot: DepotRow
    entries: bool
    files_lacking: int

    @property
    def complete(self) -> bool:
        """Whether nothing of the visit lacks there."""
        return self.entries and not self.files_lacking


@dataclass(frozen=True, slots=True)
class ReceivedBy:
    """A chain whose receipts cover what this computer recorded of a visit; files it lacks."""

    log: str
    files_lacking: int


@dataclass(frozen=True, slots=True)
class VisitStanding:
    """Where one visit is: in which depots, and received by whom."""

    depots: tuple[AtDepot, ...]
    received: tuple[ReceivedBy, ...]


def sizes_here(blobs: BlobStore, sha256s: Iterable[str]) -> Generator[None, None, dict[str, int]]:
    """Return, by hash, the bytes of those files that are on this computer; some in each step."""
    found: dict[str, int] = {}
    for number, sha256 in enumerate(sha256s, 1):
        size = blobs.size(sha256)
        if size is not None:
            found[sha256] = size
        if number % _AT_ONCE == 0:
            yield
    return found


class Standing:
    """Answers from one look at the tables and receipts."""

    def __init__(self, store: Store, blobs: BlobStore) -> None:
        self._store = store
        self._blobs = blobs
        self._covered: dict[str, dict[str, int]] = {}

    @cached_property
    def receipts(self) -> Acknowledged:
        """Every receipt in the record."""
        return acknowledged(self._store)

    @cached_property
    def depots(self) -> list[DepotRow]:
        """The depots that were visited."""
        return exchange.depots(self._store.db)

    @cached_property
    def _files(self) -> dict[str, set[str]]:
        db = self._store.db
        return {row.id: set(exchange.held(db, row.id, exchange.FILE)) for row in self.depots}

    def covered(self, depot: str, log: str) -> int:
        """Return up to which place a depot provably holds a chain; 0 unless all its branches."""
        if depot not in self._covered:
            self._covered[depot] = self._measure(depot)
        return self._covered[depot].get(log, 0)

    def _measure(self, depot: str) -> dict[str, int]:
        db = self._store.db
        there = {each.what for each in exchange.held(db, depot, exchange.SEGMENT).values()}
        ends: dict[str, int] = {}
        broken: set[str] = set()
        for row in exchange.segments(db):
            if row.id in there:
                if row.first <= ends.get(row.log, 0) + 1:
                    ends[row.log] = max(ends.get(row.log, 0), row.last)
            else:
                broken.add(row.log)
        # Of a chain with branches, places say nothing: every segment of it must be there.
        forked = set(forked_logs(db))
        return {log: n for log, n in ends.items() if log not in forked & broken}

    def lacking(self, wanted: Iterable[str]) -> Lacking:
        """Return what nobody else is known to have: in no depot, and acknowledged by nobody."""
        return at_once(self.lacking_steps(wanted))

    def lacking_steps(self, wanted: Iterable[str]) -> Generator[None, None, Lacking]:
        """Do `lacking` in steps between which others may work on the same thread."""
        self.receipts = yield from acknowledged_steps(self._store)
        own = own_chains(self._store)
        for row in self.depots:
            for log in own:
                self.covered(row.id, log)
            yield
        operations = sum(map(self._only_here, own))
        received = {sha256 for sha256, by in self.receipts.files.items() if by.keys() - own}
        received -= given_up(self._store, self.receipts)
        elsewhere = received.union(*self._files.values())
        yield
        here = yield from sizes_here(
            self._blobs, [each for each in wanted if each not in elsewhere]
        )
        return Lacking(operations, len(here), sum(here.values()))

    def _only_here(self, log: str) -> int:
        ends = [self.covered(row.id, log) for row in self.depots]
        received = self.receipts.up_to(log, without=own_chains(self._store))
        end = max([*ends, received], default=0)
        [count] = self._store.db.execute(
            "SELECT count(*) FROM op WHERE log = ? AND n > ?", (log, end)
        ).fetchone()
        return int(count)

    def of_visit(self, visit: str, sha256s: Iterable[str]) -> VisitStanding:
        """Return where a visit with these files is."""
        frontier = self._store.log.frontier(visit)
        wanted = set(sha256s)
        depots = tuple(
            AtDepot(
                row,
                all(self.covered(row.id, log) >= n for log, n, _op in frontier),
                len(wanted - self._files[row.id]),
            )
            for row in self.depots
            if any(self.covered(row.id, log) for log, _n, _op in frontier)
        )
        return VisitStanding(depots, self._received({log: n for log, n, _ in frontier}, wanted))

    def _received(self, frontier: Mapping[str, int], wanted: set[str]) -> tuple[ReceivedBy, ...]:
        """Return who acknowledged everything of the visit that others than themselves recorded."""
        readers = {by for log in frontier for by in self.receipts.chains.get(log, {})}
        readers -= own_chains(self._store)
        return tuple(
            ReceivedBy(by, sum(by not in self.receipts.files.get(each, ()) for each in wanted))
            for by in sorted(readers)
            if all(
                log == by or self.receipts.chains.get(log, {}).get(by, 0) >= n
                for log, n in frontier.items()
            )
        )
