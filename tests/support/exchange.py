"""Keys, operations and objects of what laptops exchange, the same in every run."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inspector.ledger.operation import NO_OPERATION, Change
from inspector.sync import sealed
from tests.support.fixed import CountingEntropy
from tests.support.records import LOG, SPACE, make

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.ledger.operation import Operation

EPOCH = "epoch-1"
KEY = hashlib.sha256(b"epoch key").digest()


def device(seed: str = "device") -> tuple[bytes, Callable[[bytes], bytes]]:
    """Return the public key of a device and what signs with its secret one."""
    secret = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())
    return secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), secret.sign


PUBLIC, SIGN = device()


def run_of(count: int, first: int = 1, prev: str = NO_OPERATION, log: str = LOG) -> list[Operation]:
    """Return `count` operations of one chain, the first following `prev`."""
    made: list[Operation] = []
    for n in range(first, first + count):
        change = Change("finding", f"f{n}", {"text": f"窗口{n}无人", "severity": n % 4})
        made.append(make(change, n=n, prev=made[-1].id if made else prev, log=log))
    return made


def sealed_as(kind: sealed.Kind, payload: bytes, seed: str = "") -> bytes:
    """Return an object of the test space under the test epoch's key."""
    return sealed.seal(kind, SPACE, EPOCH, KEY, payload, CountingEntropy(seed))
