"""The closed vocabularies of the trade. Values are what is written in the ledger: never rename one.

Names for people stand in `domain.terms`.
"""

from __future__ import annotations

from enum import StrEnum


class PlaceKind(StrEnum):
    """What is visited."""

    HALL = "hall"
    OFFICE = "office"
    SITE = "site"
    ROAD = "road"


class HallLevel(StrEnum):
    """Which checklist items apply: county hall and above, township centre, village station."""

    COUNTY = "H"
    TOWNSHIP = "T"
    VILLAGE = "V"


class TripKind(StrEnum):
    """Why a team sets out. A directed visit names its clue by number only."""

    ROUTINE = "routine"
    DIRECTED = "directed"
    RECHECK = "recheck"
    LEADER = "leader"


class Basis(StrEnum):
    """Legal frame of a visit; it decides wording, roles and confidentiality (domain notes B1)."""

    GOVERNMENT = "government"
    DISCIPLINE = "discipline"
    EFFICIENCY = "efficiency"
    OWN = "own"


class Phase(StrEnum):
    """Where a visit, or one inspector within it, stands."""

    PREPARED = "prepared"
    COVERT = "covert"
    OVERT = "overt"
    FEEDBACK = "feedback"
    SEALED = "sealed"


class Acquisition(StrEnum):
    """How a fact came to the team."""

    COVERT = "covert"
    OVERT = "overt"
    PROVIDED = "provided"
    SYSTEM = "system"


class TimeSource(StrEnum):
    """What an observed time rests on. LIVE: the device's clock at the moment of entry."""

    LIVE = "live"
    STOPWATCH = "stopwatch"
    PHOTOGRAPH = "photograph"
    TICKET = "ticket"
    HALL_CLOCK = "hall_clock"
    NOTE = "note"
    MEMORY = "memory"


class WindowState(StrEnum):
    """What an inspector saw at a window."""

    NOT_LOOKED_AT = "not_looked_at"
    SERVING = "serving"
    IDLE = "idle"
    UNATTENDED = "unattended"
    ABSENT_WITH_NOTICE = "absent_with_notice"
    COVERED = "covered"
    PAUSED = "paused"
    CLOSED = "closed"


class WaitOutcome(StrEnum):
    """How waiting ended. WAITING: it had not ended when the inspector stopped watching."""

    WAITING = "waiting"
    DONE = "done"
    GAVE_UP = "gave_up"


class RemarkKind(StrEnum):
    """Kinds of free observation."""

    REMARK = "remark"
    SCRIPTED_REQUEST = "scripted_request"
    GOOD_PRACTICE = "good_practice"


class EventKind(StrEnum):
    """Moments on a visit's timeline.

    PHOTOS_COUNTED: a member says that no photograph is left on telephone or camera, or which are.
    """

    RULES_ACCEPTED = "rules_accepted"
    ARRIVED = "arrived"
    PHASE = "phase"
    REVEAL = "reveal"
    LEFT = "left"
    NOTE = "note"
    PHOTOS_COUNTED = "photos_counted"


class Conformity(StrEnum):
    """What an answer says about its item."""

    CONFORMS = "conforms"
    DOES_NOT_CONFORM = "does_not_conform"
    NOT_APPLICABLE = "not_applicable"
    NOT_SEEN = "not_seen"
    RECORDED = "recorded"


class AnswerType(StrEnum):
    """What an item asks for. PAIR: two quantities, numerator and denominator."""

    YES_NO = "yes_no_na"
    COUNT = "count"
    MINUTES = "minutes"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    PAIR = "pair"


class FindingOutcome(StrEnum):
    """What became of an alleged problem. Only ESTABLISHED ones are counted."""

    OPEN = "open"
    ESTABLISHED = "established"
    EXPLAINED = "explained"
    NOT_ESTABLISHED = "not_established"


class ConfirmationMethod(StrEnum):
    """How a second inspector confirmed a finding of severity 3 or more."""

    PIN = "pin"
    DEVICE = "device"
    SIGNED_PAPER = "signed_paper"


class IdentitySource(StrEnum):
    """What the identity of a person rests on; a posted name is none of these."""

    CREDENTIAL = "credential"
    OWN_STATEMENT = "own_statement"
    DUTY_MANAGER = "duty_manager"
    ROSTER = "roster"


class Position(StrEnum):
    """What the inspected unit says to a finding. NO_STATEMENT: it was asked and said nothing."""

    AGREE = "agree"
    DISAGREE = "disagree"
    EXPLAIN = "explain"
    NO_STATEMENT = "no_statement"


class CatalogueKind(StrEnum):
    """Kinds of shipped or imported catalogues."""

    CHECKLIST = "checklist"
    SITUATIONS = "situations"
    MEASURES = "measures"
    CHANNELS = "channels"
    GLOSSARY = "glossary"


class EvidenceRoute(StrEnum):
    """How a file reached the workspace."""

    IMPORT = "import"
    PASTE = "paste"
    CARD = "card"
    WATCHED = "watched"
    UPLOAD = "upload"
    CAMERA = "camera"
    PROGRAM = "program"


class TargetKind(StrEnum):
    """What a piece of evidence can be placed at."""

    FINDING = "finding"
    ANSWER = "answer"
    WINDOW = "window"
    WAIT = "wait"
    REMARK = "remark"
    FEEDBACK = "feedback"
    CONFIRMATION = "confirmation"
    EVENT = "event"


class AuditKind(StrEnum):
    """Acts on the record that change no fact but must be traceable."""

    EXPORT = "export"
    PRINT = "print"
    OPEN_ORIGINAL = "open_original"
    FILE_DIFFERS = "file_differs"
    BACKUP = "backup"
    RESTORE = "restore"
    FREED = "freed"


class LimitSource(StrEnum):
    """Where the limit in a pass rule comes from; paper prints it beside the limit.

    RULE: the source the item names. SUGGESTED: a proposal of this checklist, no rule.
    EXAMPLE: a rule or practice of another place. LOCAL: the office's own, named in `limit_rule`.
    """

    RULE = "rule"
    SUGGESTED = "suggested"
    EXAMPLE = "example"
    LOCAL = "local"


class ReviewDecision(StrEnum):
    """What a reviewer decided; RETURNED names a reason, REASSIGNED also who is to answer."""

    APPROVED = "approved"
    RETURNED = "returned"
    REASSIGNED = "reassigned"


class ReviewState(StrEnum):
    """Where the review of a sealed visit stands."""

    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"


class Role(StrEnum):
    """What a member's device may do in an organisation.

    REPORTER: add, and amend what it recorded itself before sealing. REVIEWER: decide on visits.
    OFFICE: keep places, catalogues and what others recorded. ADMINISTRATOR: admit and revoke (the
    root's appointment counts, this word only says so). SNAPSHOTTER: make snapshots others start
    from. HUB: pass sealed objects on without keys.
    """

    REPORTER = "reporter"
    REVIEWER = "reviewer"
    OFFICE = "office"
    ADMINISTRATOR = "administrator"
    SNAPSHOTTER = "snapshotter"
    HUB = "hub"
