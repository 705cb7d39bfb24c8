"""Receipts that go by hand: taken in from a file, a code or typed rows, and written for others."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger.operation import operation_id
from inspector.ledger.paper_rows import InvalidRow
from inspector.ledger.sshsig import InvalidSignature
from inspector.operations.membership_files import read_file
from inspector.operations.organisation import organisation_of
from inspector.storage import exchange
from inspector.storage.keyring import device_key, own_chains
from inspector.sync import receipt_file
from inspector.sync.invalid import InvalidObject
from inspector.sync.receipt_file import Place, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from inspector.ledger.devices import Device
    from inspector.operations.session import Session
    from inspector.sync.receipt_file import Typed

__all__ = ["Receipt"]

#: What is asked of the words in rows: chains with one beginning, and branches at one place.
_MOST_MEANINGS = 64
#: Codes for which the program cannot verify what it reads.
_NEWER = "suite"


@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt that was taken in: who holds what was recorded here, how many entries and files."""

    name: str
    entries: int
    files: int


def receipt_in(path: Path) -> bytes | None:
    """Return the bytes of a file that is a receipt, None for what is something else.

    Raises MingchaError `file_missing`, `file_unreadable`.
    """
    raw = read_file(path, bytes, receipt_file.MOST_BYTES)
    return raw if raw.startswith(receipt_file.MAGIC) else None


def take_receipt(session: Session, raw: bytes, name: str) -> Taken:
    """Take in a receipt; `name` is what the file is called. Doing it again changes nothing.

    Raises MingchaError `organisation_none`, `receipt_bad`, `receipt_newer`, `receipt_of_other`,
    `receipt_own`, `receipt_unknown_device`, `receipt_unknown_entries`.
    """
    organisation_of(session)
    try:
        receipt = receipt_file.parse(raw)
    except InvalidObject as error:
        code = "receipt_newer" if error.code == _NEWER else "receipt_bad"
        raise MingchaError(code, name=name, detail=error.code) from error
    if receipt.space != session.store.space:
        raise MingchaError("receipt_of_other", name=name)
    if receipt.by in own_chains(session.store):
        raise MingchaError("receipt_own", name=name)
    try:
        receipt_file.verify(receipt, _device(session, receipt.by, name).key)
    except InvalidSignature as error:
        raise MingchaError("receipt_bad", name=name, detail="signature") from error
    return _keep(session, receipt, name)


def take_typed(session: Session, text: str, name: str) -> Taken:
    """Take in the rows of a printed receipt.

    Raises MingchaError as `take_receipt`, `receipt_row`.
    """
    organisation_of(session)
    try:
        typed = receipt_file.from_rows(text)
    except InvalidRow as error:
        raise MingchaError("receipt_row", row=error.row) from error
    except InvalidObject as error:
        code = "receipt_newer" if error.code == _NEWER else "receipt_bad"
        raise MingchaError(code, name=name, detail=error.code) from error
    for receipt, device in _meanings(session, typed):
        try:
            receipt_file.verify(receipt, device.key)
        except InvalidSignature:
            continue
        return _keep(session, receipt, name)
    raise MingchaError("receipt_unknown_entries", name=name)


def _meanings(session: Session, typed: Typed) -> Iterator[tuple[Receipt, Device]]:
    """Yield what rows may mean: chains that begin so, operations at these places."""
    store = session.store
    own = own_chains(store)
    devices = [
        each
        for each in store.membership.roster().devices()
        if receipt_file.beginning(each.log) == typed.by and each.log not in own
    ]
    logs = store.log.logs()
    places = [
        [
            Place(log, n, operation_id(raw))
            for log in logs
            if receipt_file.beginning(log) == start
            for raw in store.log.at_place(log, n)
        ]
        for start, n in typed.held
    ]
    tried = 0
    for device in devices:
        for held in product(*places):
            tried += 1
            if tried > _MOST_MEANINGS:
                return
            made = receipt_file.spelled_out(typed, store.space, device.log, held, device.key)
            yield made, device


def _device(session: Session, log: str, name: str) -> Device:
    found = session.store.membership.roster().device(log)
    if found is None or found.revoked_after is not None:
        raise MingchaError("receipt_unknown_device", name=name)
    return found


def _keep(session: Session, receipt: Receipt, name: str) -> Taken:
    store = session.store
    who = _device(session, receipt.by, name)
    own = own_chains(store)
    known = [place for place in receipt.held if store.log.contains(place.op)]
    files = [each for each in receipt.files if session.blobs.size(each) is not None]
    if not known and not files:
        raise MingchaError("receipt_unknown_entries", name=name)
    with store.transaction():
        now = store.clock.read().ms
        exchange.note_brought(store.db, receipt.id, receipt.to_bytes().decode(), now)
    return Taken(who.name, sum(place.n for place in known if place.log in own), len(files))


# -- on paper --------------------------------------------------------------------------------------


def for_rows(session: Session, receipt: Receipt) -> Receipt:
    """Return a receipt for the same entries that names no files, which rows can stand for."""
    store = session.store
    key = device_key(store)
    return receipt_file.sign(store.space, key.log, receipt.held, (), key.public, key.sign)
