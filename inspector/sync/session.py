"""One visit to a depot: take in what is new there, send what it does not provably hold, say so.

Every step stands for itself: a visit that is stopped, or a stick that is pulled, leaves a sound
record here and a sound depot there, and the next visit goes on. Nothing depends on what was sent
before, only on what is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.ledger.operation import RECEIPT
from inspector.storage import exchange
from inspector.storage.keyring import device_key, own_chains
from inspector.storage.store import Edit
from inspector.sync import cutting, fetching, files, membership, names, verifying
from inspector.sync.depots import marker
from inspector.sync.heads import Heads
from inspector.sync.receipts import acknowledged
from inspector.sync.standing import is_safe
from inspector.sync.vetting import review_revoked
from inspector.sync.work import Done, Limits, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from inspector.base.progress import Progress
    from inspector.media.blobs import BlobStore
    from inspector.storage.store import Store
    from inspector.sync.depots.protocol import Depot
    from inspector.sync.files import Wanted

#: Hashes of files in one receipt.
_FILES_PER_RECEIPT = 200


def visit(
    store: Store,
    blobs: BlobStore,
    depot: Depot,
    wanted: Callable[[], Wanted],
    limits: Limits,
    progress: Progress,
    *,
    expected: str = "",
    done: Done | None = None,
) -> Generator[None, None, Done]:
    """Visit a depot, in steps between which others may work; return what it came to.

    wanted: gives the files that the record names, the weightiest first. expected: the id that the
    depot must have, "" for any. done: filled as the visit goes on. Raises MingchaError:
    `organisation_none`, `depot_unmarked`, `depot_other`, `depot_newer`, `epoch_key_missing`,
    `device_key_gone`, what recording raises, and DepotError; what was done until then stays done.
    """
    if not store.membership.org:
        raise MingchaError("organisation_none")
    if expected:
        marker.require(depot, expected)
    found = expected or marker.read(depot).depot
    work = Work(store, blobs, depot, found, device_key(store), limits, progress)
    work.done = done or work.done
    work.done.depot = found
    wanted = _remembered(work, wanted)
    with store.transaction():
        exchange.saw_depot(store.db, found, depot.place, work.now())
    yield from _exchange(work, wanted)
    # Somebody may have plugged in another one meanwhile: what was written there is not held here.
    marker.require(depot, found)
    work.done.safe = is_safe(work, wanted())
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


def _exchange(work: Work, wanted: Callable[[], Wanted]) -> Iterator[None]:
    if work.limits.verify:
        yield from verifying.verify(work)
    heads = Heads(work)
    yield from membership.receive(work)
    work.done.ended = work.roster.revocations.get(work.store.chain)
    _leave_succeeded(work)
    review_revoked(work)
    yield from heads.receive()
    yield from files.receive_indexes(work)
    files.miss_parts(work)
    yield from fetching.receive(work, heads.order)
    heads.compare()
    yield from _receive_files(work, wanted)
    _acknowledge(work)
    if work.me.log != work.store.chain:
        work.me = device_key(work.store)
    yield from _send(work, heads, wanted)


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


def _send(work: Work, heads: Heads, wanted: Callable[[], Wanted]) -> Iterator[None]:
    """Send the difference: who belongs, then facts, then files, last of all the head."""
    if work.epoch() is None:
        work.later("no_key_to_send")
        return
    yield from membership.send(work)
    yield from cutting.cut(work)
    yield from _send_segments(work)
    yield from files.send(work, wanted())
    heads.send()


def _send_segments(work: Work) -> Iterator[None]:
    held = exchange.held(work.store.db, work.id, exchange.SEGMENT)
    there = {each.what for each in held.values()}
    lacking = [row for row in exchange.segments(work.store.db) if row.id not in there]
    work.progress.start(N_("Sending entries"), len(lacking))
    for row in lacking:
        yield
        data = exchange.segment_bytes(work.store.db, row.id)
        name = names.segment(work.space, row.log, row.name)
        work.write(name, data)
        with work.store.transaction():
            work.note(exchange.SEGMENT, name, row.id, len(data))
        work.done.sent.operations += row.last - row.first + 1
        work.progress.step()


def _unacknowledged(work: Work) -> set[str]:
    """Return the chains of which facts are here without a receipt: an earlier visit was stopped."""
    store, own = work.store, own_chains(work.store)
    told = acknowledged(store)
    found = set()
    for log in set(store.log.logs()) - own:
        last = max((told.chains.get(log, {}).get(by, 0) for by in own), default=0)
        beyond = store.db.execute(
            "SELECT 1 FROM op WHERE log = ? AND n > ? AND k <> ? LIMIT 1", (log, last, RECEIPT)
        ).fetchone()
        if beyond and work.roster.device(log) is not None:
            found.add(log)
    return found


def _acknowledge(work: Work) -> None:
    """Record receipts for the facts and files that arrived: signed with what is sent next."""
    edits = []
    for log in sorted(work.to_acknowledge | _unacknowledged(work)):
        head = work.store.log.head(log)
        fields = {"log": log, "n": head.n, "op": head.id}
        edits.append(Edit("receipt", work.store.new_id(), fields))
    for start in range(0, len(work.files_arrived), _FILES_PER_RECEIPT):
        listed = work.files_arrived[start : start + _FILES_PER_RECEIPT]
        edits.append(Edit("receipt", work.store.new_id(), {"files": listed}))
    if edits:
        work.store.commit(edits, kind=RECEIPT)
        work.done.receipts = len(edits)
