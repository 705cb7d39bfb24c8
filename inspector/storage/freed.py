"""Which originals a computer freed: read from the operations that say so, never from a table.

Who wrote it follows from the chain that its operation stands in. An entry that was changed later is
looked up as well, so that nobody hides that a copy is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.vocabulary import AuditKind
from inspector.ledger.operation import InvalidOperation, parse

if TYPE_CHECKING:
    from inspector.storage.store import Store

#: By SHA-256: the chains that freed an original, with the counter of the last time.
Freed = dict[str, dict[str, int]]


def freed(store: Store) -> Freed:
    """Return which originals were freed, by which chains."""
    found: Freed = {}
    query = "SELECT DISTINCT _c FROM audit_entry WHERE kind = ? OR _fc IS NOT NULL"
    for (short,) in store.db.execute(query, (AuditKind.FREED,)).fetchall():
        raw = store.log.get(short)
        if raw is not None:
            _take(found, raw)
    return found


def _take(found: Freed, raw: bytes) -> None:
    try:
        operation = parse(raw)
    except InvalidOperation:
        return  # `check` tells of it
    header = operation.header
    for change in operation.changes:
        if change is None or change.entity != "audit_entry":
            continue
        sha256 = change.fields.get("sha256")
        if change.fields.get("kind") == AuditKind.FREED and isinstance(sha256, str):
            by = found.setdefault(sha256, {})
            by[header.log] = max(header.lc, by.get(header.log, 0))
