"""Proving segments, wherever their bytes come from, and applying what is in them.

Each is proved from the hash in its name to every operation, then applied in one transaction
together with what is noted about it.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.garbage import no_circles
from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import exchange
from inspector.storage.receiving import MANY, NotYet, take
from inspector.sync import segment
from inspector.sync.cutting import row_of
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector.ledger.devices import Device
    from inspector.ledger.operation import Operation
    from inspector.ledger.roster import Roster
    from inspector.storage.receiving import Taken
    from inspector.sync.segment import Segment
    from inspector.sync.work import Work


class Proved(NamedTuple):
    """A segment that its device signed: its name, its bytes, what is in it.

    lies_there: whether the depot holds these bytes under that name, as far as can be known.
    """

    name: str
    data: bytes
    known: Segment
    operations: Sequence[Operation]
    lies_there: bool = True


def prove(work: Work, name: str, data: bytes, payload: bytes) -> Proved | None:
    """Return what a segment says; None if nobody was admitted with its chain.

    Raises InvalidObject, InvalidSignature.
    """
    with no_circles():
        return _prove(work, name, data, payload)


def _prove(work: Work, name: str, data: bytes, payload: bytes) -> Proved | None:
    known = segment.parse(payload)
    if known.log != log_in(name):
        raise InvalidObject("chain", "a segment of another chain than its folder's")
    devices = proved_by(work.roster, known)
    if not devices:
        return None
    operations = list(segment.parsed(known))
    _require_spaces(work, operations, known, devices)
    return Proved(name, data, known, operations)


def apply(work: Work, batch: Sequence[Proved]) -> list[Proved]:
    """Apply and keep proved segments, all in one transaction; return those that come too early.

    Raises NoChain; then nothing is changed.
    """
    store, chain = work.store, work.store.chain
    applied: list[tuple[Proved, Taken]] = []
    early: list[Proved] = []
    count = sum(len(found.operations) for found in batch)
    with no_circles(), store.transaction(large=count >= MANY):
        with store.projector.many() if count >= MANY else nullcontext():
            for found in batch:
                try:
                    applied.append((found, take(store, found.operations)))
                except NotYet:
                    early.append(found)
        # Not in between: the search index would write out what it has collected each time.
        for found, _taken in applied:
            exchange.add_segment(store.db, row_of(found.data, found.known), found.data)
            if found.lies_there:
                work.note(exchange.SEGMENT, found.name, found.known.id, len(found.data))
    for found, taken in applied:
        work.done.received.operations += taken.operations
        work.done.touched |= taken.touched
        work.arrived(found.known.log, found.operations, taken.operations)
    work.done.new_chain = work.done.new_chain or store.chain != chain
    return early


def log_in(name: str) -> str:
    """Return the chain in whose folder a segment lies."""
    return name.split("/")[3]


def proved_by(roster: Roster, known: Segment) -> tuple[Device, ...]:
    """Return the devices that may sign this chain, one of which did; none if they are not known.

    Raises InvalidSignature if none of them signed it.
    """
    devices = roster.signers(known.log)
    failed: InvalidSignature | None = None
    for device in devices:
        try:
            segment.verify(known, device.key)
        except InvalidSignature as error:
            failed = error
        else:
            return devices
    if failed is not None:
        raise failed
    return ()


def _require_spaces(
    work: Work, operations: Iterable[Operation], known: Segment, devices: Sequence[Device]
) -> None:
    """Raise InvalidObject for what was recorded in a space that does not count here."""
    allowed = {work.space}.union(*(device.earlier for device in devices))
    for space in {known.space, *(each.header.space for each in operations)}:
        if space not in allowed:
            raise InvalidObject("space", space)
