"""What was put aside, as whoever judges it needs it: whose, when, from where, what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.domain.names import noun_name
from inspector.domain.schema import KINDS
from inspector.operations.discretion import covert_now, in_sight
from inspector.operations.values import Values
from inspector.storage import exchange
from inspector.sync import judging

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Lang
    from inspector.ledger.operation import Operation
    from inspector.operations.session import Session
    from inspector.storage.exchange import Quarantined

#: Changes that are told of one thing; there are more in it then.
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Aside:
    """One thing that was put aside.

    name: whose computer wrote it, "" if that is not known; depot: what the depot is called here;
    at, zone: when it was put aside; first, last: the places of its entries in their chain, 0 for
    what holds none that can be read; contents: what its entries say, one line for each thing.
    """

    row: Quarantined
    name: str
    depot: str
    at: int
    zone: int
    first: int
    last: int
    contents: tuple[str, ...]


def put_aside(session: Session, lang: Lang, *, all_of_them: bool = False) -> list[Aside]:
    """Return what was put aside and waits for a person, or all that ever was."""
    store = session.store
    names = {row.id: row.name for row in exchange.depots(store.db)}
    roster = store.membership.roster()
    zone = store.clock.read().zone
    values = Values(session, translator(lang), zone)
    found = []
    for row in exchange.quarantined(store.db, all_of_them=all_of_them):
        device = roster.device(row.log)
        operations = judging.entries(store, row)
        found.append(
            Aside(
                row=row,
                name=device.name if device else "",
                depot=names.get(row.source, row.source),
                at=row.at,
                zone=zone,
                first=operations[0].header.n if operations else 0,
                last=operations[-1].header.n if operations else 0,
                contents=tuple(_lines(session, values, operations)),
            )
        )
    return found


def _lines(session: Session, values: Values, operations: list[Operation]) -> Iterator[str]:
    tr, covert = values.tr, covert_now(session)
    told = 0
    for operation in operations:
        for change in operation.changes:
            if change is None or change.entity not in KINDS:
                continue
            told += 1
            if told > _TOLD:
                yield "…"
                return
            said = values.said(change.entity, change.fields)
            line = tr("{kind}: {text}", kind=noun_name(change.entity).of(tr.lang), text=said or "–")
            yield in_sight(session, line) if covert else line
