"""Findings: alleging, confirming by a second inspector, persons, outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Confirmation, Finding, FindingPerson
from inspector.domain.findings import (
    check_severity,
    check_situations,
    confirmation_problem,
    outcome_problem,
    person_problem,
)
from inspector.domain.numbers import provisional
from inspector.operations.local_catalogues import situations_of
from inspector.operations.recording import amend, get, record, require_observer
from inspector.operations.records import load_record

if TYPE_CHECKING:
    from inspector.domain.times import Seen
    from inspector.domain.vocabulary import ConfirmationMethod, FindingOutcome
    from inspector.operations.session import Session
    from inspector.storage.store import Changes


def add_finding(session: Session, finding: Finding, seen: Seen) -> Finding:
    """Record an alleged problem under the next provisional number.

    Raises MingchaError `text_missing`, `severity_unknown`, `situation_unknown`.
    """
    require_observer(session, finding.visit, seen)
    if not finding.text.strip():
        raise MingchaError("text_missing")
    check_severity(finding.severity)
    check_situations(finding.situations, situations_of(session))
    store = session.store
    row = store.db.execute(
        "SELECT coalesce(max(number), 0) FROM finding WHERE visit = ? AND device = ?",
        (finding.visit, store.device),
    ).fetchone()
    finding = replace(
        finding, id=store.new_id(), number=row[0] + 1, device=store.device, **seen.fields()
    )
    record(session, finding.visit, finding)
    return finding


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
) -> Changes:
    """Record that a second inspector stands by a finding, and how that was given.

    Raises the problem that `domain.findings.confirmation_problem` names.
    """
    found = get(session, Finding, finding)
    confirmation = Confirmation(
        id=session.store.new_id(),
        visit=found.visit,
        finding=finding,
        method=method,
        evidence=evidence,
        **seen.fields(),
    )
    problem = confirmation_problem(load_record(session, found.visit), found, confirmation)
    if problem:
        raise problem
    return record(session, found.visit, confirmation)


def describe_person(session: Session, person: FindingPerson) -> FindingPerson:
    """Record a person in a finding: as seen, and – apart from it – who it was confirmed to be.

    Raises MingchaError (see `domain.findings.person_problem`).
    """
    found = get(session, Finding, person.finding)
    person = replace(person, id=session.store.new_id(), visit=found.visit)
    problem = person_problem(person)
    if problem:
        raise problem
    record(session, found.visit, person)
    return person


def set_outcome(
    session: Session, finding: str, outcome: FindingOutcome, reason: str = ""
) -> Changes:
    """Say what became of an alleged problem; explained and not established need the reason."""
    found = get(session, Finding, finding)
    problem = outcome_problem(found, outcome, reason)
    if problem:
        raise problem
    fields = {"outcome": outcome, "outcome_reason": reason}
    return amend(session, Finding, finding, fields, why=reason)
