"""What was put aside, as whoever judges it needs it: whose, when, from where, what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.i18n import translator
from inspector.domain.names import noun_name
from inspector.domain.schema import KINDS
from inspector.operations.discretion import covert_now, in_sight
from inspector.operations.values import Values
from inspector.storage import aside as aside_table
from inspector.storage import exchange
from inspector.sync import judging
from inspector.sync.quarantine import HERE_ALREADY, REVOKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Lang
    from inspector.ledger.operation import Operation
    from inspector.operations.session import Session
    from inspector.storage.aside import Quarantined

#: Changes that are told of one thing; there are more in it then.
_TOLD = 20
#: What a person may let count.
_ACCEPTABLE = frozenset({REVOKED, HERE_ALREADY})


@dataclass(frozen=True, slots=True)
class Aside:
    """One thing that was put aside.

    name: whose computer wrote it, "" if that is not known; depot: what the depot is called here;
    at, zone: when it was put aside; first, last: the places of its entries in their chain, 0 for
    what holds none that can be read; contents: what its entries say, one line for each thing.
    acceptable: a person may let it count; anything else is damaged or nobody's.
    """

    row: Quarantined
    name: str
    depot: str
    at: int
    zone: int
    first: int
    last: int
    contents: tuple[str, ...]
    acceptable: bool

    @property
    def in_record(self) -> bool:
        """Whether its entries came before the revocation was known here, and count already."""
        return came_before(self.row)


class Judged(NamedTuple):
    """What a person decided about, and how many entries came into the record by that."""

    row: Quarantined
    operations: int = 0


def came_before(row: Quarantined) -> bool:
    """Tell whether its entries were in the record before it was known that they should not be."""
    return row.reason == HERE_ALREADY


def accept(session: Session, number: int) -> Judged:
    """Let entries of a revoked computer count.

    Raises MingchaError `quarantine_unknown`, `quarantine_not_acceptable`, `quarantine_not_yet`.
    """
    row = judging.waiting(session.store, number)
    return Judged(row, judging.accept(session.store, number).operations)


def dismiss(session: Session, number: int) -> Judged:
    """Ask about something no more. Raises MingchaError `quarantine_unknown`.

    It stays out for good; what was in the record before stays there.
    """
    row = judging.waiting(session.store, number)
    judging.dismiss(session.store, number)
    return Judged(row)


def put_aside(
    session: Session, lang: Lang, *, all_of_them: bool = False, told: bool = True
) -> list[Aside]:
    """Return what was put aside and waits for a person, or all that ever was.

    told: with its entries, which takes reading them; without, `contents_of` reads those of one.
    """
    store = session.store
    names = {row.id: row.name for row in exchange.depots(store.db)}
    roster = store.membership.roster()
    zone = store.clock.read().zone
    found = []
    for row in aside_table.quarantined(store.db, all_of_them=all_of_them):
        device = roster.device(row.log)
        operations = judging.entries(store, row) if told else []
        found.append(
            Aside(
                row=row,
                name=device.name if device else "",
                depot=in_sight(session, names.get(row.source, row.source)),
                at=row.at,
                zone=zone,
                first=operations[0].header.n if operations else 0,
                last=operations[-1].header.n if operations else 0,
                contents=_contents(session, lang, operations),
                acceptable=row.reason in _ACCEPTABLE and not row.settled,
            )
        )
    return found


def contents_of(session: Session, row: Quarantined, lang: Lang) -> tuple[str, ...]:
    """Return what its entries say, a line for each thing; nothing where none can be read."""
    return _contents(session, lang, judging.entries(session.store, row))


def _contents(session: Session, lang: Lang, operations: list[Operation]) -> tuple[str, ...]:
    values = Values(session, translator(lang), session.store.clock.read().zone)
    return tuple(_lines(session, values, operations))


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
