"""Operations: the unit of the record.

An operation is a few lines of canonical JSON joined by newlines (canonical JSON has none inside):
first the header, then one line per change. Its id is the SHA-256 of the header line. The header
carries `bh`, the SHA-256 over the hashes of the change lines, so header and body can be told
apart: a change can be erased later, leaving "#" and its hash, and the chain still verifies. Every
change holds a random salt, so that an erased value cannot be guessed from its hash.

Nothing is ever verified over re-serialised values, only over the lines as they were received.
"""

from __future__ import annotations

from base64 import b32encode
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from inspector.base.clock import Reading
from inspector.base.hashing import hashed
from inspector.base.patterns import pattern
from inspector.base.values import frozen
from inspector.ledger import canonical

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

VERSION = 1
SUITE = "sha256"
MAX_BYTES = 256 * 1024
MAX_CHANGES = 500
NO_OPERATION = "0" * 64

#: Kinds this version acts on; others are stored and relayed.
TX, SEAL, AUDIT, ERASE, RECEIPT = "tx", "seal", "audit", "erase", "receipt"
KNOWN_KINDS = frozenset({TX, SEAL, AUDIT, ERASE, RECEIPT})

_NAME = pattern(r"[a-z][a-z0-9_]{0,63}")
_ID = pattern(r"[0-9A-Za-z][0-9A-Za-z_.:@-]{0,79}")
_HASH = pattern(r"[0-9a-f]{64}")
_SHORT = pattern(r"[0-9a-f]{32}")
_LOG = pattern(r"[a-z2-7]{26}")
_BOOT = _SHORT
_SALT = _LOG
_VERSION = pattern(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,39}")

#: At most 16 digits: the largest that canonical numbers have.
_NUMBER = r"0|-?[1-9][0-9]{0,15}"

#: Moments and zones that a date can be made of: the years 1 to 9999, a day east or west.
_MOMENTS = (-62_135_510_400_000, 253_402_214_400_000)
_ZONES = (-1439, 1439)
_COUNTS = (1, canonical.MAX_INTEGER)
_MONOTONIC = (0, canonical.MAX_INTEGER)


#: A header as this version writes it. Its fields are in order and plain, so a line that matches is
#: canonical and every text in it fits; a line that does not may still be another header.
_USUAL_HEADER = pattern(
    rf"""
    {{"act":"({_ID.pattern})","app":"({_VERSION.pattern})","bh":"({_HASH.pattern})",
    "boot":"({_BOOT.pattern})","by":"({_ID.pattern}|)","k":"({_NAME.pattern})",
    "lc":({_NUMBER}),"log":"({_LOG.pattern})","mono":({_NUMBER}),"n":({_NUMBER}),
    "prev":"({_HASH.pattern})","sp":"({_ID.pattern})","su":"{SUITE}",
    "t":({_NUMBER}),"tq":"device","tz":({_NUMBER}),
    (?:"un":"({_ID.pattern})",)?"v":{VERSION}(?:,"vis":"({_ID.pattern})")?}}
    """.replace("\n", "").replace(" ", "")
)


class InvalidOperation(ValueError):
    """The lines are not an operation that this version may accept. `code` names the reason."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {detail}" if detail else code)


@frozen
class Change:
    """New values for some fields of one entity.

    `over` names, per field, the operations (first 16 bytes, hex) whose values this one replaces;
    a field without an entry replaces nothing.
    """

    entity: str
    id: str
    fields: Mapping[str, Any]
    over: Mapping[str, Sequence[str]] = field(default_factory=dict)
    why: str = ""


@frozen
class Header:
    """What is signed and chained. Meanings as in the module's documentation.

    space: the team's id; log: the device's chain (26 base32 letters); n: place in that chain,
    from 1; prev: id of the operation before; lc: Lamport counter; reading: the clocks' claims;
    by: person who entered it; app: version of the program; kind; visit and action group
    operations; undoes: the action that this one takes back; body: hash of the change hashes.
    """

    space: str
    log: str
    n: int
    prev: str
    lc: int
    reading: Reading
    by: str
    app: str
    kind: str
    action: str
    body: str
    visit: str = ""
    undoes: str = ""

    def at(self, log: str, n: int, prev: str, lc: int, body: str) -> Header:
        """Return the header at this place in a chain, above a body with this hash."""
        return Header(
            self.space,
            log,
            n,
            prev,
            lc,
            self.reading,
            self.by,
            self.app,
            self.kind,
            self.action,
            body,
            self.visit,
            self.undoes,
        )


@frozen
class Operation:
    """A parsed operation. `changes[i]` is None where that change was erased."""

    id: str
    header: Header
    changes: tuple[Change | None, ...]
    raw: bytes

    @property
    def short(self) -> str:
        """The first 16 bytes of the id, as `over` names it."""
        return self.id[:32]


def base32(data: bytes) -> str:
    """Return `data` in lower-case base32 without padding (salts and log ids)."""
    return b32encode(data).decode().rstrip("=").lower()


def change_line(change: Change, salt: bytes) -> bytes:
    """Return the canonical line of `change`, salted."""
    content: dict[str, Any] = {
        "s": base32(salt),
        "e": change.entity,
        "id": change.id,
        "f": dict(change.fields),
    }
    over = {name: list(ops) for name, ops in change.over.items() if ops}
    if over:
        content["over"] = over
    if change.why:
        content["why"] = change.why
    return canonical.encode(content)


def body_hash(lines: Sequence[bytes]) -> str:
    """Return the hash over the hashes of the change lines; an erased line states its own."""
    hashes = [
        line[1:].decode("ascii", "replace") if line[:1] == b"#" else hashed(line).hexdigest()
        for line in lines
    ]
    return hashed("\n".join(hashes).encode()).hexdigest()


def header_line(header: Header) -> bytes:
    """Return the canonical line of `header`; empty optional fields are absent."""
    text, reading = canonical.quoted, header.reading
    undoes = f'"un":{text(header.undoes)},' if header.undoes else ""
    visit = f',"vis":{text(header.visit)}' if header.visit else ""
    line = (
        f'{{"act":{text(header.action)},"app":{text(header.app)},"bh":{text(header.body)},'
        f'"boot":{text(reading.boot)},"by":{text(header.by)},"k":{text(header.kind)},'
        f'"lc":{header.lc},"log":{text(header.log)},"mono":{reading.monotonic},"n":{header.n},'
        f'"prev":{text(header.prev)},"sp":{text(header.space)},"su":"{SUITE}",'
        f'"t":{reading.ms},"tq":"device","tz":{reading.zone},{undoes}"v":{VERSION}{visit}}}'
    )
    return line.encode()


def seal_lines(header: Header, lines: Sequence[bytes]) -> bytes:
    """Return the operation's bytes. Raises InvalidOperation beyond the limits of one operation."""
    raw = b"\n".join([header_line(header), *lines])
    if len(raw) > MAX_BYTES or not 0 < len(lines) <= MAX_CHANGES:
        raise InvalidOperation("too_large", f"{len(raw)} bytes, {len(lines)} changes")
    return raw


def seal(header: Header, lines: Sequence[bytes], changes: Sequence[Change]) -> Operation:
    """Return the operation of the lines that `change_line` made of `changes`.

    It is what `parse` makes of its bytes, which are not read again: held to whatever is asked of an
    operation that comes from elsewhere, and raising the same. `header.body` is the hash of `lines`.
    """
    raw = seal_lines(header, lines)
    first = raw[: -sum(map(len, lines)) - len(lines)]
    _parse_header(first, header)
    as_read = tuple(map(_as_read, changes))
    _require_once(as_read)
    return Operation(hashed(first).hexdigest(), header, as_read, raw)


def _as_read(change: Change) -> Change:
    fields = {name: canonical.as_read(change.fields[name]) for name in sorted(change.fields)}
    over = {name: list(ops) for name, ops in sorted(change.over.items()) if ops}
    return _checked(Change(change.entity, change.id, fields, over, change.why))


def operation_id(raw: bytes) -> str:
    """Return the id of the operation in `raw`: the SHA-256 of its header line."""
    return hashed(raw.split(b"\n", 1)[0]).hexdigest()


def parse(raw: bytes) -> Operation:
    """Parse and verify one operation from its bytes.

    Checks form, limits, suite and body hash; not the chain (see `ledger.chain`). Raises
    InvalidOperation, whose code is `too_large`, `form`, `suite` or `body_hash`.
    """
    if len(raw) > MAX_BYTES:
        raise InvalidOperation("too_large", f"{len(raw)} bytes")
    first, *lines = raw.split(b"\n")
    if not 0 < len(lines) <= MAX_CHANGES:
        raise InvalidOperation("form", f"{len(lines)} changes")
    header = _parse_header(first)
    if body_hash(lines) != header.body:
        raise InvalidOperation("body_hash")
    changes = tuple(map(_parse_change, lines))
    _require_once(changes)
    return Operation(hashed(first).hexdigest(), header, changes, raw)


def _parse_header(line: bytes, written: Header | None = None) -> Header:
    """Return the header in `line`, `written` if `header_line` made that of it."""
    # Any byte has a character in Latin-1, so this never fails; what matches is ASCII.
    usual = _USUAL_HEADER.fullmatch(line.decode("latin-1"))
    if usual is None:
        return _any_header(line)
    header = written or _usual_header(usual)
    reading = header.reading
    if not (
        _MOMENTS[0] <= reading.ms <= _MOMENTS[1]
        and _ZONES[0] <= reading.zone <= _ZONES[1]
        and _MONOTONIC[0] <= reading.monotonic <= _MONOTONIC[1]
        and _COUNTS[0] <= header.n <= _COUNTS[1]
        and _COUNTS[0] <= header.lc <= _COUNTS[1]
    ):
        raise InvalidOperation("form", "a number of the header is out of bounds")
    return header


def _usual_header(usual: re.Match[str]) -> Header:
    act, app, bh, boot, by, k, lc, log, mono, n, prev, sp, t, tz, un, vis = usual.groups("")
    reading = Reading(int(t), int(tz), boot, int(mono))
    return Header(sp, log, int(n), prev, int(lc), reading, by, app, k, act, bh, vis, un)


def _any_header(line: bytes) -> Header:
    content = _decode(line)
    if content.get("v") != VERSION or content["v"] is True or content.get("su") != SUITE:
        raise InvalidOperation("suite", f"{content.get('v')} {content.get('su')}")
    try:
        header = Header(
            space=_text(content["sp"], _ID),
            log=_text(content["log"], _LOG),
            n=_integer(content["n"], _COUNTS),
            prev=_text(content["prev"], _HASH),
            lc=_integer(content["lc"], _COUNTS),
            reading=Reading(
                _integer(content["t"], _MOMENTS),
                _integer(content["tz"], _ZONES),
                _text(content["boot"], _BOOT),
                _integer(content["mono"], _MONOTONIC),
            ),
            by="" if content["by"] == "" else _text(content["by"], _ID),
            app=_text(content["app"], _VERSION),
            kind=_text(content["k"], _NAME),
            action=_text(content["act"], _ID),
            body=_text(content["bh"], _HASH),
            visit=_text(content["vis"], _ID) if "vis" in content else "",
            undoes=_text(content["un"], _ID) if "un" in content else "",
        )
    except KeyError as error:
        raise InvalidOperation("form", f"header without {error}") from error
    return header


def _parse_change(line: bytes) -> Change | None:
    if line.startswith(b"#"):
        _text(line[1:].decode("ascii", "replace"), _HASH)
        return None
    content = _decode(line)
    try:
        _text(content["s"], _SALT)
        fields, over, why = content["f"], content.get("over", {}), content.get("why", "")
        return _checked(Change(content["e"], content["id"], fields, over, why))
    except KeyError as error:
        raise InvalidOperation("form", f"change without {error}") from error


def _checked(change: Change) -> Change:
    fields, over, why = change.fields, change.over, change.why
    _text(change.entity, _NAME)
    _text(change.id, _ID)
    if not isinstance(fields, dict) or not isinstance(over, dict) or not isinstance(why, str):
        raise InvalidOperation("form", "fields")
    if not _are_names(tuple(fields)):
        raise InvalidOperation("form", "the name of a field")
    for name, replaced in over.items():
        if name not in fields or not isinstance(replaced, list):
            raise InvalidOperation("form", "over")
        for short in replaced:
            _text(short, _SHORT)
    return change


def _decode(line: bytes) -> dict[str, Any]:
    try:
        content = canonical.decode(line)
    except canonical.NotCanonical as error:
        raise InvalidOperation("form", str(error)) from error
    if not isinstance(content, dict):
        raise InvalidOperation("form", "a line that is not an object")
    return content


def _text(value: object, pattern: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise InvalidOperation("form", f"unexpected value {str(value)[:40]!r}")
    return value


@lru_cache(maxsize=1024)
def _are_names(texts: tuple[str, ...]) -> bool:
    # A few nouns with a few fields come again and again.
    return all(map(_NAME.fullmatch, texts))


def _integer(value: object, bounds: tuple[int, int]) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidOperation("form", "a number that is not an integer")
    if not bounds[0] <= value <= bounds[1]:
        raise InvalidOperation("form", f"{value} is outside {bounds[0]} to {bounds[1]}")
    return value


def _require_once(changes: Sequence[Change | None]) -> None:
    """A register has one value per operation; two of them could not be told apart by its id."""
    if len(changes) == 1:
        return  # the keys of one object were found to differ
    written: set[tuple[str, str, str]] = set()
    for change in filter(None, changes):
        for name in change.fields:
            register = (change.entity, change.id, name)
            if register in written:
                raise InvalidOperation("form", f"{name} is written twice")
            written.add(register)
