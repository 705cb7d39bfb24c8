"""Reading a whole depot in the plainest way: what is provably there for who has the keys."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from inspector.ledger.operation import operation_id
from inspector.sync import names, parts, sealed, segment
from inspector.sync.invalid import InvalidObject

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.sync.sealed import Kind
    from tests.support.laptops import Laptop


def everything_in(root: Path, laptop: Laptop) -> tuple[set[str], set[str]]:
    """Return the ids of the operations and the SHA-256 of the files that a depot holds whole."""
    keys = laptop.store.membership.epoch_keys()
    space = root / names.space_folder(laptop.store.space)

    def opened(path: Path, kind: Kind) -> bytes | None:
        data = path.read_bytes()
        try:
            names.require_bytes(path.relative_to(root).as_posix(), data)
            return _opened(data, keys[sealed.header(data).epoch], kind, laptop.store.space)
        except (InvalidObject, KeyError):
            return None

    operations: set[str] = set()
    for path in (space / "s").rglob("*"):
        if path.is_file() and (payload := opened(path, sealed.SEGMENT)):
            operations |= _operations(payload)
    files: set[str] = set()
    for path in (space / "i").rglob("*"):
        if path.is_file() and (payload := opened(path, sealed.INDEX)):
            for sha256, file in parts.parse(payload).items():
                pieces = [root / names.part(laptop.store.space, part.name) for part in file.parts]
                held = [opened(each, sealed.PART) if each.is_file() else None for each in pieces]
                if None not in held:
                    digest = hashlib.sha256(b"".join(each or b"" for each in held)).hexdigest()
                    if digest == sha256:
                        files.add(sha256)
    return operations, files


@lru_cache(maxsize=5_000)
def _opened(data: bytes, key: bytes, kind: Kind, space: str) -> bytes:
    """Open an object; the same bytes lie in several depots and are looked at again and again."""
    return sealed.open_(data, key, kind, space)


@lru_cache(maxsize=5_000)
def _operations(payload: bytes) -> frozenset[str]:
    return frozenset(map(operation_id, segment.parse(payload).raw))
