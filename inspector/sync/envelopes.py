"""Sending envelopes: the keys of epochs, wrapped for everybody who may read."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from inspector.domain.vocabulary import Role
from inspector.storage import exchange
from inspector.storage.envelopes import wrap_missing
from inspector.storage.keyring import MAX_WRAPPED
from inspector.storage.membership import Envelope
from inspector.sync import names
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.sync.work import Work

#: How every file of age begins.
_AGE = b"age-encryption.org/v1"
#: Folders that one visit looks into although nothing is known to lack there.
_FOLDERS_LISTED = 1


def send(work: Work) -> Iterator[None]:
    """Write the envelopes that do not lie in the depot, and look for some to take along.

    Whether one lies there says the listing: its reader takes it away when it is of no use, and
    then it is written again.
    """
    _wrap_missing(work)
    there = _listed(work)
    _forget_useless(work, there)
    _relay(work, there)
    held = exchange.held(work.store.db, work.id, exchange.ENVELOPE)
    readers = work.limits.readers
    for epoch, recipient, data in work.store.membership.envelopes():
        if readers is not None and recipient not in readers:
            continue
        name = names.envelope(work.space, recipient, epoch)
        # Another one may stand there, made by whoever holds the key: nothing is written over it
        # unless it is cut off.
        least = max(len(_AGE) + 1, held[name].size if name in held else 0)
        size = there.get(name, 0)
        if size < least and not work.try_write(name, data):
            continue
        if size < least or name not in held:
            with work.store.transaction():
                work.note(exchange.ENVELOPE, name, "", size if size >= least else len(data))
        yield


def _listed(work: Work) -> dict[str, int]:
    """Return the envelopes that lie there, with their sizes.

    Each reader has a folder. Those are looked into for whom something lacks, and one other in each
    visit, the next one each time: a visit with nothing new takes as long with many readers as with
    few.
    """
    held = exchange.held(work.store.db, work.id, exchange.ENVELOPE)
    named = {
        names.envelope(work.space, each.recipient, each.epoch)
        for each in work.store.membership.envelopes()
    }
    newest = work.roster.newest_epoch
    if newest is not None:
        readers = {device.recipient for device in work.roster.devices() if device.may_read()}
        named |= {names.envelope(work.space, each, newest.epoch) for each in readers}
    # What lies there for this computer was looked at when it was read.
    own = names.recipient_folder(work.space, work.me.recipient)
    folders = sorted({_folder(name) for name in named | held.keys()} - {own})
    setting = f"envelopes_listed:{work.id}"
    last = work.store.local(setting) or ""
    turn = [*(each for each in folders if each > last), *folders][:_FOLDERS_LISTED]
    if turn:
        work.store.set_local(setting, turn[-1])
    chosen = {*turn, *(_folder(name) for name in named - held.keys())} - {own}
    there = {name: each.size for name, each in held.items() if _folder(name) not in chosen}
    for folder in sorted(chosen):
        there |= {entry.name: entry.size for entry in work.depot.entries(folder)}
    return there


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _wrap_missing(work: Work) -> None:
    """On an administrator's computer, wrap every key for all who may read it and lack it.

    What was only taken along is proved by nothing: it counts as lacking where the key is here.
    """
    device = work.roster.device(work.me.log)
    if device is None or device.revoked_after is not None:
        return
    if Role.ADMINISTRATOR in device.roles or device.signs in work.roster.administrators:
        membership = work.store.membership
        with work.store.transaction():
            keys = membership.epoch_keys()
            for epoch, recipient in exchange.relayed(work.store.db):
                if epoch in keys:
                    _drop(work, epoch, recipient)
            wrap_missing(membership, work.roster.readers)


def _drop(work: Work, epoch: str, recipient: str) -> None:
    work.store.membership.drop_envelope(epoch, recipient)
    exchange.forget_relayed(work.store.db, epoch, recipient)


def _forget_useless(work: Work, there: dict[str, int]) -> None:
    """Take no envelope along any more that was there and that its reader took away."""
    held = exchange.held(work.store.db, work.id, exchange.ENVELOPE)
    relayed = exchange.relayed(work.store.db)
    with work.store.transaction():
        for epoch, recipient in relayed:
            name = names.envelope(work.space, recipient, epoch)
            if name in held and name not in there:
                _drop(work, epoch, recipient)
        gone = held.keys() - there.keys()
        exchange.forget_held(work.store.db, work.id, exchange.ENVELOPE, gone)


def _relay(work: Work, there: dict[str, int]) -> None:
    """Take along envelopes of the newest epoch for others, who may only visit other depots."""
    newest = work.roster.newest_epoch
    if newest is None:
        return
    known = {(each.epoch, each.recipient) for each in work.store.membership.envelopes()}
    for device in work.roster.devices():
        wanted = (newest.epoch, device.recipient)
        name = names.envelope(work.space, device.recipient, newest.epoch)
        if device.log == work.me.log or wanted in known or not device.may_read():
            continue
        if there.get(name, 0) <= len(_AGE):
            continue
        try:
            data = work.depot.read(name, MAX_WRAPPED)
        except (Missing, InvalidObject):
            continue
        except DepotError as error:
            if error.trouble == "away":
                raise
            continue
        if not data.startswith(_AGE):
            continue  # torn, or no envelope: it may be mended
        with work.store.transaction():
            work.store.membership.keep_envelope(Envelope(*wanted, data))
            exchange.note_relayed(work.store.db, *wanted)
            work.note(exchange.ENVELOPE, name, hashlib.sha256(data).hexdigest(), len(data))
