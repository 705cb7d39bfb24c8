"""Writing a snapshot: packs of the segments that the depot holds, then what names them.

Packs that an earlier snapshot of this computer has and that are as large as they get stay as they
are; only what came since is packed. Its newest snapshot and the one before stay, because somebody
may be reading; older ones go, with the packs that only they name. Nobody else's are touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from inspector.base.i18n import N_
from inspector.base.version import VERSION
from inspector.storage import exchange
from inspector.storage.keyring import own_chains
from inspector.storage.state import state_steps
from inspector.sync import frames, names, snapshot
from inspector.sync.depots.room import require_room
from inspector.sync.files import KILO
from inspector.sync.sealed import PACK, PART_BYTES, SNAPSHOT
from inspector.sync.snapshot import MOST_IN_PACK, Pack, Snapshot

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from inspector.storage.exchange import SegmentRow
    from inspector.sync.work import Work

#: Packs of at least so many bytes are not packed again.
_FULL = PART_BYTES // 2


class _Former(NamedTuple):
    """A snapshot of this computer that lies there: its manifest's name, what it says."""

    name: str
    said: Snapshot


def write(work: Work) -> Iterator[None]:
    """Write a snapshot of everything that the depot was proved to hold.

    Raises MingchaError: `depot_full` and others of DepotError.
    """
    rows = _held(work)
    if not rows:
        return
    former = yield from _own(work)
    there = _sound_packs(work, former, rows)
    if former and there == former[-1].said.packs and _names(there) == {row.name for row in rows}:
        work.done.packed = len(rows)
        return  # nothing came since
    kept = tuple(pack for pack in there if pack.size >= _FULL)
    inside = _names(kept)
    lacking = [row for row in rows if row.name not in inside]
    size = sum(row.size for row in lacking)
    require_room(work.depot, size)
    work.progress.start(N_("Writing a snapshot, in kilobytes"), size // KILO)
    written = yield from _write_packs(work, lacking)
    said = Snapshot(
        space=work.space,
        log=work.me.log,
        ms=work.now(),
        app=VERSION,
        ends=_ends(work, rows),
        state=(yield from state_steps(work.store)),
        packs=(*kept, *written),
    )
    data = work.seal(SNAPSHOT, snapshot.build(said, work.me.public, work.me.sign))
    name = names.snapshot(work.space, names.hash_of(data))
    work.write(name, data)
    work.done.packed = len(rows)
    _remove_older(work, _Former(name, said), former)


def _held(work: Work) -> list[SegmentRow]:
    """Return the segments that lie there as they are kept here, what was recorded first first."""
    db = work.store.db
    held = exchange.held(db, work.id, exchange.SEGMENT)
    rows = [
        row for row in exchange.segments(db) if names.segment(work.space, row.log, row.name) in held
    ]
    counters = exchange.first_counters(db)
    return sorted(rows, key=lambda row: (counters.get((row.log, row.first), 0), row.log, row.first))


def _own(work: Work) -> Generator[None, None, list[_Former]]:
    """Return the snapshots of this computer that lie there, the one that goes furthest last."""
    found: list[_Former] = []
    own = own_chains(work.store)
    for entry in work.depot.entries(names.folder(work.space, names.SNAPSHOTS)):
        if not names.is_known(entry.name) or work.skipped(entry.name):
            continue
        yield
        with work.tolerant(entry.name):
            _data, payload = work.read(entry.name, SNAPSHOT)
            signed = snapshot.parse(payload)
            device = work.roster.device(signed.snapshot.log)
            if device is not None and device.log in own:
                snapshot.verify(signed, device.key)
                found.append(_Former(entry.name, signed.snapshot))
    return sorted(found, key=lambda each: sum(n for n, _op in each.said.ends.values()))


def _sound_packs(
    work: Work, former: Sequence[_Former], rows: Iterable[SegmentRow]
) -> tuple[Pack, ...]:
    """Return the packs of the newest snapshot that lie there and hold only what is held."""
    if not former:
        return ()
    there = {e.name: e.size for e in work.depot.entries(names.folder(work.space, names.PACKS))}
    known = {row.name for row in rows}
    return tuple(
        pack
        for pack in former[-1].said.packs
        if there.get(names.pack(work.space, pack.name)) == pack.size
        and known.issuperset(pack.segments)
    )


def _names(packs: Iterable[Pack]) -> set[str]:
    return {each for pack in packs for each in pack.segments}


def _write_packs(work: Work, rows: Sequence[SegmentRow]) -> Generator[None, None, list[Pack]]:
    written: list[Pack] = []
    for group in _groups(rows):
        yield
        segments = [exchange.segment_bytes(work.store.db, row.id) for row in group]
        data = work.seal(PACK, snapshot.pack(segments))
        pack = Pack(names.hash_of(data), len(data), tuple(row.name for row in group))
        name = names.pack(work.space, pack.name)
        with work.store.transaction():
            # Also one that a stopped visit left without a manifest is known, and taken away.
            work.note(exchange.PACK, name, "", len(data))
        work.write(name, data)
        written.append(pack)
        work.progress.step(sum(row.size for row in group) // KILO)
    return written


def _groups(rows: Iterable[SegmentRow]) -> Iterator[list[SegmentRow]]:
    """Cut segments into packs."""
    group: list[SegmentRow] = []
    size = 0
    for row in rows:
        more = row.size + frames.LENGTH
        if group and (size + more > PART_BYTES or len(group) == MOST_IN_PACK):
            yield group
            group, size = [], 0
        group.append(row)
        size += more
    if group:
        yield group


def _ends(work: Work, rows: Iterable[SegmentRow]) -> dict[str, tuple[int, str]]:
    """Return of each chain the last operation in these segments."""
    ends: dict[str, int] = {}
    for row in rows:
        ends[row.log] = max(row.last, ends.get(row.log, 0))
    return {log: (n, work.store.log.operation_at(log, n)) for log, n in ends.items()}


def _remove_older(work: Work, newest: _Former, former: Sequence[_Former]) -> None:
    """Take away what nobody needs any more of this computer's snapshots."""
    stay = [newest, *former[-1:]]
    packs = {names.pack(work.space, pack.name) for each in stay for pack in each.said.packs}
    outdated = {
        names.pack(work.space, pack.name) for each in former[:-1] for pack in each.said.packs
    } | exchange.held(work.store.db, work.id, exchange.PACK).keys()
    gone = [*(each.name for each in former[:-1]), *sorted(outdated - packs)]
    for name in gone:
        work.depot.remove(name)
    with work.store.transaction():
        exchange.forget_held(work.store.db, work.id, exchange.PACK, outdated - packs)
