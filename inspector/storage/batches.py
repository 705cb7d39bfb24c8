"""Edits on their way into operations: joined by entity, split by size."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.ledger.operation import MAX_BYTES, MAX_CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.storage.store import Edit


def merged(edits: Sequence[Edit]) -> list[Edit]:
    """Join the edits of one entity: a register has one value per operation, the last one given."""
    found: dict[tuple[str, str], Edit] = {}
    for edit in edits:
        first = found.get((edit.kind, edit.id))
        if first is not None:
            fields = {**first.fields, **edit.fields}
            edit = replace(edit, fields=fields, why=edit.why or first.why)
        found[edit.kind, edit.id] = edit
    return list(found.values())


def batches(lines: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Split change lines so that each operation stays within its limits."""
    room = MAX_BYTES - 4096
    batch: list[bytes] = []
    size = 0
    for line in lines:
        if batch and (len(batch) == MAX_CHANGES or size + len(line) > room):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(line) + 1
    yield batch
