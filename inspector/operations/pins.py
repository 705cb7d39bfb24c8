"""The PIN with which a member stands by something on a computer that somebody else is using.

A PIN is kept in this workspace's local settings as a salted scrypt hash, never in the record: it
is not synchronised and not sealed. It tells who confirmed from who was typing, and no more. It is
not encryption: of 4 to 12 digits all can be tried by whoever copies the file, and who is first at
the keyboard can choose the PIN of somebody who has none. A confirmation that must hold against
that is signed on paper.

After five wrong tries no PIN of that member is looked at until `PAUSE_MS` have passed by the
device's clock since the last one. A forgotten PIN cannot be reset; a signature on paper remains.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.domain.entities import Person
from inspector.operations.recording import get

if TYPE_CHECKING:
    from inspector.operations.session import Session

#: Wrong tries in a row after which the next one has to wait.
TRIES = 5
#: How long it waits, in milliseconds.
PAUSE_MS = 15 * 60_000

_FORM = pattern(r"[0-9]{4,12}")
_SALT_BYTES = 16
# 16 MB and some hundredths of a second for each try.
_COST, _BLOCK, _LANES = 2**14, 8, 1


def set_pin(session: Session, person: str, pin: str, *, old: str = "") -> None:
    """Give a member a PIN on this computer; one who has a PIN already names it in `old`.

    Raises MingchaError `not_found`, `pin_form` unless it is 4 to 12 digits, and for `old`
    `pin_wrong` or `pin_blocked`.
    """
    get(session, Person, person)
    require_form(pin)
    if has_pin(session, person):
        require_pin(session, person, old)
    salt = session.store.entropy(_SALT_BYTES)
    kept = {"salt": salt.hex(), "hash": _hash(pin, salt).hex()}
    session.store.set_local(_key(person), json.dumps(kept))


def require_form(pin: str) -> None:
    """Raise MingchaError `pin_form` unless `pin` is 4 to 12 digits."""
    if not _FORM.fullmatch(pin):
        raise MingchaError("pin_form")


def has_pin(session: Session, person: str) -> bool:
    """Return whether the member has a PIN on this computer."""
    return session.store.local(_key(person)) is not None


def typist_has_pin(session: Session) -> bool:
    """Return whether the person who is typing has a PIN on this computer."""
    return bool(session.store.user) and has_pin(session, session.store.user)


def pin_matches(session: Session, person: str, pin: str) -> bool:
    """Return whether `pin` is the member's; a wrong one is counted, durably, a right one clears.

    Raises MingchaError `pin_not_set`, or `pin_blocked` after too many wrong tries.
    """
    stored = session.store.local(_key(person))
    if stored is None:
        raise MingchaError("pin_not_set", name=get(session, Person, person).name)
    failures, last = _failures(session, person)
    now = session.store.clock.read().ms
    if failures >= TRIES:
        if 0 <= now - last < PAUSE_MS:
            raise MingchaError("pin_blocked", minutes=-(-(PAUSE_MS - (now - last)) // 60_000))
        failures = 0
    kept = json.loads(stored)
    right = hmac.compare_digest(_hash(pin, bytes.fromhex(kept["salt"])).hex(), kept["hash"])
    if failures or not right:
        count = {"count": 0 if right else failures + 1, "last": now}
        session.store.set_local(_failures_key(person), json.dumps(count))
    return right


def require_pin(session: Session, person: str, pin: str) -> None:
    """Raise MingchaError `pin_not_set`, `pin_blocked` or `pin_wrong` unless `pin` is right."""
    if not pin_matches(session, person, pin):
        raise MingchaError("pin_wrong")


def _failures(session: Session, person: str) -> tuple[int, int]:
    stored = session.store.local(_failures_key(person))
    found = json.loads(stored) if stored else {"count": 0, "last": 0}
    return found["count"], found["last"]


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, n=_COST, r=_BLOCK, p=_LANES)


def _key(person: str) -> str:
    return f"pin:{person}"


def _failures_key(person: str) -> str:
    return f"pin_failures:{person}"
