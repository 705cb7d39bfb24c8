"""Sealing and opening what is exchanged, against the bare cipher and hash over the same bytes."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from inspector.sync import names, sealed
from tests.bench.measuring import Row, alternate, median, say, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.measuring import Plan

_SPACE, _EPOCH, _KEY = "bench", "epoch", bytes(range(32))
_NONCE = bytes(12)


def run(plan: Plan) -> list[Row]:
    """Measure the sealing and the opening of parts of photographs."""
    count = 8 if plan.quick else 40
    say(f"sealing: {count} parts of 8 MiB")
    data = os.urandom(sealed.PART_BYTES)
    made = sealed.seal(sealed.PART, _SPACE, _EPOCH, _KEY, data, os.urandom)
    name = names.part(_SPACE, names.hash_of(made))
    cipher = ChaCha20Poly1305(_KEY)
    bare = cipher.encrypt(_NONCE, data, None)

    def seal() -> str:
        return names.hash_of(sealed.seal(sealed.PART, _SPACE, _EPOCH, _KEY, data, os.urandom))

    def open_() -> bytes:
        names.require_bytes(name, made)
        return sealed.open_(made, _KEY, sealed.PART, _SPACE)

    return [
        _row("seal", f"sealing and naming {count} parts of 8 MiB", count, seal,
             lambda: hashlib.sha256(cipher.encrypt(_NONCE, data, None)).digest()),
        _row("open", f"proving and opening {count} parts of 8 MiB", count, open_,
             lambda: (hashlib.sha256(bare).digest(), cipher.decrypt(_NONCE, bare, None))),
    ]  # fmt: skip


def _row(
    name: str, work: str, count: int, ours: Callable[[], object], floor: Callable[[], object]
) -> Row:
    timings = alternate(
        lambda _number: seconds(lambda: [ours() for _ in range(count)]),
        lambda _number: seconds(lambda: [floor() for _ in range(count)]),
        rounds=5,
    )
    return Row(
        name=name,
        work=work,
        floor_work="bare ChaCha20-Poly1305 and SHA-256 over the same bytes",
        ours=median(timings.ours),
        floor=median(timings.floor),
        target=1.2,
    )
