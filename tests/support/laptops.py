"""An organisation of several computers, each a real workspace, that meet only in depots."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyrage
import pytest

from inspector.base.paths import Workspace
from inspector.base.progress import SILENT
from inspector.ledger.epochs import commitment
from inspector.ledger.operation import NO_OPERATION, base32
from inspector.ledger.statements import Epoch, Member, Revoked, Succeeds
from inspector.media.blobs import BlobStore
from inspector.storage.keyring import DeviceKey, device_key, device_key_of, own_chains
from inspector.storage.membership import Envelope
from inspector.storage.store import Store
from inspector.sync import session
from inspector.sync.depots import marker
from inspector.sync.depots.folder import FolderDepot
from inspector.sync.outcome import Done, Limits
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.statements import ORG, SPACE, administrator, organisation, signer, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.ledger.statements import Statement
    from inspector.sync.depots.protocol import Depot
    from inspector.sync.files import Wanted

ADMIN = signer("admin")
NO_LIMITS = Limits()


@dataclass
class Laptop:
    """A computer: its open store and originals. Closed and opened again with `reopen`."""

    name: str
    root: Path
    clock: FixedClock = field(default_factory=lambda: FixedClock(step_ms=7))
    opened_times: int = 0
    own_profile: bool = True
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Open the workspace, made if there is none."""
        workspace = Workspace(self.root)
        way = Store.open if workspace.database.exists() else Store.create
        self.opened_times += 1
        entropy = CountingEntropy(f"{self.root.name}:{self.opened_times}")
        # The whole disk with the user's profile is what is copied and taken back to before.
        with pytest.MonkeyPatch.context() as patch:
            if self.own_profile:
                patch.setenv("MINGCHA_PROFILE", str(self.root / "profile"))
            self.store = way(workspace, self.clock, entropy)

    def reopen(self) -> None:
        """Close and open again, as after a restart."""
        self.store.close()
        self.start()

    @property
    def blobs(self) -> BlobStore:
        """The originals."""
        return BlobStore(self.store.workspace.media)

    @property
    def key(self) -> DeviceKey:
        """The key of this computer."""
        return device_key(self.store)

    def wanted(self) -> Wanted:
        """Return the files that the record names."""
        rows = self.store.db.execute("SELECT sha256, size FROM evidence WHERE sha256 <> ''")
        return dict(rows.fetchall())

    def sync(self, depot: Depot, limits: Limits = NO_LIMITS, expected: str = "") -> Done:
        """Visit a depot."""
        steps = session.visit(
            self.store, self.blobs, depot, self.wanted, limits, SILENT, expected=expected
        )
        while True:
            try:
                next(steps)
            except StopIteration as end:
                done: Done = end.value
                return done


@dataclass
class Office:
    """Who admits, revokes and makes epochs; it knows every laptop and no depot."""

    statements: list[Statement] = field(
        default_factory=lambda: [organisation(), administrator("admin")]
    )
    keys: dict[str, bytes] = field(default_factory=dict)
    recipients: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.new_epoch()

    def new_epoch(self) -> None:
        """Begin another epoch, for those who were not revoked."""
        number = len(self.keys) + 1
        key = hashlib.sha256(f"epoch {number}".encode()).digest()
        epoch = base32(hashlib.sha256(f"epoch name {number}".encode()).digest()[:16])
        body = Epoch(epoch, number, commitment(key), tuple(sorted(self.gone)))
        self.keys[epoch] = key
        self.statements.append(stated(body, ADMIN))

    def admit(self, laptop: Laptop, *roles: str, earlier: tuple[str, ...] = ()) -> None:
        """Admit a laptop with all its chains and hand everything over as a file would."""
        laptop.key  # noqa: B018 - made when it is first asked for
        for log in sorted(own_chains(laptop.store) - self.recipients.keys()):
            key = device_key_of(laptop.store, log)
            assert key is not None
            self._admit(laptop, key, roles, earlier)
        self.hand_over(laptop)

    def _admit(
        self, laptop: Laptop, key: DeviceKey, roles: tuple[str, ...], earlier: tuple[str, ...]
    ) -> None:
        body = Member(
            person=f"person-{laptop.name}",
            name=laptop.name,
            post="",
            log=key.log,
            key=key.public.hex(),
            recipient=key.recipient,
            signs="",
            earlier=tuple(sorted(earlier)),
            roles=roles or ("reporter",),
        )
        over = [
            each.id
            for each in self.statements
            if isinstance(each.body, Member) and each.body.log == key.log
        ]
        self.statements.append(stated(body, ADMIN, tuple(over)))
        self.recipients[key.log] = key.recipient

    def succeed(self, laptop: Laptop, former: str) -> None:
        """Acknowledge the present chain of a laptop as the one that goes on a former chain."""
        key = laptop.key
        body = Succeeds(key.log, former, key.public.hex(), key.recipient, ())
        self.statements.append(stated(body, ADMIN))
        self.recipients[key.log] = key.recipient

    def hand_over(self, laptop: Laptop) -> None:
        """Give a laptop everything that is known, as an admission by file does."""
        store = laptop.store
        if store.space != SPACE:
            store.enter(ORG, SPACE)
        with store.transaction():
            store.membership.add(self.statements)
            for epoch, key in self.keys.items():
                store.membership.keep_key(epoch, key)
            self.add_envelopes(laptop)

    def add_envelopes(self, laptop: Laptop) -> None:
        """Put every envelope into the laptop's tables, to be carried to depots."""
        for log, recipient in self.recipients.items():
            for epoch, key in self.keys.items():
                if log not in self.gone:
                    to = pyrage.x25519.Recipient.from_str(recipient)
                    wrapped = pyrage.encrypt(key, [to])
                    laptop.store.membership.keep_envelope(Envelope(epoch, recipient, wrapped))

    def revoke(self, log: str, n: int = 0, op: str = NO_OPERATION) -> None:
        """Revoke a chain after an operation, and begin a new epoch."""
        self.statements.append(stated(Revoked(log, n, op, "遗失"), ADMIN))
        self.gone.add(log)
        self.new_epoch()

    def tell(self, laptop: Laptop) -> None:
        """Give one laptop – that of an administrator – all statements, keys and envelopes."""
        self.hand_over(laptop)


def new_depot(root: Path) -> FolderDepot:
    """Return a new depot in a folder."""
    root.mkdir(parents=True, exist_ok=True)
    depot = FolderDepot(root, CountingEntropy(root.name))
    marker.init(depot, CountingEntropy(f"marker {root}"))
    return depot


@contextmanager
def team(folder: Path, *names: str) -> Iterator[tuple[Office, list[Laptop]]]:
    """Give an office and admitted laptops, closed afterwards."""
    office = Office()
    laptops = [Laptop(name, folder / name) for name in names]
    try:
        for laptop in laptops:
            office.admit(laptop)
        for laptop in laptops:
            office.hand_over(laptop)
        yield office, laptops
    finally:
        for laptop in laptops:
            laptop.store.close()
