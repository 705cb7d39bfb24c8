"""Feedback to the unit and what it says to each finding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Evidence, Feedback, Statement, Visit
from inspector.domain.facts import effective
from inspector.domain.phases import all_covert, current_phase, still_covert
from inspector.domain.vocabulary import Phase
from inspector.operations.findings import standing
from inspector.operations.overview import members_of
from inspector.operations.recording import amend, editions, get, record, require_observer, stored
from inspector.operations.visits import events_of, phase_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.times import Seen
    from inspector.operations.session import Session


def give_feedback(session: Session, feedback: Feedback, seen: Seen) -> Feedback:
    """Record that chosen findings were told to the unit.

    Either the signed sheet (`sheet`, a photograph) or the refusal with a witness; both may come
    later (`complete_feedback`). Findings and sheet belong to the visit or to an edition that it
    corrects. Raises MingchaError `findings_missing`, `finding_not_found`, `finding_withdrawn`,
    `evidence_not_found`, and as `tell_unit` while somebody is inside unrecognised.
    """
    feedback = _checked(session, feedback, seen)
    _require_nobody_covert(session, feedback.visit, seen)
    record(session, feedback.visit, feedback)
    return stored(session, feedback)


def _checked(session: Session, feedback: Feedback, seen: Seen) -> Feedback:
    require_observer(session, feedback.visit, seen)
    _require_findings(session, feedback)
    _require_sheet(session, feedback)
    return replace(feedback, id=session.store.new_id(), **seen.fields())


def _require_findings(session: Session, feedback: Feedback) -> None:
    if not feedback.findings:
        raise MingchaError("findings_missing")
    known = tuple(editions(session, feedback.visit))
    for finding in feedback.findings:
        if standing(session, finding).visit not in known:
            raise MingchaError("finding_not_found", name=finding)


def tell_unit(
    session: Session,
    visit: str,
    findings: Sequence[str],
    seen: Seen,
    people_present: Sequence[str] = (),
) -> Feedback:
    """Record that `findings` (ids) are being told to the unit, as one action.

    The visit enters its feedback phase unless it is there already. A feedback that is neither
    signed nor refused yet goes on: it names the findings chosen now. Raises MingchaError
    `still_covert` while somebody of the team is inside unrecognised, `identity_not_shown` while all
    are, and what `give_feedback` and `domain.phases.check_transition` raise.
    """
    told = Feedback(
        id="", visit=visit, findings=tuple(findings), people_present=tuple(people_present)
    )
    running = unfinished(session, visit)
    if running is not None:
        _require_findings(session, told)
        fields = {"findings": told.findings, "people_present": told.people_present}
        amend(session, Feedback, running.id, fields)
        return get(session, Feedback, running.id)
    told = _checked(session, told, seen)
    supplement = get(session, Visit, visit).supplement_of
    phase = current_phase(events_of(session, visit), sealed=False)
    _require_nobody_covert(session, visit, seen)
    begins = () if supplement or phase is Phase.FEEDBACK else (Phase.FEEDBACK,)
    events = [phase_event(session, visit, each, seen) for each in begins]
    record(session, visit, *events, told)
    return told


def _require_nobody_covert(session: Session, visit: str, seen: Seen) -> None:
    """Refuse to give those away who have not shown identity.

    The feedback phase is the whole team's: what they see after it would count as seen openly.
    """
    names = {each.id: each.name for each in members_of(session, visit)}
    moment = session.store.clock.read().ms if seen.start is None else seen.start
    events = events_of(session, visit)
    if all_covert(events, names, moment):
        raise MingchaError("identity_not_shown")
    hidden = still_covert(events, names, moment)
    if hidden:
        raise MingchaError("still_covert", names=[names[each] for each in hidden])


def unfinished(session: Session, visit: str) -> Feedback | None:
    """Return the newest feedback of a visit that is neither signed nor refused."""
    found = effective(session.store.select(Feedback, "visit = ?", visit))
    waiting = [each for each in found if not each.sheet and not each.refusal]
    return waiting[-1] if waiting else None


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


def take_statement(session: Session, statement: Statement, seen: Seen) -> Statement:
    """Record what the unit says to a finding now, in place of what it said in this visit before.

    Earlier words stay in the history. Raises MingchaError `finding_withdrawn`.
    """
    finding = standing(session, statement.finding)
    wanted = "finding = ? AND visit = ? AND void IS NULL"
    said = session.store.select(Statement, wanted, finding.id, finding.visit)
    if not said:
        return state(session, statement, seen)
    require_observer(session, finding.visit, seen)
    names = ("position", "text", "speaker")
    fields = {name: getattr(statement, name) for name in names}
    amend(session, Statement, said[-1].id, fields)
    return get(session, Statement, said[-1].id)


def _require_sheet(session: Session, feedback: Feedback) -> None:
    if not feedback.sheet:
        return
    photo = get(session, Evidence, feedback.sheet)
    if photo.visit not in editions(session, feedback.visit) or photo.void is not None:
        raise MingchaError("evidence_not_found", name=photo.original_name)
