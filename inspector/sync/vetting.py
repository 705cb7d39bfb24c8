"""Which operations of a revoked chain count: those up to the last that was accepted, and no others.

Whoever has the key of a lost laptop can write a second history that branches off before that place.
So it is not enough that a place lies before it: the operation must be one of those that the last
accepted one stands on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.ledger.operation import NO_OPERATION
from inspector.storage import aside as aside_table
from inspector.storage.aside import Quarantined
from inspector.sync import segment
from inspector.sync.quarantine import HERE_ALREADY
from inspector.sync.sealed import SEGMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from inspector.ledger.operation import Operation
    from inspector.sync.segment import Segment
    from inspector.sync.work import Work


class Vetting:
    """Answers for one visit; `names` are the segments that may be taken in."""

    def __init__(self, work: Work, names: Sequence[str]) -> None:
        self._work = work
        self._names = names
        self._sound: dict[str, set[str]] = {}

    def accepted(
        self, known: Segment, operations: Sequence[Operation]
    ) -> Sequence[Operation] | None:
        """Return the leading operations that count; None if that cannot be told yet."""
        end = self._work.roster.revocations.get(known.log)
        if end is None:
            return operations
        log = self._work.store.log
        complete = end.n == 0 or log.contains(end.op)
        count = 0
        for operation in operations:
            if operation.header.n > end.n:
                break
            if not log.contains(operation.id) and operation.id not in self._ancestry(known.log):
                if not complete and not self._ancestry(known.log):
                    return None
                break
            count += 1
        return operations[:count]

    def _ancestry(self, log: str) -> set[str]:
        """Return the operations that the last accepted one stands on, as far as they are there."""
        if log not in self._sound:
            self._sound[log] = self._walk(log)
        return self._sound[log]

    def _walk(self, log: str) -> set[str]:
        end = self._work.roster.revocations[log]
        runs = self._runs(log)
        sound: set[str] = set()
        wanted = end.op
        while wanted != NO_OPERATION and not self._work.store.log.contains(wanted):
            run = next((run for run in runs if wanted in run[1:]), None)
            if run is None:
                return set()
            upto = run.index(wanted, 1)
            sound.update(run[1 : upto + 1])
            wanted = run[0]
        return sound

    def _runs(self, log: str) -> list[list[str]]:
        """Return, for each segment of the chain, what it follows and the ids of its operations."""
        runs = []
        for name in self._names:
            if f"/{log}/" in name:
                with self._work.tolerant(name, log):
                    _data, payload = self._work.read(name, SEGMENT)
                    known = segment.parse(payload)
                    runs.append([known.prev, *(each.id for each in segment.parsed(known))])
        return runs


def review_revoked(work: Work) -> None:
    """Tell a person, once, of entries beyond a revocation that had been taken in before it came.

    Nothing is removed from a record; what they are worth is for a person to say.
    """
    told = _told(work)
    for log, end in sorted(work.roster.revocations.items()):
        head = work.store.log.head(log)
        for first, last in _untold(end.n + 1, head.n, told.get(log, [])):
            detail = f"{first}-{last}"
            row = Quarantined(0, work.now(), work.id, "", log, HERE_ALREADY, detail, "")
            with work.store.transaction():
                number = aside_table.put_aside(work.store.db, row, None)
            work.done.quarantined.append(row._replace(number=number))


def _told(work: Work) -> dict[str, list[tuple[int, int]]]:
    """Return, by chain, the places that a person was told of, or let count."""
    told: dict[str, list[tuple[int, int]]] = {}
    for row in aside_table.quarantined(work.store.db, all_of_them=True):
        first, _, last = row.detail.partition("-")
        if (row.reason == HERE_ALREADY or row.settled == "accepted") and (first + last).isdecimal():
            told.setdefault(row.log, []).append((int(first), int(last)))
    return told


def _untold(first: int, last: int, told: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what is not told of the places from `first` to `last`."""
    for begin, end in sorted(told):
        if begin > first:
            yield first, min(begin - 1, last)
        first = max(first, end + 1)
        if first > last:
            return
    if first <= last:
        yield first, last
