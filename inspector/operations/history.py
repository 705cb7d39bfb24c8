"""What happened to the record: every entry, change and withdrawal, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inspector.ledger.operation import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one entity.

    operation: its id; ms, zone: the claim of the device's clock when it was typed; by: id of who
    typed it; kind: `tx`, `seal`, `audit`, `erase`; undoes: the action that it takes back, "" if
    none; fields: the new values, None where they were erased.
    """

    operation: str
    ms: int
    zone: int
    by: str
    kind: str
    action: str
    undoes: str
    noun: str
    id: str
    fields: Mapping[str, Any] | None
    why: str


def visit_history(session: Session, visit: str) -> Iterator[Entry]:
    """Yield everything that was recorded in a visit, in order of arrival."""
    for raw in session.store.log.of_visit(visit):
        yield from _entries(raw)


def entity_history(session: Session, entity: str) -> Iterator[Entry]:
    """Yield everything that was recorded about one thing of any kind, in order of arrival."""
    # Most operations are about something else: their bytes are searched before they are parsed.
    needle = entity.encode()
    for row in session.store.log.rows():
        if needle in row.raw:
            yield from (entry for entry in _entries(row.raw) if entry.id == entity)


def entries_about(session: Session, visit: str, *words: Collection[str]) -> Iterator[Entry]:
    """Yield the entries of a visit's operations that name any of `words` (ids, hashes).

    What else those operations did is yielded too. A visit has thousands of operations: their bytes
    are searched before they are parsed.
    """
    needles = [word.encode() for several in words for word in several]
    for raw in session.store.log.of_visit(visit):
        if any(needle in raw for needle in needles):
            yield from _entries(raw)


def _entries(raw: bytes) -> Iterator[Entry]:
    operation = parse(raw)
    header = operation.header
    for change in operation.changes:
        yield Entry(
            operation=operation.id,
            ms=header.reading.ms,
            zone=header.reading.zone,
            by=header.by,
            kind=header.kind,
            action=header.action,
            undoes=header.undoes,
            noun=change.entity if change else "",
            id=change.id if change else "",
            fields=change.fields if change else None,
            why=change.why if change else "",
        )
