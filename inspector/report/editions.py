"""A supplement with the editions it corrects, as one record for papers.

What belonged to a corrected entry – photographs, persons, what the unit said – belongs to the entry
that corrects it. A second person's confirmation does not: nobody confirmed the new text.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.domain.entities import Confirmation, Fact
from inspector.domain.record import PARTS

if TYPE_CHECKING:
    from inspector.domain.entities import Entity
    from inspector.domain.record import VisitRecord

#: Fields that name another fact of the visit.
_REFERENCES = ("finding", "findings", "target", "evidence", "sheet", "round")


def current(record: VisitRecord) -> VisitRecord:
    """Return `record` with references to corrected facts pointing at what corrects them."""
    newer = _newer(record)
    if not newer:
        return record
    parts: dict[str, Any] = {
        name: tuple(_pointed(entity, newer) for entity in getattr(record, name)) for name in PARTS
    }
    # So that old and new differ in what was corrected only.
    replaced = {old: _pointed(entity, newer) for old, entity in record.replaced.items()}
    return replace(record, **parts, replaced=replaced)


def _newer(record: VisitRecord) -> dict[str, str]:
    """Return ids of corrected facts with the id of the newest correction of each."""
    direct = {
        fact.replaces: fact.id
        for name in PARTS
        for fact in getattr(record, name)
        if isinstance(fact, Fact) and fact.replaces and fact.void is None
    }
    newest: dict[str, str] = {}
    for old in direct:
        at, passed = old, {old}
        # A circle cannot be entered, but a merged record may hold anything.
        while at in direct and direct[at] not in passed:
            at = direct[at]
            passed.add(at)
        newest[old] = at
    return newest


def _pointed(entity: Entity, newer: dict[str, str]) -> Entity:
    if isinstance(entity, Confirmation):
        return entity
    changed: dict[str, Any] = {}
    for name in _REFERENCES:
        value = getattr(entity, name, None)
        if isinstance(value, tuple):
            moved: Any = tuple(newer.get(each, each) for each in value)
        else:
            moved = newer.get(value, value) if value else value
        if moved != value:
            changed[name] = moved
    return replace(entity, **changed) if changed else entity
