"""Keys and statements of an organisation that exists only in tests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from inspector.ledger import statements
from inspector.ledger.operation import NO_OPERATION, base32
from inspector.ledger.statements import (
    Administrator,
    Epoch,
    Member,
    Organisation,
    Revoked,
    StoodDown,
    Succeeds,
)

if TYPE_CHECKING:
    from inspector.ledger.sshsig import Sign
    from inspector.ledger.statements import Body, Statement

RECOVERY = tuple(f"age1{letter * 58}" for letter in "qz")
SPACE = "spaceoftheorganisation2222"
#: base32 in the letters of bech32.
_ALPHABET = str.maketrans("abcdefghijklmnopqrstuvwxyz234567", "qpzry9x8gf2tvdw0s3jn54khce6mua7l")


@dataclass(frozen=True)
class Signer:
    """A key made from a word: the same word, the same key."""

    public: bytes
    sign: Sign

    @property
    def hex(self) -> str:
        """The public key in hex."""
        return self.public.hex()


@cache
def signer(word: str) -> Signer:
    """Return the key that belongs to a word."""
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(word.encode()).digest())
    return Signer(key.public_key().public_bytes_raw(), key.sign)


ROOT = signer("root")
ORG = statements.organisation_id(ROOT.public)


def chain(word: str) -> str:
    """Return the name of a chain that belongs to a word."""
    return base32(hashlib.sha256(word.encode()).digest()[:16])


def recipient(word: str) -> str:
    """Return an age recipient that belongs to a word; nobody has its identity."""
    return f"age1{base32(hashlib.sha256(word.encode()).digest()).translate(_ALPHABET):q<58}"


@cache
def stated(body: Body, by: Signer = ROOT, over: tuple[str, ...] = (), org: str = ORG) -> Statement:
    """Return a signed statement."""
    return statements.make(body, org, by.public, by.sign, over)


def organisation(name: str = "市政府督查室") -> Statement:
    """Return the first statement of every organisation."""
    return stated(Organisation(name, RECOVERY, SPACE, "2026 暗访"))


def administrator(word: str) -> Statement:
    """Return the root's appointment of an administrator."""
    return stated(Administrator(f"person-{chain(word)}", word, signer(word).hex))


def stood_down(word: str, *kept: str) -> Statement:
    """Return the root's statement that somebody is no administrator any more."""
    return stated(StoodDown(signer(word).hex, tuple(sorted(kept))))


def member(
    word: str,
    by: Signer,
    *roles: str,
    key: str = "",
    earlier: tuple[str, ...] = (),
    over: tuple[str, ...] = (),
) -> Statement:
    """Return the admission of the device of a word."""
    body = Member(
        person=f"person-{chain(word)}",
        name=word,
        post="",
        log=chain(word),
        key=key or signer(f"device {word}").hex,
        recipient=recipient(word),
        signs="",
        earlier=earlier,
        roles=tuple(sorted(roles)),
    )
    return stated(body, by, over)


def revoked(word: str, by: Signer, n: int) -> Statement:
    """Return the revocation of the device of a word."""
    return stated(Revoked(chain(word), n, NO_OPERATION, "遗失"), by)


def epoch(number: int, by: Signer, *without: str) -> Statement:
    """Return the beginning of an epoch that leaves some chains out."""
    left = tuple(sorted(map(chain, without)))
    return stated(Epoch(chain(f"epoch {number} {by.hex}"), number, "0" * 64, left), by)


def succession(word: str, of: str, by: Signer) -> Statement:
    """Return the acknowledgement of another chain of the same device."""
    key = signer(f"device {word}").hex
    return stated(Succeeds(chain(word), chain(of), key, recipient(word), ()), by)
