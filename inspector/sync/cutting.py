"""Cutting what this computer wrote into segments, signed and sealed, kept to be handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ledger.operation import operation_id, parse
from inspector.storage import exchange
from inspector.storage.exchange import SegmentRow
from inspector.storage.keyring import device_key_of, own_chains
from inspector.storage.log_state import is_forked
from inspector.sync import names, sealed, segment
from inspector.sync.sealed import SEGMENT
from inspector.sync.work import NoKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.storage.keyring import DeviceKey
    from inspector.sync.segment import Segment
    from inspector.sync.work import Work


def cut(work: Work) -> Iterator[None]:
    """Make segments of every operation that is in none and that this computer may sign."""
    own = own_chains(work.store)
    for log in work.store.log.logs():
        key = _signer(work, log, own=log in own)
        if key is None:
            continue
        for run in _uncut(work, log):
            for piece in segment.runs([len(raw) for raw in run]):
                _keep(work, run[piece], key)
                yield


def _signer(work: Work, log: str, *, own: bool) -> DeviceKey | None:
    """Return the key to sign a chain with: the one that was stated for it, or that of its heir.

    As long as nothing was stated, its own: it is stated when the computer is admitted.
    """
    own_key = work.me if log == work.me.log else None
    if own and own_key is None:
        own_key = device_key_of(work.store, log)
    stated = work.roster.device(log)
    if stated is None or (own_key is not None and own_key.public == stated.key):
        return own_key
    heirs = {each.key for each in work.roster.signers(log)}
    return work.me if work.me.public in heirs else None


def _uncut(work: Work, log: str) -> Iterator[list[bytes]]:
    """Yield runs of operations that follow each other and are in no segment."""
    kept = exchange.segments(work.store.db, log)
    if is_forked(work.store.db, log):
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
    data = work.seal(SEGMENT, payload)
    with work.store.transaction():
        exchange.add_segment(work.store.db, row_of(data, segment.parse(payload)), data)


def row_of(data: bytes, known: Segment) -> SegmentRow:
    """Return what is noted of a segment that lies in a depot as `data`."""
    return SegmentRow(
        known.id,
        known.log,
        known.first,
        known.last,
        names.hash_of(data),
        sealed.header(data).epoch,
        len(data),
    )


def sealed_anew(work: Work, row: SegmentRow, data: bytes) -> tuple[str, bytes] | None:
    """Seal a segment once more, so that it gets another name; None without the key for it."""
    try:
        payload = work.opened(data, SEGMENT)
    except NoKey:
        work.later("no_key")
        return None
    anew = work.seal(SEGMENT, payload)
    known = row_of(anew, segment.parse(payload))
    with work.store.transaction():
        exchange.replace_segment(work.store.db, known, anew)
    return names.segment(work.space, row.log, known.name), anew
