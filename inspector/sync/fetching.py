"""Taking in segments: from snapshots where most of them lack here, the others one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.storage import exchange
from inspector.storage.receiving import NotYet
from inspector.sync import names, unpacking
from inspector.sync.proving import apply, log_in, prove
from inspector.sync.quarantine import REVOKED
from inspector.sync.sealed import SEGMENT
from inspector.sync.vetting import Vetting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    # Who asks for everything to be read back means what lies under the very names.
    if len(wanted) >= unpacking.WORTH_IT and not work.limits.verify:
        with work.on_a_full_disk():
            yield from unpacking.receive(work, {name: listed[name] for name in wanted})
        held = exchange.held(work.store.db, work.id, exchange.SEGMENT)
        wanted = [name for name in wanted if name not in held or work.aside.is_held_back(name)]
    unpacking.settle(work)
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
        with work.tolerant(name, log_in(name)):
            try:
                _take(work, name, vetting)
            except NotYet:
                early.append(name)
                raise
        work.progress.step()


def _take(work: Work, name: str, vetting: Vetting) -> None:
    data, payload = work.read(name, SEGMENT)
    found = prove(work, name, data, payload)
    if found is None:
        work.leave_unread(name, "unknown_device")
        return
    known, operations = found.known, found.operations
    accepted = operations if name in work.aside.accepted else vetting.accepted(known, operations)
    if accepted is None:
        work.later("unproven")
        return
    if len(accepted) < len(operations):
        first = operations[len(accepted)].header.n
        work.put_aside(name, known.log, REVOKED, f"{first}-{known.last}", data)
    if accepted or not operations:
        if apply(work, [found._replace(operations=accepted)]):
            raise NotYet(name)
        if len(accepted) == len(operations):
            work.aside.heal(name)
