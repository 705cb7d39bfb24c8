"""Feedback to the unit and what it says to each finding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Feedback, Finding, Statement
from inspector.operations.recording import get, record, require_observer

if TYPE_CHECKING:
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


def give_feedback(session: Session, feedback: Feedback, seen: Seen) -> Feedback:
    """Record that chosen findings were told to the unit.

    Either the signed sheet (`sheet`, a photograph) or the refusal with a witness; both may come
    later. Raises MingchaError `findings_missing`.
    """
    require_observer(session, feedback.visit, seen)
    if not feedback.findings:
        raise MingchaError("findings_missing")
    for finding in feedback.findings:
        get(session, Finding, finding)
    feedback = replace(feedback, id=session.store.new_id(), **seen.fields())
    record(session, feedback.visit, feedback)
    return feedback


def state(session: Session, statement: Statement, seen: Seen) -> Statement:
    """Record the unit's statement to one finding: agrees, disagrees or explains."""
    finding = get(session, Finding, statement.finding)
    require_observer(session, finding.visit, seen)
    statement = replace(statement, id=session.store.new_id(), visit=finding.visit, **seen.fields())
    record(session, finding.visit, statement)
    return statement
