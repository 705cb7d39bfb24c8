"""Taking late additions of a sealed visit into a supplement: its seal then adopts them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.entities import Entity, Fact, Finding, Placement, VisitMember
from inspector.domain.vocabulary import FindingOutcome
from inspector.operations.correcting import get_supplement, newest_of
from inspector.operations.findings import next_number
from inspector.operations.late import adopted_id, late_additions
from inspector.operations.recording import editions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from inspector.domain.entities import Visit
    from inspector.domain.record import Late
    from inspector.operations.session import Session


def adopt(
    session: Session, supplement: str, wanted: Collection[str] = (), *, why: str
) -> tuple[Entity, ...]:
    """Take late additions (ids; all if none is named) into an open supplement, as one action.

    What was added becomes a fact of the supplement, what was changed or withdrawn a correction of
    what was sealed. Raises MingchaError `reason_missing`, `not_supplement`, `visit_sealed`, and
    `late_not_found` if there is nothing to adopt.
    """
    if not why.strip():
        raise MingchaError("reason_missing")
    visit = get_supplement(session, supplement)
    earlier = [each for each in editions(session, visit.id) if each != visit.id]
    found = {
        late.entity.id: (late, adopted_id(session, of, late.entity.id))
        for of in earlier
        for late in late_additions(session, of)
        if not late.edition and late.is_adoptable and (not wanted or late.entity.id in wanted)
    }
    names = {old: new for old, (late, new) in found.items() if late.before is None}
    made = [
        entity
        for late, new in found.values()
        for entity in _adopted(session, visit, late, new, names, why)
    ]
    if not made:
        raise MingchaError("late_not_found")
    session.store.save(*_numbered(session, visit, made), visit=visit.id, why=why)
    return tuple(made)


def _adopted(
    session: Session, visit: Visit, late: Late, id: str, names: Mapping[str, str], why: str
) -> Iterator[Entity]:
    entity, before = late.entity, late.before
    if isinstance(entity, Fact | Placement | VisitMember) and before is None:
        yield replace(_renamed(entity, names), id=id, visit=visit.id)
    elif isinstance(entity, Fact) and isinstance(before, Fact):
        corrects = newest_of(session, before).id
        if entity.void is None:
            yield replace(_renamed(entity, names), id=id, visit=visit.id, replaces=corrects)
        elif isinstance(before, Finding):
            outcome = FindingOutcome.NOT_ESTABLISHED
            gone = replace(before, outcome=outcome, outcome_reason=entity.void)
            yield replace(gone, id=id, visit=visit.id, replaces=corrects)
        else:
            gone_fact = replace(before, withdrawn=entity.void or why)
            yield replace(gone_fact, id=id, visit=visit.id, replaces=corrects)


def _renamed(entity: Any, names: Mapping[str, str]) -> Any:
    """Return an entity that names adopted things by their new ids."""
    changed: dict[str, Any] = {}
    for item in fields(entity):
        value = getattr(entity, item.name)
        if isinstance(value, str) and value in names and item.name != "id":
            changed[item.name] = names[value]
        elif isinstance(value, tuple) and any(each in names for each in value):
            changed[item.name] = tuple(names.get(each, each) for each in value)
    return replace(entity, **changed)


def _numbered(session: Session, visit: Visit, made: list[Entity]) -> Iterator[Entity]:
    """Yield everything, findings with provisional numbers of the supplement."""
    following = next_number(session, visit.id)
    for entity in made:
        if isinstance(entity, Finding):
            device = session.store.device
            yield replace(entity, number=following, device=device, official_number="")
            following += 1
        else:
            yield entity
