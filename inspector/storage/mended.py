"""When what was seen was last written anew, after it had been entered once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from inspector.domain.entities import Entered
from inspector.domain.facts import MENDABLE, WRITTEN_LATER
from inspector.domain.schema import KIND_OF
from inspector.ledger.operation import InvalidOperation, parse

if TYPE_CHECKING:
    from inspector.storage.store import Store


def mended(store: Store, visit: str) -> dict[str, Entered]:
    """Return by whom and when facts of a visit were last mended, by id, of those that were.

    The operations say it that wrote the values which are shown; the latest by its clock counts.
    A field about which two laptops disagree is no mended one: both values are shown as a conflict.
    """
    found: dict[str, Entered] = {}
    for cls in MENDABLE:
        query = f'SELECT id, _c, _fc FROM "{KIND_OF[cls]}" WHERE visit = ? AND _fc IS NOT NULL'
        for fact, first, clocks in store.db.execute(query, (visit,)).fetchall():
            writers = {
                clock[0]
                for name, clock in json.loads(clocks).items()
                if clock is not None and name not in WRITTEN_LATER
            }
            times = [_mending(store, short, fact) for short in writers - {first}]
            last = max((each for each in times if each), key=_by_clock, default=None)
            if last is not None:
                found[fact] = last
    return found


def _by_clock(entered: Entered) -> tuple[int, str, int]:
    return entered.ms, entered.by, entered.zone


def _mending(store: Store, short: str, fact: str) -> Entered | None:
    """Return who wrote of a fact anew and when; None if the operation entered it itself.

    Two laptops may enter one answer without knowing of each other; neither of them changed it.
    """
    raw = store.log.get(short)
    try:
        operation = parse(raw or b"")
    except InvalidOperation:
        return None  # `check` tells of it
    known = any(
        change is not None and change.id == fact and (change.over or "visit" not in change.fields)
        for change in operation.changes
    )
    header = operation.header
    return Entered(header.by, header.reading.ms, header.reading.zone) if known else None
