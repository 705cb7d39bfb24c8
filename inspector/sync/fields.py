"""What heads and manifests of snapshots are made of: one signed line of canonical JSON, its fields.

Whoever reads raises InvalidObject for what this program would not write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from inspector.ledger import canonical
from inspector.storage.state import State
from inspector.sync import armour, frames, names
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

T = TypeVar("T")

#: Of each list. A space is meant for 50 chains, a chain for some hundred segments.
MOST = 100_000

HASH = re.compile(r"[0-9a-f]{64}")
APP = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")


def signed_line(
    payload: bytes, fields: Collection[str], version: int
) -> tuple[dict[str, Any], bytes, str]:
    """Take a payload apart: the content of its line, the line, and the signature over it.

    `fields` are those the line must have, `version` is what its `v` must be. The signature is not
    proved. Raises InvalidObject: `form`, `version`.
    """
    pieces = frames.split(payload, 2)
    if len(pieces) != 2:
        raise InvalidObject("form", "not a line and a signature")
    line, signature = pieces
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict) or content.keys() != set(fields):
        raise InvalidObject("form", "other fields")
    if content["v"] != version or content["v"] is True:
        raise InvalidObject("version", str(content["v"])[:40])
    return content, line, armour.require(signature)


def each(value: object, read: Callable[[object], T], most: int = MOST) -> tuple[T, ...]:
    """Return what `read` makes of the items of a list."""
    if not isinstance(value, list):
        raise InvalidObject("form", "not a list")
    if len(value) > most:
        raise InvalidObject("too_large", f"a list of {len(value)}")
    return tuple(map(read, value))


def by_log(value: object, read: Callable[[object], T]) -> dict[str, T]:
    """Return what `read` makes of the values of an object whose keys are chains."""
    if not isinstance(value, dict) or len(value) > MOST:
        raise InvalidObject("form", "not an object by chains")
    return {text(log, names.LOG): read(item) for log, item in value.items()}


def place(value: object) -> tuple[int, str]:
    """Return a place in a chain and the operation there."""
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidObject("form", "not a place in a chain")
    return number(value[0], 0), text(value[1], HASH)


def state(value: object) -> State:
    """Return what a device says of its tables."""
    if not isinstance(value, dict) or value.keys() != {"frontier", "digest"}:
        raise InvalidObject("form", "not a state")
    return State(text(value["frontier"], HASH), text(value["digest"], HASH))


def of_state(said: State) -> dict[str, str]:
    """Return what `state` reads."""
    return {"frontier": said.frontier, "digest": said.digest}


def name(value: object) -> str:
    """Return a hash as it stands in the name of an object."""
    return text(value, names.HASH)


def text(value: object, pattern: re.Pattern[str]) -> str:
    """Return a text that is as `pattern` says."""
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise InvalidObject("form", f"unexpected value {str(value)[:40]!r}")
    return value


def number(value: object, least: int, most: int = canonical.MAX_INTEGER) -> int:
    """Return a whole number between two others."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidObject("form", f"not a number from {least}: {str(value)[:40]}")
    return value
