"""Feedback to the unit and what it says to each finding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Evidence, Feedback, Statement
from inspector.operations.findings import standing
from inspector.operations.recording import amend, editions, get, record, require_observer, stored

if TYPE_CHECKING:
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


def give_feedback(session: Session, feedback: Feedback, seen: Seen) -> Feedback:
    """Record that chosen findings were told to the unit.

    Either the signed sheet (`sheet`, a photograph) or the refusal with a witness; both may come
    later (`complete_feedback`). Findings and sheet belong to the visit or to an edition that it
    corrects. Raises MingchaError `findings_missing`, `finding_not_found`, `finding_withdrawn`,
    `evidence_not_found`.
    """
    require_observer(session, feedback.visit, seen)
    if not feedback.findings:
        raise MingchaError("findings_missing")
    known = tuple(editions(session, feedback.visit))
    for finding in feedback.findings:
        if standing(session, finding).visit not in known:
            raise MingchaError("finding_not_found", name=finding)
    _require_sheet(session, feedback)
    feedback = replace(feedback, id=session.store.new_id(), **seen.fields())
    record(session, feedback.visit, feedback)
    return stored(session, feedback)


def complete_feedback(
    session: Session,
    feedback: str,
    *,
    sheet: str | None = None,
    refusal: str = "",
    witness: str = "",
) -> Feedback:
    """Add what came later: the signed sheet, or the refusal and who saw it.

    What is not given stays as it is. Raises MingchaError `feedback_nothing_new`,
    `evidence_not_found`.
    """
    found = get(session, Feedback, feedback)
    given = {"sheet": sheet, "refusal": refusal.strip(), "witness": witness.strip()}
    fields = {name: value for name, value in given.items() if value}
    if not fields:
        raise MingchaError("feedback_nothing_new")
    if sheet:
        _require_sheet(session, replace(found, sheet=sheet))
    amend(session, Feedback, feedback, fields)
    return get(session, Feedback, feedback)


def state(session: Session, statement: Statement, seen: Seen) -> Statement:
    """Record the unit's statement to one finding: agrees, disagrees, explains or says nothing.

    Raises MingchaError `finding_withdrawn`.
    """
    finding = standing(session, statement.finding)
    require_observer(session, finding.visit, seen)
    statement = replace(statement, id=session.store.new_id(), visit=finding.visit, **seen.fields())
    record(session, finding.visit, statement)
    return statement


def _require_sheet(session: Session, feedback: Feedback) -> None:
    if not feedback.sheet:
        return
    photo = get(session, Evidence, feedback.sheet)
    if photo.visit not in editions(session, feedback.visit) or photo.void is not None:
        raise MingchaError("evidence_not_found", name=photo.original_name)
