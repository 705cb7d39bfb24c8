"""Keys of inspectors for tests: made once, because making one is slow on purpose."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from inspector.operations.keys import (
    MadeKey,
    SealedSecret,
    Signer,
    keep_key,
    make_key,
    secret_of,
    unlock,
)
from tests.support.fixed import CountingEntropy

if TYPE_CHECKING:
    from inspector.operations.session import Session

PASSPHRASE = "长风破浪会有时"


@cache
def made(seed: str) -> MadeKey:
    """Return the key that these letters stand for, sealed by `PASSPHRASE`."""
    return make_key(PASSPHRASE, CountingEntropy(seed))


def give_key(session: Session, person: str, seed: str = "") -> None:
    """Give a person a key of their own, or the one that `seed` stands for."""
    keep_key(session, person, made(seed or person))


def signer(session: Session, person: str) -> Signer:
    """Return the opened key of a person."""
    return _opened(secret_of(session, person))


@cache
def _opened(secret: SealedSecret) -> Signer:
    return unlock(secret, PASSPHRASE)
