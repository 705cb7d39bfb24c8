"""Late additions: what another laptop wrote into a visit without knowing that it was sealed.

They are kept and shown, and change nothing of what was sealed, counted or printed until the seal of
a supplement adopts them (`operations.adopting`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from inspector.base.i18n import translator
from inspector.domain.entities import Entity, Visit
from inspector.domain.record import Late
from inspector.domain.schema import KIND_OF, KINDS, from_values
from inspector.ledger.operation import parse
from inspector.report.late import LateLine, late_lines, state
from inspector.report.wording import Words
from inspector.storage.late import changed_late, late_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.base.i18n import Lang
    from inspector.domain.record import VisitRecord
    from inspector.operations.session import Session
    from inspector.storage.late import LateRow

__all__ = ("LateLine", "as_sealed", "late_additions", "late_state", "late_told")

E = TypeVar("E", bound=Entity)


def late_additions(session: Session, visit: str) -> tuple[Late, ...]:
    """Return what came late to a sealed visit, in the order in which it was written."""
    found = [each for row in late_rows(session.store.db, visit) for each in _told(session, row)]
    adopted = dict(_adopted(session, visit))
    named = [
        replace(each, edition=adopted.get(adopted_id(session, visit, each.entity.id), 0))
        for each in found
    ]
    return tuple(sorted(named, key=lambda each: (each.lc, each.entity.id)))


def late_told(record: VisitRecord, lang: Lang) -> tuple[LateLine, ...]:
    """Return what came late to a visit that was read, as people read it."""
    return late_lines(Words(record, translator(lang)))


def late_state(line: LateLine, record: VisitRecord, lang: Lang) -> str:
    """Return how something came late, and whether a supplement has adopted it."""
    return state(line, Words(record, translator(lang)))


def as_sealed(session: Session, entities: Mapping[str, E]) -> dict[str, E]:
    """Return facts with the values that were sealed, where late ones have arrived since."""
    if not entities:
        return {}
    kind = KIND_OF[type(next(iter(entities.values())))]
    sealed = changed_late(session.store.db, kind)
    return {
        id: from_values(KINDS[kind], id, sealed[id], each.entered) if id in sealed else each
        for id, each in entities.items()
    }


def adopted_id(session: Session, visit: str, entity: str) -> str:
    """Return the id under which a supplement holds what it adopts of `visit`."""
    return session.store.derived_id("late", visit, entity)


def _adopted(session: Session, visit: str) -> Iterator[tuple[str, int]]:
    """Yield the ids of adopted things with the edition that has them."""
    rows = late_rows(session.store.db, visit)
    for row in rows:
        id = adopted_id(session, visit, row.id)
        entity = session.store.get(KINDS[row.noun].cls, id)
        supplement = session.store.get(Visit, getattr(entity, "visit", "")) if entity else None
        if supplement and entity and entity.void is None:
            yield id, supplement.edition


def _told(session: Session, row: LateRow) -> Iterator[Late]:
    store, spec = session.store, KINDS[row.noun]
    now = store.get(spec.cls, row.id)
    raw = store.log.get(row.operations[-1])
    if now is None or raw is None:
        return
    header = parse(raw).header
    before = from_values(spec, row.id, row.sealed, now.entered) if row.held else None
    yield Late(
        entity=now,
        before=before,
        by=header.by,
        ms=header.reading.ms,
        zone=header.reading.zone,
        lc=header.lc,
    )
