"""Making a key for an epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector.ledger import statements
from inspector.ledger.epochs import KEY_BYTES, commitment
from inspector.ledger.operation import base32
from inspector.ledger.statements import Epoch
from inspector.storage.envelopes import wrap

if TYPE_CHECKING:
    from inspector.base.ids import Entropy
    from inspector.ledger.roster import Roster
    from inspector.ledger.statements import Statement
    from inspector.operations.keys import Signer
    from inspector.storage.membership import Envelope
    from inspector.storage.store import Store


class NewEpoch(NamedTuple):
    """A fresh key of an epoch with its statement, wrapped for all who may read from now on."""

    statement: Statement
    epoch: str
    key: bytes
    envelopes: tuple[Envelope, ...]


def new_epoch(roster: Roster, signer: Signer, entropy: Entropy) -> NewEpoch:
    """Return a new epoch for everybody the roster lets read, and for recovery."""
    epoch, key = base32(entropy(16)), entropy(KEY_BYTES)
    number = max((each.number for each in roster.epochs.values()), default=0) + 1
    without = tuple(sorted(roster.revocations))
    statement = statements.make(
        Epoch(epoch, number, commitment(key), without),
        roster.org,
        bytes.fromhex(signer.public),
        signer.sign,
    )
    return NewEpoch(statement, epoch, key, wrap(epoch, key, roster.readers))


def keep_epoch(store: Store, made: NewEpoch) -> None:
    """Keep a new epoch, its key and its envelopes, inside the caller's transaction."""
    membership = store.membership
    membership.add([made.statement])
    membership.keep_key(made.epoch, made.key)
    for envelope in made.envelopes:
        membership.keep_envelope(envelope)
