"""Cutting what this computer wrote into segments, signed and sealed, kept to be handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ledger.operation import operation_id, parse
from inspector.storage import exchange
from inspector.storage.exchange import SegmentRow
from inspector.storage.keyring import device_key_of
from inspector.sync import names, sealed, segment
from inspector.sync.sealed import SEGMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.keyring import DeviceKey
    from inspector.sync.work import Work


def cut(work: Work) -> Iterator[None]:
    """Make segments of every operation that is in none and that this computer may sign."""
    for log in work.store.log.logs():
        key = _signer(work, log)
        if key is None:
            continue
        for run in _uncut(work, log):
            for piece in segment.runs([len(raw) for raw in run]):
                _keep(work, run[piece], key)
                yield


def _signer(work: Work, log: str) -> DeviceKey | None:
    """Return the key to sign a chain with: the one that was stated for it, or that of its heir.

    As long as nothing was stated, its own: it is stated when the computer is admitted.
    """
    own = device_key_of(work.store, log)
    stated = work.roster.device(log)
    if stated is None or (own is not None and own.public == stated.key):
        return own
    heirs = {each.key for each in work.roster.signers(log)}
    return work.me if work.me.public in heirs else None


def _uncut(work: Work, log: str) -> Iterator[list[bytes]]:
    """Yield runs of operations that follow each other and are in no segment."""
    kept = exchange.segments(work.store.db, log)
    if exchange_forked(work, log):
        yield from _branches(work, log, kept)
        return
    covered = _covered(kept)
    run = list(work.store.log.of_chain(log, covered))
    if run:
        yield run


def _covered(kept: list[SegmentRow]) -> int:
    """Return up to which place segments hold a chain without a gap."""
    end = 0
    for row in kept:
        if row.first <= end + 1:
            end = max(end, row.last)
    return end


def exchange_forked(work: Work, log: str) -> bool:
    """Tell whether the chain has branches, whose places say nothing."""
    found = work.store.db.execute("SELECT forked FROM log_state WHERE log = ?", (log,)).fetchone()
    return bool(found and found[0])


def _branches(work: Work, log: str, kept: list[SegmentRow]) -> Iterator[list[bytes]]:
    """Yield what is in no segment of a chain with branches, each run along one of them."""
    inside: set[str] = set()
    for row in kept:
        payload = work.opened(exchange.segment_bytes(work.store.db, row.id), SEGMENT)
        inside.update(operation_id(raw) for raw in segment.parse(payload).raw)
    runs: dict[str, list[bytes]] = {}
    for raw in work.store.log.of_chain(log, 0):
        operation = parse(raw)
        if operation.id in inside:
            continue
        run = runs.pop(operation.header.prev, [])
        run.append(raw)
        runs[operation.id] = run
    yield from runs.values()


def _keep(work: Work, raw: list[bytes], key: DeviceKey) -> None:
    payload = segment.build(work.space, raw, key.public, key.sign)
    known = segment.parse(payload)
    data = work.seal(SEGMENT, payload)
    row = SegmentRow(
        known.id,
        known.log,
        known.first,
        known.last,
        names.hash_of(data),
        sealed.header(data).epoch,
        len(data),
    )
    with work.store.transaction():
        exchange.add_segment(work.store.db, row, data)
