"""Another laptop of the same space: operations of its own chain that arrive here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.clock import Reading
from inspector.ledger.operation import (
    NO_OPERATION,
    TX,
    Change,
    Header,
    body_hash,
    change_line,
    parse,
    seal_lines,
)
from inspector.storage.receiving import take
from tests.support.fixed import START

if TYPE_CHECKING:
    from inspector.ledger.operation import Operation
    from inspector.operations.session import Session


class Laptop:
    """Writes what it knows of the record of `session`, whenever that is; `by` is typing there."""

    def __init__(self, session: Session, by: str = "", log: str = "b" * 26) -> None:
        self._session = session
        self._log = log
        self._before: Operation | None = None
        self.by = by
        self.written: list[Operation] = []

    def knows(self, noun: str, entity: str, *fields: str) -> dict[str, tuple[str, ...]]:
        """Return what a write of these fields replaces as the record stands now."""
        return dict(self._session.store.state(noun, entity).over(fields))

    def write(
        self,
        noun: str,
        entity: str,
        fields: dict[str, Any],
        *,
        over: dict[str, tuple[str, ...]] | None = None,
        visit: str = "",
        why: str = "",
        kind: str = TX,
        minute: int = 0,
    ) -> Operation:
        """Write there; `arrive` brings it here."""
        store, before = self._session.store, self._before
        lines = [change_line(Change(noun, entity, fields, over or {}, why), bytes(16))]
        n = before.header.n + 1 if before else 1
        header = Header(
            space=store.space,
            log=self._log,
            n=n,
            prev=before.id if before else NO_OPERATION,
            lc=max(store.log.highest_counter(), before.header.lc if before else 0) + 1,
            reading=Reading(
                int(START.timestamp() * 1000) + (600 + minute) * 60_000, 480, "0" * 32, 1
            ),
            by=self.by,
            app="1.0",
            kind=kind,
            action=f"elsewhere-{self._log[:2]}-{n}",
            body=body_hash(lines),
            visit=visit,
        )
        self._before = parse(seal_lines(header, lines))
        self.written.append(self._before)
        return self._before

    def arrive(self) -> None:
        """Bring everything written there into the record here."""
        store = self._session.store
        with store.transaction():
            take(store, self.written)
