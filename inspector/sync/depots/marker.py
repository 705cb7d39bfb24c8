"""The marker by which a depot is known: an empty mount point or a wrong stick has none.

Without it nothing is read and nothing is written, so that absence can never be taken for deletion
and nobody's other stick fills with objects.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.ledger import canonical
from inspector.sync import names
from inspector.sync.depots.protocol import Missing
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from inspector.base.ids import Entropy
    from inspector.sync.depots.protocol import Depot

VERSION = 1
LAYOUT = 1
MAX_BYTES = 4096
#: What a depot may need of a program that uses it; this version knows of nothing yet.
KNOWN_NEEDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Marker:
    """Which depot it is (`depot`, a UUID), how it is laid out, what it takes to use it."""

    depot: str
    layout: int = LAYOUT
    needs: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """Return the marker as it is written."""
        content = {
            "v": VERSION,
            "depot": self.depot,
            "layout": self.layout,
            "needs": list(self.needs),
        }
        return canonical.encode(content) + b"\n"


def parse(data: bytes) -> Marker:
    """Return the marker in `data`. Raises InvalidObject: `form`, `version`."""
    try:
        content = canonical.decode(data.rstrip(b"\r\n"))
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict) or not _is_version(content.get("v")):
        raise InvalidObject("form", "not a marker")
    if content["v"] != VERSION or content.get("layout") != LAYOUT:
        raise InvalidObject("version", "another layout")
    depot, needs = content.get("depot"), content.get("needs")
    if not isinstance(depot, str) or not isinstance(needs, list):
        raise InvalidObject("form", "fields of the marker")
    if not KNOWN_NEEDS.issuperset(map(str, needs)):
        raise InvalidObject("version", "needs more than this version knows")
    try:
        return Marker(str(uuid.UUID(depot)), LAYOUT, tuple(map(str, needs)))
    except ValueError as error:
        raise InvalidObject("form", "not the id of a depot") from error


def read(depot: Depot) -> Marker:
    """Return the marker of a depot.

    Raises MingchaError: depot_unmarked (none, or torn), depot_newer, and whatever DepotError.
    """
    try:
        return parse(depot.read(names.MARKER, MAX_BYTES))
    except Missing as error:
        raise MingchaError("depot_unmarked", place=depot.place) from error
    except InvalidObject as error:
        code = "depot_newer" if error.code == "version" else "depot_unmarked"
        raise MingchaError(code, place=depot.place) from error


def require(depot: Depot, expected: str) -> None:
    """Raise MingchaError (depot_other, or as `read`) unless this is the depot `expected`."""
    if read(depot).depot != expected:
        raise MingchaError("depot_other", place=depot.place)


def init(depot: Depot, entropy: Entropy) -> Marker:
    """Make a depot of an empty or otherwise used place, and return its new marker.

    Raises MingchaError: depot_exists where there is a sound marker, depot_newer, DepotError.
    """
    try:
        read(depot)
    except MingchaError as error:
        if error.code != "depot_unmarked":
            raise
    else:
        raise MingchaError("depot_exists", place=depot.place)
    made = Marker(str(uuid.UUID(bytes=entropy(16), version=4)))
    depot.write(names.MARKER, made.to_bytes())
    return made


def _is_version(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
