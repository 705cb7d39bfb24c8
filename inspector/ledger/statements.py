"""Signed statements of an organisation: who belongs to it, with which keys, and who no longer does.

A statement is one line of canonical JSON, a newline, and an armoured SSHSIG over that line. Its id
is the SHA-256 of the line. The organisation is named by the hash of its root key, so that the key
which everything rests on cannot be exchanged. Statements know no time and no order: what follows
from a set of them is computed in `ledger.roster`, and whether the signer may say so as well.

A kind that a newer version knows is kept and relayed and means nothing here; a version or a suite
that is not known cannot be verified and is refused.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical, sshsig
from inspector.ledger.operation import base32

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

VERSION = 1
SUITE = "ed25519"
NAMESPACE = "mingcha-statement@1"
#: Bytes of one statement; the longest lists what a former administrator said and what stays valid.
MAX_BYTES = 1024 * 1024
#: Entries of any list in a statement, and characters of a name or a reason.
MAX_LIST = 10_000
MAX_TEXT = 400
#: Recovery recipients that an organisation has at least: one sheet of paper may burn.
LEAST_RECOVERY = 2

_HASH = re.compile(r"[0-9a-f]{64}")
_ORG = re.compile(r"[a-z2-7]{26}")
_LOG = _ORG
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:@-]{0,79}")
_KIND = re.compile(r"[a-z][a-z_]{0,31}")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_WORD = _KIND
_ENVELOPE = frozenset({"v", "su", "org", "k", "by", "over"})


class InvalidStatement(ValueError):
    """The bytes are no statement that may be accepted.

    `code`: too_large, form, suite (a version or suite that is not known), signature.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {detail}" if detail else code)


@dataclass(frozen=True, slots=True)
class Organisation:
    """The root names the organisation, its space, and who can recover its keys (age recipients)."""

    name: str
    recovery: tuple[str, ...]
    space: str
    space_name: str


@dataclass(frozen=True, slots=True)
class Administrator:
    """The root lets `key` (Ed25519, hex) of a person admit and revoke."""

    person: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class StoodDown:
    """The root takes that back; of what `key` said, only the statements in `kept` stay valid."""

    key: str
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """An administrator admits the chain `log` of a person's device.

    key: its Ed25519 key (hex); recipient: its age recipient; signs: the person's own key (hex, ""
    if there is none); earlier: spaces whose operations of this chain count besides; roles: words.
    """

    person: str
    name: str
    post: str
    log: str
    key: str
    recipient: str
    signs: str
    earlier: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revoked:
    """An administrator ends the chain `log` after its operation `op` at place `n` (0 for none)."""

    log: str
    n: int
    op: str
    reason: str


@dataclass(frozen=True, slots=True)
class Epoch:
    """An administrator begins to use another key; `commitment` binds it (see `sync.sealed`).

    without: chains that were revoked when the key was made and therefore did not get it.
    """

    epoch: str
    number: int
    commitment: str
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Succeeds:
    """An administrator acknowledges `log` as the new chain of the device that wrote `of`.

    A restored backup goes on in a chain of its own, and so does each of two copies of one disk.
    """

    log: str
    of: str
    key: str
    recipient: str
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forked:
    """An administrator notes that two different operations stand at place `n` of `log`."""

    log: str
    n: int
    note: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """An administrator states that `key` (Ed25519, hex) is a person's own, as `Member.signs` does.

    Several people may sign on one computer, which is admitted for one of them.
    """

    person: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class HadRoles:
    """An administrator states which roles the chain `log` had up to its operation at place `n`.

    It is stated when roles are taken away: what was decided with them stands.
    """

    log: str
    n: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A kind of a newer version, kept as it is."""

    kind: str


Body = (
    Organisation
    | Administrator
    | StoodDown
    | Member
    | Revoked
    | Epoch
    | Succeeds
    | Forked
    | Vouched
    | HadRoles
    | Unknown
)
KINDS: dict[str, type[Body]] = {
    "organisation": Organisation,
    "administrator": Administrator,
    "stood_down": StoodDown,
    "member": Member,
    "revoked": Revoked,
    "epoch": Epoch,
    "succeeds": Succeeds,
    "forked": Forked,
    "vouched": Vouched,
    "had_roles": HadRoles,
}
_KIND_OF = {cls: kind for kind, cls in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement whose signature by the key `by` (hex) holds. It need not count."""

    id: str
    org: str
    by: str
    over: tuple[str, ...]
    body: Body
    raw: bytes

    @property
    def kind(self) -> str:
        """The word for what it states."""
        return self.body.kind if isinstance(self.body, Unknown) else _KIND_OF[type(self.body)]


def organisation_id(root: bytes) -> str:
    """Return the name of the organisation whose root key (32 bytes) this is."""
    return base32(hashlib.sha256(root).digest())[:26]


def make(body: Body, org: str, by: bytes, sign: sshsig.Sign, over: Sequence[str] = ()) -> Statement:
    """Return a signed statement. Raises InvalidStatement for what `parse` would refuse."""
    content: dict[str, Any] = {
        "v": VERSION,
        "su": SUITE,
        "org": org,
        "k": _KIND_OF[type(body)],
        "by": by.hex(),
        "over": sorted(over),
        **{item.name: _plain(getattr(body, item.name)) for item in fields(body)},
    }
    try:
        line = canonical.encode(content)
    except canonical.NotCanonical as error:
        raise InvalidStatement("form", str(error)) from error
    return parse(line + b"\n" + sshsig.armored(by, NAMESPACE, line, sign).encode())


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def parse(raw: bytes) -> Statement:
    """Return the statement in `raw` after proving its form and signature.

    Raises InvalidStatement. Whether its signer may state it is for the roster to say.
    """
    if len(raw) > MAX_BYTES:
        raise InvalidStatement("too_large", f"{len(raw)} bytes")
    line, _, armour = raw.partition(b"\n")
    try:
        content = canonical.decode(line)
        signature = armour.decode("ascii")
    except ValueError as error:
        raise InvalidStatement("form", str(error)) from error
    if not isinstance(content, dict):
        raise InvalidStatement("form", "not an object")
    if content.get("v") is True or (content.get("v"), content.get("su")) != (VERSION, SUITE):
        raise InvalidStatement("suite", f"{content.get('v')} {content.get('su')}"[:80])
    statement = _read(content, line, raw)
    try:
        sshsig.verify(signature, bytes.fromhex(statement.by), NAMESPACE, line)
    except sshsig.InvalidSignature as error:
        raise InvalidStatement("signature", str(error)) from error
    return statement


def _read(content: Mapping[str, Any], line: bytes, raw: bytes) -> Statement:
    kind = _text(content.get("k"), _KIND)
    return Statement(
        id=hashlib.sha256(line).hexdigest(),
        org=_text(content.get("org"), _ORG),
        by=_text(content.get("by"), _HASH),
        over=_texts(content.get("over"), _HASH),
        body=_body(kind, content),
        raw=raw,
    )


def _body(kind: str, content: Mapping[str, Any]) -> Body:
    cls = KINDS.get(kind)
    if cls is None:
        return Unknown(kind)
    values = {}
    for item in fields(cls):
        if item.name not in content:
            raise InvalidStatement("form", f"{kind} without {item.name}")
        values[item.name] = _READERS[item.name](content[item.name])
    return cls(**values)


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise InvalidStatement("form", f"{str(value)[:80]!r} is not {pattern.pattern}")
    return value


def _texts(value: object, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return a list of texts that is in order and holds nothing twice."""
    if not isinstance(value, list) or len(value) > MAX_LIST:
        raise InvalidStatement("form", "not a list of bearable length")
    listed = tuple(_text(each, pattern) for each in value)
    if list(listed) != sorted(set(listed)):
        raise InvalidStatement("form", "a list out of order")
    return listed


def _prose(value: object) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT or not (value.isprintable()):
        raise InvalidStatement("form", "not a line of text")
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= canonical.MAX_INTEGER:
        raise InvalidStatement("form", f"{str(value)[:40]} is no number of things")
    return value


def _recovery(value: object) -> tuple[str, ...]:
    listed = _texts(value, _RECIPIENT)
    if len(listed) < LEAST_RECOVERY:
        raise InvalidStatement("form", "fewer than two recovery recipients")
    return listed


def _one(pattern: re.Pattern[str]) -> Callable[[object], str]:
    return lambda value: _text(value, pattern)


def _many(pattern: re.Pattern[str]) -> Callable[[object], tuple[str, ...]]:
    return lambda value: _texts(value, pattern)


#: How each field is read, whatever statement it stands in.
_READERS: dict[str, Callable[[object], Any]] = {
    **dict.fromkeys(("name", "space_name", "post", "reason", "note"), _prose),
    **dict.fromkeys(("person", "space"), _one(_ID)),
    **dict.fromkeys(("log", "of", "epoch"), _one(_LOG)),
    **dict.fromkeys(("key", "commitment", "op"), _one(_HASH)),
    **dict.fromkeys(("n", "number"), _count),
    "signs": lambda value: "" if value == "" else _text(value, _HASH),
    "recipient": _one(_RECIPIENT),
    "recovery": _recovery,
    "earlier": _many(_ID),
    "roles": _many(_WORD),
    "kept": _many(_HASH),
    "without": _many(_LOG),
}
