"""Trips and visits: preparing, the rules, phases, revealing identity, the timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.domain.authority import check_trip
from inspector.domain.covert_rules import VERSION as RULES_VERSION
from inspector.domain.entities import (
    Event,
    Fact,
    Hall,
    HeadCount,
    Person,
    Remark,
    Round,
    Seal,
    Sighting,
    Sweep,
    Trip,
    Visit,
    VisitMember,
    Wait,
)
from inspector.domain.facts import effective
from inspector.domain.phases import check_transition, visit_day
from inspector.domain.vocabulary import EventKind, Phase
from inspector.operations.catalogues import USUAL_CHECKLIST
from inspector.operations.local_catalogues import choose_checklist
from inspector.operations.recording import (
    amend,
    fit,
    get,
    record,
    require_observer,
    require_open,
    stored,
)
from inspector.storage.holding import VISIT_STANDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from inspector.domain.changes import Changes
    from inspector.domain.times import Seen
    from inspector.operations.session import Session

#: What is seen at the place itself. Statements and findings may follow on another day.
_SEEN_THERE: tuple[type[Fact], ...] = (Event, Round, Sighting, Sweep, Wait, HeadCount, Remark)


def add_trip(session: Session, trip: Trip) -> Trip:
    """Record the authority of a journey: kind, legal frame, document, leader.

    Raises what `domain.authority.check_trip` raises.
    """
    trip = _checked_trip(session, trip)
    session.store.save(trip)
    return stored(session, trip)


def _checked_trip(session: Session, trip: Trip) -> Trip:
    check_trip(trip)
    if trip.leader:
        get(session, Person, trip.leader)
    return fit(replace(trip, id=session.store.new_id()))


def amend_trip(session: Session, trip: str, fields: Mapping[str, Any]) -> Changes:
    """Correct the authority, or add what came later: report heard, praise, numbered opinions.

    Raises what `domain.authority.check_trip` raises.
    """
    check_trip(replace(get(session, Trip, trip), **fields))
    return amend(session, Trip, trip, fields)


def name_document(session: Session, visit: str, document: str) -> Changes:
    """Name the document that authorises a visit, by title or number, in its journey.

    A visit of no journey gets one with the same action. Raises MingchaError `visit_sealed`.
    """
    found = require_open(session, visit)
    if found.trip:
        return amend_trip(session, found.trip, {"document_title": document.strip()})
    trip = _checked_trip(session, Trip(id="", document_title=document.strip()))
    return session.store.save(trip, fit(replace(found, trip=trip.id)), visit=visit)


def new_visit(
    session: Session,
    hall: str,
    members: Sequence[str],
    *,
    trip: str | Trip | None = None,
    checklist: str = USUAL_CHECKLIST,
) -> Visit:
    """Prepare a visit to `hall` by `members` (ids), with a provisional number.

    `trip` is the id of a journey, or a new one that is recorded with the same action (see
    `add_trip`). `checklist` is `code@version`, or a code: then the version of today. Raises
    MingchaError `not_found` for an unknown hall or person, `members_missing`,
    `catalogue_not_found`.
    """
    zone = get(session, Hall, hall).zone_minutes
    if not members:
        raise MingchaError("members_missing")
    for person in members:
        get(session, Person, person)
    today = to_datetime(session.store.clock.read().ms, zone).date()
    checklist = choose_checklist(session, checklist, today)
    own = (_checked_trip(session, trip),) if isinstance(trip, Trip) else ()
    known = get(session, Trip, trip) if isinstance(trip, str) else None
    store = session.store
    row = store.db.execute(
        "SELECT coalesce(max(number), 0) FROM visit WHERE device = ?", (store.device,)
    ).fetchone()
    visit = Visit(
        id=store.new_id(),
        trip=own[0].id if own else known.id if known else None,
        hall=hall,
        number=row[0] + 1,
        device=store.device,
        checklist=checklist,
    )
    store.save(*own, visit, *members_for(session, visit.id, members), visit=visit.id)
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
    return session.store.select(Visit, VISIT_STANDS)


def events_of(session: Session, visit: str) -> list[Event]:
    """Return the timeline of a visit in order of entry, voided events included."""
    return session.store.select(Event, "visit = ?", visit)


def day_of_visit(session: Session, visit: str, zone: int) -> date | None:
    """Return the newest day on which the visit was seen to happen (`domain.phases.visit_day`)."""
    facts = [
        fact
        for cls in _SEEN_THERE
        for fact in session.store.select(cls, "visit = ? AND void IS NULL", visit)
    ]
    return visit_day(facts, zone)


def accept_rules(session: Session, visit: str, seen: Seen) -> Changes:
    """Record that a member has read and accepts the rules of the covert phase."""
    return record(session, visit, _acceptance(session, visit, seen))


def accept_rules_for(
    session: Session, visit: str, persons: Sequence[str], seen: Seen, note: str = ""
) -> Changes:
    """Record as one action that `persons` (ids) accept the rules at the time of `seen`.

    `note` stands with those that somebody else than the person typed.
    """
    return record(session, visit, *_acceptances(session, visit, persons, seen, note))


def not_accepted(session: Session, visit: str) -> list[str]:
    """Return the ids of the members who have not accepted the rules, in order of entry."""
    events = effective(events_of(session, visit))
    accepted = {event.observer for event in events if event.kind is EventKind.RULES_ACCEPTED}
    members = session.store.select(VisitMember, "visit = ? AND void IS NULL", visit)
    return [each.person for each in members if each.person not in accepted]


def change_phase(
    session: Session,
    visit: str,
    phase: Phase,
    seen: Seen,
    *,
    accepted_by: Sequence[str] = (),
    note: str = "",
) -> Changes:
    """Record that the whole team entered `phase` at the observed time.

    `accepted_by` (ids) accept the rules with the same action, at the same time; see
    `accept_rules_for`. Raises MingchaError `rules_not_accepted`: everybody accepts the rules
    before covert work; and what `domain.phases.check_transition` raises.
    """
    event = phase_event(session, visit, phase, seen)
    missing = not_accepted(session, visit) if phase is Phase.COVERT else []
    for person in missing:
        if person not in accepted_by:
            raise MingchaError("rules_not_accepted", name=get(session, Person, person).name)
    accepted = _acceptances(session, visit, accepted_by, seen, note)
    return record(session, visit, *accepted, event)


def phase_event(session: Session, visit: str, phase: Phase, seen: Seen) -> Event:
    """Return the event, not yet recorded, by which the team enters `phase`.

    Raises what `domain.phases.check_transition` raises.
    """
    require_open(session, visit)
    check_transition(events_of(session, visit), phase, _moment(seen), sealed=False)
    return replace(_event(session, visit, seen, EventKind.PHASE), phase=phase.value)


def _acceptances(
    session: Session, visit: str, persons: Iterable[str], seen: Seen, note: str
) -> list[Event]:
    user = session.store.user
    return [
        replace(
            _acceptance(session, visit, replace(seen, observer=person)),
            note=note if user and user != person else "",
        )
        for person in persons
    ]


def _acceptance(session: Session, visit: str, seen: Seen) -> Event:
    event = _event(session, visit, seen, EventKind.RULES_ACCEPTED)
    return replace(event, document=RULES_VERSION)


def reveal(session: Session, visit: str, seen: Seen, *, to_whom: str, document: str) -> Changes:
    """Record that one inspector showed identity: to whom, and which document.

    Raises MingchaError `reveal_incomplete`.
    """
    if not to_whom.strip() or not document.strip():
        raise MingchaError("reveal_incomplete")
    event = _event(session, visit, seen, EventKind.REVEAL)
    return record(session, visit, replace(event, to_whom=to_whom, document=document))


def begin_overt(
    session: Session, visit: str, seen: Seen, documents: Mapping[str, str], *, to_whom: str
) -> Changes:
    """Record as one action who showed identity to `to_whom`, and that the whole team is overt.

    documents: what each of them showed, by the id of the person: it is personal. Raises what
    `reveal` and `change_phase` raise.
    """
    if not to_whom.strip() or not all(each.strip() for each in documents.values()):
        raise MingchaError("reveal_incomplete")
    check_transition(events_of(session, visit), Phase.OVERT, _moment(seen), sealed=False)
    shown = [
        replace(
            _event(session, visit, replace(seen, observer=person), EventKind.REVEAL),
            to_whom=to_whom,
            document=document,
        )
        for person, document in documents.items()
    ]
    phase = replace(_event(session, visit, seen, EventKind.PHASE), phase=Phase.OVERT.value)
    return record(session, visit, *shown, phase)


def note_event(
    session: Session, visit: str, kind: EventKind, seen: Seen, note: str = ""
) -> Changes:
    """Put a moment on the timeline: arrival, leaving, or a note."""
    event = _event(session, visit, seen, kind)
    return record(session, visit, replace(event, note=note))


def count_photos(session: Session, visit: str, seen: Seen, left: str = "") -> Changes:
    """Record that a member has no photograph left on telephone or camera, or which and why.

    The observer of `seen` is that member. What was said before no longer holds.
    """
    event = replace(_event(session, visit, seen, EventKind.PHOTOS_COUNTED), note=left.strip())
    said = next((each for each in _counted(session, visit) if each.observer == seen.observer), None)
    if said is None:
        return record(session, visit, event)
    return amend(session, Event, said.id, {"note": event.note, **seen.fields()})


def _counted(session: Session, visit: str) -> list[Event]:
    wanted = "visit = ? AND kind = ? AND void IS NULL"
    return session.store.select(Event, wanted, visit, EventKind.PHOTOS_COUNTED)


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
