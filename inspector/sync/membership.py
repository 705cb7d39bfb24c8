"""Statements and envelopes: who belongs, and the keys for what they may read.

They are exchanged before anything else, so that a revocation is known before what it is about.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger import statements
from inspector.ledger.statements import InvalidStatement
from inspector.storage import exchange
from inspector.storage.keyring import MAX_WRAPPED
from inspector.storage.membership import Envelope
from inspector.sync import names
from inspector.sync.depots.protocol import Missing
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import KEY_BYTES, STATEMENT
from inspector.sync.work import DAMAGED

#: How every file of age begins.
_AGE = b"age-encryption.org/v1"

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.sync.work import Work


def receive(work: Work) -> Iterator[None]:
    """Take in envelopes of this computer and statements; afterwards the roster is up to date."""
    found = dict(_wrapped_for_me(work))
    proved = dict(work.secrets)
    # Statements of a new epoch may be sealed under it: its key is used to read them, and kept only
    # when one of them binds it.
    work.secrets = {**found, **proved}
    work.know_more()
    folder = names.folder(work.space, names.STATEMENTS)
    listed = work.listing(exchange.STATEMENT, folder)
    known = exchange.held(work.store.db, work.id, exchange.STATEMENT)
    for name in sorted(listed.keys() - known.keys()):
        yield
        if not work.skipped(name):
            with work.tolerant(name):
                _take_statement(work, name)
    work.roster = work.store.membership.roster()
    with work.store.transaction():
        kept = {each for each, key in found.items() if work.store.membership.keep_key(each, key)}
    work.secrets = proved | {each: found[each] for each in kept}
    work.know_more()


def _wrapped_for_me(work: Work) -> Iterator[tuple[str, bytes]]:
    """Yield the keys in the envelopes for this computer that are not known yet."""
    folder = names.recipient_folder(work.space, work.me.recipient)
    for name in sorted(work.listing(exchange.ENVELOPE, folder)):
        epoch = name.rpartition("/")[2].removesuffix(".age")
        if epoch in work.secrets:
            continue
        with work.tolerant(name):
            data = work.depot.read(name, MAX_WRAPPED)
            try:
                key = work.me.unwrap(data)
            except MingchaError as error:
                raise InvalidObject(DAMAGED, "an envelope for somebody else") from error
            if len(key) != KEY_BYTES:
                raise InvalidObject(DAMAGED, "not the key of an epoch")
            work.heal(name)
            yield epoch, key


def _take_statement(work: Work, name: str) -> None:
    data, payload = work.read(name, STATEMENT)
    try:
        stated = statements.parse(payload)
    except InvalidStatement as error:
        raise InvalidObject("suite" if error.code == "suite" else "form", str(error)) from error
    if stated.org != work.roster.org:
        raise InvalidObject("space", "a statement of another organisation")
    with work.store.transaction():
        work.store.membership.add([stated])
        work.note(exchange.STATEMENT, name, stated.id, len(data))


def send(work: Work) -> Iterator[None]:
    """Write the statements and envelopes that the depot does not provably hold."""
    _relay_envelopes(work)
    held = exchange.held(work.store.db, work.id, exchange.ENVELOPE)
    for epoch, recipient, data in work.store.membership.envelopes():
        name = names.envelope(work.space, recipient, epoch)
        # Another one may stand there, made by whoever holds the key: nothing is written over it.
        if name not in held and name not in _there(work, recipient):
            if not work.try_write(name, data):
                continue
            with work.store.transaction():
                work.note(exchange.ENVELOPE, name, hashlib.sha256(data).hexdigest(), len(data))
            yield
    there = {
        each.what for each in exchange.held(work.store.db, work.id, exchange.STATEMENT).values()
    }
    for stated in work.roster.valid.values():
        if stated.id in there:
            continue
        data = work.seal(STATEMENT, stated.raw)
        name = names.statement(work.space, names.hash_of(data))
        if not work.try_write(name, data):
            continue
        with work.store.transaction():
            work.note(exchange.STATEMENT, name, stated.id, len(data))
        yield


def _relay_envelopes(work: Work) -> None:
    """Take along envelopes of the newest epoch for others, who may only visit other depots."""
    newest = work.roster.newest_epoch
    if newest is None:
        return
    known = {(each.epoch, each.recipient) for each in work.store.membership.envelopes()}
    wanted = [
        device.recipient
        for device in work.roster.devices()
        if device.may_read() and (newest.epoch, device.recipient) not in known
    ]
    # Whoever is not given a key here is looked for once in each depot and epoch.
    mark = f"{newest.epoch} {len(wanted)}"
    setting = f"envelopes:{work.id}"
    if not wanted or work.store.local(setting) == mark:
        return
    missed = False
    for recipient in wanted:
        name = names.envelope(work.space, recipient, newest.epoch)
        try:
            data = work.depot.read(name, MAX_WRAPPED)
        except (Missing, InvalidObject):
            continue
        if not data.startswith(_AGE):
            missed = True  # torn, or no envelope: it may be mended
            continue
        with work.store.transaction():
            work.store.membership.keep_envelope(Envelope(newest.epoch, recipient, data))
            work.note(exchange.ENVELOPE, name, hashlib.sha256(data).hexdigest(), len(data))
    if not missed:
        work.store.set_local(setting, mark)


def _there(work: Work, recipient: str) -> set[str]:
    """Return the envelopes of a recipient that stand in the depot and are not cut off."""
    folder = names.recipient_folder(work.space, recipient)
    return {entry.name for entry in work.depot.entries(folder) if entry.size > len(_AGE)}
