"""Keys of epochs in envelopes: wrapped for those who may read, and opened again.

The keys themselves stand in the database of the workspace and nowhere else, least of all in a
backup, which leaves the machine. Each is also there in an envelope for this very computer. So a
restored backup opens them again with the computer's own key, which lies in `keys/` and in no
backup; on another machine an administrator wraps them anew when it is admitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.storage.keyring import kept_devices
from inspector.storage.membership import Envelope, Membership

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.base.paths import Workspace
    from inspector.storage.connection import Database


def wrap(epoch: str, key: bytes, recipients: Iterable[str]) -> tuple[Envelope, ...]:
    """Return the key of an epoch wrapped for each of the recipients by itself.

    One that only looks like a recipient is left out: a statement with it must not stop the others.
    """
    import pyrage

    found = []
    for each in sorted(set(recipients)):
        try:
            recipient = pyrage.x25519.Recipient.from_str(each)
        except pyrage.RecipientError:
            continue
        found.append(Envelope(epoch, each, pyrage.encrypt(key, [recipient])))
    return tuple(found)


def wrap_missing(membership: Membership, recipients: Iterable[str]) -> int:
    """Keep envelopes of every key that is here for those that lack one; return how many are new.

    Inside the caller's transaction.
    """
    known, wanted = membership.wrapped(), set(recipients)
    fresh = [
        each
        for epoch, key in membership.epoch_keys().items()
        for each in wrap(epoch, key, (one for one in wanted if (epoch, one) not in known))
    ]
    for each in fresh:
        membership.keep_envelope(each)
    return len(fresh)


def reopen(db: Database, workspace: Workspace) -> int:
    """Open the envelopes for the chains of this workspace, and keep the keys that fit.

    Inside the caller's transaction. Returns how many were opened.
    """
    membership, opened = Membership(db), 0
    for device in kept_devices(workspace):
        for each in membership.envelopes(device.recipient):
            try:
                key = device.unwrap(each.wrapped)
            except MingchaError:
                # Somebody else laid it there: the others are opened nevertheless.
                continue
            opened += membership.keep_key(each.epoch, key)
    return opened
