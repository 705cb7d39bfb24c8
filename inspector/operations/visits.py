"""Trips and visits: preparing, the rules, phases, revealing identity, the timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.covert_rules import VERSION as RULES_VERSION
from inspector.domain.entities import Event, Hall, Person, Seal, Trip, Visit, VisitMember
from inspector.domain.facts import effective
from inspector.domain.phases import check_transition
from inspector.domain.vocabulary import EventKind, Phase, TripKind
from inspector.operations.catalogues import DEFAULT_CHECKLIST
from inspector.operations.local_catalogues import checklist_of
from inspector.operations.recording import amend, fit, get, record, require_observer, require_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inspector.domain.times import Seen
    from inspector.operations.session import Session
    from inspector.storage.store import Changes


def add_trip(session: Session, trip: Trip) -> Trip:
    """Record the authority of a journey: kind, legal frame, document, leader.

    Raises MingchaError `clue_number_missing`: a directed trip names its clue, by number only.
    """
    if trip.kind is TripKind.DIRECTED and not trip.clue_number.strip():
        raise MingchaError("clue_number_missing")
    if trip.leader:
        get(session, Person, trip.leader)
    trip = fit(replace(trip, id=session.store.new_id()))
    session.store.save(trip)
    return trip


def amend_trip(session: Session, trip: str, fields: Mapping[str, Any]) -> Changes:
    """Add what came later: the report heard, people present, praise, numbered opinions."""
    return amend(session, Trip, trip, fields)


def new_visit(
    session: Session,
    hall: str,
    members: Sequence[str],
    *,
    trip: str | None = None,
    checklist: str = DEFAULT_CHECKLIST,
) -> Visit:
    """Prepare a visit to `hall` by `members` (ids), with a provisional number.

    Raises MingchaError `not_found` for an unknown hall or person, `members_missing`,
    `catalogue_not_found`.
    """
    get(session, Hall, hall)
    if not members:
        raise MingchaError("members_missing")
    for person in members:
        get(session, Person, person)
    if trip:
        get(session, Trip, trip)
    checklist_of(session, checklist)
    store = session.store
    row = store.db.execute(
        "SELECT coalesce(max(number), 0) FROM visit WHERE device = ?", (store.device,)
    ).fetchone()
    visit = Visit(
        id=store.new_id(),
        trip=trip,
        hall=hall,
        number=row[0] + 1,
        device=store.device,
        checklist=checklist,
    )
    store.save(visit, *members_for(session, visit.id, members), visit=visit.id)
    return visit


def join(session: Session, visit: str, person: str) -> Changes:
    """Add a member to an open visit."""
    get(session, Person, person)
    return record(session, visit, *members_for(session, visit, [person]))


def members_for(session: Session, visit: str, persons: Iterable[str]) -> list[VisitMember]:
    """Return the entities that say that `persons` take part in `visit`."""
    return [
        VisitMember(
            id=session.store.derived_id("visit_member", visit, person),
            visit=visit,
            person=person,
        )
        for person in persons
    ]


def visits(session: Session) -> list[Visit]:
    """Return all visits in order of entry."""
    return session.store.select(Visit, "void IS NULL")


def events_of(session: Session, visit: str) -> list[Event]:
    """Return the timeline of a visit in order of entry, voided events included."""
    return session.store.select(Event, "visit = ?", visit)


def accept_rules(session: Session, visit: str, seen: Seen) -> Changes:
    """Record that a member has read and accepts the rules of the covert phase."""
    event = _event(session, visit, seen, EventKind.RULES_ACCEPTED)
    return record(session, visit, replace(event, document=RULES_VERSION))


def change_phase(session: Session, visit: str, phase: Phase, seen: Seen) -> Changes:
    """Record that the whole team entered `phase` at the observed time.

    Raises MingchaError `rules_not_accepted`: everybody accepts the rules before covert work; and
    what `domain.phases.check_transition` raises.
    """
    require_open(session, visit)
    events = events_of(session, visit)
    check_transition(events, phase, _moment(seen), sealed=False)
    if phase is Phase.COVERT:
        _require_rules(session, visit, events)
    event = _event(session, visit, seen, EventKind.PHASE)
    return record(session, visit, replace(event, phase=phase.value))


def _require_rules(session: Session, visit: str, events: Iterable[Event]) -> None:
    accepted = {e.observer for e in effective(events) if e.kind is EventKind.RULES_ACCEPTED}
    for member in session.store.select(VisitMember, "visit = ? AND void IS NULL", visit):
        if member.person not in accepted:
            raise MingchaError("rules_not_accepted", name=get(session, Person, member.person).name)


def reveal(session: Session, visit: str, seen: Seen, *, to_whom: str, document: str) -> Changes:
    """Record that one inspector showed identity: to whom, and which document.

    Raises MingchaError `reveal_incomplete`.
    """
    if not to_whom.strip() or not document.strip():
        raise MingchaError("reveal_incomplete")
    event = _event(session, visit, seen, EventKind.REVEAL)
    return record(session, visit, replace(event, to_whom=to_whom, document=document))


def note_event(
    session: Session, visit: str, kind: EventKind, seen: Seen, note: str = ""
) -> Changes:
    """Put a moment on the timeline: arrival, leaving, or a note."""
    event = _event(session, visit, seen, kind)
    return record(session, visit, replace(event, note=note))


def is_sealed(session: Session, visit: str) -> bool:
    """Tell whether the visit has a seal."""
    return bool(session.store.select(Seal, "visit = ? AND void IS NULL", visit))


def _event(session: Session, visit: str, seen: Seen, kind: EventKind) -> Event:
    require_observer(session, visit, seen)
    return Event(id=session.store.new_id(), visit=visit, kind=kind, **seen.fields())


def _moment(seen: Seen) -> int:
    if seen.start is None:
        raise MingchaError("time_missing")
    return seen.start
