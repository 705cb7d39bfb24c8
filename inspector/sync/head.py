"""A head: what one device says is in a depot, and how far it has seen the others.

It saves listing and reading: which segments hold its own chain and the chains it carries for
others, which indexes and statements there are. A head that is torn, missing, stale or wrong costs
time, never facts: whatever it names is proved by itself. `seen` is also a witness: a device that
rewrote its chain later contradicts what others have signed.

The payload is framed: one line of canonical JSON and the armoured SSHSIG of the device over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical, sshsig
from inspector.sync import fields, frames, names
from inspector.sync.fields import APP, HASH, by_log, each, name, number, place, state, text
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.storage.state import State

VERSION = 1
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
class Head:
    """What a device states. `generation` counts its heads in this depot from 1, `ms` is its clock.

    `n`, `op`: the last operation of its own chain; `runs`: its own segments, `carried`: those of
    other chains; `indexes`, `statements`: hashes in names; `seen`: the last operation it holds of
    each other chain without a gap; `digest`: what its tables hold (`storage.state`).
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
    digest: State | None = None


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
    content, line, signature = fields.signed_line(payload, _FIELDS, VERSION)
    return Signed(_head(content), line, signature)


def verify(signed: Signed, public: bytes) -> None:
    """Raise sshsig.InvalidSignature unless `public` is the key that signed the head."""
    sshsig.verify(signed.signature, public, sshsig.HEAD, signed.line)


def _content(head: Head) -> dict[str, Any]:
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
        "digest": fields.of_state(head.digest) if head.digest else None,
    }


def _listed(runs: tuple[Run, ...]) -> list[list[Any]]:
    return [[run.first, run.last, run.name] for run in runs]


def _head(content: dict[str, Any]) -> Head:
    return Head(
        space=text(content["sp"], names.SPACE),
        log=text(content["log"], names.LOG),
        generation=number(content["gen"], 1, names.MAX_GENERATION),
        n=number(content["n"], 0),
        op=text(content["op"], HASH),
        ms=number(content["t"], -canonical.MAX_INTEGER),
        app=text(content["app"], APP),
        runs=each(content["segments"], _run),
        carried=by_log(content["carried"], lambda runs: each(runs, _run)),
        indexes=each(content["indexes"], name),
        statements=each(content["statements"], name),
        seen=by_log(content["seen"], place),
        digest=None if content["digest"] is None else state(content["digest"]),
    )


def _run(value: object) -> Run:
    if not isinstance(value, list) or len(value) != 3:
        raise InvalidObject("form", "not a run")
    first = number(value[0], 1)
    return Run(first, number(value[1], first), name(value[2]))
