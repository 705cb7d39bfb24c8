"""What a person decides about things that were put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import exchange
from inspector.storage.exchange import Held
from inspector.storage.receiving import NoChain, NotYet, Taken, take
from inspector.sync import sealed, segment
from inspector.sync.cutting import row_of
from inspector.sync.fetching import proved_by
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import SEGMENT
from inspector.sync.vetting import HERE_ALREADY

if TYPE_CHECKING:
    from inspector.storage.exchange import Quarantined
    from inspector.storage.store import Store

#: Entries beyond a revocation: everything about them is proved but whether they should count.
REVOKED = "revoked"


def _waiting(store: Store, number: int) -> Quarantined:
    for row in exchange.quarantined(store.db):
        if row.number == number:
            return row
    raise MingchaError("quarantine_unknown", number=number)


def accept(store: Store, number: int) -> Taken:
    """Let entries count that were made after their computer was revoked.

    Raises MingchaError: `quarantine_unknown`; `quarantine_not_acceptable` for what is damaged or
    not signed by whom it should be; `quarantine_not_yet` while earlier entries are not here.
    """
    row = _waiting(store, number)
    if row.reason == HERE_ALREADY:
        _settle(store, number, "accepted")
        return Taken()
    data = exchange.quarantined_bytes(store.db, number)
    if row.reason != REVOKED or data is None:
        raise MingchaError("quarantine_not_acceptable", number=number)
    try:
        return _take(store, row, data)
    except NotYet as error:
        raise MingchaError("quarantine_not_yet", number=number) from error
    except (InvalidObject, InvalidSignature, NoChain, KeyError) as error:
        raise MingchaError("quarantine_not_acceptable", number=number) from error


def _take(store: Store, row: Quarantined, data: bytes) -> Taken:
    key = store.membership.epoch_keys()[sealed.header(data).epoch]
    known = segment.parse(sealed.open_(data, key, SEGMENT, store.space))
    if not proved_by(store.membership.roster(), known):
        raise InvalidSignature("nobody's")
    with store.transaction():
        taken = take(store, list(segment.parsed(known)))
        exchange.add_segment(store.db, row_of(data, known), data)
        held = Held(known.id, len(data), row.at)
        exchange.note_held(store.db, row.source, exchange.SEGMENT, row.name, held)
        exchange.settle(store.db, row.number, "accepted")
    return taken


def dismiss(store: Store, number: int) -> None:
    """Leave what was put aside out for good. Raises MingchaError `quarantine_unknown`."""
    _settle(store, _waiting(store, number).number, "dismissed")


def _settle(store: Store, number: int, how: str) -> None:
    with store.transaction():
        exchange.settle(store.db, number, how)
