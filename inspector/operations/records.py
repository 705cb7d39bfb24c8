"""A visit as a whole: read from the projection while open, from its sealed values afterwards."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from inspector.domain import entities as nouns
from inspector.domain.record import PARTS, VisitRecord
from inspector.domain.schema import FACT_KINDS
from inspector.operations.history import visit_history
from inspector.operations.late import late_additions
from inspector.operations.local_catalogues import checklist_of, day_of_validity, situations_of
from inspector.operations.places import windows_of
from inspector.operations.recording import get, later_editions
from inspector.operations.sealed import load_sealed
from inspector.storage.holding import COUNTS
from inspector.storage.mended import mended

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from inspector.domain.catalogues import Situation
    from inspector.operations.session import Session


def load_record(
    session: Session, visit: str, *, without: Collection[str] = frozenset()
) -> VisitRecord:
    """Return everything about a visit: as sealed, or as it stands. Raises `not_found`.

    What may still happen after the seal is added as it stands: erasures, and what came late. The
    parts named in `without` (see `domain.record.PARTS`) are left empty: reading thousands of
    photographs takes longer than all the rest.
    """
    found = get(session, nouns.Visit, visit)
    seals = tuple(session.store.select(nouns.Seal, f"visit = ? AND {COUNTS}", visit))
    if not seals:
        return _as_it_stands(session, found, without)
    record = load_sealed(session, seals[-1])
    record = replace(
        record,
        seals=seals,
        erasures=_erasures(session, record.evidence),
        late=late_additions(session, visit),
    )
    left_out: dict[str, Any] = dict.fromkeys(without, ())
    return replace(record, **left_out)


def load_edition(session: Session, visit: str) -> VisitRecord:
    """Return a visit for papers: a supplement together with the editions it corrects.

    The corrected facts stay in it and are also listed in `replaced`, so that old and new can be
    shown; `domain.facts.effective` leaves only what holds. Hall, windows, opening hours and
    calendars stay as the first edition sealed them: what was seen then is judged by what held then.
    """
    record = load_record(session, visit)
    if not record.visit.supplement_of:
        return record
    earlier = load_edition(session, record.visit.supplement_of)
    merged: dict[str, Any] = {
        name: (*getattr(earlier, name), *getattr(record, name))
        for name in PARTS
        if name not in ("members", "seals")
    }
    persons = {**earlier.persons, **record.persons}
    windows = {window.id: window for window in (*record.windows, *earlier.windows)}
    situations = {**earlier.situations, **record.situations}
    replaced = {**earlier.replaced, **_replaced(earlier, record)}
    return replace(
        record,
        hall=earlier.hall,
        units=earlier.units,
        calendars=earlier.calendars,
        checklist=earlier.checklist,
        persons=persons,
        windows=tuple(sorted(windows.values(), key=lambda each: (each.position, each.number))),
        situations=situations,
        mended={**earlier.mended, **record.mended},
        replaced=replaced,
        reasons={**earlier.reasons, **_reasons(session, record)},
        late=(*earlier.late, *record.late),
        **merged,
    )


def newer_edition(session: Session, visit: str) -> int:
    """Return the number of the newest sealed edition after a visit, 0 if there is none."""
    sealed = (
        each.edition
        for each in later_editions(session, visit)
        if each.void is None
        and session.store.select(nouns.Seal, f"visit = ? AND {COUNTS}", each.id)
    )
    return max(sealed, default=0)


def _replaced(earlier: VisitRecord, record: VisitRecord) -> dict[str, nouns.Entity]:
    named = {
        fact.replaces
        for name in PARTS
        for fact in getattr(record, name)
        if isinstance(fact, nouns.Fact) and fact.replaces and fact.void is None
    }
    return {fact.id: fact for name in PARTS for fact in getattr(earlier, name) if fact.id in named}


def _reasons(session: Session, record: VisitRecord) -> dict[str, str]:
    """Return why facts of a supplement take the place of others, as last said before its seal.

    What arrives later changes nothing that is printed of a sealed supplement.
    """
    before = takewhile(lambda entry: entry.kind != "seal", visit_history(session, record.visit.id))
    return {entry.id: entry.why for entry in before if entry.why and entry.noun in FACT_KINDS}


def _as_it_stands(session: Session, visit: nouns.Visit, without: Collection[str]) -> VisitRecord:
    parts: dict[str, Any] = {
        name: () if name in without else tuple(session.store.select(cls, "visit = ?", visit.id))
        for name, cls in PARTS.items()
    }
    parts["erasures"] = _erasures(session, parts["evidence"])
    hall = get(session, nouns.Hall, visit.hall)
    return VisitRecord(
        visit=visit,
        hall=hall,
        trip=session.store.get(nouns.Trip, visit.trip) if visit.trip else None,
        units=_units(session, hall.unit),
        windows=tuple(windows_of(session, hall.id)),
        calendars=tuple(session.store.select(nouns.DayCalendar, "void IS NULL")),
        persons={person.id: person for person in session.store.select(nouns.Person)},
        checklist=checklist_of(session, visit.checklist) if visit.checklist else None,
        situations=named_situations(session, visit.id, parts["findings"]),
        mended=mended(session.store, visit.id),
        **parts,
    )


def _erasures(session: Session, evidence: Iterable[nouns.Evidence]) -> tuple[nouns.Erasure, ...]:
    """Return what was erased of some evidence, in whichever visit that was decided."""
    named = {item.sha256 for item in evidence}
    return tuple(each for each in session.store.select(nouns.Erasure) if each.sha256 in named)


def _units(session: Session, unit: str | None) -> Mapping[str, nouns.Unit]:
    """Return the unit and its parents; a circle, which merging could make, ends the walk."""
    found: dict[str, nouns.Unit] = {}
    while unit and unit not in found:
        entity = session.store.get(nouns.Unit, unit)
        if entity is None:
            break
        found[unit] = entity
        unit = entity.parent
    return found


def named_situations(
    session: Session, visit: str, findings: Iterable[nouns.Finding]
) -> Mapping[str, Situation]:
    """Return what the codes of findings meant on the day of the visit.

    A code that was in force when it was chosen, but is not on that day, keeps its name.
    """
    codes = {code for finding in findings for code in finding.situations}
    known = situations_of(session, day_of_validity(session, visit))
    if not codes <= known.keys():
        known = {**situations_of(session), **known}
    named = {code: known[code] for code in sorted(codes) if code in known}
    parents = {each.parent: known[each.parent] for each in named.values() if each.parent in known}
    return {**named, **parents}
