"""Which other places are proved to have a file, and whether this computer may do without it.

A depot counts once this computer read the file there in a later visit than the one that wrote it:
what a medium shows right after writing may come from memory. Depots on one medium are one place,
and none that lies on the disk of the workspace is elsewhere. Another computer counts by its signed
receipt, until it says that it freed the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from inspector.storage import exchange
from inspector.storage.freed import freed
from inspector.storage.keyring import own_chains
from inspector.sync.depots import medium
from inspector.sync.receipts import acknowledged, acknowledged_steps

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Generator, Mapping

    from inspector.ledger.devices import Device
    from inspector.media.blobs import BlobStore
    from inspector.storage.exchange import DepotRow
    from inspector.storage.store import Store
    from inspector.sync.receipts import Acknowledged

#: How many other places must be proved to have a file before it may go here.
ENOUGH = 2
#: On which medium a depot lay when it was visited last: a local setting for each. What earlier
#: versions noted under “medium:” told partitions of one disk apart, and is not compared with.
_MEDIUM = "disk:"


def note_medium(store: Store, depot: str, place: str) -> None:
    """Note on which medium a depot lies that is being visited."""
    try:
        found = medium.medium_of(place)
    except OSError:
        return  # pulled just now: what was known of it stays
    if store.local(_MEDIUM + depot) != found:
        store.set_local(_MEDIUM + depot, found)


@dataclass(frozen=True, slots=True)
class Copies:
    """Where one file is besides here.

    depots: that were proved to have it, one for each medium; unread: to which it was written and
    where it was not read since, each on a medium of its own; computers: other ones that say they
    have it, by one of their chains.
    """

    depots: tuple[DepotRow, ...] = ()
    unread: tuple[DepotRow, ...] = ()
    computers: tuple[Device, ...] = ()

    @property
    def count(self) -> int:
        """How many other places are proved to have it."""
        return len(self.depots) + len(self.computers)

    @property
    def enough(self) -> bool:
        """Whether it may go here: two places, one of them a depot.

        Computers that count on each other might free a file on the same day, none knowing of the
        others. From a depot nobody frees anything.
        """
        return bool(self.depots) and self.count >= ENOUGH


class Elsewhere:
    """Answers from one look at the tables, receipts and what computers freed."""

    def __init__(self, store: Store, told: Acknowledged | None = None) -> None:
        self._store = store
        self._told = told or acknowledged(store)
        self._freed = freed(store)
        self._own = own_chains(store)
        self._roster = store.membership.roster()
        self._media = {row.id: store.local(_MEDIUM + row.id) for row in exchange.depots(store.db)}
        self._computers: dict[str, tuple[str, Device | None]] = {}

    @cached_property
    def _here(self) -> str:
        return medium.medium_of(str(self._store.workspace.root))

    @cached_property
    def _depots(self) -> list[tuple[DepotRow, Collection[str], Collection[str]]]:
        db = self._store.db
        return [
            (
                row,
                exchange.held(db, row.id, exchange.FILE).keys(),
                exchange.held(db, row.id, exchange.READ_BACK).keys(),
            )
            for row in exchange.depots(db)
            if self._media[row.id] not in (None, self._here)
        ]

    def of(self, sha256: str) -> Copies:
        """Return where a file is besides here."""
        sound: dict[str, DepotRow] = {}
        unread: dict[str, DepotRow] = {}
        for row, held, read in self._depots:
            if sha256 in held:
                chosen = sound if sha256 in read else unread
                chosen.setdefault(str(self._media[row.id]), row)
        left = tuple(row for name, row in unread.items() if name not in sound)
        return Copies(tuple(sound.values()), left, tuple(self._holders(sha256)))

    def _holders(self, sha256: str) -> list[Device]:
        """Return a chain of each other computer in force that has the file as far as it says."""
        told: dict[str, int] = {}
        gone: dict[str, int] = {}
        found: dict[str, Device] = {}
        for latest, said in (
            (told, self._told.files.get(sha256, {})),
            (gone, self._freed.get(sha256, {})),
        ):
            for log, counter in said.items():
                computer, device = self._computer(log)
                latest[computer] = max(counter, latest.get(computer, 0))
                if device is not None:
                    found[computer] = device
        return [
            found[each] for each in sorted(found) if each in told and told[each] > gone.get(each, 0)
        ]

    def _computer(self, log: str) -> tuple[str, Device | None]:
        """Return what names the computer that writes a chain, and the chain; None if it is ours.

        Neither one that was revoked counts, nor one that nobody admitted.
        """
        if log not in self._computers:
            line = self._roster.computer(log)
            logs = {each.log for each in line}
            counts = bool(line) and not logs & self._own and log not in self._own
            if any(each.revoked_after is not None for each in line):
                counts = False
            self._computers[log] = (min(logs, default=log), line[-1] if counts else None)
        return self._computers[log]


def freed_here(store: Store, told: Acknowledged | None = None) -> frozenset[str]:
    """Return the files (SHA-256) that this computer freed and did not fetch again since."""
    own = own_chains(store)
    gone = {sha256: lc for sha256, by in freed(store).items() if (lc := _newest(by, own))}
    if not gone:
        return frozenset()
    back = (told or acknowledged(store)).files
    return frozenset(each for each, lc in gone.items() if _newest(back.get(each, {}), own) < lc)


def _newest(said: Mapping[str, int], own: Collection[str]) -> int:
    """Return the newest counter at which one of our chains said something of a file."""
    return max((lc for log, lc in said.items() if log in own), default=0)


def given_up(store: Store, told: Acknowledged) -> set[str]:
    """Return the files that other computers acknowledged and that none of them has any more."""
    gone = freed(store).keys() & told.files.keys()
    elsewhere = Elsewhere(store, told) if gone else None
    return {each for each in gone if elsewhere is not None and not elsewhere.of(each).computers}


def few_copies(store: Store, blobs: BlobStore, wanted: Container[str]) -> list[str]:
    """Return the files that were freed here and are proved to be in fewer places than they must."""
    gone = [each for each in freed_here(store) if each in wanted and blobs.size(each) is None]
    if not gone:
        return []
    elsewhere = Elsewhere(store)
    return sorted(each for each in gone if elsewhere.of(each).count < ENOUGH)


def elsewhere_steps(store: Store) -> Generator[None, None, Elsewhere]:
    """Look at everything in steps between which others may work on the same thread."""
    return Elsewhere(store, (yield from acknowledged_steps(store)))
