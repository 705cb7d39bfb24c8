"""Taking in segments: each proved from the hash in its name to every operation in it, then applied
in one transaction together with what is noted about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.garbage import no_circles
from inspector.base.i18n import N_
from inspector.ledger.sshsig import InvalidSignature
from inspector.storage import exchange
from inspector.storage.receiving import NotYet, take
from inspector.sync import names, segment
from inspector.sync.cutting import row_of
from inspector.sync.invalid import InvalidObject
from inspector.sync.quarantine import REVOKED
from inspector.sync.sealed import SEGMENT
from inspector.sync.vetting import Vetting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from inspector.ledger.devices import Device
    from inspector.ledger.operation import Operation
    from inspector.ledger.roster import Roster
    from inspector.sync.segment import Segment
    from inspector.sync.work import Work


def receive(work: Work, order: Sequence[str]) -> Iterator[None]:
    """Take in every segment that is not known. `order` are names that heads give, oldest first.

    What comes too early is tried again as long as anything else comes, then in another visit.
    """
    listed = work.listing(exchange.SEGMENT, names.folder(work.space, names.SEGMENTS), below=True)
    held = exchange.held(work.store.db, work.id, exchange.SEGMENT)
    judged_by = work.judge_anew("judged_by")
    # What was held back of a segment is judged again although the rest of it is here.
    wanted = [name for name in listed if name not in held or work.aside.is_held_back(name)]
    wanted = [name for name in wanted if not work.skipped(name)]
    place = {name: at for at, name in enumerate(order)}
    wanted.sort(key=lambda name: (place.get(name, len(place)), name))
    vetting = Vetting(work, wanted)
    work.progress.start(N_("Receiving entries"), len(wanted))
    waiting_before = dict(work.done.waiting)
    while wanted:
        work.done.waiting = dict(waiting_before)
        early: list[str] = []
        with work.on_a_full_disk():
            yield from _take_all(work, wanted, vetting, early)
        if "no_room_here" in work.done.waiting:
            return
        wanted = early if len(early) < len(wanted) else []
    work.judged("judged_by", judged_by)


def _take_all(
    work: Work, wanted: Sequence[str], vetting: Vetting, early: list[str]
) -> Iterator[None]:
    """Take in segments one after the other; `early` gets those that come too early."""
    for name in wanted:
        yield
        with work.tolerant(name, _log_in(name)), no_circles():
            try:
                _take(work, name, vetting)
            except NotYet:
                early.append(name)
                raise
        work.progress.step()


def _log_in(name: str) -> str:
    return name.split("/")[3]


def _take(work: Work, name: str, vetting: Vetting) -> None:
    data, payload = work.read(name, SEGMENT)
    known = segment.parse(payload)
    if known.log != _log_in(name):
        raise InvalidObject("chain", "a segment of another chain than its folder's")
    devices = proved_by(work.roster, known)
    if not devices:
        work.leave_unread(name, "unknown_device")
        return
    operations = list(segment.parsed(known))
    require_spaces(work, operations, known, devices)
    accepted = operations if name in work.aside.accepted else vetting.accepted(known, operations)
    if accepted is None:
        work.later("unproven")
        return
    if len(accepted) < len(operations):
        first = operations[len(accepted)].header.n
        work.put_aside(name, known.log, REVOKED, f"{first}-{known.last}", data)
    if accepted or not operations:
        apply(work, name, data, known, accepted)
        if len(accepted) == len(operations):
            work.aside.heal(name)


def apply(
    work: Work, name: str, data: bytes, known: Segment, operations: Sequence[Operation]
) -> None:
    """Apply operations of a proved segment and keep it in one transaction.

    Raises NotYet, NoChain.
    """
    chain = work.store.chain
    row = row_of(data, known)
    with work.store.transaction():
        taken = take(work.store, operations)
        exchange.add_segment(work.store.db, row, data)
        work.note(exchange.SEGMENT, name, known.id, len(data))
    work.done.received.operations += taken.operations
    work.done.touched |= taken.touched
    work.done.new_chain = work.done.new_chain or work.store.chain != chain
    work.arrived(known.log, operations, taken.operations)


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


def require_spaces(
    work: Work, operations: Iterable[Operation], known: Segment, devices: Sequence[Device]
) -> None:
    """Raise InvalidObject for what was recorded in a space that does not count here."""
    allowed = {work.space}.union(*(device.earlier for device in devices))
    for space in {known.space, *(each.header.space for each in operations)}:
        if space not in allowed:
            raise InvalidObject("space", space)
