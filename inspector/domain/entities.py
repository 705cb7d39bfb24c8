# long: the nouns of the trade are read as one table (docs/decisions/0003)
"""The nouns whose fields the ledger carries.

These dataclasses are the schema: a field here is a field of the operations and a column of the
projection (`domain.schema` derives both). Every field has a default, because a row may arrive
before its parent, or with a field erased. Moments are milliseconds since 1970 UTC; zones are
minutes east of UTC; dates are ISO text; references are ids. `void` holds the reason once a fact
is withdrawn; nothing is deleted.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

from inspector.domain.vocabulary import (
    Acquisition,
    Basis,
    CatalogueKind,
    ConfirmationMethod,
    Conformity,
    EventKind,
    EvidenceRoute,
    FindingOutcome,
    HallLevel,
    IdentitySource,
    PlaceKind,
    Position,
    RemarkKind,
    TargetKind,
    TimeSource,
    TripKind,
    WaitOutcome,
    WindowState,
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entered:
    """The automatic side of a fact: who typed it, and when by this device's clock."""

    by: str
    ms: int
    zone: int


NOT_ENTERED = Entered("", 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Entity:
    """What every stored thing has. `entered` and `conflicts` are computed, never written.

    Two are equal if all their fields are. That is said here, once for all nouns: the methods that
    a dataclass writes for each would take a third of the time in which this module is loaded.
    """

    id: str
    void: str | None = None
    entered: Entered = NOT_ENTERED
    conflicts: int = 0

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entity) or type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
        return f"{type(self).__name__}({', '.join(told)})"


#: By noun: what reads the values of all its fields.
_READERS: dict[type[Entity], attrgetter[tuple[Any, ...]]] = {}


def _values(entity: Entity) -> tuple[Any, ...]:
    cls = type(entity)
    if cls not in _READERS:
        _READERS[cls] = attrgetter(*(each.name for each in fields(cls)))
    return _READERS[cls](entity)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Person(Entity):
    """An inspector or other member of the office."""

    name: str = ""
    post: str = ""
    unit: str = ""
    credential: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Unit(Entity):
    """An organisation; units form a tree."""

    code: str = ""
    name: str = ""
    parent: str | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Hall(Entity):
    """A place that is visited. `hours` is a schedule as `domain.hours` reads it."""

    code: str = ""
    name: str = ""
    kind: PlaceKind = PlaceKind.HALL
    level: HallLevel = HallLevel.COUNTY
    unit: str | None = None
    address: str = ""
    zone_minutes: int = 480
    hours: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Window(Entity):
    """A service window of a hall; `number` is text ("05"), `label` may replace it."""

    hall: str = ""
    number: str = ""
    label: str = ""
    floor: str = ""
    zone: str = ""
    matters: tuple[str, ...] = ()
    covered_by: str | None = None
    hours: Json = field(default_factory=dict)
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class DayCalendar(Entity):
    """Holiday swaps of one year: `days` maps ISO dates to "work" or "rest"."""

    name: str = ""
    year: int = 0
    days: Json = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class VisitMember(Entity):
    """A person takes part in a visit."""

    visit: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Fact(Entity):
    """Something somebody observed during a visit.

    `observer` saw it (not the typist). `observed_from`/`observed_to` bound it by the source in
    `time_source`; `time_precision` is in seconds. `replaces` names the fact of a sealed visit
    that this one corrects; with `withdrawn`, the reason, neither of the two holds any more.
    """

    visit: str = ""
    observer: str = ""
    observed_from: int | None = None
    observed_to: int | None = None
    observed_zone: int = 480
    time_source: TimeSource = TimeSource.LIVE
    time_precision: int = 60
    replaces: str | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Round(Fact):
    """One walk past the windows of a floor or zone (empty: all of them)."""

    number: int = 0
    floor: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Sighting(Fact):
    """The state of one window. Only `continuous` watching gives a duration."""

    round: str | None = None
    window: str = ""
    state: WindowState = WindowState.NOT_LOOKED_AT
    continuous: bool = False
    people_waiting: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Sweep(Fact):
    """“The rest of this zone is serving”: one act over the windows it names."""

    round: str = ""
    floor: str = ""
    zone: str = ""
    state: WindowState = WindowState.SERVING
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Wait(Fact):
    """One person's waiting. Moments are milliseconds; the promise is in minutes."""

    window: str | None = None
    ticket: str = ""
    joined: int | None = None
    called: int | None = None
    ended: int | None = None
    outcome: WaitOutcome = WaitOutcome.WAITING
    promised_minutes: int | None = None
    rule: str = ""
    people_ahead: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class HeadCount(Fact):
    """Windows staffed of windows that should be, at one moment."""

    floor: str = ""
    zone: str = ""
    staffed: int = 0
    total: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Remark(Fact):
    """A free observation, a scripted request with its reply, or good practice.

    Good practice may carry quantities `before` and `after` (decimal text) in `measure_unit`.
    """

    kind: RemarkKind = RemarkKind.REMARK
    window: str | None = None
    text: str = ""
    reply: str = ""
    before: str = ""
    after: str = ""
    measure_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Answer(Fact):
    """What one inspector answers to one checklist item.

    `value` is a JSON object as `domain.answers` makes it; `conformity` follows from it and the
    item's pass rule.
    """

    item: str = ""
    value: Json = field(default_factory=dict)
    conformity: Conformity = Conformity.RECORDED
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Finding(Fact):
    """An alleged problem. Severity 1 (slight) to 4 (grave)."""

    number: int = 0
    device: str = ""
    official_number: str = ""
    situations: tuple[str, ...] = ()
    severity: int = 1
    window: str | None = None
    people_waiting: int | None = None
    basis: str = ""
    rule: str = ""
    text: str = ""
    outcome: FindingOutcome = FindingOutcome.OPEN
    outcome_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class FindingPerson(Fact):
    """A person in a finding: what was seen, and apart from it who it was confirmed to be.

    Two facts in one entry. Observer and observed time belong to the description, the fields named
    `identity_*` to the confirmation of who it was. Entries made before schema 2 name the observer
    in `described_by` and carry no times.
    """

    finding: str = ""
    description: str = ""
    described_by: str = ""
    identity: str = ""
    identity_post: str = ""
    identity_by: str = ""
    identity_source: IdentitySource | None = None
    identity_from: int | None = None
    identity_to: int | None = None
    identity_zone: int = 480
    identity_time_source: TimeSource = TimeSource.LIVE
    identity_precision: int = 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Confirmation(Fact):
    """A second inspector stands by a finding as it was then.

    `confirmed` is the hash of what was confirmed (`domain.findings.allegation_hash`).
    """

    finding: str = ""
    confirmed: str = ""
    method: ConfirmationMethod = ConfirmationMethod.SIGNED_PAPER
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Evidence(Fact):
    """A stored file. Its observed time is when it was taken, if known.

    `messenger_copy` marks a recompressed copy without metadata (转存件). `camera` names the
    device for clock checks; `camera_ms` is the uncorrected claim of the file, `offset_ms` what was
    added to it. Coordinates are in 1e-7 degrees. `metadata` holds what was read from the file.
    """

    sha256: str = ""
    size: int = 0
    mime: str = ""
    original_name: str = ""
    route: EvidenceRoute = EvidenceRoute.IMPORT
    acquisition: Acquisition | None = None
    messenger_copy: bool = False
    camera: str = ""
    camera_ms: int | None = None
    offset_ms: int = 0
    width: int | None = None
    height: int | None = None
    orientation: int = 1
    latitude_e7: int | None = None
    longitude_e7: int | None = None
    burst: str = ""
    metadata: Json = field(default_factory=dict)
    caption: str = ""
    free_of_people: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Placement(Entity):
    """A piece of evidence belongs to a finding, an answer, a window …"""

    visit: str = ""
    evidence: str = ""
    target_kind: TargetKind = TargetKind.FINDING
    target: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ClockCheck(Fact):
    """A photograph of the clock card: what must be added to a camera's times (milliseconds)."""

    camera: str = ""
    evidence: str = ""
    shown_ms: int = 0
    camera_ms: int = 0
    offset_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Feedback(Fact):
    """Chosen findings were told to the unit: signed sheet, or refusal with a witness."""

    findings: tuple[str, ...] = ()
    people_present: tuple[str, ...] = ()
    sheet: str | None = None
    refusal: str = ""
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Statement(Fact):
    """What the unit says to one finding."""

    finding: str = ""
    speaker: str = ""
    position: Position = Position.EXPLAIN
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Catalogue(Entity):
    """An office's own variant of a catalogue; its rows are the blob `sha256`."""

    kind: CatalogueKind = CatalogueKind.CHECKLIST
    code: str = ""
    version: str = ""
    name: str = ""
    valid_from: str = ""
    valid_to: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Seal(Entity):
    """A visit was sealed.

    `manifest` and `record` are blobs: the salted leaves, and the values they were made of, so
    that later changes to halls or persons do not reach into a sealed visit. `secret` (hex) opens
    the leaves; `previous` is the manifest of the edition before.
    """

    visit: str = ""
    manifest: str = ""
    record: str = ""
    secret: str = ""
    edition: int = 1
    previous: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Erasure(Entity):
    """The bytes `sha256` were removed on purpose; hash and reason stay."""

    visit: str = ""
    sha256: str = ""
    reason: str = ""
    second_person: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AuditEntry(Entity):
    """An export, print or look at an original."""

    visit: str = ""
    kind: str = ""
    sha256: str = ""
    detail: Json = field(default_factory=dict)
