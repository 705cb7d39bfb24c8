"""Taking in segments from snapshots: few large readings for who lacks most of them.

Whatever a snapshot says, only segments count that the depot lists under the name their bytes have,
and each is proved as if it had been read there. A snapshot that is false, torn, stale or somebody's
who may not make any costs time: what it does not give is read from the segments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.vocabulary import Role
from inspector.sync import names, snapshot
from inspector.sync.depots.protocol import DepotError
from inspector.sync.files import KILO
from inspector.sync.invalid import InvalidObject
from inspector.sync.proving import Proved, apply, prove
from inspector.sync.sealed import PACK, SEGMENT, SNAPSHOT
from inspector.sync.segment import MAX_OPERATIONS
from inspector.sync.work import ROLE, NoKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.sync.snapshot import Pack, Snapshot
    from inspector.sync.work import Work

#: A segment as it lies in the depot: its name and its size.
_Lying = tuple[str, int]
#: Segments that lack here from which on snapshots are looked for.
WORTH_IT = 30
#: Snapshots that are read in one visit.
_TRIED = 8


def receive(work: Work, wanted: Mapping[str, int]) -> Iterator[None]:
    """Take in what snapshots give of `wanted`: names of segments, with their sizes there."""
    lacking = {name.rpartition("/")[2]: (name, size) for name, size in wanted.items()}
    found: list[Snapshot] = []
    for name in _to_read(work):
        yield
        with work.tolerant(name):
            found += _read(work, name)
    # The one that gives most first; the others may have what it lacks.
    found.sort(key=lambda each: -sum(_worth(pack, lacking) for pack in each.packs))
    for each in found:
        work.said.append((each.log, each.state))
        yield from _take(work, each, lacking)


def _to_read(work: Work) -> list[str]:
    """Return the manifests to read in this visit; what was put aside hides none of the others."""
    known = [name for name in _listed(work, names.SNAPSHOTS) or () if names.is_known(name)]
    known.sort(key=lambda name: (bool(work.aside.reason(name)), name))
    return [name for name in known if not work.skipped(name)][:_TRIED]


def _listed(work: Work, kind: str) -> list[str] | None:
    """Return what lies in a folder; None for one that cannot be listed, which stops nothing."""
    try:
        return [entry.name for entry in work.depot.entries(names.folder(work.space, kind))]
    except DepotError as error:
        if error.trouble == "away":
            raise
        work.later("unreadable")
        return None


def settle(work: Work) -> None:
    """Note which snapshots that were put aside are gone; nobody else would look."""
    for kind in (names.SNAPSHOTS, names.PACKS):
        folder = names.folder(work.space, kind)
        if work.aside.holds(folder) and (listed := _listed(work, kind)) is not None:
            work.aside.miss(folder, listed)


def _read(work: Work, name: str) -> list[Snapshot]:
    """Return a snapshot in a list, an empty one where that has to wait. Raises as `Work.read`."""
    _data, payload = work.read(name, SNAPSHOT)
    signed = snapshot.parse(payload)
    said = signed.snapshot
    device = work.roster.device(said.log)
    if device is None:
        work.leave_unread(name, "unknown_device")
        return []
    snapshot.verify(signed, device.key)
    if said.space != work.space:
        raise InvalidObject("space", said.space)
    if Role.SNAPSHOTTER not in device.roles or device.revoked_after is not None:
        raise InvalidObject(ROLE, said.log)
    work.aside.heal(name)
    return [said]


def _worth(pack: Pack, lacking: Mapping[str, _Lying]) -> int:
    """Return the bytes of a pack that lack here, 0 where that is less than half of it."""
    size = sum(lacking[each][1] for each in set(pack.segments) if each in lacking)
    return size if size >= pack.size // 2 else 0


def _take(work: Work, said: Snapshot, lacking: dict[str, _Lying]) -> Iterator[None]:
    """Take in the packs of which at least half lacks here, in their order."""
    chosen = [pack for pack in said.packs if _worth(pack, lacking)]
    work.progress.start(
        N_("Receiving a snapshot, in kilobytes"), sum(pack.size for pack in chosen) // KILO
    )
    for pack in chosen:
        # Of what a pack claimed, no other is asked: lies cost at most twice what lacks.
        name = names.pack(work.space, pack.name)
        if _worth(pack, lacking) and not work.skipped(name):
            claimed = {each: lacking.pop(each) for each in pack.segments if each in lacking}
            with work.tolerant(name):
                _data, payload = work.read(name, PACK, pack.size)
                yield from _unpack(work, payload, claimed)
                work.aside.heal(name)
        work.progress.step(pack.size // KILO)


def _unpack(work: Work, payload: bytes, claimed: Mapping[str, _Lying]) -> Iterator[None]:
    """Prove and apply what a pack holds of what it claims to, in transactions of some size."""
    batch: list[Proved] = []
    operations = 0
    for data in snapshot.unpack(payload):
        name, size = claimed.get(names.hash_of(data), ("", 0))
        found = _proved(work, name, data) if name else None
        if found is None:
            continue
        # Of another size it lies there damaged: it is read, and sent again.
        batch.append(found._replace(lies_there=size == len(data)))
        operations += len(found.operations)
        if operations >= MAX_OPERATIONS:
            _apply(work, batch)
            batch, operations = [], 0
            yield
    _apply(work, batch)


def _proved(work: Work, name: str, data: bytes) -> Proved | None:
    """Return a segment, None for one that is left to be read by itself.

    So is every segment whose key or device is not known yet, and every one of a revoked computer:
    there it must be told first which entries count.
    """
    try:
        found = prove(work, name, data, work.opened(data, SEGMENT))
    except NoKey:
        return None
    if found is None or found.known.log in work.roster.revocations:
        return None
    return found


def _apply(work: Work, batch: list[Proved]) -> None:
    """Apply segments; those that come too early are read by themselves."""
    if not batch:
        return
    early = apply(work, batch)
    work.done.unpacked += len(batch) - len(early)
