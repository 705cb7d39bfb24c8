"""Findings: alleging, confirming by a second inspector, persons, outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.entities import Confirmation, Evidence, Finding, FindingPerson
from inspector.domain.findings import (
    allegation_hash,
    check_severity,
    check_situations,
    confirmation_problem,
    outcome_problem,
    person_problem,
)
from inspector.domain.numbers import provisional
from inspector.domain.schema import KIND_OF
from inspector.domain.vocabulary import ConfirmationMethod
from inspector.ledger.operation import parse
from inspector.operations.local_catalogues import day_of_validity, situations_of
from inspector.operations.pins import require_pin
from inspector.operations.recording import amend, get, record, require_observer, require_open
from inspector.operations.records import load_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inspector.domain.changes import Changes
    from inspector.domain.times import Seen
    from inspector.domain.vocabulary import FindingOutcome, IdentitySource
    from inspector.operations.session import Session


def add_finding(session: Session, finding: Finding, seen: Seen) -> Finding:
    """Record an alleged problem under the next provisional number.

    Raises MingchaError `text_missing`, `severity_unknown`, `situation_unknown`,
    `situation_is_list`.
    """
    require_observer(session, finding.visit, seen)
    _check(session, finding)
    store, number = session.store, next_number(session, finding.visit)
    finding = replace(
        finding, id=store.new_id(), number=number, device=store.device, **seen.fields()
    )
    record(session, finding.visit, finding)
    return finding


def next_number(session: Session, visit: str) -> int:
    """Return the provisional number that this device gives to the next finding of a visit."""
    row = session.store.db.execute(
        "SELECT coalesce(max(number), 0) FROM finding WHERE visit = ? AND device = ?",
        (visit, session.store.device),
    ).fetchone()
    return int(row[0]) + 1


def amend_finding(
    session: Session, finding: str, fields: Mapping[str, Any], why: str = ""
) -> Finding:
    """Change what a finding of an open visit alleges; earlier values stay in the record.

    A confirmation of what it said before no longer counts (`domain.findings.stands`). Raises what
    `add_finding` raises of the same fields, and MingchaError `finding_withdrawn`.
    """
    _check(session, replace(standing(session, finding), **fields))
    amend(session, Finding, finding, fields, why=why)
    return get(session, Finding, finding)


def _check(session: Session, finding: Finding) -> None:
    if not finding.text.strip():
        raise MingchaError("text_missing")
    check_severity(finding.severity)
    day = day_of_validity(session, finding.visit)
    check_situations(finding.situations, situations_of(session, day))


def standing(session: Session, finding: str) -> Finding:
    """Return a finding that holds. Raises MingchaError `not_found`, `finding_withdrawn`."""
    found = get(session, Finding, finding)
    if found.void is not None:
        raise MingchaError("finding_withdrawn")
    return found


def find_finding(session: Session, visit: str, name: str) -> Finding:
    """Return a finding of a visit by id or number (“3”, “K7-3”).

    A bare number is the official one, before that the provisional one if only one device gave
    it. Raises MingchaError `finding_not_found`.
    """
    wanted = name.strip()
    found = session.store.select(Finding, "visit = ?", visit)
    for fitting in (
        [each for each in found if wanted in (each.id, provisional(each.device, each.number))],
        [each for each in found if each.official_number == wanted],
        [each for each in found if not each.official_number and str(each.number) == wanted],
    ):
        if wanted and len(fitting) == 1:
            return fitting[0]
    raise MingchaError("finding_not_found", name=wanted)


def confirm(
    session: Session,
    finding: str,
    method: ConfirmationMethod,
    seen: Seen,
    *,
    evidence: str | None = None,
    pin: str = "",
) -> Changes:
    """Record that a second inspector stands by a finding as it reads now, and how that was given.

    By `pin` (`operations.pins`), by a photograph of the signature (`evidence`), or by doing it on
    another device than the one on which the finding was entered. Raises the problem that
    `domain.findings.confirmation_problem` names, and MingchaError `pin_not_set`, `pin_wrong`,
    `pin_blocked`, `confirmation_same_device`, `finding_withdrawn`.
    """
    found = standing(session, finding)
    require_open(session, found.visit)
    confirmation = Confirmation(
        id=session.store.new_id(),
        visit=found.visit,
        finding=finding,
        confirmed=allegation_hash(found),
        method=method,
        evidence=evidence,
        **seen.fields(),
    )
    problem = confirmation_problem(load_record(session, found.visit), found, confirmation)
    if problem:
        raise problem
    if method is ConfirmationMethod.PIN:
        require_pin(session, seen.observer, pin)
    if method is ConfirmationMethod.DEVICE and _entered_here(session, finding):
        raise MingchaError("confirmation_same_device")
    if evidence:
        _require_photograph(session, found, evidence)
    return record(session, found.visit, confirmation)


def _entered_here(session: Session, finding: str) -> bool:
    creator = session.store.state(KIND_OF[Finding], finding).creator
    raw = session.store.log.get(creator[1]) if creator else None
    return raw is None or parse(raw).header.log == session.store.chain


def _require_photograph(session: Session, finding: Finding, evidence: str) -> None:
    photo = get(session, Evidence, evidence)
    if photo.visit != finding.visit or photo.void is not None:
        raise MingchaError("evidence_not_found", name=photo.original_name)


def describe_person(
    session: Session,
    person: FindingPerson,
    seen: Seen | None,
    identified: Seen | None = None,
) -> FindingPerson:
    """Record a person in a finding: as seen, and – apart from it – who it was confirmed to be.

    `seen` tells who saw the person and when, `identified` who confirmed the identity and when.
    Raises MingchaError (see `domain.findings.person_problem`), `observer_not_member`,
    `finding_withdrawn`.
    """
    found = standing(session, person.finding)
    person = replace(person, id=session.store.new_id(), visit=found.visit)
    if seen is not None:
        require_observer(session, found.visit, seen)
        person = replace(person, **seen.fields())
    if identified is not None:
        require_observer(session, found.visit, identified)
        person = replace(person, **_identified(identified))
    problem = person_problem(person)
    if problem:
        raise problem
    record(session, found.visit, person)
    return person


def _identified(seen: Seen) -> dict[str, Any]:
    """Return the fields that say by whom an identity was confirmed, and when."""
    return {
        "identity_by": seen.observer,
        "identity_from": seen.start,
        "identity_to": seen.end,
        "identity_zone": seen.zone,
        "identity_time_source": seen.source,
        "identity_precision": seen.precision,
    }


def identify_person(
    session: Session,
    person: str,
    *,
    identity: str,
    post: str = "",
    source: IdentitySource | None,
    seen: Seen,
) -> FindingPerson:
    """Record who a person described before was confirmed to be: by whom, when, and from what.

    Raises MingchaError `identity_empty` and what `describe_person` raises.
    """
    found = get(session, FindingPerson, person)
    standing(session, found.finding)
    if not identity.strip() and not post.strip():
        raise MingchaError("identity_empty")
    require_observer(session, found.visit, seen)
    fields: dict[str, Any] = {
        "identity": identity,
        "identity_post": post,
        "identity_source": source,
        **_identified(seen),
    }
    problem = person_problem(replace(found, **fields))
    if problem:
        raise problem
    amend(session, FindingPerson, person, fields)
    return get(session, FindingPerson, person)


def persons_of(session: Session, finding: str) -> list[FindingPerson]:
    """Return the persons of a finding in order of entry, withdrawn ones left out."""
    return session.store.select(FindingPerson, "finding = ? AND void IS NULL", finding)


def set_outcome(
    session: Session, finding: str, outcome: FindingOutcome, reason: str = ""
) -> Changes:
    """Say what became of an alleged problem; explained and not established need the reason.

    Raises MingchaError `outcome_without_reason`, `finding_withdrawn`.
    """
    found = standing(session, finding)
    problem = outcome_problem(found, outcome, reason)
    if problem:
        raise problem
    fields = {"outcome": outcome, "outcome_reason": reason}
    return amend(session, Finding, finding, fields, why=reason)
