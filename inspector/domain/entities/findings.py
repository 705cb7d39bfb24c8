"""Alleged problems, who confirms them, and what the unit says to them."""

from __future__ import annotations

from inspector.domain.entities.base import Fact, noun
from inspector.domain.vocabulary import (
    ConfirmationMethod,
    FindingOutcome,
    IdentitySource,
    Position,
    TimeSource,
)


@noun
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


@noun
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


@noun
class Confirmation(Fact):
    """A second inspector stands by a finding as it was then.

    `confirmed` is the hash of what was confirmed (`domain.findings.allegation_hash`).
    """

    finding: str = ""
    confirmed: str = ""
    method: ConfirmationMethod = ConfirmationMethod.SIGNED_PAPER
    evidence: str | None = None


@noun
class Feedback(Fact):
    """Chosen findings were told to the unit: signed sheet, or refusal with a witness."""

    findings: tuple[str, ...] = ()
    people_present: tuple[str, ...] = ()
    sheet: str | None = None
    refusal: str = ""
    witness: str = ""


@noun
class Statement(Fact):
    """What the unit says to one finding."""

    finding: str = ""
    speaker: str = ""
    position: Position = Position.EXPLAIN
    text: str = ""
