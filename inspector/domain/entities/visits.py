"""Trips and visits, who takes part in them, and the moments of a visit."""

from __future__ import annotations

from inspector.domain.entities.base import Entity, Fact, noun
from inspector.domain.vocabulary import Basis, EventKind, TripKind


@noun
class Trip(Entity):
    """An authorised journey with one or several stops."""

    name: str = ""
    kind: TripKind = TripKind.ROUTINE
    clue_number: str = ""
    basis: Basis = Basis.GOVERNMENT
    legal_basis: str = ""
    document_title: str = ""
    document_number: str = ""
    issuer: str = ""
    scope: str = ""
    valid_from: str = ""
    valid_to: str = ""
    leader: str | None = None
    report_heard: str = ""
    people_present: tuple[str, ...] = ()
    opinions: tuple[str, ...] = ()
    praise: str = ""


@noun
class Visit(Entity):
    """One stop of a trip: the unit that is sealed and becomes a dossier.

    `number` and `device` make the provisional number, `official_number` is fixed at the seal.
    A visit with `supplement_of` corrects a sealed one.
    """

    trip: str | None = None
    hall: str = ""
    number: int = 0
    device: str = ""
    official_number: str = ""
    checklist: str = ""
    supplement_of: str | None = None
    edition: int = 1


@noun
class VisitMember(Entity):
    """A person takes part in a visit."""

    visit: str = ""
    person: str = ""


@noun
class Event(Fact):
    """A moment of the timeline: arrival, change of phase, reveal, leaving.

    A PHASE event applies to the whole team; a REVEAL only to its observer, and says `to_whom`
    with which `document` identity was shown.
    """

    kind: EventKind = EventKind.NOTE
    phase: str = ""
    to_whom: str = ""
    document: str = ""
    note: str = ""
