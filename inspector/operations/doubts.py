"""What was just recorded and may be wrong: nothing is refused, people are told and decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.domain.authority import evidence_outside, facts_outside
from inspector.domain.completeness import Gap, seen_after_entry
from inspector.domain.entities import Fact
from inspector.domain.schema import KINDS
from inspector.ledger.operation import parse
from inspector.operations.records import load_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.changes import Changes
    from inspector.operations.session import Session

#: Clocks that are set by the network step back by less than this.
_STEP_MS = 1_000


def doubts(session: Session, done: Sequence[Changes]) -> tuple[Gap, ...]:
    """Return what is doubtful in what these actions recorded, worded as what a visit lacks is.

    `seen_outside_visit` and `evidence_outside_visit`: times more than a day away from the visit.
    `seen_after_entry`: times that had not come when they were typed in.
    `clock_ran_back`: the clock of this device stood before the last entry that was made on it.
    """
    # What others recorded was doubted, or not, where it was recorded.
    done = [changes for changes in done if changes.action]
    touched = {entity for changes in done for kind, entity in changes.touched if _is_fact(kind)}
    visits = {fact.visit for fact in _facts(session, done)}
    found: list[Gap] = []
    for record in (load_record(session, visit) for visit in sorted(visits)):
        for code, outside in (
            ("seen_outside_visit", facts_outside(record)),
            ("evidence_outside_visit", evidence_outside(record)),
            ("seen_after_entry", seen_after_entry(record)),
        ):
            if ids := tuple(each for each in outside if each in touched):
                found.append(Gap(code, ids))
    operations = [each for changes in done for each in changes.operations]
    back = [each for each in operations if session.store.log.is_set_back(each, _STEP_MS)]
    if back:
        found.append(Gap("clock_ran_back", tuple(back)))
    return tuple(found)


def clock_gap(session: Session, visit: str) -> tuple[Gap, ...]:
    """Return `clock_ran_back` with what was entered then, if that happened during the visit."""
    found = (parse(raw) for raw in session.store.log.set_back(visit, _STEP_MS))
    ids = tuple(
        next((change.id for change in operation.changes if change), "") for operation in found
    )
    return (Gap("clock_ran_back", ids),) if ids else ()


def _is_fact(kind: str) -> bool:
    return issubclass(KINDS[kind].cls, Fact)


def _facts(session: Session, done: Sequence[Changes]) -> list[Fact]:
    found = (
        session.store.get(KINDS[kind].cls, entity)
        for changes in done
        for kind, entity in changes.touched
        if _is_fact(kind)
    )
    return [fact for fact in found if isinstance(fact, Fact)]
