"""Choose moments for a power cut, and what of the unsynced changes had reached the disk by then."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from tests.rigs.disk_model import Disk, FileOnDisk, apply_name, keys_of
from tests.rigs.disk_ops import ROOT, Ack, Recording, Resize, Sync, Write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Tree = dict[str, "Content | None"]
"""Every path of a state with its content, None for folders."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A power cut after the first `index` operations; `seed` decides what survived it."""

    index: int
    seed: int


@dataclass(frozen=True, slots=True)
class FileChoice:
    """What of a file's unsynced changes survived.

    `kept` gives for each unit how many of its changes arrived; `stale` (not 0) fills space that
    was allocated but never written with old rubbish instead of zeros.
    """

    size: int
    kept: tuple[tuple[int, int], ...]
    stale: int


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of one file in one state, made only when asked for."""

    number: int
    generation: int
    file: FileOnDisk
    choice: FileChoice | None

    @property
    def token(self) -> tuple[int, int, FileChoice | None]:
        """Equal tokens within one replay mean equal bytes."""
        return self.number, self.generation, self.choice

    def data(self) -> bytes | bytearray:
        """Return the bytes."""
        return self.file.durable if self.choice is None else torn(self.file, self.choice)


@dataclass(frozen=True, slots=True)
class Survivors:
    """The outcome of one cut: the kept changes of names (as positions) and the tree they make."""

    names: tuple[int, ...]
    tree: Tree

    def identity(self) -> tuple[object, ...]:
        """Return a value that is equal for equal disks within one moment of certainty."""
        tokens = ((p, c.token if c is not None else None) for p, c in sorted(self.tree.items()))
        return tuple(tokens)


_STALE = (0, 0, 0, 1, 2, 3)
_LEAST_DRAWN = 50
_FRUITLESS_LIMIT = 20

# How likely each kind of cut is: nothing unsynced survived, all did, names without bytes, bytes
# without names, everything up to a moment, or any mixture.
PROFILES = ("dropped", "kept", "names", "bytes", "prefix", "mixed")
_WEIGHTS = (22, 5, 13, 10, 15, 35)


def survivors(disk: Disk, seed: int) -> Survivors:
    """Decide with `seed` what of the unsynced changes is on the disk."""
    random = Random(seed)
    profile = random.choices(PROFILES, _WEIGHTS)[0]
    names = _kept_names(disk, random, profile)
    folders = {number: dict(entries) for number, entries in disk.folders.items()} if names else None
    for index in names:
        apply_name(folders or {}, disk.names[index])
    return Survivors(tuple(names), _walk(disk, folders or disk.folders, random, profile))


def _kept_names(disk: Disk, random: Random, profile: str) -> list[int]:
    everything = list(range(len(disk.names)))
    if profile in ("dropped", "bytes"):
        return []
    if profile in ("kept", "names"):
        return everything
    if profile == "prefix":
        return everything[: random.randint(0, len(everything))]
    chance = random.choice((0.3, 0.6, 0.9))
    lost: set[tuple[int, str]] = set()
    kept = []
    for index in everything:
        keys = keys_of(disk.names[index])
        if lost.isdisjoint(keys) and random.random() < chance:
            kept.append(index)
        else:
            lost.update(keys)  # what builds upon a lost change is lost as well
    return kept


def _walk(disk: Disk, folders: dict[int, dict[str, int]], random: Random, profile: str) -> Tree:
    tree: Tree = {}
    waiting = [("", ROOT)]
    while waiting:
        prefix, folder = waiting.pop()
        for name, number in sorted(folders.get(folder, {}).items()):
            path = prefix + name
            if number in disk.is_folder:
                tree[path] = None
                waiting.append((path + "/", number))
            else:
                file = disk.file(number)
                choice = _file_choice(file, random, profile) if file.pending else None
                tree[path] = Content(number, file.generation, file, choice)
    return tree


def _file_choice(file: FileOnDisk, random: Random, profile: str) -> FileChoice | None:
    """Choose what survives of one file; None if that is exactly what was certain."""
    mode = {"dropped": "none", "kept": "all", "bytes": "all", "prefix": "prefix"}.get(profile)
    if profile == "names":
        mode = random.choice(("none", "size"))
    elif mode is None:
        mode = random.choice(("none", "all", "size", "prefix", "changes", "units"))
    sizes = file.sizes()
    if mode == "none":
        return None
    count = len(file.pending)
    reached = random.randint(0, count) if mode == "prefix" else count
    size = random.choice(sizes) if mode in ("changes", "units") else sizes[reached]
    unit, _ = file.units()
    kept = tuple(k for k in _kept_units(file, random, mode, reached) if k[0] * unit < size)
    stale = random.choice(_STALE) if mode in ("size", "units") and size > sizes[0] else 0
    choice = FileChoice(size, kept, stale)
    return None if not kept and size == sizes[0] else choice


def _kept_units(
    file: FileOnDisk, random: Random, mode: str, reached: int
) -> tuple[tuple[int, int], ...]:
    """Return for each touched unit how many of its changes arrived, leaving out none."""
    if mode == "size":
        return ()
    _, touched = file.units()
    fate = [random.random() < 0.5 for _ in file.pending] if mode == "changes" else []
    torn_share = random.random()
    kept = []
    for unit, changes in sorted(touched.items()):
        if mode == "all":
            count = len(changes)
        elif mode == "prefix":
            count = sum(1 for c in changes if c < reached)
            if count < len(changes) and changes[count] == reached and random.random() < torn_share:
                count += 1  # the write under way when the power went: torn
        elif mode == "changes":
            count = next((i for i, c in enumerate(changes) if not fate[c]), len(changes))
        else:
            count = random.randint(0, len(changes))
        if count:
            kept.append((unit, count))
    return tuple(kept)


def torn(file: FileOnDisk, choice: FileChoice) -> bytearray:
    """Return the bytes of a file of which only some changes arrived."""
    unit, touched = file.units()
    arrived = dict(choice.kept)
    data = bytearray(file.durable)
    room = max(choice.size, *file.sizes())
    data += bytes(room - len(data))
    if choice.stale:
        _fill_stale(data, len(file.durable), unit, touched, choice)
    last = {u: touched[u][count - 1] for u, count in arrived.items()}
    for index, change in enumerate(file.pending):
        start, end = _reach(file, index)
        for number in range(start // unit, -(-end // unit)):
            if last.get(number, -1) < index:
                continue
            low, high = max(start, number * unit), min(end, (number + 1) * unit)
            if isinstance(change, Write):
                data[low:high] = change.data[low - change.offset : high - change.offset]
            else:
                data[low:high] = bytes(high - low)
    del data[choice.size :]
    return data


def _reach(file: FileOnDisk, index: int) -> tuple[int, int]:
    change = file.pending[index]
    if isinstance(change, Resize):
        before = file.sizes()[index]
        return min(change.size, before), before
    return change.offset, change.offset + len(change.data)


def _fill_stale(
    data: bytearray, certain: int, unit: int, touched: dict[int, list[int]], choice: FileChoice
) -> None:
    arrived = dict(choice.kept)
    rubbish = Random(choice.stale).randbytes(unit)
    for number in touched:
        low, high = max(certain, number * unit), min(len(data), (number + 1) * unit)
        if number not in arrived and low < high:
            data[low:high] = rubbish[: high - low]


def intervals(recording: Recording) -> list[tuple[int, int]]:
    """Return the stretches between syncs and acknowledgements as ranges of cut positions."""
    edges = [i + 1 for i, op in enumerate(recording.ops) if isinstance(op, Sync | Ack)]
    starts, ends = [0, *edges], [*(edge - 1 for edge in edges), len(recording.ops)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start <= end]


def draw(recording: Recording, count: int, seed: int) -> list[Cut]:
    """Draw `count` cuts, spread evenly over the stretches, more often at the end of one."""
    random = Random(seed)
    stretches = intervals(recording)
    order: list[tuple[int, int]] = []
    cuts = []
    for _ in range(count):
        if not order:
            order = random.sample(stretches, len(stretches))
        start, end = order.pop()
        index = end if random.random() < 0.5 else random.randint(start, end)
        cuts.append(Cut(index, random.getrandbits(48)))
    return cuts


def replay(recording: Recording, cuts: Sequence[Cut]) -> Iterator[tuple[Cut, Disk]]:
    """Yield each cut, in order of its moment, with the disk at that moment."""
    disk = Disk(recording)
    done = 0
    for cut in sorted(cuts, key=lambda cut: (cut.index, cut.seed)):
        while done < cut.index:
            disk.apply(recording.ops[done])
            done += 1
        yield cut, disk


def distinct(recording: Recording, count: int, seed: int) -> list[Cut]:
    """Return up to `count` cuts that leave different disks or follow different promises.

    Fewer are returned only when drawing brings nothing new any more.
    """
    seen: set[int] = set()
    chosen: list[Cut] = []
    random = Random(seed)
    fruitless = 0
    while len(chosen) < count and fruitless < _FRUITLESS_LIMIT:
        found = []
        drawn = draw(recording, max(_LEAST_DRAWN, count - len(chosen)), random.getrandbits(48))
        position = {cut: at for at, cut in enumerate(drawn)}
        for cut, disk in replay(recording, drawn):
            identity = hash((len(disk.acks), survivors(disk, cut.seed).identity()))
            if identity not in seen:
                seen.add(identity)
                found.append(cut)
        fruitless = 0 if found else fruitless + 1
        chosen += sorted(found, key=position.__getitem__)
    return chosen[:count]
