"""What was changed after the unit was told: named before the seal, so that nobody is surprised."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import translator
from inspector.domain.entities import Event, Fact, Finding
from inspector.domain.facts import effective
from inspector.domain.names import field_name
from inspector.domain.numbers import finding_label
from inspector.domain.record import PARTS
from inspector.domain.schema import FACT_KINDS, KINDS, from_values
from inspector.domain.vocabulary import EventKind
from inspector.operations.history import visit_history
from inspector.operations.records import load_edition
from inspector.report.telling import tell
from inspector.report.values import value_text
from inspector.report.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from inspector.base.i18n import Lang
    from inspector.domain.entities import Person
    from inspector.domain.record import VisitRecord
    from inspector.operations.history import Entry
    from inspector.operations.session import Session

#: What belongs to the feedback itself, or says nothing about what was seen.
_OF_FEEDBACK = frozenset({"feedback", "statement", "confirmation", "clock_check"})
#: The outcome is decided after what the unit said; numbers and permissions are no facts.
_NO_FACT = frozenset(
    {"outcome", "outcome_reason", "official_number", "free_of_people", "observed_zone"}
)
#: Events that close the visit.
_CLOSING = frozenset({EventKind.PHASE, EventKind.LEFT, EventKind.PHOTOS_COUNTED})

_Thing = tuple[str, str]


class How(StrEnum):
    """What became of a fact after the feedback."""

    ADDED = "added"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its name for people, with what the unit was told and what stands now."""

    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Later:
    """A fact that is not as it was when the unit was told.

    told: it is one of the findings the unit was told; line: the fact as it stands; by, ms, zone:
    who typed the last change, and when by the device's clock.
    """

    noun: str
    id: str
    how: How
    told: bool
    line: str
    fields: tuple[FieldChange, ...]
    by: str
    ms: int
    zone: int


def since_feedback(
    session: Session, visit: str, lang: Lang, persons: Mapping[str, Person] | None = None
) -> tuple[Later, ...]:
    """Return what was amended, added or withdrawn in a visit since its feedback.

    persons: who is called otherwise than by name, by id; without them everybody is named.

    A finding counts from when the unit was last told of it, everything else from the first
    feedback. What is again as it was, or came and went, is not named.
    """
    record = load_edition(session, visit)
    record = replace(record, persons={**record.persons, **(persons or {})})
    given = [each for each in effective(record.feedbacks) if each.visit == visit]
    if not given:
        return ()
    entries = list(visit_history(session, visit))
    told = _told(entries, {each.id for each in given})
    words = Words(record, translator(lang))
    facts = {fact.id: fact for name in PARTS for fact in getattr(record, name)}
    found = []
    for thing, states in _states(entries, told).items():
        fact = facts.get(thing[1])
        if isinstance(fact, Fact) and _is_named(record, fact):
            later = _later(thing, states, fact, words, told)
            found += [later] if later else []
    return tuple(sorted(found, key=lambda each: (not each.told, each.noun != "finding", each.ms)))


def _told(entries: Sequence[Entry], feedbacks: set[str]) -> dict[str, int]:
    """Return the place of the entry that last named each finding; "" has that of the first."""
    places: dict[str, int] = {}
    for place, entry in enumerate(entries):
        if entry.noun == "feedback" and entry.id in feedbacks and entry.fields:
            places.setdefault("", place)
            places |= dict.fromkeys(entry.fields.get("findings", ()), place)
    return places


@dataclass(slots=True)
class _States:
    before: dict[str, Any]
    now: dict[str, Any]
    last: Entry | None = None


def _states(entries: Sequence[Entry], told: dict[str, int]) -> dict[_Thing, _States]:
    """Return the values of each fact at its feedback and now."""
    found: dict[_Thing, _States] = {}
    for place, entry in enumerate(entries):
        if entry.noun not in FACT_KINDS or entry.noun in _OF_FEEDBACK or entry.fields is None:
            continue
        states = found.setdefault((entry.noun, entry.id), _States({}, {}))
        states.now |= entry.fields
        if place < told.get(entry.id, told[""]):
            states.before |= entry.fields
        elif entry.fields.keys() - _NO_FACT:
            states.last = entry
    return {thing: states for thing, states in found.items() if states.last is not None}


def _is_named(record: VisitRecord, fact: Fact) -> bool:
    if isinstance(fact, Event):
        return fact.kind not in _CLOSING
    sheets = {each.sheet for each in record.feedbacks}
    return fact.id not in sheets


def _later(
    thing: _Thing, states: _States, fact: Fact, words: Words, told: dict[str, int]
) -> Later | None:
    noun, entity = thing
    last = states.last
    before, now = states.before, states.now
    if last is None:
        return None
    gone, was_gone = now.get("void") is not None, before.get("void") is not None
    changes: tuple[FieldChange, ...] = ()
    if not before or was_gone:
        how = How.ADDED
    elif gone:
        how = How.WITHDRAWN
    else:
        how = How.AMENDED
        changes = tuple(_changes(noun, entity, states, fact, words))
    if (how is How.ADDED and gone) or (how is How.AMENDED and not changes):
        return None
    line = f"{finding_label(fact, words.lang)}: {fact.text}" if isinstance(fact, Finding) else ""
    return Later(
        noun,
        entity,
        how,
        entity in told,
        line or tell(fact, words),
        changes,
        last.by,
        last.ms,
        last.zone,
    )


def _changes(
    noun: str, entity: str, states: _States, fact: Fact, words: Words
) -> Iterator[FieldChange]:
    spec = KINDS[noun]
    old, new = (
        from_values(spec, entity, values, fact.entered) for values in (states.before, states.now)
    )
    for item in spec.fields:
        before, now = getattr(old, item.name), getattr(new, item.name)
        if item.name not in _NO_FACT and before != now:
            yield FieldChange(
                field_name(item.name).of(words.lang),
                value_text(item.name, before, words),
                value_text(item.name, now, words),
            )
