"""When what was seen was last written anew, after it had been entered once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.entities import Entered
from inspector.domain.facts import MENDABLE, WRITTEN_LATER
from inspector.domain.schema import KIND_OF
from inspector.ledger.operation import InvalidOperation, parse

if TYPE_CHECKING:
    from collections.abc import Collection

    from inspector.ledger.registers import EntityState
    from inspector.storage.store import Store


def mended(store: Store, visit: str, ids: Collection[str]) -> dict[str, Entered]:
    """Return by whom and when facts of a visit were last mended, by id, of those that were.

    ids: the facts that are asked for. The operation says it that wrote the value which is shown.
    """
    found: dict[str, Entered] = {}
    for cls in MENDABLE:
        noun = KIND_OF[cls]
        query = f'SELECT id FROM "{noun}" WHERE visit = ? AND _fc IS NOT NULL'
        for (fact,) in store.db.execute(query, (visit,)).fetchall():
            writer = _last_writer(store.state(noun, fact)) if fact in ids else ""
            raw = store.log.get(writer) if writer else None
            if raw is None:
                continue
            try:
                header = parse(raw).header
            except InvalidOperation:
                continue  # `check` tells of it
            found[fact] = Entered(header.by, header.reading.ms, header.reading.zone)
    return found


def _last_writer(state: EntityState) -> str:
    """Return the operation (short id) that wrote of it last; "" if it is the one that made it."""
    writers = [
        (counter, short)
        for name, candidates in state.registers.items()
        if name not in WRITTEN_LATER
        for counter, short, _value in candidates[:1]
    ]
    last = max(writers, default=None)
    return "" if last is None or last == state.creator else last[1]
