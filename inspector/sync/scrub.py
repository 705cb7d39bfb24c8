"""Scrubbing a depot without any key: media forget, clouds cut off, sticks are damaged unnoticed.

An object whose name is the hash of its bytes is compared with it; of every object the part that is
readable without keys is looked at. What only a newer version knows is counted, not judged.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.sync import names, sealed
from inspector.sync.depots import marker
from inspector.sync.depots.protocol import DepotError, Missing
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from inspector.base.progress import Progress
    from inspector.sync.depots.protocol import Depot

#: Of the parts of files a hundredth is read each day, so that all were read after as many days.
DAYS = 100
DAY_MS = 24 * 3600 * 1000

#: An envelope holds one key for one reader.
_MOST_ENVELOPE = 16 * 1024
_AGE = b"age-encryption.org/v1\n"
_KINDS: dict[str, sealed.Kind] = {
    names.STATEMENTS: sealed.STATEMENT,
    names.HEADS: sealed.HEAD,
    names.SEGMENTS: sealed.SEGMENT,
    names.INDEXES: sealed.INDEX,
    names.PARTS: sealed.PART,
    names.SNAPSHOTS: sealed.SNAPSHOT,
    names.PACKS: sealed.PACK,
    names.THUMBS: sealed.THUMBS,
}
_NEWER = frozenset({"version", "suite", "codec"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which object: a code of `InvalidObject`, `missing` or `unreadable`."""

    code: str
    where: str


@dataclass(slots=True)
class Scrubbed:
    """What a scrub came to.

    objects: listed; checked: of these read; bytes: read; unknown: of a newer version or somebody
    else's, left alone; compared: whether a member looked for what should be there (`inventory`).
    """

    depot: str = ""
    objects: int = 0
    checked: int = 0
    bytes: int = 0
    unknown: int = 0
    compared: bool = False
    problems: list[Problem] = field(default_factory=list)


def everything(_name: str) -> bool:
    """Choose every object."""
    return True


def of_day(ms: int) -> Callable[[str], bool]:
    """Return what chooses the hundredth of objects whose turn is on the day of `ms` (UTC).

    It follows from the name, so nothing has to be remembered and anybody may go on with it. Heads
    and envelopes are small and always read.
    """
    turn = ms // DAY_MS % DAYS

    def chosen(name: str) -> bool:
        if names.hash_in(name) is None:
            return True
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) % DAYS == turn

    return chosen


def scrub(
    depot: Depot, chosen: Callable[[str], bool], progress: Progress, done: Scrubbed
) -> Iterator[None]:
    """Read the chosen objects of a depot and note in `done` what is wrong, in steps.

    Raises MingchaError: depot_unmarked, depot_newer, and DepotError where the place goes away.
    """
    done.depot = marker.read(depot).depot
    listed = sorted(depot.entries("", below=True))
    known = [entry for entry in listed if names.is_known(entry.name)]
    done.objects, done.unknown = len(known), len(listed) - len(known)
    turn = [entry for entry in known if entry.name != names.MARKER and chosen(entry.name)]
    progress.start(N_("Reading what lies in the depot"), len(turn))
    for entry in turn:
        yield
        look_at(depot, entry.name, done)
        progress.step()


def look_at(depot: Depot, name: str, done: Scrubbed) -> None:
    """Read one object and note in `done` what is wrong with it: `missing` if the depot denies it.

    Raises DepotError where the place goes away.
    """
    done.checked += 1
    try:
        data = depot.read(name, most_bytes(name))
        done.bytes += len(data)
        require_sound(name, data)
    except Missing:
        done.problems.append(Problem("missing", name))
    except InvalidObject as error:
        if error.code in _NEWER:
            done.unknown += 1
        else:
            done.problems.append(Problem(error.code, name))
    except DepotError as error:
        if error.trouble == "away":
            raise
        done.problems.append(Problem("unreadable", name))


def most_bytes(name: str) -> int:
    """Return how many bytes the object of this name may have."""
    kind = _KINDS.get(_folder(name))
    return _MOST_ENVELOPE if kind is None else sealed.most_bytes(kind)


def require_sound(name: str, data: bytes) -> None:
    """Raise InvalidObject where the object `name` is not what its name and place say."""
    names.require_bytes(name, data)
    kind = _KINDS.get(_folder(name))
    if kind is None:
        if not data.startswith(_AGE):
            raise InvalidObject("form", "not an envelope")
        return
    header = sealed.header(data)
    if header.kind != kind:
        raise InvalidObject("kind", header.kind)
    if not name.startswith(f"{names.space_folder(header.space)}/"):
        raise InvalidObject("space", header.space)


def _folder(name: str) -> str:
    return name.split("/")[2] if name.count("/") > 2 else ""
