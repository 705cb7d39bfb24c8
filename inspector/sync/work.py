"""What one visit to a depot works with, and what it came to."""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger.epochs import commitment
from inspector.ledger.operation import RECEIPT
from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import exchange
from inspector.storage.exchange import Held
from inspector.storage.receiving import NoChain, NotYet
from inspector.sync import names, sealed
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.invalid import InvalidObject
from inspector.sync.outcome import Done
from inspector.sync.quarantine import REVOKED, Quarantine
from inspector.sync.refusals import Refusals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector.base.progress import Progress
    from inspector.ledger.operation import Operation
    from inspector.ledger.roster import Roster
    from inspector.media.blobs import BlobStore
    from inspector.storage.keyring import DeviceKey
    from inspector.storage.state import State
    from inspector.storage.store import Store
    from inspector.sync.depots.protocol import Depot
    from inspector.sync.outcome import Limits
    from inspector.sync.sealed import Kind

_LOG = logging.getLogger(__name__)

#: Objects in a row that a place fails to give, or to take, before the visit does without.
_STUMBLES = 5
#: What only a newer version can make sense of: tried again, never held against anybody.
NEWER = frozenset({"version", "suite", "codec"})
#: Objects whose bytes are not those of their name: somebody may mend them.
DAMAGED = "name"
#: What is looked at again in every visit: mended by others, or by another version of this program.
_TRIED_AGAIN = frozenset({DAMAGED, "content"})
#: Statements whose signer may not state them.
SIGNER = "signer"
#: Snapshots of those who may not make any, or no longer.
ROLE = "role"
#: What was put aside for these reasons may be sound once there are other statements or keys.
_BY_KNOWLEDGE = frozenset({"space", "signature", "cipher", REVOKED, SIGNER, ROLE})
#: What code that expects values of this program raises for values of another.
_SENSELESS = (ValueError, TypeError, LookupError, AttributeError, OverflowError)
#: How a file is named that could not be had; its parts matter to nobody.
FILE = "file "


class NoKey(Exception):
    """The object is sealed under an epoch whose key is not here (yet)."""


class Work:
    """One visit: the record, the depot, who may read and write, and how far it has come."""

    def __init__(
        self,
        store: Store,
        blobs: BlobStore,
        depot: Depot,
        depot_id: str,
        me: DeviceKey,
        limits: Limits,
        progress: Progress,
    ) -> None:
        self.store, self.blobs = store, blobs
        self.depot, self.id = depot, depot_id
        self.me = me
        self.limits, self.progress = limits, progress
        self.done = Done(depot_id)
        self.space = store.space
        self.secrets = store.membership.epoch_keys()
        #: Keys of epochs that nobody stated yet: what they open proves itself, they judge nothing.
        self.unproved: dict[str, bytes] = {}
        self.roster: Roster = store.membership.roster()
        #: Chains of which facts arrived, files that did; files without room here, or left.
        self.to_acknowledge: set[str] = set()
        self.files_arrived: list[str] = []
        self.too_large: set[str] = set()
        self.left: set[str] = set()
        #: What snapshots say of tables; claims (file, index) whose parts a listing did not show.
        self.said: list[tuple[str, State]] = []
        self.absent: set[tuple[str, str]] = set()
        #: Packs of thumbnails that were looked at, with their sizes; which heads were there.
        self.packs: dict[str, int] = {}
        self.heads_there = ""
        #: Whether statements or keys came since objects were last judged here.
        self.stated_anew = False
        #: What the depot had lost: kind, and id or SHA-256.
        self._gone: set[tuple[str, str]] = set()
        self._stumbles = 0
        self.refusals = Refusals()
        self.aside = Quarantine(store, depot_id)
        self._unread = exchange.held(store.db, depot_id, exchange.UNREAD)
        self.know_more()

    def arrived(self, log: str, operations: Sequence[Operation], new: int) -> None:
        """Note what is to be acknowledged: facts of others, not receipts for ours."""
        if new and log != self.me.log and any(op.header.kind != RECEIPT for op in operations):
            self.to_acknowledge.add(log)

    def now(self) -> int:
        """Return the moment by this computer's clock, which is only noted."""
        return self.store.clock.read().ms

    # -- reading -----------------------------------------------------------------------------

    def read(self, name: str, kind: Kind, most: int = 0) -> tuple[bytes, bytes]:
        """Return an object's bytes, at `most` so many if that is said, and its payload.

        Raises Missing, NoKey, InvalidObject, DepotError.
        """
        data = self.depot.read(name, most or sealed.most_bytes(kind))
        self._stumbles = 0
        self.done.received.bytes += len(data)
        names.require_bytes(name, data)
        if self.aside.reason(name) == DAMAGED:
            self.aside.heal(name)
        return data, self.opened(data, kind)

    def opened(self, data: bytes, kind: Kind) -> bytes:
        """Return the payload of an object. Raises NoKey, InvalidObject."""
        epoch = sealed.header(data).epoch
        if epoch in self.secrets:
            return sealed.open_(data, self.secrets[epoch], kind, self.space)
        if epoch not in self.unproved:
            raise NoKey
        try:
            return sealed.open_(data, self.unproved[epoch], kind, self.space)
        except InvalidObject as error:
            raise NoKey from error

    @contextmanager
    def tolerant(self, name: str, log: str = "") -> Iterator[None]:
        """Let no single object stop the others: put aside what is wrong, leave what is too early.

        Raises DepotError when it is the place that fails.
        """
        try:
            yield
        except Missing:
            self.later("missing")
        except NoKey:
            self.leave_unread(name, "no_key")
        except NotYet:
            self.later("before")
        except InvalidObject as error:
            if error.code in NEWER:
                self.later("newer")
            else:
                self.put_aside(name, log, error.code, str(error))
        except InvalidSignature as error:
            self.put_aside(name, log, "signature", str(error))
        except _SENSELESS as error:
            # Signed by a member, and yet nothing that this program writes.
            what = "chain" if isinstance(error, NoChain) else "content"
            self.put_aside(name, log, what, f"{type(error).__name__} {error}")
        except DepotError as error:
            # What may not be read says nothing of the place; one that fails on and on does.
            self._stumbles += error.trouble != "denied"
            if error.trouble in ("away", "full") or self._stumbles > _STUMBLES:
                raise
            _LOG.info("an object could not be had: %s", error.code)
            self.later("unreadable")

    def later(self, why: str, count: int = 1) -> None:
        """Count what is left for another visit."""
        self.done.waiting[why] = self.done.waiting.get(why, 0) + count

    def leave(self, sha256: str) -> None:
        """Leave a file for another visit: limits, or no room."""
        self.left.add(sha256)
        self.done.files_left = len(self.left)

    @contextmanager
    def on_a_full_disk(self) -> Iterator[None]:
        """Let what is recorded here leave also while nothing more fits in: go on without it."""
        try:
            yield
        except MingchaError as error:
            if error.code != "disk_full":
                raise
            self.later("no_room_here")

    def know_more(self) -> None:
        """Read again what could not be read, if statements or keys have come since."""
        # Another key may come in the place of a wrong one: how many there are does not tell.
        keys = sorted((self.unproved | self.secrets).items())
        stand = "".join(f"{epoch} {commitment(key)}\n" for epoch, key in keys)
        digest = hashlib.sha256(stand.encode()).hexdigest()[:16]
        #: By which statements and keys objects are judged now.
        self.stand = f"{self.store.membership.count()}.{digest}"

    def leave_unread(self, name: str, why: str) -> None:
        """Leave an object that only more statements or keys can make readable: until those come."""
        self.later(why)
        if "/" not in name:
            return  # a file, whose parts may be readable elsewhere
        with self.store.transaction():
            self.note(exchange.UNREAD, name, f"{why} {self.stand}", 0)

    def skipped(self, name: str) -> bool:
        """Tell whether an object need not be read: put aside for good, or not readable yet.

        Damaged ones are looked at again, and after new statements or keys those that hung on them.
        """
        if name in self._unread:
            why, _, stand = self._unread[name].what.partition(" ")
            if stand == self.stand:
                self.later(why)
                return True
        if name in self.aside.accepted:
            return False
        reason = self.aside.reason(name) or DAMAGED
        if reason == REVOKED and not self.aside.is_held_back(name):
            return True  # a person left it out
        return reason not in _TRIED_AGAIN and not (self.stated_anew and reason in _BY_KNOWLEDGE)

    def judge_anew(self, what: str) -> str:
        """Note whether more is known since `what` was last judged here; return what is known."""
        self.stated_anew = self.store.local(f"{what}:{self.id}") != self.stand
        return self.stand

    def judged(self, what: str, stand: str) -> None:
        """Note by which statements and keys all of `what` was judged."""
        if self.stated_anew:
            self.store.set_local(f"{what}:{self.id}", stand)

    def put_aside(
        self, name: str, log: str, reason: str, detail: str, data: bytes | None = None
    ) -> None:
        """Put an object aside for a person to judge, once; of too many, only how many they are."""
        if not self.aside.put(name, log, reason, detail, data):
            self.later("too_many_aside")

    # -- writing -----------------------------------------------------------------------------

    def write(self, name: str, data: bytes) -> None:
        """Write an object; it was read back when this returns. Raises DepotError."""
        self.depot.write(name, data)
        self.done.sent.bytes += len(data)
        self.refusals.took()

    def write_all(self, objects: Sequence[tuple[str, bytes]]) -> None:
        """Write objects; all were read back when this returns. Raises DepotError."""
        self.depot.write_all(objects)
        self.done.sent.bytes += sum(len(data) for _name, data in objects)
        self.refusals.took()

    def try_write(self, name: str, data: bytes) -> bool:
        """Write an object unless something is wrong with its place only; tell whether it was.

        Raises DepotError when it is the depot that fails.
        """
        try:
            self.write(name, data)
        except DepotError as error:
            self.not_written(error)
            return False
        return True

    def not_written(self, error: DepotError) -> None:
        """Note that something could not be written; raise `error` if that goes on."""
        self.refusals.refused(error)
        _LOG.info("an object could not be written: %s", error.code)
        self.later("not_written")

    def note(self, kind: str, name: str, what: str, size: int) -> None:
        """Note, inside of a transaction, that the depot was proved to hold an object."""
        exchange.note_held(self.store.db, self.id, kind, name, Held(what, size, self.now()))

    def seal(self, kind: Kind, payload: bytes | memoryview, epoch: str | None = None) -> bytes:
        """Return the object with `payload`, under the newest epoch that this computer may use.

        epoch: another one whose key is here.
        """
        epoch = epoch or self.epoch()
        if epoch is None:
            raise MingchaError("epoch_key_missing")
        key = self.secrets[epoch]
        return sealed.seal(kind, self.space, epoch, key, payload, self.store.entropy)

    def epoch(self) -> str | None:
        """Return the epoch to seal under, None as long as its key is not here.

        Who was revoked has no key of the newest; what it wrote goes under the last it had, for a
        person to judge.
        """
        newest = self.roster.newest_epoch
        if newest is not None and newest.epoch in self.secrets:
            return newest.epoch
        device = self.roster.device(self.me.log)
        if device is not None and device.revoked_after is not None:
            held = [each for each in self.roster.epochs if each in self.secrets]
            return held[-1] if held else None
        return None

    # -- what is there ------------------------------------------------------------------------

    def listing(self, kind: str, folder: str, *, below: bool = False) -> dict[str, int]:
        """Return the objects of a folder with their sizes; what is gone is held no more."""
        listed = {
            entry.name: entry.size
            for entry in self.depot.entries(folder, below=below)
            if names.is_known(entry.name)
        }
        self.aside.miss(folder, listed)
        held = exchange.held(self.store.db, self.id, kind)
        gone = [
            name
            for name, each in held.items()
            if name.startswith(f"{folder}/") and listed.get(name) != each.size
        ]
        if gone:
            self.lost(kind, gone)
        return listed

    def lost(self, kind: str, gone: Iterable[str]) -> None:
        """Note that the depot does not hold objects any more, which are then sent again."""
        self.done.rolled_back = True
        names_gone = set(gone)
        held = exchange.held(self.store.db, self.id, kind)
        files = exchange.held(self.store.db, self.id, exchange.FILE)
        if kind in (exchange.SEGMENT, exchange.STATEMENT):
            self._gone |= {(kind, held[name].id) for name in names_gone & held.keys()}
        elif kind == exchange.FILE:
            self._gone |= {(kind, name) for name in names_gone}
        elif kind == exchange.INDEX:
            named = {name for name, each in files.items() if each.what in names_gone}
            self._gone |= {(exchange.FILE, name) for name in named}
        with self.store.transaction():
            if kind == exchange.INDEX:
                for name in names_gone:
                    exchange.forget_index(self.store.db, self.id, name)
            elif kind == exchange.THUMBS:
                exchange.forget_packs(self.store.db, self.id, names_gone)
            else:
                exchange.forget_held(self.store.db, self.id, kind, names_gone)

    def count_lost(self) -> None:
        """Note how much the depot had lost, and how much of it nobody has sent again."""
        there = {
            (kind, name if kind == exchange.FILE else each.id)
            for kind in (exchange.SEGMENT, exchange.STATEMENT, exchange.FILE)
            for name, each in exchange.held(self.store.db, self.id, kind).items()
        }
        self.done.lost, self.done.still_lost = len(self._gone), len(self._gone - there)
