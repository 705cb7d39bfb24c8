"""What a reviewer looks at: facts, pictures, earlier findings of the place, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.domain.completeness import photos_not_counted, warnings
from inspector.domain.entities import Person, Visit
from inspector.domain.facts import effective
from inspector.domain.findings import evidence_of
from inspector.domain.numbers import finding_label
from inspector.domain.reviews import ONE_BY_ONE_FROM
from inspector.domain.terms import severity_name, term
from inspector.domain.vocabulary import FindingOutcome
from inspector.operations.discretion import covert_now, hidden_names, in_sight, without_names
from inspector.operations.doubts import clock_gap
from inspector.operations.late import late_told
from inspector.operations.links import linked
from inspector.operations.originals import absences
from inspector.operations.records import load_edition
from inspector.operations.registers import (
    FindingColumn,
    FindingFilter,
    day_here,
    finding_rows,
    finding_rows_in_sight,
    findings_in_order,
    place_of_finding,
)
from inspector.operations.reviews import decisions_on, review_item
from inspector.report.editions import current
from inspector.report.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.i18n import Lang
    from inspector.domain.entities import Evidence, Finding, Review
    from inspector.domain.vocabulary import ReviewDecision
    from inspector.operations.registers import FindingRow
    from inspector.operations.reviews import ReviewItem
    from inspector.operations.session import Session

#: Earlier findings of the same kind that are shown, and how far back they are counted.
_EARLIER, _YEAR = 4, timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ReviewedFinding:
    """A finding as a reviewer reads it. one_by_one: it is decided on by itself.

    decision: what whoever counts decided on it, a return before an approval; None if nobody did.
    """

    id: str
    label: str
    severity: int
    grade: str
    categories: str
    when: str
    spot: str
    waiting: int | None
    rests_on: str
    outcome: str
    text: str
    pictures: tuple[Evidence, ...]
    one_by_one: bool
    decision: ReviewDecision | None


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a complete visit has: in order, or what is wrong in a sentence."""

    ok: bool
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that counts, by the name of who made it; about: the finding, "" for the visit."""

    by: str
    decision: ReviewDecision
    finding: str | None
    about: str
    reason: str
    ms: int
    zone: int


@dataclass(frozen=True, slots=True)
class ReviewDetail:
    """One sealed visit in full. earlier: the place's earlier findings by category, newest first.

    late: what came after the seal and is no part of it, in words. same: visits said to be the same.
    away: pictures (SHA-256) whose originals are not here, of which smaller ones are shown.
    """

    item: ReviewItem
    date: str
    findings: tuple[ReviewedFinding, ...]
    checks: tuple[Check, ...]
    decisions: tuple[Decided, ...]
    late: tuple[str, ...]
    same: tuple[Visit, ...]
    away: frozenset[str] = frozenset()


def review_detail(session: Session, visit: str, lang: Lang) -> ReviewDetail:
    """Return what a reviewer looks at. Raises MingchaError `review_not_sealed`, `not_found`."""
    return detail_of(session, review_item(session, visit), lang)


def detail_of(session: Session, item: ReviewItem, lang: Lang) -> ReviewDetail:
    """Return the same of an item of the queue."""
    record = current(load_edition(session, item.visit.id))
    words = Words(record, translator(lang))
    decided = decisions_on(session, item.seal.id)
    found = [_finding(words, each, item, decided) for each in _in_order(words, item)]
    return ReviewDetail(
        item=item,
        date=words.date(),
        findings=tuple(_in_sight(session, item, found)),
        checks=tuple(_checks(session, words)),
        decisions=tuple(_decided(session, words, each) for each in decided),
        same=linked(session, Visit, item.visit.id),
        late=tuple(each.what for each in late_told(record, lang) if each.waits or each.stays),
        away=frozenset(
            absences(session, {file.sha256 for each in found for file in each.pictures})
        ),
    )


def earlier_of_kind(session: Session, finding: str) -> tuple[tuple[FindingRow, ...], int]:
    """Return the last findings of the same kind at the same place, and how many in twelve months.

    The finding itself is neither shown nor counted. While a covert part goes on no text names a
    place.
    """
    at = place_of_finding(session, finding)
    row = finding_rows(session, (at,)).get(at) if at is not None else None
    if row is None or not row.situations:
        return (), 0
    since = day_here(session) - _YEAR
    only = FindingFilter(hall=row.hall.id, situation=row.situations[0].code, since=since)
    places = findings_in_order(session, only, FindingColumn.SEEN)
    rows = finding_rows_in_sight(session, places[: _EARLIER + 1])
    listed = [rows[each] for each in places[: _EARLIER + 1] if each in rows]
    others = [each for each in listed if each.finding.id != finding]
    return tuple(others[:_EARLIER]), len(places) - (len(others) < len(listed))


def _in_sight(
    session: Session, item: ReviewItem, found: list[ReviewedFinding]
) -> Iterator[ReviewedFinding]:
    """Yield findings whose texts name no place, and no pictures, while a covert part goes on."""
    if not covert_now(session):
        yield from found
        return
    texts = [f"{each.text}\n{each.rests_on}" for each in found]
    hidden = hidden_names(session, [item.hall.id], texts)
    for each in found:
        text, rests_on = (without_names(part, hidden) for part in (each.text, each.rests_on))
        yield replace(each, text=text, rests_on=rests_on, pictures=())


def _in_order(words: Words, item: ReviewItem) -> list[Finding]:
    """Return the findings that hold, those decided on one by one first."""
    return sorted(words.findings, key=lambda each: each.id not in item.exceptions)


def _finding(
    words: Words, finding: Finding, item: ReviewItem, decided: tuple[Review, ...]
) -> ReviewedFinding:
    record, lang = words.record, words.lang
    mine = [each.decision for each in decided if each.finding == finding.id]
    is_picture = (each for each in evidence_of(record, finding) if each.mime.startswith("image/"))
    return ReviewedFinding(
        id=finding.id,
        label=finding_label(finding, lang),
        severity=finding.severity,
        grade=severity_name(finding.severity, lang),
        categories=words.join(words.situation_names(finding.situations)),
        when=words.observed(finding),
        spot=words.spot(finding.window),
        waiting=finding.people_waiting,
        rests_on=words.clauses([finding.rule, finding.basis]),
        outcome=term(finding.outcome, lang),
        text=finding.text,
        pictures=tuple(is_picture),
        one_by_one=finding.id in item.exceptions,
        # A return stands whoever else approves; “returned” is the last word of the vocabulary.
        decision=max(mine, default=None),
    )


def _checks(session: Session, words: Words) -> Iterator[Check]:
    """Yield what is in order and what the visit should not lack."""
    record, tr = words.record, words.tr
    held = [each for each in words.findings if each.outcome is not FindingOutcome.NOT_ESTABLISHED]
    grave = [each for each in held if each.severity >= ONE_BY_ONE_FROM]
    if all(each.observed_from is not None for each in held):
        yield Check(True, tr("Every finding has its time"))
    if held and all(evidence_of(record, each) for each in held):
        yield Check(True, tr("Every finding has evidence"))
    if grave and all(each.situations for each in grave):
        yield Check(True, tr("Serious findings name their category"))
    if not photos_not_counted(record):
        yield Check(True, tr("No photograph is left on a device"))
    if record.feedbacks and all(each.sheet or each.refusal for each in effective(record.feedbacks)):
        yield Check(True, tr("Feedback signed or refused"))
    for gap in (*warnings(record), *clock_gap(session, record.visit.id)):
        yield Check(False, gap.text(tr))


def _decided(session: Session, words: Words, review: Review) -> Decided:
    person = session.store.get(Person, review.reviewer)
    about = next((each for each in words.findings if each.id == review.finding), None)
    return Decided(
        by=person.name if person else review.reviewer,
        decision=review.decision,
        finding=review.finding,
        about=finding_label(about, words.lang) if about else "",
        reason=in_sight(session, review.reason),
        ms=review.entered.ms,
        zone=review.entered.zone,
    )
