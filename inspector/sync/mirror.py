"""Copying a depot into another without any key: how hubs hand upwards what they cannot read.

Objects never change, so a mirror is the union of both. It can be stopped anywhere and goes on with
what is lacking. Heads go last: a reader of the copy is never told of what is not there yet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.sync import names
from inspector.sync.depots import marker
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.depots.room import require_room
from inspector.sync.invalid import InvalidObject
from inspector.sync.scrub import Problem, most_bytes, require_sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.base.progress import Progress
    from inspector.sync.depots.protocol import Depot

#: Who may be read, then what they said, files before the indexes that name them, heads last.
_ORDER = (
    *(names.ENVELOPES, names.STATEMENTS, names.PARTS, names.INDEXES, names.THUMBS),
    *(names.SEGMENTS, names.PACKS, names.SNAPSHOTS),
)
_HEADS_KEPT = 2
_KILO = 1024
#: What this version does not understand is handed on all the same.
_NEWER = frozenset({"version", "suite", "codec"})


@dataclass(slots=True)
class Mirrored:
    """What a mirror came to. problems: objects at the source that were not copied, and why."""

    source: str = ""
    target: str = ""
    objects: int = 0
    copied: int = 0
    bytes: int = 0
    problems: list[Problem] = field(default_factory=list)


def mirror(
    source: Depot, target: Depot, progress: Progress, done: Mirrored, *, verify: bool = False
) -> Iterator[None]:
    """Copy what `target` lacks, in steps; with `verify` also what is damaged there.

    Raises MingchaError: depot_unmarked, depot_newer, depot_same, and DepotError.
    """
    done.source, done.target = marker.read(source).depot, marker.read(target).depot
    if done.source == done.target and source.place == target.place:
        raise MingchaError("depot_same")
    there = {entry.name: entry.size for entry in target.entries("sp", below=True)}
    listed = {entry.name: entry.size for entry in source.entries("sp", below=True)}
    done.objects = len(listed)
    lacking = [
        name
        for name, size in listed.items()
        if there.get(name) != size or (verify and not _is_sound(target, name))
    ]
    yield from copy(source, target, {name: listed[name] for name in lacking}, progress, done)
    _forget_old_heads(target, [*there, *listed])


def copy(
    source: Depot, target: Depot, wanted: dict[str, int], progress: Progress, done: Mirrored
) -> Iterator[None]:
    """Copy objects by name (with their sizes), in steps, each read back. Raises DepotError."""
    require_room(target, sum(wanted.values()))
    progress.start(N_("Copying, in kilobytes"), sum(wanted.values()) // _KILO)
    for name in sorted(wanted, key=_rank):
        yield
        try:
            data = _read(source, name)
        except (Missing, InvalidObject) as error:
            done.problems.append(Problem(getattr(error, "code", "missing"), name))
            continue
        target.write(name, data)
        done.copied += 1
        done.bytes += len(data)
        progress.step(wanted[name] // _KILO)


def _read(depot: Depot, name: str) -> bytes:
    if not names.is_known(name):
        return depot.read(name, most_bytes(f"sp/x/{names.PARTS}/x"))
    data = depot.read(name, most_bytes(name))
    try:
        require_sound(name, data)
    except InvalidObject as error:
        if error.code not in _NEWER:
            raise
    return data


def _is_sound(depot: Depot, name: str) -> bool:
    try:
        _read(depot, name)
    except (Missing, InvalidObject):
        return False
    except DepotError as error:
        if error.trouble == "away":
            raise
        return False
    return True


def _rank(name: str) -> tuple[int, str]:
    folder = name.split("/")[2] if name.count("/") > 2 else ""
    if folder == names.HEADS:
        return len(_ORDER) + 1, name
    return _ORDER.index(folder) if folder in _ORDER else len(_ORDER), name


def _forget_old_heads(target: Depot, listed: Iterable[str]) -> None:
    """A device takes its older heads away where it writes them, but never comes to a copy."""
    heads: defaultdict[str, set[str]] = defaultdict(set)
    for name in listed:
        if names.head_name(name) is not None:
            heads[name.rpartition(".")[0]].add(name)
    for each in heads.values():
        for name in sorted(each)[:-_HEADS_KEPT]:
            target.remove(name)
