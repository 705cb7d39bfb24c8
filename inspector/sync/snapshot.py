"""A snapshot: many segments of a depot once more, in a few large objects.

It is for who lacks most of them. It holds nothing that they do not hold, and proves nothing: its
*packs* are segments byte for byte as they lie in the depot, and each is proved as if it had been
read there. The *manifest* names the packs and what is in them, up to which operations they go, and
what the tables of its writer held then. It is framed: one line of canonical JSON and the armoured
SSHSIG of the device over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical, sshsig
from inspector.sync import fields, frames, names
from inspector.sync.fields import APP, by_log, each, name, number, place, text
from inspector.sync.invalid import InvalidObject
from inspector.sync.sealed import PACK, most_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspector.storage.state import State

VERSION = 1
#: Segments in one pack, and packs in a snapshot.
MOST_IN_PACK = 20_000
MOST_PACKS = 10_000

_FIELDS = {"app", "ends", "log", "packs", "sp", "state", "t", "v"}


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack: the hash in its name, its bytes in the depot, the hashes in its segments' names."""

    name: str
    size: int
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a manifest says. ends: of each chain the last operation that is in the packs.

    log: the chain of who wrote it; ms: by its clock; state: of its tables, see `storage.state`.
    """

    space: str
    log: str
    ms: int
    app: str
    ends: Mapping[str, tuple[int, str]]
    state: State
    packs: tuple[Pack, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """A manifest as it was received; `verify` proves who says it."""

    snapshot: Snapshot
    line: bytes
    signature: str


def build(snapshot: Snapshot, public: bytes, sign: sshsig.Sign) -> bytes:
    """Return the payload of a manifest, signed by its device. Raises InvalidObject as `parse`."""
    line = canonical.encode(
        {
            "v": VERSION,
            "sp": snapshot.space,
            "log": snapshot.log,
            "t": snapshot.ms,
            "app": snapshot.app,
            "ends": {log: [n, op] for log, (n, op) in snapshot.ends.items()},
            "state": fields.of_state(snapshot.state),
            "packs": [[each.name, each.size, list(each.segments)] for each in snapshot.packs],
        }
    )
    signature = sshsig.armored(public, sshsig.SNAPSHOT, line, sign)
    payload = frames.join((line, signature.encode()))
    parse(payload)
    return payload


def parse(payload: bytes) -> Signed:
    """Take a payload apart. Raises InvalidObject: `form`, `version`, `too_large`."""
    content, line, signature = fields.signed_line(payload, _FIELDS, VERSION)
    return Signed(_snapshot(content), line, signature)


def _snapshot(content: dict[str, Any]) -> Snapshot:
    return Snapshot(
        space=text(content["sp"], names.SPACE),
        log=text(content["log"], names.LOG),
        ms=number(content["t"], -canonical.MAX_INTEGER),
        app=text(content["app"], APP),
        ends=by_log(content["ends"], place),
        state=fields.state(content["state"]),
        packs=each(content["packs"], _pack, MOST_PACKS),
    )


def _pack(value: object) -> Pack:
    if not isinstance(value, list) or len(value) != 3:
        raise InvalidObject("form", "not a pack")
    return Pack(
        name(value[0]),
        number(value[1], 1, most_bytes(PACK)),
        each(value[2], name, MOST_IN_PACK),
    )


def verify(signed: Signed, public: bytes) -> None:
    """Raise sshsig.InvalidSignature unless `public` is the key that signed the manifest."""
    sshsig.verify(signed.signature, public, sshsig.SNAPSHOT, signed.line)


def pack(segments: Sequence[bytes]) -> bytes:
    """Return the payload of a pack with these segments, as they lie in the depot."""
    return frames.join(segments)


def unpack(payload: bytes) -> list[bytes]:
    """Return the segments in a pack. Raises InvalidObject: `form`, `too_large`."""
    return frames.split(payload, MOST_IN_PACK)
