"""What a visit lacks before it may be sealed, and what it should not lack.

Blockers stop the seal. Warnings are shown and then accepted. Both name the things they are about
by id (checklist items by code), so that a front end can lead there.

A visit that supplements a sealed one inherits its phases, acceptances and checklist: only what it
changes itself is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.base.values import frozen
from inspector.domain.authority import (
    checklist_outside,
    evidence_outside,
    facts_outside,
    is_documented,
    outside_validity,
)
from inspector.domain.entities import Fact
from inspector.domain.facts import effective
from inspector.domain.findings import (
    evidence_of,
    members_of,
    needs_confirmation,
    withdrawn_files,
)
from inspector.domain.times import lies_ahead
from inspector.domain.vocabulary import (
    EventKind,
    FindingOutcome,
    Phase,
    PlaceKind,
    TimeSource,
    TripKind,
    WaitOutcome,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.base.i18n import Translator
    from inspector.domain.entities import Entity
    from inspector.domain.record import VisitRecord

#: Two officers: 行政处罚法 Art. 42; at least two inspectors: practice of 优化营商环境条例 Art. 54.
MEMBERS = 2

MESSAGES: dict[str, str] = {
    "no_inspector": N_("No inspector takes part in the visit. Add at least two."),
    "one_inspector": N_("Only one inspector takes part in the visit. Add a second one."),
    "phase_missing": N_("Neither a covert nor an overt part is recorded. Enter when it began."),
    "rules_not_accepted": N_(
        "{count} inspectors took part in the covert part without accepting its rules. Let them "
        "read and accept them."
    ),
    "conflict_open": N_(
        "{count} entries hold two different values from two devices. Choose the right one."
    ),
    "confirmation_missing": N_(
        "{count} findings of severity 3 or 4 lack the confirmation of a second inspector."
    ),
    "feedback_unsigned": N_(
        "{count} feedbacks have neither a signed sheet nor a refusal. Photograph the sheet or "
        "record the refusal."
    ),
    "refusal_without_witness": N_("{count} refusals to sign have no witness. Name who was there."),
    "statement_missing": N_(
        "{count} findings that were fed back have no statement of the unit. Record what it said, "
        "or that it made none."
    ),
    "authority_missing": N_(
        "The visit names no document that authorises it. Enter its title or number."
    ),
    "authority_expired": N_(
        "{count} events fall on days on which the authorising document does not hold. Check its "
        "validity and the days."
    ),
    "seen_after_entry": N_(
        "{count} entries are said to have been seen after they were typed in. Check the day, or "
        "the clock of the device."
    ),
    "evidence_outside_visit": N_(
        "{count} files were taken more than a day before or after the visit. Check the clock of "
        "the camera, and whether they belong here."
    ),
    "seen_outside_visit": N_(
        "{count} entries are said to have been seen more than a day before or after the visit. "
        "Check the day."
    ),
    "clock_ran_back": N_(
        "The clock of this device was set back while something was recorded ({count}×): times of "
        "entry do not follow each other there. Check the clock of the device."
    ),
    "outcome_open": N_("{count} findings have no outcome yet; they are not counted."),
    "not_fed_back": N_("{count} findings were not fed back to the unit."),
    "finding_without_situation": N_("{count} findings name no situation."),
    "finding_unsupported": N_("{count} findings name neither a window nor evidence."),
    "evidence_unplaced": N_("{count} files are not placed anywhere."),
    "evidence_without_time": N_("{count} files have no time of their own."),
    "items_unanswered": N_("{count} checklist items are not answered."),
    "checklist_expired": N_(
        "The checklist was not in force on the day of the visit. Say why it was used, or prepare "
        "the next visit with one that is."
    ),
    "wait_not_ended": N_("{count} waits have no end."),
    "photos_not_counted": N_(
        "{count} inspectors have not said whether photographs are still on their telephone or "
        "camera. Ask each of them."
    ),
}


@frozen
class Gap:
    """Something a visit lacks: its code and the ids (or item codes) it is about."""

    code: str
    ids: tuple[str, ...] = ()

    def text(self, tr: Translator) -> str:
        """Return the sentence for people."""
        return tr(MESSAGES[self.code], count=len(self.ids))


def blockers(record: VisitRecord) -> tuple[Gap, ...]:
    """Return what keeps the visit from being sealed, the most general first."""
    return (
        *_missing_team(record),
        *_missing_phases(record),
        *_gap("conflict_open", _conflicts(record)),
        *_gap("confirmation_missing", _unconfirmed(record)),
        *_missing_feedback(record),
    )


def warnings(record: VisitRecord) -> tuple[Gap, ...]:
    """Return what the visit should not lack; the seal may still be set."""
    gaps = (
        *_weak_authority(record),
        *_weak_findings(record),
        *_gap("evidence_unplaced", _unplaced(record)),
        *_gap(
            "evidence_without_time",
            (each.id for each in effective(record.evidence) if each.observed_from is None),
        ),
        *_gap("evidence_outside_visit", evidence_outside(record)),
        *_gap("seen_outside_visit", facts_outside(record)),
        *_gap("seen_after_entry", seen_after_entry(record)),
        *_gap("checklist_expired", checklist_outside(record)),
        *_gap("items_unanswered", _unanswered(record)),
        *_gap(
            "wait_not_ended",
            (each.id for each in effective(record.waits) if each.outcome is WaitOutcome.WAITING),
        ),
        *_gap("photos_not_counted", photos_not_counted(record)),
    )
    return (*_alone(record), *gaps)


def _gap(code: str, ids: Iterable[str]) -> tuple[Gap, ...]:
    found = tuple(ids)
    return (Gap(code, found),) if found else ()


def seen_after_entry(record: VisitRecord) -> Iterator[str]:
    """Yield facts whose observed time lies after their entry.

    One of two clocks or a day is wrong; which one, only people can tell, so nothing is refused.
    A camera's own time is left out: its clock check corrects it.
    """
    for fact in _entities(record):
        if not isinstance(fact, Fact) or fact.void is not None:
            continue
        by_camera = fact.time_source is TimeSource.PHOTOGRAPH
        entered = fact.entered.ms
        if entered and not by_camera and lies_ahead(fact.observed_from, fact.observed_to, entered):
            yield fact.id


def _missing_team(record: VisitRecord) -> tuple[Gap, ...]:
    members = members_of(record)
    if not members:
        return (Gap("no_inspector"),)
    if len(members) < MEMBERS and not _by_leader(record):
        return (Gap("one_inspector", members),)
    return ()


def _alone(record: VisitRecord) -> tuple[Gap, ...]:
    """A leader may look around alone (领导随机暗访); it is said all the same."""
    members = members_of(record)
    return (Gap("one_inspector", members),) if len(members) == 1 and _by_leader(record) else ()


def _by_leader(record: VisitRecord) -> bool:
    return record.trip is not None and record.trip.kind is TripKind.LEADER


def _missing_phases(record: VisitRecord) -> tuple[Gap, ...]:
    if record.visit.supplement_of:
        return ()
    begun = {each.phase for each in effective(record.events) if each.kind is EventKind.PHASE}
    if not begun & {Phase.COVERT, Phase.OVERT}:
        return (Gap("phase_missing"),)
    return _gap("rules_not_accepted", _unaccepted(record))


def _unaccepted(record: VisitRecord) -> list[str]:
    """Return the members who were covert and did not accept the rules of the covert part.

    Who had shown identity before the covert part began was not covert.
    """
    events = effective(record.events)
    starts = [
        each.observed_from
        for each in events
        if each.kind is EventKind.PHASE and each.phase == Phase.COVERT
    ]
    if not starts:
        return []
    accepted = {each.observer for each in events if each.kind is EventKind.RULES_ACCEPTED}
    known = [start for start in starts if start is not None]
    revealed = {
        each.observer
        for each in events
        if each.kind is EventKind.REVEAL
        and each.observed_from is not None
        and known
        and each.observed_from <= min(known)
    }
    return [each for each in members_of(record) if each not in accepted | revealed]


def _conflicts(record: VisitRecord) -> Iterator[str]:
    for entity in _entities(record):
        if entity.conflicts and entity.void is None:
            yield entity.id


def _entities(record: VisitRecord) -> Iterator[Entity]:
    """Return everything of the visit that two devices may have written differently."""
    yield record.visit
    if record.trip is not None:
        yield record.trip
    for facts in (
        *(record.members, record.events, record.rounds, record.sightings, record.sweeps),
        *(record.waits, record.head_counts, record.remarks, record.answers, record.findings),
        *(record.finding_persons, record.confirmations, record.evidence, record.placements),
        *(record.clock_checks, record.feedbacks, record.statements),
    ):
        yield from facts


def _unconfirmed(record: VisitRecord) -> list[str]:
    return [each.id for each in effective(record.findings) if needs_confirmation(record, each)]


def _missing_feedback(record: VisitRecord) -> tuple[Gap, ...]:
    """Return what the feedbacks lack.

    Refusals are noted and a bystander may sign (行诉证据规定 Art. 15); each finding that
    was told to the unit carries what the unit said (domain notes, evidence need 7).
    """
    feedbacks = effective(record.feedbacks)
    gone = withdrawn_files(record)
    standing = {each.id for each in effective(record.findings)}
    stated = {each.finding for each in effective(record.statements)}
    told = [
        finding
        for feedback in feedbacks
        if not feedback.refusal
        for finding in feedback.findings
        if finding in standing - stated
    ]
    return (
        *_gap(
            "feedback_unsigned",
            (
                each.id
                for each in feedbacks
                if (not each.sheet or each.sheet in gone) and not each.refusal
            ),
        ),
        *_gap(
            "refusal_without_witness",
            (each.id for each in feedbacks if each.refusal and not each.witness.strip()),
        ),
        *_gap("statement_missing", dict.fromkeys(told)),
    )


def _weak_authority(record: VisitRecord) -> tuple[Gap, ...]:
    missing = not is_documented(record) and not record.visit.supplement_of
    return (
        *((Gap("authority_missing", (record.visit.id,)),) if missing else ()),
        *_gap("authority_expired", outside_validity(record)),
    )


def _weak_findings(record: VisitRecord) -> tuple[Gap, ...]:
    findings = effective(record.findings)
    feedbacks = effective(record.feedbacks)
    told = {finding for feedback in feedbacks for finding in feedback.findings}
    return (
        *_gap(
            "outcome_open", (each.id for each in findings if each.outcome is FindingOutcome.OPEN)
        ),
        *_gap(
            "not_fed_back",
            (each.id for each in findings if feedbacks and each.id not in told),
        ),
        *_gap("finding_without_situation", (each.id for each in findings if not each.situations)),
        *_gap(
            "finding_unsupported",
            (each.id for each in findings if not each.window and not evidence_of(record, each)),
        ),
    )


def photos_not_counted(record: VisitRecord) -> list[str]:
    """Return the members who have not said whether photographs remain with them.

    What turns up after the seal needs a supplement; a supplement itself asks nobody again.
    """
    if record.visit.supplement_of:
        return []
    counted = {
        each.observer for each in effective(record.events) if each.kind is EventKind.PHOTOS_COUNTED
    }
    return [each for each in members_of(record) if each not in counted]


def _unplaced(record: VisitRecord) -> list[str]:
    """Return the evidence that nothing in the visit refers to.

    A corrected caption or time leaves a photograph where the sealed edition placed it.
    """
    used = {each.evidence for each in effective(record.placements)}
    used |= {each.evidence for each in effective(record.clock_checks)}
    used |= {each.sheet for each in effective(record.feedbacks) if each.sheet}
    used |= {each.evidence for each in effective(record.confirmations) if each.evidence}
    unused = (each for each in effective(record.evidence) if each.id not in used)
    return [each.id for each in unused if not each.replaces]


def _unanswered(record: VisitRecord) -> list[str]:
    if record.checklist is None or record.visit.supplement_of:
        return []
    answered = {each.item for each in effective(record.answers)}
    if record.hall.kind is not PlaceKind.HALL and not answered:
        return []  # the list is about halls; at a road nobody misses it
    return [
        item.code
        for item in record.checklist.items
        if record.hall.level.value in item.applies_to and item.code not in answered
    ]
