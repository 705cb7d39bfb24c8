"""The files by which a computer joins an organisation without any network.

Invitation (from the office), request (from the computer that wants in), admission (back to it), and
the root key, sealed. Each is a line that says what it is, a line of canonical JSON, and an armoured
SSHSIG over that JSON; the root file has no signature but the seal of its passphrase. Parsers refuse
whatever their writers would not have written, and look at the size before anything else.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.ledger import canonical, sshsig
from inspector.ledger.statements import InvalidStatement, organisation_id
from inspector.ledger.statements import parse as parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.ledger.statements import Statement

VERSION = 1
SUITE = "ed25519"
INVITATION = "mingcha-invitation@1"
ADMISSION = "mingcha-admission@1"

#: Bytes of each file, and what the lists in them hold at most.
MOST_BYTES = 16 << 20
MOST_OF_REQUEST = 64 << 10
MOST_OF_ROOT = 4 << 10
MOST_STATEMENTS = 20_000
MOST_ENVELOPES = 20_000
MOST_LIST = 200
_MOST_WRAPPED = 4096

INVITATION_MAGIC = b"MCINVITE1\n"
REQUEST_MAGIC = b"MCREQUEST1\n"
ADMISSION_MAGIC = b"MCADMIT1\n"
_ROOT_MAGIC = b"MCROOT1\n"

_HEX = re.compile(r"[0-9a-f]{64}")
_LOG = re.compile(r"[a-z2-7]{26}")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:@-]{0,79}")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_SEALED = re.compile(r"(?:[0-9a-f]{2}){16,500}")


class InvalidFile(ValueError):
    """The bytes are no such file. `code`: too_large, form, suite (not known), signature."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {detail}" if detail else code)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The key of an epoch for one age recipient."""

    epoch: str
    recipient: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an organisation is, in its own signed words. by: the key that signed the file."""

    org: str
    by: bytes
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ChainKey:
    """The key (32 bytes) of a former chain, with its signature over whose request this is."""

    log: str
    key: bytes
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A computer asks to be let in, signed with the key of its chain.

    former: chains that were written in this workspace before and that nobody admitted, the oldest
    first; keys: those of them that have their own; signs: the person's own key (hex) or "";
    earlier: spaces that were recorded in; of: the member's chain that this one goes on, or "".
    """

    org: str
    by: bytes
    person: str
    name: str
    post: str
    log: str
    recipient: str
    signs: str = ""
    of: str = ""
    former: tuple[str, ...] = ()
    keys: tuple[ChainKey, ...] = ()
    earlier: tuple[str, ...] = ()

    def key_of(self, log: str) -> bytes:
        """Return the key that a chain is to be admitted with: its own, else that of the request."""
        return next((each.key for each in self.keys if each.log == log), self.by)


@dataclass(frozen=True, slots=True)
class Admission:
    """The chain `to` is let in: statements, and keys of epochs, for it and for recovery."""

    org: str
    by: bytes
    to: str
    statements: tuple[Statement, ...]
    envelopes: tuple[Wrapped, ...]


@dataclass(frozen=True, slots=True)
class RootFile:
    """The root key: its public part, and the secret one sealed by a passphrase."""

    public: bytes
    sealed: bytes


# -- writing -------------------------------------------------------------------------------------


def write_invitation(org: str, statements: Iterable[Statement], by: bytes,
                     sign: sshsig.Sign) -> bytes:  # fmt: skip
    """Return an invitation signed by an administrator."""
    content = {"org": org, "statements": _lines(statements)}
    return _signed(INVITATION_MAGIC, INVITATION, content, by, sign)


def write_request(request: Request, sign: sshsig.Sign) -> bytes:
    """Return a request; `sign` is that of its chain."""
    content = {
        "org": request.org,
        "person": request.person,
        "name": request.name,
        "post": request.post,
        "log": request.log,
        "recipient": request.recipient,
        "signs": request.signs,
        "of": request.of,
        "former": list(request.former),
        "keys": [
            {"log": each.log, "key": each.key.hex(), "proof": each.proof} for each in request.keys
        ],
        "earlier": sorted(request.earlier),
    }
    return _signed(REQUEST_MAGIC, sshsig.REQUEST, content, request.by, sign)


def chain_key(org: str, by: bytes, log: str, key: bytes, sign: sshsig.Sign) -> ChainKey:
    """Return the key of a former chain, proved for the request of the computer `by`."""
    return ChainKey(log, key, sshsig.armored(key, sshsig.REQUEST, _claim(org, by, log), sign))


def _claim(org: str, by: bytes, log: str) -> bytes:
    return canonical.encode({"org": org, "by": by.hex(), "log": log})


def write_admission(admission: Admission, sign: sshsig.Sign) -> bytes:
    """Return an admission signed by an administrator."""
    content = {
        "org": admission.org,
        "to": admission.to,
        "statements": _lines(admission.statements),
        "envelopes": [
            {"epoch": each.epoch, "recipient": each.recipient,
             "data": b64encode(each.data).decode()}
            for each in admission.envelopes
        ],
    }  # fmt: skip
    return _signed(ADMISSION_MAGIC, ADMISSION, content, admission.by, sign)


def write_root(root: RootFile) -> bytes:
    """Return the file that keeps a root key."""
    content = {
        "v": VERSION,
        "su": SUITE,
        "org": organisation_id(root.public),
        "public": root.public.hex(),
        "sealed": root.sealed.hex(),
    }
    return _ROOT_MAGIC + canonical.encode(content) + b"\n"


def _lines(statements: Iterable[Statement]) -> list[str]:
    return [each.raw.decode() for each in sorted(statements, key=lambda one: one.id)]


def _signed(
    magic: bytes, namespace: str, content: dict[str, Any], by: bytes, sign: sshsig.Sign
) -> bytes:
    line = canonical.encode({"v": VERSION, "su": SUITE, "by": by.hex(), **content})
    return magic + line + b"\n" + sshsig.armored(by, namespace, line, sign).encode()


# -- reading -------------------------------------------------------------------------------------


def read_invitation(raw: bytes) -> Invitation:
    """Return an invitation whose signature and statements hold. Raises InvalidFile."""
    content, by = _opened(raw, INVITATION_MAGIC, INVITATION, MOST_BYTES, {"org", "statements"})
    return Invitation(_text(content["org"], _LOG), by, _statements(content["statements"]))


def read_request(raw: bytes) -> Request:
    """Return a request whose signature holds. Raises InvalidFile."""
    names = {"org", "person", "name", "post", "log", "recipient", "signs", "of", "former",
             "earlier"}  # fmt: skip
    content, by = _opened(raw, REQUEST_MAGIC, sshsig.REQUEST, MOST_OF_REQUEST, names)
    return Request(
        org=_text(content["org"], _LOG),
        by=by,
        person=_text(content["person"], _ID),
        name=_prose(content["name"]),
        post=_prose(content["post"]),
        log=_text(content["log"], _LOG),
        recipient=_text(content["recipient"], _RECIPIENT),
        signs=_or_none(content["signs"], _HEX),
        of=_or_none(content["of"], _LOG),
        former=_in_order(content["former"], _LOG),
        keys=_chain_keys(content.get("keys", []), content["org"], by),
        earlier=_texts(content["earlier"], _ID),
    )


def read_admission(raw: bytes) -> Admission:
    """Return an admission whose signature and statements hold. Raises InvalidFile."""
    names = {"org", "to", "statements", "envelopes"}
    content, by = _opened(raw, ADMISSION_MAGIC, ADMISSION, MOST_BYTES, names)
    return Admission(
        _text(content["org"], _LOG),
        by,
        _text(content["to"], _LOG),
        _statements(content["statements"]),
        tuple(map(_wrapped, _list(content["envelopes"], MOST_ENVELOPES))),
    )


def read_root(raw: bytes) -> RootFile:
    """Return the sealed root key in a file. Raises InvalidFile."""
    content = _content(_body(raw, _ROOT_MAGIC, MOST_OF_ROOT).removesuffix(b"\n"))
    if content.keys() != {"v", "su", "org", "public", "sealed"}:
        raise InvalidFile("form", "other fields")
    public = bytes.fromhex(_text(content["public"], _HEX))
    if organisation_id(public) != content["org"]:
        raise InvalidFile("form", "another organisation's key")
    return RootFile(public, bytes.fromhex(_text(content["sealed"], _SEALED)))


def _opened(
    raw: bytes, magic: bytes, namespace: str, limit: int, names: set[str]
) -> tuple[dict[str, Any], bytes]:
    """Return the content of a signed file and the key that signed it."""
    line, _, armour = _body(raw, magic, limit).partition(b"\n")
    content = _content(line)
    by = bytes.fromhex(_text(content.get("by"), _HEX))
    try:
        sshsig.verify(armour.decode("ascii"), by, namespace, line)
    except ValueError as error:
        raise InvalidFile("signature", str(error)) from error
    if not names <= content.keys():
        raise InvalidFile("form", "a field is missing")
    return content, by


def _body(raw: bytes, magic: bytes, limit: int) -> bytes:
    if len(raw) > limit:
        raise InvalidFile("too_large", f"{len(raw)} bytes")
    if not raw.startswith(magic):
        raise InvalidFile("form", "another kind of file")
    return raw.removeprefix(magic)


def _content(line: bytes) -> dict[str, Any]:
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidFile("form", str(error)) from error
    if not isinstance(content, dict):
        raise InvalidFile("form", "not an object")
    if content.get("v") is True or (content.get("v"), content.get("su")) != (VERSION, SUITE):
        raise InvalidFile("suite", f"{content.get('v')} {content.get('su')}"[:80])
    return content


def _statements(value: object) -> tuple[Statement, ...]:
    found = []
    for each in _list(value, MOST_STATEMENTS):
        if not isinstance(each, str):
            raise InvalidFile("form", "a statement that is no text")
        try:
            found.append(parse_statement(each.encode()))
        except InvalidStatement as error:
            # One in a suite of tomorrow must not pass for one that was never made.
            raise InvalidFile("suite" if error.code == "suite" else "form", str(error)) from error
    return tuple(found)


def _wrapped(value: object) -> Wrapped:
    if not isinstance(value, dict) or value.keys() != {"epoch", "recipient", "data"}:
        raise InvalidFile("form", "not an envelope")
    data = value["data"]
    if not isinstance(data, str) or len(data) > _MOST_WRAPPED:
        raise InvalidFile("form", "an envelope of unbearable length")
    try:
        plain = b64decode(data, validate=True)
    except ValueError as error:
        raise InvalidFile("form", str(error)) from error
    return Wrapped(_text(value["epoch"], _LOG), _text(value["recipient"], _RECIPIENT), plain)


def _list(value: object, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise InvalidFile("form", "not a list of bearable length")
    return value


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise InvalidFile("form", f"{str(value)[:80]!r} is not {pattern.pattern}")
    return value


def _or_none(value: object, pattern: re.Pattern[str]) -> str:
    return "" if value == "" else _text(value, pattern)


def _texts(value: object, pattern: re.Pattern[str]) -> tuple[str, ...]:
    listed = tuple(_text(each, pattern) for each in _list(value, MOST_LIST))
    if list(listed) != sorted(set(listed)):
        raise InvalidFile("form", "a list out of order")
    return listed


def _in_order(value: object, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return a list whose order means something; nothing comes twice."""
    listed = tuple(_text(each, pattern) for each in _list(value, MOST_LIST))
    if len(set(listed)) != len(listed):
        raise InvalidFile("form", "something twice in a list")
    return listed


def _chain_keys(value: object, org: str, by: bytes) -> tuple[ChainKey, ...]:
    found = []
    for each in _list(value, MOST_LIST):
        if not isinstance(each, dict) or each.keys() != {"log", "key", "proof"}:
            raise InvalidFile("form", "not the key of a chain")
        log, key = _text(each["log"], _LOG), bytes.fromhex(_text(each["key"], _HEX))
        try:
            sshsig.verify(str(each["proof"]), key, sshsig.REQUEST, _claim(org, by, log))
        except ValueError as error:
            raise InvalidFile("signature", str(error)) from error
        found.append(ChainKey(log, key, str(each["proof"])))
    return tuple(found)


def _prose(value: object) -> str:
    if not isinstance(value, str) or len(value) > 400 or not value.isprintable():
        raise InvalidFile("form", "not a line of text")
    return value
