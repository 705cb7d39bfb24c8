"""The rules of findings: what may be said, who must stand by it, what it rests on.

A `*_problem` function returns the catalogued error that an act would meet, or None.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Fact
from inspector.domain.facts import effective
from inspector.domain.phases import acquisition_of
from inspector.domain.terms import SEVERITIES
from inspector.domain.vocabulary import (
    Acquisition,
    ConfirmationMethod,
    FindingOutcome,
    Position,
    TargetKind,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from inspector.domain.catalogues import Situation
    from inspector.domain.entities import (
        Confirmation,
        Evidence,
        Finding,
        FindingPerson,
        Statement,
    )
    from inspector.domain.record import VisitRecord

#: From this severity on a second inspector must confirm (domain notes, evidence need 6; after
#: 行政处罚法 Art. 42: two officers).
CONFIRMED_FROM = 3

_NEEDS_REASON = (FindingOutcome.EXPLAINED, FindingOutcome.NOT_ESTABLISHED)
_REJECTED = _NEEDS_REASON


def check_severity(severity: int) -> None:
    """Raise MingchaError `severity_unknown` unless `severity` is 1 to 4."""
    if severity not in SEVERITIES:
        raise MingchaError("severity_unknown", severity=severity)


def check_situations(codes: Iterable[str], known: Mapping[str, Situation]) -> None:
    """Check the codes of situations that a finding names, by what the catalogues hold.

    Raises MingchaError `situation_unknown` for a code that none holds, `situation_is_list` for one
    that stands for a whole list and says nothing of what was seen.
    """
    for code in codes:
        if code not in known:
            raise MingchaError("situation_unknown", situation=code)
        if known[code].is_list:
            raise MingchaError("situation_is_list", situation=code)


def outcome_problem(finding: Finding, outcome: FindingOutcome, reason: str) -> MingchaError | None:
    """Return what stands against setting `outcome`.

    Explained and not established need a reason, because the conclusion must say whether the
    unit's statement was adopted (domain notes, evidence need 7; 政府督查工作条例 Art. 16); so does
    every change of an outcome that was already decided.
    """
    changed = finding.outcome not in (FindingOutcome.OPEN, outcome)
    if (outcome in _NEEDS_REASON or changed) and not reason.strip():
        return MingchaError("outcome_without_reason", outcome=outcome.value)
    return None


def is_counted(finding: Finding) -> bool:
    """Return whether `finding` goes into figures: established and not withdrawn."""
    return finding.void is None and finding.outcome is FindingOutcome.ESTABLISHED


def confirmation_problem(
    record: VisitRecord, finding: Finding, confirmation: Confirmation
) -> MingchaError | None:
    """Return why `confirmation` does not count for `finding`, or None if it does.

    It must come from a member of the visit other than the one who observed the finding, and a
    signature on paper needs its photograph.
    """
    if confirmation.observer == finding.observer:
        return MingchaError("confirmation_same_person")
    if confirmation.observer not in members_of(record):
        return MingchaError("confirmation_not_member")
    if confirmation.method is ConfirmationMethod.SIGNED_PAPER and not confirmation.evidence:
        return MingchaError("confirmation_without_paper")
    return None


def allegation_hash(finding: Finding) -> str:
    """Return the SHA-256 (hex) of what a confirmation of `finding` stands for.

    That is the allegation itself: text, severity, situations, window and time. The form is JSON
    in UTF-8 with sorted keys and no blanks; it must not change, confirmations are kept with it.
    """
    alleged = {
        "text": finding.text,
        "severity": finding.severity,
        "situations": list(finding.situations),
        "window": finding.window,
        "observed_from": finding.observed_from,
        "observed_to": finding.observed_to,
    }
    form = json.dumps(alleged, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode()).hexdigest()


def stands(record: VisitRecord, finding: Finding, confirmation: Confirmation) -> bool:
    """Return whether `confirmation` counts for `finding` as it reads now.

    What was changed since is another allegation, which nobody has confirmed yet; a signature whose
    photograph was withdrawn cannot be shown any more.
    """
    return (
        confirmation.void is None
        and confirmation.finding == finding.id
        and confirmation.confirmed == allegation_hash(finding)
        and not lost_its_paper(record, confirmation)
        and confirmation_problem(record, finding, confirmation) is None
    )


def lost_its_paper(record: VisitRecord, confirmation: Confirmation) -> bool:
    """Return whether a confirmation was signed on paper and its photograph was withdrawn since."""
    signed = confirmation.method is ConfirmationMethod.SIGNED_PAPER
    return signed and confirmation.evidence in withdrawn_files(record)


def withdrawn_files(record: VisitRecord) -> set[str]:
    """Return the ids of the files of a visit that were withdrawn."""
    gone = {file.id for file in record.evidence if file.void is not None}
    corrections = (file for file in record.evidence if file.withdrawn and file.void is None)
    return gone | {file.replaces for file in corrections if file.replaces}


def is_confirmed(record: VisitRecord, finding: Finding) -> bool:
    """Return whether a second inspector stands by `finding` as it reads now."""
    return any(
        stands(record, finding, confirmation) for confirmation in effective(record.confirmations)
    )


def needs_confirmation(record: VisitRecord, finding: Finding) -> bool:
    """Return whether `finding` still lacks the second inspector that its severity asks for.

    One that was withdrawn, explained or not established accuses nobody and needs none.
    """
    if finding.void is not None or finding.severity < CONFIRMED_FROM:
        return False
    return finding.outcome not in _REJECTED and not is_confirmed(record, finding)


def person_problem(person: FindingPerson) -> MingchaError | None:
    """Return what a person in a finding lacks.

    Seen and confirmed are two facts. A description needs the one who saw; an identity needs who
    confirmed it and from what. A name posted at a window is no source (a displayed officer is
    often not the one on duty: checklist item S02-08), so none is ever filled in from there.
    """
    if person.description.strip() and not describer(person):
        return MingchaError("description_without_observer")
    named = person.identity.strip() or person.identity_post.strip()
    if named and not (person.identity_by and person.identity_source):
        return MingchaError("identity_without_source")
    return None


def describer(person: FindingPerson) -> str:
    """Return the id of the one who saw a person; "" if only the identity is known."""
    return person.observer or person.described_by


def identification(person: FindingPerson) -> Fact:
    """Return the confirmation of who a person was as a fact of its own: by whom, and when."""
    return Fact(
        id=person.id,
        entered=person.entered,
        visit=person.visit,
        observer=person.identity_by,
        observed_from=person.identity_from,
        observed_to=person.identity_to,
        observed_zone=person.identity_zone,
        time_source=person.identity_time_source,
        time_precision=person.identity_precision,
    )


def members_of(record: VisitRecord) -> tuple[str, ...]:
    """Return the ids of the people who take part in the visit, each once."""
    return tuple(dict.fromkeys(member.person for member in effective(record.members)))


def evidence_of(record: VisitRecord, finding: Finding) -> tuple[Evidence, ...]:
    """Return the evidence placed at `finding`, in its order there."""
    files = {evidence.id: evidence for evidence in effective(record.evidence)}
    placements = sorted(
        (
            placement
            for placement in effective(record.placements)
            if placement.target_kind is TargetKind.FINDING and placement.target == finding.id
        ),
        key=lambda placement: placement.position,
    )
    return tuple(files[each.evidence] for each in placements if each.evidence in files)


def rests_on_covert_only(record: VisitRecord, finding: Finding) -> bool:
    """Return whether nothing obtained openly supports `finding`.

    Such a finding is the basis of a clue or of feedback to the management; a proposal of a
    sanction may not rest on it alone (行诉证据规定 Art. 57(2), 58; domain notes, evidence need 3).
    Openly obtained are: an overt observation, evidence taken overtly, provided by the unit or
    taken from a system, and the unit's own statement that it agrees, unless it thought otherwise
    later.
    """
    facts = (finding, *evidence_of(record, finding))
    if any(acquisition_of(record.events, fact) is not Acquisition.COVERT for fact in facts):
        return False
    said = [
        statement.position
        for statement in statements_in_order(record)
        if statement.finding == finding.id and statement.position is not Position.NO_STATEMENT
    ]
    return not said or said[-1] is not Position.AGREE


def statements_in_order(record: VisitRecord) -> tuple[Statement, ...]:
    """Return what the unit said, in the order it was said; without a time, as it was entered."""
    return tuple(
        sorted(
            effective(record.statements),
            key=lambda said: (
                said.entered.ms if said.observed_from is None else said.observed_from,
                said.entered.ms,
            ),
        )
    )
