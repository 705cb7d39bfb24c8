"""Making a key for an epoch, and wrapping keys for those who may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyrage

from inspector.ledger import statements
from inspector.ledger.epochs import KEY_BYTES, commitment
from inspector.ledger.operation import base32
from inspector.ledger.statements import Epoch
from inspector.storage.membership import Envelope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.base.ids import Entropy
    from inspector.ledger.roster import Roster
    from inspector.ledger.statements import Statement
    from inspector.operations.keys import Signer
    from inspector.storage.store import Store


class NewEpoch(NamedTuple):
    """A fresh key of an epoch with its statement, wrapped for all who may read from now on."""

    statement: Statement
    epoch: str
    key: bytes
    envelopes: tuple[Envelope, ...]


def wrap(epoch: str, key: bytes, recipients: Iterable[str]) -> tuple[Envelope, ...]:
    """Return the key of an epoch wrapped for each of the recipients by itself."""
    return tuple(
        Envelope(epoch, each, pyrage.encrypt(key, [pyrage.x25519.Recipient.from_str(each)]))
        for each in sorted(set(recipients))
    )


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
    readers = [each.recipient for each in roster.devices() if each.may_read()]
    return NewEpoch(statement, epoch, key, wrap(epoch, key, [*readers, *roster.recovery]))


def keep_epoch(store: Store, made: NewEpoch) -> None:
    """Keep a new epoch, its key and its envelopes, inside the caller's transaction."""
    membership = store.membership
    membership.add([made.statement])
    membership.keep_key(made.epoch, made.key)
    for envelope in made.envelopes:
        membership.keep_envelope(envelope)
