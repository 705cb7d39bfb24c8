"""One visit as a whole: every fact of it and the texts it relies on.

Loaded in one go, handed to the rules, the seal and the papers. Nothing here reads a database.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from inspector.domain import entities as nouns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.catalogues import Checklist, Situation
    from inspector.domain.entities import (
        Answer,
        ClockCheck,
        Confirmation,
        DayCalendar,
        Entered,
        Entity,
        Erasure,
        Event,
        Evidence,
        Feedback,
        Finding,
        FindingPerson,
        Hall,
        HeadCount,
        Person,
        Placement,
        Remark,
        Round,
        Seal,
        Sighting,
        Statement,
        Sweep,
        Trip,
        Unit,
        Visit,
        VisitMember,
        Wait,
        Window,
    )
    from inspector.domain.signing import SealSigner

#: The nouns that belong to one visit, by their place in `VisitRecord`.
PARTS: dict[str, type[nouns.Entity]] = {
    "members": nouns.VisitMember,
    "events": nouns.Event,
    "rounds": nouns.Round,
    "sightings": nouns.Sighting,
    "sweeps": nouns.Sweep,
    "waits": nouns.Wait,
    "head_counts": nouns.HeadCount,
    "remarks": nouns.Remark,
    "answers": nouns.Answer,
    "findings": nouns.Finding,
    "finding_persons": nouns.FindingPerson,
    "confirmations": nouns.Confirmation,
    "evidence": nouns.Evidence,
    "placements": nouns.Placement,
    "clock_checks": nouns.ClockCheck,
    "feedbacks": nouns.Feedback,
    "statements": nouns.Statement,
    "erasures": nouns.Erasure,
    "seals": nouns.Seal,
}


@dataclass(frozen=True, slots=True)
class Late:
    """What came to a sealed visit without its seal knowing of it: kept, shown, and no part of it.

    entity: as it reads now; before: as it was sealed, None if it was not in the seal. by, ms, zone:
    who wrote it last, and when by the clock there; lc: its place in the order of writing. edition:
    of the supplement that has adopted it, 0 if none has.
    """

    entity: Entity
    before: Entity | None
    by: str
    ms: int
    zone: int
    lc: int
    edition: int = 0

    @property
    def is_set_back(self) -> bool:
        """Whether what was changed late is again as it was sealed: somebody turned it down."""
        return self.before == self.entity

    @property
    def is_adoptable(self) -> bool:
        """Whether a supplement can make a fact of its own of it.

        What was added and taken back leaves nothing; the visit itself is no fact of it.
        """
        if self.before is None:
            kinds = nouns.Fact, nouns.Placement, nouns.VisitMember
            return self.entity.void is None and isinstance(self.entity, kinds)
        return isinstance(self.before, nouns.Fact) and not self.is_set_back


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecord:
    """A visit with all its facts (voided ones included: ask `void`), in order of entry.

    `persons` holds everybody named anywhere in it, `units` the hall's unit and its parents.
    `signers` are filled for papers: how each inspector stands to the newest seal.
    `mended` says by whom and when words or times of a fact were last written anew, by its id.
    `replaced` maps the id of a fact of the sealed original to that fact where this record (a
    supplement) corrects it; `reasons` says why, by the id of the fact that takes its place. `late`
    is what came after the seal and is no part of it. `newer_edition` is filled for papers: the
    number of the newest sealed edition after this one, 0 if there is none.
    """

    visit: Visit
    hall: Hall
    trip: Trip | None = None
    units: Mapping[str, Unit] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    calendars: tuple[DayCalendar, ...] = ()
    persons: Mapping[str, Person] = field(default_factory=dict)
    checklist: Checklist | None = None
    situations: Mapping[str, Situation] = field(default_factory=dict)
    members: tuple[VisitMember, ...] = ()
    events: tuple[Event, ...] = ()
    rounds: tuple[Round, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    sweeps: tuple[Sweep, ...] = ()
    waits: tuple[Wait, ...] = ()
    head_counts: tuple[HeadCount, ...] = ()
    remarks: tuple[Remark, ...] = ()
    answers: tuple[Answer, ...] = ()
    findings: tuple[Finding, ...] = ()
    finding_persons: tuple[FindingPerson, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    placements: tuple[Placement, ...] = ()
    clock_checks: tuple[ClockCheck, ...] = ()
    feedbacks: tuple[Feedback, ...] = ()
    statements: tuple[Statement, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    seals: tuple[Seal, ...] = ()
    signers: tuple[SealSigner, ...] = ()
    mended: Mapping[str, Entered] = field(default_factory=dict)
    replaced: Mapping[str, Entity] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    late: tuple[Late, ...] = ()
    newer_edition: int = 0

    @property
    def seal(self) -> Seal | None:
        """The newest seal, or None while the visit is open."""
        return self.seals[-1] if self.seals else None

    def person_name(self, person: str) -> str:
        """Return the name for a person id; the id itself if that person is not known here."""
        known = self.persons.get(person)
        return known.name if known else person
