"""Correcting facts of a sealed visit in a supplement, and withdrawing them there.

Nothing sealed is touched: the corrected fact is a new one of the supplement that names the old one
(docs/decisions/0007).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from inspector.base.errors import MingchaError
from inspector.domain.answers import parse_answer
from inspector.domain.clocktext import iso_day
from inspector.domain.corrections import check_fact, correctable
from inspector.domain.entities import (
    Answer,
    ClockCheck,
    Entity,
    Event,
    Evidence,
    Fact,
    Finding,
    FindingPerson,
    Person,
    Window,
)
from inspector.domain.facts import effective
from inspector.domain.findings import check_situations, describer, outcome_problem
from inspector.domain.names import field_name, noun_name
from inspector.domain.phases import check_transition
from inspector.domain.record import PARTS
from inspector.domain.schema import FACT_KINDS, KIND_OF, KINDS
from inspector.domain.times import DEFAULT_PRECISION, Seen
from inspector.domain.vocabulary import EventKind, FindingOutcome, Phase, TimeSource
from inspector.operations.evidence import find_evidence
from inspector.operations.findings import find_finding, next_number
from inspector.operations.local_catalogues import day_of_validity, situations_of
from inspector.operations.observing import item_of
from inspector.operations.recording import (
    amend,
    editions,
    get,
    record,
    require_observer,
    require_open,
)
from inspector.operations.records import load_edition, load_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.entities import Visit
    from inspector.operations.session import Session

F = TypeVar("F", bound=Fact)

_PART_OF = {cls: name for name, cls in PARTS.items()}
#: Fields that name something that must be known.
_REFERENCES: dict[str, type[Entity]] = {
    "window": Window,
    "observer": Person,
    "identity_by": Person,
    "finding": Finding,
    "findings": Finding,
    "sheet": Evidence,
    "evidence": Evidence,
}


def find_fact(session: Session, supplement: str, name: str) -> Fact:
    """Return what a supplement may correct, by id, number of a finding, or name of a file.

    Raises MingchaError `fact_not_found`.
    """
    visits = list(editions(session, get_supplement(session, supplement).id))
    for kind in FACT_KINDS:
        found = session.store.get(KINDS[kind].cls, name.strip())
        if isinstance(found, Fact) and found.visit in visits:
            return found
    # A number means the finding that was sealed under it.
    for find, where in ((find_finding, visits[1]), (find_evidence, visits[0])):
        try:
            return find(session, where, name)
        except MingchaError:
            continue
    raise MingchaError("fact_not_found", name=name)


def get_supplement(session: Session, visit: str) -> Visit:
    """Return an open supplement. Raises MingchaError `not_supplement`, `visit_sealed`."""
    found = require_open(session, visit)
    if not found.supplement_of:
        raise MingchaError("not_supplement")
    return found


def correct(
    session: Session, supplement: str, original: str, fields: Mapping[str, Any], why: str
) -> Fact:
    """Record in an open supplement how a fact of an earlier edition should read.

    What was corrected before is corrected from its newest version; within one supplement the
    correction itself changes. A new time without a source rests on memory. `value` of an answer is
    text as `domain.answers.parse_answer` reads it. Raises MingchaError `reason_missing`,
    `not_supplement`, `fact_not_found`, `field_not_correctable`, and what entering the fact raises.
    """
    return _correct(session, supplement, original, {**fields, "withdrawn": ""}, why)


def withdraw(session: Session, supplement: str, original: str, reason: str) -> Fact:
    """Record in an open supplement that a fact of an earlier edition does not hold.

    A finding stays, as not established; of anything else neither old nor new version holds. Raises
    MingchaError as `correct` does.
    """
    if isinstance(find_fact(session, supplement, original), Finding):
        outcome = {"outcome": FindingOutcome.NOT_ESTABLISHED, "outcome_reason": reason}
        return correct(session, supplement, original, outcome, reason)
    return _correct(session, supplement, original, {"withdrawn": reason}, reason)


def _correct(
    session: Session, supplement: str, original: str, fields: dict[str, Any], why: str
) -> Fact:
    if not why.strip():
        raise MingchaError("reason_missing")
    visit = get_supplement(session, supplement)
    old = newest_of(session, find_fact(session, supplement, original))
    _require_correctable(old, fields)
    if old.visit != visit.id:
        old = _as_sealed(session, old)
    new = _with(session, visit, old, fields)
    _check(session, visit, old, new)
    if old.visit == visit.id:
        names = KINDS[KIND_OF[type(old)]].names
        changed = {n: getattr(new, n) for n in names if getattr(new, n) != getattr(old, n)}
        amend(session, type(old), old.id, changed, why=why)
    else:
        new = _copy(session, visit, old, new)
        record(session, visit.id, new, why=why)
    return get(session, type(old), new.id)


def newest_of(session: Session, fact: F) -> F:
    """Return the newest correction of `fact`; a circle, which merging could make, ends the walk."""
    passed = {fact.id}
    while True:
        following = session.store.select(type(fact), "replaces = ? AND void IS NULL", fact.id)
        if not following or following[-1].id in passed:
            return fact
        fact = following[-1]
        passed.add(fact.id)


def _as_sealed(session: Session, fact: F) -> F:
    """Return `fact` with the values that were sealed."""
    listed: tuple[F, ...] = getattr(load_record(session, fact.visit), _PART_OF[type(fact)])
    return next((each for each in listed if each.id == fact.id), fact)


def _require_correctable(fact: Fact, fields: Mapping[str, Any]) -> None:
    noun = noun_name(KIND_OF[type(fact)])
    if isinstance(fact, ClockCheck):
        raise MingchaError("field_not_correctable", field=field_name("offset_ms"), kind=noun)
    for name in fields.keys() - correctable(type(fact)) - {"withdrawn"}:
        raise MingchaError("field_not_correctable", field=field_name(name), kind=noun)


def _with(session: Session, visit: Visit, old: F, fields: dict[str, Any]) -> F:
    """Return `old` with other values, and with what follows from them."""
    if fields.keys() & {"observed_from", "observed_to"} and "time_source" not in fields:
        fields["time_source"] = TimeSource.MEMORY
    if "time_source" in fields:
        fields.setdefault("time_precision", DEFAULT_PRECISION[fields["time_source"]])
    new = replace(old, **fields)
    if isinstance(new, Answer) and "value" in fields:
        start = new.observed_from
        day = iso_day(start, new.observed_zone) if start is not None else None
        item = item_of(session, visit.id, new.item)
        value, conformity = parse_answer(item, fields["value"], seen_on=day)
        return replace(new, value=value, conformity=conformity)
    return new


def _copy(session: Session, visit: Visit, old: F, new: F) -> F:
    """Return `new` as a fact of its own in the supplement."""
    store = session.store
    entity = store.new_id()
    if isinstance(new, Answer):
        entity = store.derived_id("answer", visit.id, new.item, new.observer)
    new = replace(new, id=entity, visit=visit.id, replaces=old.id, void=None)
    if isinstance(new, Finding):
        number = next_number(session, visit.id)
        return replace(new, number=number, device=store.device, official_number="")
    return new


def _check(session: Session, visit: Visit, old: Fact, new: Fact) -> None:
    """Hold the corrected fact to the rules of one that is entered."""
    require_observer(
        session,
        visit.id,
        Seen(
            _observer(new),
            new.observed_from,
            new.observed_to,
            new.observed_zone,
            new.time_source,
            new.time_precision,
        ),
    )
    for name, cls in _REFERENCES.items():
        named = getattr(new, name, None)
        if named != getattr(old, name, None):
            for entity in named if isinstance(named, tuple) else (named,):
                if entity:
                    get(session, cls, entity)
    if new.withdrawn:
        return
    check_fact(new)
    if isinstance(new, Finding) and isinstance(old, Finding):
        _check_finding(session, old, new)
    if isinstance(new, Event) and new.kind is EventKind.PHASE:
        _check_phase(session, visit, old, new)


def _observer(fact: Fact) -> str:
    """Return who stands for a fact; of a person never described, who confirmed the identity."""
    if isinstance(fact, FindingPerson):
        return describer(fact) or fact.identity_by
    return fact.observer


def _check_finding(session: Session, old: Finding, new: Finding) -> None:
    added = [code for code in new.situations if code not in old.situations]
    check_situations(added, situations_of(session, day_of_validity(session, old.visit)))
    problem = outcome_problem(old, new.outcome, new.outcome_reason)
    if problem:
        raise problem


def _check_phase(session: Session, visit: Visit, old: Fact, new: Event) -> None:
    if new.observed_from is None or new.phase not in set(Phase):
        raise MingchaError("time_missing" if new.observed_from is None else "phase_not_entered")
    others = [
        each for each in effective(load_edition(session, visit.id).events) if each.id != old.id
    ]
    check_transition(others, Phase(new.phase), new.observed_from, sealed=False)
