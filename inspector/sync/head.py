"""A head: what one device says is in a depot, and how far it has seen the others.

It saves listing and reading: which segments hold its own chain and the chains it carries for
others, which indexes and statements there are. A head that is torn, missing, stale or wrong costs
time, never facts: whatever it names is proved by itself. `seen` is also a witness: a device that
rewrote its chain later contradicts what others have signed.

The payload is framed: one line of canonical JSON and the armoured SSHSIG of the device over it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from inspector.ledger import canonical, sshsig
from inspector.sync import armour, frames, names
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

VERSION = 1
#: Of each list in a head. A space is meant for 50 chains, a chain for some hundred segments.
MOST = 100_000

_HASH = re.compile(r"[0-9a-f]{64}")
_APP = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")
_FIELDS = {
    "app", "carried", "digest", "gen", "indexes", "log", "n", "op", "seen", "segments", "sp",
    "statements", "t", "v",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Where places `first` to `last` of a chain lie: the hash in their segment's name."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What the tables hold at which operations, as `storage.state` says it."""

    frontier: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a device states. `generation` counts its heads in this depot from 1, `ms` is its clock.

    `n`, `op`: the last operation of its own chain; `runs`: its own segments, `carried`: those of
    other chains; `indexes`, `statements`: hashes in names; `seen`: the last operation it holds of
    each other chain without a gap.
    """

    space: str
    log: str
    generation: int
    n: int
    op: str
    ms: int
    app: str
    runs: tuple[Run, ...] = ()
    carried: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    indexes: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    seen: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A head as it was received; `verify` proves who says it."""

    head: Head
    line: bytes
    signature: str


def build(head: Head, public: bytes, sign: sshsig.Sign) -> bytes:
    """Return the payload of `head`, signed by its device. Raises InvalidObject as `parse` does."""
    line = canonical.encode(_content(head))
    signature = sshsig.armored(public, sshsig.HEAD, line, sign)
    payload = frames.join((line, signature.encode()))
    parse(payload)
    return payload


def parse(payload: bytes) -> Signed:
    """Take a payload apart. Raises InvalidObject: `form`, `version`, `too_large`."""
    pieces = frames.split(payload, 2)
    if len(pieces) != 2:
        raise InvalidObject("form", "not a line and a signature")
    line, signature = pieces
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidObject("form", str(error)) from error
    if not isinstance(content, dict) or content.keys() != _FIELDS:
        raise InvalidObject("form", "other fields")
    if content["v"] != VERSION or content["v"] is True:
        raise InvalidObject("version", str(content["v"])[:40])
    return Signed(_head(content), line, armour.require(signature))


def verify(signed: Signed, public: bytes) -> None:
    """Raise sshsig.InvalidSignature unless `public` is the key that signed the head."""
    sshsig.verify(signed.signature, public, sshsig.HEAD, signed.line)


def _content(head: Head) -> dict[str, Any]:
    digest = head.digest and {"frontier": head.digest.frontier, "digest": head.digest.digest}
    return {
        "v": VERSION,
        "sp": head.space,
        "log": head.log,
        "gen": head.generation,
        "n": head.n,
        "op": head.op,
        "t": head.ms,
        "app": head.app,
        "segments": _listed(head.runs),
        "carried": {log: _listed(runs) for log, runs in head.carried.items()},
        "indexes": list(head.indexes),
        "statements": list(head.statements),
        "seen": {log: [n, op] for log, (n, op) in head.seen.items()},
        "digest": digest,
    }


def _listed(runs: tuple[Run, ...]) -> list[list[Any]]:
    return [[run.first, run.last, run.name] for run in runs]


def _head(content: dict[str, Any]) -> Head:
    return Head(
        space=_text(content["sp"], names.SPACE),
        log=_text(content["log"], names.LOG),
        generation=_number(content["gen"], 1, names.MAX_GENERATION),
        n=_number(content["n"], 0),
        op=_text(content["op"], _HASH),
        ms=_number(content["t"], -canonical.MAX_INTEGER),
        app=_text(content["app"], _APP),
        runs=_each(content["segments"], _run),
        carried=_by_log(content["carried"], lambda runs: _each(runs, _run)),
        indexes=_each(content["indexes"], _name),
        statements=_each(content["statements"], _name),
        seen=_by_log(content["seen"], _place),
        digest=_digest(content["digest"]),
    )


def _each(value: object, read: Callable[[object], T]) -> tuple[T, ...]:
    if not isinstance(value, list):
        raise InvalidObject("form", "not a list")
    if len(value) > MOST:
        raise InvalidObject("too_large", f"a list of {len(value)}")
    return tuple(map(read, value))


def _by_log(value: object, read: Callable[[object], T]) -> dict[str, T]:
    if not isinstance(value, dict) or len(value) > MOST:
        raise InvalidObject("form", "not an object by chains")
    return {_text(log, names.LOG): read(item) for log, item in value.items()}


def _run(value: object) -> Run:
    if not isinstance(value, list) or len(value) != 3:
        raise InvalidObject("form", "not a run")
    first = _number(value[0], 1)
    return Run(first, _number(value[1], first), _name(value[2]))


def _place(value: object) -> tuple[int, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidObject("form", "not a place in a chain")
    return _number(value[0], 0), _text(value[1], _HASH)


def _digest(value: object) -> Digest | None:
    if value is None:
        return None
    if not isinstance(value, dict) or value.keys() != {"frontier", "digest"}:
        raise InvalidObject("form", "not a digest")
    return Digest(_text(value["frontier"], _HASH), _text(value["digest"], _HASH))


def _name(value: object) -> str:
    return _text(value, names.HASH)


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise InvalidObject("form", f"unexpected value {str(value)[:40]!r}")
    return value


def _number(value: object, least: int, most: int = canonical.MAX_INTEGER) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise InvalidObject("form", f"not a number from {least}: {str(value)[:40]}")
    return value
