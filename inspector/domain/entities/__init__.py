"""The nouns whose fields the ledger carries.

These dataclasses are the schema: a field here is a field of the operations and a column of the
projection (`domain.schema` derives both). Every field has a default, because a row may arrive
before its parent, or with a field erased. Moments are milliseconds since 1970 UTC; zones are
minutes east of UTC; dates are ISO text; references are ids. `void` holds the reason once a fact
is withdrawn; nothing is deleted.
"""

from inspector.domain.entities.base import NOT_ENTERED, Entered, Entity, Fact, Json
from inspector.domain.entities.evidence import ClockCheck, Evidence, Placement
from inspector.domain.entities.exchange import (
    Link,
    PersonKey,
    Receipt,
    Review,
    SealSignature,
    Setting,
)
from inspector.domain.entities.findings import (
    Confirmation,
    Feedback,
    Finding,
    FindingPerson,
    Statement,
)
from inspector.domain.entities.observations import (
    Answer,
    HeadCount,
    Remark,
    Round,
    Sighting,
    Sweep,
    Wait,
)
from inspector.domain.entities.office import Catalogue, DayCalendar, Hall, Person, Unit, Window
from inspector.domain.entities.sealing import AuditEntry, Erasure, Seal
from inspector.domain.entities.visits import Event, Trip, Visit, VisitMember

__all__ = [
    "NOT_ENTERED",
    "Answer",
    "AuditEntry",
    "Catalogue",
    "ClockCheck",
    "Confirmation",
    "DayCalendar",
    "Entered",
    "Entity",
    "Erasure",
    "Event",
    "Evidence",
    "Fact",
    "Feedback",
    "Finding",
    "FindingPerson",
    "Hall",
    "HeadCount",
    "Json",
    "Link",
    "Person",
    "PersonKey",
    "Placement",
    "Receipt",
    "Remark",
    "Review",
    "Round",
    "Seal",
    "SealSignature",
    "Setting",
    "Sighting",
    "Statement",
    "Sweep",
    "Trip",
    "Unit",
    "Visit",
    "VisitMember",
    "Wait",
    "Window",
]
