"""One visit to a depot: take in what is new there, send what it does not provably hold, say so.

Every step stands for itself: a visit that is stopped, or a stick that is pulled, leaves a sound
record here and a sound depot there, and the next visit goes on. Nothing depends on what was sent
before, only on what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.storage import exchange
from inspector.storage.keyring import device_key
from inspector.sync import (
    cutting,
    fetching,
    files,
    membership,
    names,
    packing,
    previewing,
    sending,
    verifying,
)
from inspector.sync.copies import few_copies, note_medium
from inspector.sync.depots import marker
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.heads import Heads
from inspector.sync.invalid import InvalidObject
from inspector.sync.receipts import acknowledge, receipt_by_hand
from inspector.sync.standing import is_safe
from inspector.sync.vetting import review_revoked
from inspector.sync.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from inspector.base.progress import Progress
    from inspector.media.blobs import BlobStore
    from inspector.storage.exchange import SegmentRow
    from inspector.storage.store import Store
    from inspector.sync.depots.protocol import Depot
    from inspector.sync.files import Wanted
    from inspector.sync.outcome import Done, Limits
    from inspector.sync.previewing import Small
    from inspector.sync.receipt_file import Receipt


#: What a depot may fail with that can only be read, or is full; and one that is there at all.
_NOT_WRITABLE = frozenset({"denied", "full"})
_NOT_AWAY = _NOT_WRITABLE | {"broken"}


def visit(
    store: Store,
    blobs: BlobStore,
    depot: Depot,
    wanted: Callable[[], Wanted],
    limits: Limits,
    progress: Progress,
    *,
    expected: str = "",
    known_as: str = "",
    done: Done | None = None,
    small: Small | None = None,
) -> Generator[None, None, Done]:
    """Visit a depot, in steps between which others may work; return what it came to.

    wanted: gives the files that the record names, the weightiest first. expected: the id that the
    depot must have. known_as: what it is noted under if not its id. small: makes and keeps
    thumbnails. done: filled as the visit goes on. Raises MingchaError: `organisation_none`,
    `depot_unmarked`, `depot_other`, `depot_newer`, `epoch_key_missing`, `device_key_gone`, what
    recording raises, and DepotError; what was done until then stays done.
    """
    if not store.membership.org:
        raise MingchaError("organisation_none")
    if expected:
        marker.require(depot, expected)
    found = expected or marker.read(depot).depot
    work = Work(store, blobs, depot, known_as or found, device_key(store), limits, progress)
    work.done = done or work.done
    work.done.quarantined, work.done.depot = work.aside.new, found
    wanted = _remembered(work, wanted)
    with store.transaction():
        exchange.saw_depot(store.db, work.id, depot.place, work.now())
    note_medium(store, work.id, depot.place)
    yield from _exchange(work, wanted, small)
    # Somebody may have plugged in another one meanwhile: what was written there is not held here.
    marker.require(depot, found)
    work.count_lost()
    work.done.safe = is_safe(work, wanted())
    work.done.few_copies = len(few_copies(store, blobs, wanted()))
    return work.done


def _remembered(work: Work, wanted: Callable[[], Wanted]) -> Callable[[], Wanted]:
    """Ask for the wanted files again only when something arrived or was recorded since."""
    known: list[tuple[object, Wanted]] = []

    def ask() -> Wanted:
        stand = work.store.log.last_place(), len(work.files_arrived)
        if not known or known[0][0] != stand:
            known[:] = [(stand, wanted())]
        return known[0][1]

    return ask


def _exchange(work: Work, wanted: Callable[[], Wanted], small: Small | None) -> Iterator[None]:
    if work.limits.verify:
        yield from verifying.verify(work)
    heads = Heads(work)
    # What was recorded here leaves also where much of what lies there cannot be read.
    unread = yield from _tried(_receive_facts(work, heads, small), _NOT_AWAY)
    # It leaves before files are fetched, which may take long, or all the room.
    refused = yield from _tried(_send_facts(work, wanted, small), _NOT_WRITABLE)
    if unread is None:
        if small is not None:
            yield from previewing.receive(work, small)
        yield from _receive_files(work, wanted)
        if small is not None:
            for sha256 in work.files_arrived:
                small.came(sha256)
    with work.on_a_full_disk():
        acknowledge(work)
    if refused is None:
        refused = yield from _tried(_send_rest(work, heads, wanted), _NOT_WRITABLE)
    if refused is not None and not work.refusals.read_only:
        raise refused
    if work.refusals.read_only:
        # A disc is a source like any other; what is said in return goes another way. Not before
        # the end: that one name cannot be written says nothing of the others.
        work.done.read_only = True
        work.done.not_permitted = work.refusals.not_permitted
        work.done.waiting.pop("not_written", None)
        work.done.files_left = sum(work.blobs.size(each) is None for each in work.left)
        work.done.by_hand = _receipt_by_hand(work)
    if unread is not None:
        raise unread


def _receipt_by_hand(work: Work) -> Receipt | None:
    """Return a receipt for what lies there and is here as well, None if that is nothing."""
    db = work.store.db
    logs = {name.split("/")[3] for name in exchange.held(db, work.id, exchange.SEGMENT)}
    made = receipt_by_hand(work, logs, exchange.files(db, work.id))
    return made if made.held or made.files else None


def _receive_facts(work: Work, heads: Heads, small: Small | None) -> Iterator[None]:
    """Take in who belongs, then facts, and what is said of files."""
    yield from membership.receive(work)
    work.done.ended = work.roster.revocations.get(work.store.chain)
    _leave_succeeded(work)
    review_revoked(work)
    yield from heads.receive()
    yield from files.receive_indexes(work)
    if work.limits.verify:
        yield from verifying.verify_files(work)
    files.miss_parts(work)
    if small is not None:
        previewing.look(work)
    yield from fetching.receive(work, heads.order)
    yield from heads.compare()


def _tried(
    steps: Iterator[None], troubles: frozenset[str]
) -> Generator[None, None, DepotError | None]:
    """Go through steps that a depot may fail in without stopping the others: return how it did."""
    try:
        yield from steps
    except DepotError as error:
        if error.trouble not in troubles:
            raise
        return error
    return None


def _leave_succeeded(work: Work) -> None:
    """Begin another chain if the present one was stated to go on elsewhere: it gets no keys."""
    device = work.roster.device(work.store.chain)
    if device is None or not device.succeeded or device.revoked_after is not None:
        return
    with work.store.transaction():
        work.store.own.begin()
    work.done.new_chain = True
    work.me = device_key(work.store)


def _receive_files(work: Work, wanted: Callable[[], Wanted]) -> Iterator[None]:
    """Fetch files; the manifests among them name more."""
    while True:
        before = len(work.files_arrived)
        yield from files.receive(work, wanted())
        if len(work.files_arrived) == before:
            return


def _send_facts(work: Work, wanted: Callable[[], Wanted], small: Small | None) -> Iterator[None]:
    """Send who belongs, then facts, then small pictures of what they name."""
    if work.me.log != work.store.chain:
        work.me = device_key(work.store)
    if work.epoch() is None:
        work.later("no_key_to_send")
        return
    yield from membership.send(work)
    yield from _send_segments(work)
    if small is not None:
        yield from previewing.send(work, small, wanted())


def _send_rest(work: Work, heads: Heads, wanted: Callable[[], Wanted]) -> Iterator[None]:
    """Send the receipts for what arrived, then files, last of all the head."""
    if work.epoch() is None:
        return
    yield from _send_segments(work)
    yield from sending.send(work, wanted())
    yield from heads.send()
    if work.limits.snapshot:
        yield from packing.write(work)


def _send_segments(work: Work) -> Iterator[None]:
    with work.on_a_full_disk():
        yield from cutting.cut(work)
    held = exchange.held(work.store.db, work.id, exchange.SEGMENT)
    there = {each.what for each in held.values()}
    lacking = [row for row in exchange.segments(work.store.db) if row.id not in there]
    work.progress.start(N_("Sending entries"), len(lacking))
    for row in lacking:
        yield
        written = _written(work, row)
        if written is None:
            continue
        name, size = written
        with work.on_a_full_disk(), work.store.transaction():
            work.note(exchange.SEGMENT, name, row.id, size)
        work.aside.heal(name)
        work.done.sent.operations += row.last - row.first + 1
        work.progress.step()


def _written(work: Work, row: SegmentRow) -> tuple[str, int] | None:
    """Write a segment; return its name and size, None if its place does not take it."""
    data = exchange.segment_bytes(work.store.db, row.id)
    name = names.segment(work.space, row.log, row.name)
    try:
        work.write(name, data)
    except DepotError as error:
        if error.trouble != "broken" or not _is_taken(work, name):
            work.not_written(error)
            return None
        anew = cutting.sealed_anew(work, row, data)
        if anew is None or not work.try_write(*anew):
            return None
        name, data = anew
    return name, len(data)


def _is_taken(work: Work, name: str) -> bool:
    """Tell whether something that is no file stands in the place of an object."""
    try:
        work.depot.read(name, 0)
    except InvalidObject as error:
        return error.code == "form"
    except (Missing, DepotError):
        return False
    return False
