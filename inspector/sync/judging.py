"""What a person decides about things that were put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger.operation import parse
from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import aside as aside_table
from inspector.storage import exchange
from inspector.storage.exchange import Held
from inspector.storage.receiving import NoChain, NotYet, Taken, take
from inspector.sync import sealed, segment
from inspector.sync.cutting import row_of
from inspector.sync.invalid import InvalidObject
from inspector.sync.proving import proved_by
from inspector.sync.quarantine import HERE_ALREADY, REVOKED
from inspector.sync.sealed import SEGMENT

if TYPE_CHECKING:
    from inspector.ledger.operation import Operation
    from inspector.storage.aside import Quarantined
    from inspector.storage.store import Store

#: Entries that are read at most to tell of them.
MOST_TOLD = 500


def waiting(store: Store, number: int) -> Quarantined:
    """Return what waits for a person. Raises MingchaError `quarantine_unknown`."""
    for row in aside_table.quarantined(store.db):
        if row.number == number:
            return row
    raise MingchaError("quarantine_unknown", number=number)


def accept(store: Store, number: int) -> Taken:
    """Let entries count that were made after their computer was revoked.

    Raises MingchaError: `quarantine_unknown`; `quarantine_not_acceptable` for what is damaged or
    not signed by whom it should be; `quarantine_not_yet` while earlier entries are not here.
    """
    row = waiting(store, number)
    if row.reason == HERE_ALREADY:
        _settle(store, number, "accepted")
        return Taken()
    if row.reason != REVOKED:
        raise MingchaError("quarantine_not_acceptable", number=number)
    data = _bytes(store, row)
    if data is None:
        # Too much was waiting to keep its bytes: the next visit takes it in where it lies.
        _take_later(store, row)
        return Taken()
    try:
        return _take(store, row, data)
    except NotYet as error:
        raise MingchaError("quarantine_not_yet", number=number) from error
    except (InvalidObject, InvalidSignature, NoChain, KeyError) as error:
        raise MingchaError("quarantine_not_acceptable", number=number) from error


def _bytes(store: Store, row: Quarantined) -> bytes | None:
    """Return the segment, also where it is kept because a part of it counts."""
    data = aside_table.quarantined_bytes(store.db, row.number)
    if data is not None:
        return data
    kept = exchange.segment_names(store.db).get(row.name.rpartition("/")[2])
    return exchange.segment_bytes(store.db, kept) if kept else None


def _take_later(store: Store, row: Quarantined) -> None:
    with store.transaction():
        exchange.forget_held(store.db, row.source, exchange.SEGMENT, [row.name])
        aside_table.settle(store.db, row.number, "accepted")


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
        aside_table.settle(store.db, row.number, "accepted")
    return taken


def entries(store: Store, row: Quarantined) -> list[Operation]:
    """Return the entries that a person judges: in the order of their places, none if unreadable."""
    first, _, last = row.detail.partition("-")
    if row.reason not in (REVOKED, HERE_ALREADY) or not (first + last).isdecimal():
        return []
    if row.reason == HERE_ALREADY:
        return _in_record(store, row.log, int(first), int(last))
    data = _bytes(store, row)
    key = None if data is None else store.membership.epoch_keys().get(sealed.header(data).epoch)
    if data is None or key is None:
        return []
    known = segment.parse(sealed.open_(data, key, SEGMENT, store.space))
    return [each for each in segment.parsed(known) if each.header.n >= int(first)]


def _in_record(store: Store, log: str, first: int, last: int) -> list[Operation]:
    found: list[Operation] = []
    for raw in store.log.of_chain(log, first - 1):
        operation = parse(raw)
        if operation.header.n > last or len(found) == MOST_TOLD:
            break
        found.append(operation)
    return found


def dismiss(store: Store, number: int) -> None:
    """Leave what was put aside out for good. Raises MingchaError `quarantine_unknown`."""
    _settle(store, waiting(store, number).number, "dismissed")


def _settle(store: Store, number: int, how: str) -> None:
    with store.transaction():
        aside_table.settle(store.db, number, how)
