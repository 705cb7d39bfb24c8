"""What every recording has in common: the visit is open, the texts are fit, one action is saved."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from inspector.base.errors import MingchaError
from inspector.domain.entities import (
    Entity,
    Fact,
    Person,
    Seal,
    Visit,
    VisitMember,
    Window,
)
from inspector.domain.limits import NAME_LIMIT, clean, clean_name
from inspector.domain.names import noun_name
from inspector.domain.numbers import provisional
from inspector.domain.schema import KIND_OF, KINDS, to_fields
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.domain.changes import Changes
    from inspector.domain.schema import KindSpec
    from inspector.domain.times import Seen
    from inspector.operations.session import Session

E = TypeVar("E", bound=Entity)

#: Fields that hold running text; all others are one line.
RUNNING_TEXT = frozenset(
    {
        *("text", "note", "reply", "basis", "rule", "outcome_reason", "description", "caption"),
        *("report_heard", "praise", "scope", "legal_basis", "refusal", "reason", "address"),
        *("opinions", "void"),
    }
)

#: Lines that may be longer than others: as long as file systems let a name be.
_LINE_LIMITS = {"original_name": 255}


def fit(entity: E) -> E:
    """Return `entity` with every text normalised. Raises MingchaError `text_too_long`."""
    values: dict[str, Any] = {}
    for name in _typed(KINDS[KIND_OF[type(entity)]]):
        value = getattr(entity, name)
        if value and isinstance(value, str | tuple) and (fitted := _fit(name, value)) != value:
            values[name] = fitted
    return replace(entity, **values) if values else entity


@cache
def _typed(kind: KindSpec) -> tuple[str, ...]:
    """Return the fields that may hold what somebody typed: no words of a vocabulary."""
    return tuple(
        spec.name
        for spec in kind.fields
        if spec.load is tuple or (spec.load is None and spec.column == "text")
    )


def _fit(name: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_fit(name, item) for item in value)
    if type(value) is not str:
        return value
    if name in RUNNING_TEXT:
        return clean(name, value)
    return clean_name(name, value, limit=_LINE_LIMITS.get(name, NAME_LIMIT))


def find_visit(session: Session, name: str) -> Visit:
    """Return the visit with this id, official number or provisional number (“K7-3” or “3”).

    A supplement carries its original's provisional number, which means the original. Raises
    MingchaError `visit_not_found`, or `visit_ambiguous` when two laptops gave one number.
    """
    wanted = name.strip()
    store = session.store
    found = store.select(Visit, "id = ? OR official_number = ?", wanted, wanted)
    if not found:
        found = [
            visit
            for visit in store.select(Visit, "void IS NULL AND supplement_of IS NULL")
            if wanted.upper() in (provisional(visit.device, visit.number), str(visit.number))
        ]
    if not found:
        raise MingchaError("visit_not_found", name=wanted)
    if len(found) > 1:
        raise MingchaError("visit_ambiguous", name=wanted)
    return found[0]


def named(session: Session, cls: type[E], name: str) -> E | None:
    """Return what has this id, code or name, in this order; None if nothing or several have it."""
    wanted = name.strip()
    for key in ("id", "code", "name"):
        found = session.store.select(cls, f"{key} = ? AND void IS NULL", wanted)
        if len(found) == 1:
            return found[0]
    return None


def require_open(session: Session, visit: str) -> Visit:
    """Return the visit if facts may still be added. Raises MingchaError.

    Codes: `visit_not_found`, `visit_void`, `visit_sealed`.
    """
    found = session.store.get(Visit, visit)
    if found is None:
        raise MingchaError("visit_not_found", name=visit)
    if found.void is not None:
        raise MingchaError("visit_void")
    if session.store.select(Seal, "visit = ? AND void IS NULL", visit):
        raise MingchaError("visit_sealed")
    return found


def require_observer(session: Session, visit: str, seen: Seen) -> None:
    """Raise MingchaError `observer_missing` or `observer_not_member` unless a member saw it."""
    if not seen.observer:
        raise MingchaError("observer_missing")
    member = session.store.select(
        VisitMember, "visit = ? AND person = ? AND void IS NULL", visit, seen.observer
    )
    if not member:
        person = session.store.get(Person, seen.observer)
        raise MingchaError("observer_not_member", name=person.name if person else seen.observer)


def record(session: Session, visit: str, *entities: Entity, why: str = "") -> Changes:
    """Record new facts of an open visit as one action.

    Raises MingchaError `not_found` for a fact that is said to correct what no earlier edition has.
    """
    return record_in(session, require_open(session, visit), *entities, why=why)


def record_in(session: Session, visit: Visit, *entities: Entity, why: str = "") -> Changes:
    """Record new facts of a visit that `require_open` has just returned (see `record`)."""
    for entity in entities:
        if isinstance(entity, Fact) and entity.replaces:
            _require_correctable(session, visit, entity, entity.replaces)
    return session.store.save(*(fit(entity) for entity in entities), visit=visit.id, why=why)


def _require_correctable(session: Session, visit: Visit, fact: Fact, corrected: str) -> None:
    target = session.store.get(type(fact), corrected)
    earlier = [each for each in editions(session, visit.id) if each != visit.id]
    if target is None or target.visit not in earlier:
        raise MingchaError("not_found", kind=noun_name(KIND_OF[type(fact)]), name=corrected)


def editions(session: Session, visit: str) -> Iterator[str]:
    """Yield a visit and those it corrects, newest first; a circle ends the walk."""
    passed: set[str] = set()
    current: str | None = visit
    while current and current not in passed:
        yield current
        passed.add(current)
        found = session.store.get(Visit, current)
        current = found.supplement_of if found else None


def later_editions(session: Session, visit: str) -> list[Visit]:
    """Return the visits that correct a visit and those that correct them, void ones too.

    The nearest come first, then by order of entry; a circle ends the walk.
    """
    found: dict[str, Visit] = {}
    waiting = [visit]
    while waiting:
        following = session.store.select(Visit, "supplement_of = ?", waiting.pop(0))
        new = {each.id: each for each in following if each.id != visit and each.id not in found}
        found |= new
        waiting += new
    return list(found.values())


def get(session: Session, cls: type[E], entity: str) -> E:
    """Return an entity that must exist. Raises MingchaError `not_found`."""
    found = session.store.get(cls, entity)
    if found is None:
        raise MingchaError("not_found", kind=noun_name(KIND_OF[cls]), name=entity)
    return found


def stored(session: Session, entity: E) -> E:
    """Return an entity that was just saved as it stands in the record, with its time of entry."""
    return get(session, type(entity), entity.id)


def amend(
    session: Session, cls: type[E], entity: str, fields: Mapping[str, Any], *, why: str = ""
) -> Changes:
    """Change fields of an existing entity; earlier values stay in the record.

    A fact of a visit can be amended while that visit is open; afterwards a supplement corrects it.
    """
    current = get(session, cls, entity)
    visit = getattr(current, "visit", "") or (entity if cls is Visit else "")
    if visit:
        require_open(session, visit)
    changed = fit(replace(current, **fields))
    edit = Edit(KIND_OF[cls], entity, to_fields(changed, only=fields), why)
    return session.store.commit([edit], visit=visit)


def void(session: Session, cls: type[E], entity: str, reason: str) -> Changes:
    """Withdraw something, with the reason. Nothing is deleted.

    Raises MingchaError `reason_missing` for an empty reason, `withdrawn_before` for what was
    withdrawn already: the first reason stands.
    """
    if not reason.strip():
        raise MingchaError("reason_missing")
    if cls is not Visit and get(session, cls, entity).void is not None:
        raise MingchaError("withdrawn_before")
    return amend(session, cls, entity, {"void": reason}, why=reason)


def find_window(session: Session, hall: str, name: str) -> Window:
    """Return a hall's window by number (leading zeros do not matter), label or id.

    Many windows may carry one label; a number always means the window that has it. Raises
    MingchaError `window_not_found`, also when several windows fit.
    """
    wanted = name.strip()
    bare = wanted.lstrip("0")
    windows = session.store.select(Window, "hall = ? AND void IS NULL", hall)
    for fitting in (
        [window for window in windows if wanted in (window.number, window.id)],
        [window for window in windows if bare and window.number.lstrip("0") == bare],
        [window for window in windows if window.label == wanted],
    ):
        if wanted and len(fitting) == 1:
            return fitting[0]
    raise MingchaError("window_not_found", number=wanted)
