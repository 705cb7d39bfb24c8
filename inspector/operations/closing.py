"""Where a visit stands on its way from the feedback to the seal: what windows show of that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.domain.codes import by_letter
from inspector.domain.completeness import blockers, warnings
from inspector.domain.entities import Event, Feedback, Person, Visit
from inspector.domain.facts import effective
from inspector.domain.findings import evidence_of, members_of, needs_confirmation, stands
from inspector.domain.handover import may_be_handed_over, photos_for_unit
from inspector.domain.numbers import finding_label, official_numbers, provisional
from inspector.domain.phases import current_phase, still_covert
from inspector.domain.record_code import record_code
from inspector.domain.vocabulary import EventKind, FindingOutcome, Phase
from inspector.operations.discretion import covert_now
from inspector.operations.dossiers import printed_code
from inspector.operations.doubts import clock_gap
from inspector.operations.feedback import unfinished
from inspector.operations.late import late_told
from inspector.operations.links import linked
from inspector.operations.pins import has_pin
from inspector.operations.recording import get
from inspector.operations.records import load_edition, load_record
from inspector.operations.since_feedback import since_feedback
from inspector.report.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inspector.base.i18n import Lang
    from inspector.domain.completeness import Gap
    from inspector.domain.entities import Evidence, Finding, Seal, Statement
    from inspector.domain.record import VisitRecord
    from inspector.operations.late import LateLine
    from inspector.operations.session import Session
    from inspector.operations.since_feedback import Later

#: Never told to the unit unless somebody chooses it: it is not held to be so.
_NOT_TOLD = frozenset({FindingOutcome.NOT_ESTABLISHED})


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what its closing needs.

    number, label, when, spot: as people read them. confirmed_by: who stands by it as it reads now.
    told: the feedback that goes on, or the last one, names it. suggested: it is chosen for the
    feedback unless somebody says otherwise. pictures: its photographs, those for the unit in
    `for_unit`.
    """

    finding: Finding
    number: str
    label: str
    when: str
    spot: str
    confirmed_by: tuple[str, ...]
    needs_confirmation: bool
    told: bool
    suggested: bool
    statement: Statement | None
    pictures: tuple[Evidence, ...]
    for_unit: frozenset[str]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member: whether a PIN is set here, and what was said of photographs elsewhere."""

    person: Person
    has_pin: bool
    counted: Event | None


@dataclass(frozen=True, slots=True)
class Closing:
    """A visit between feedback and seal.

    Who is inside unrecognised is called by letter, as in the visit: in the members, in what is told
    of findings and of changes, and as `me`.

    zone: minutes east of UTC at the place. is_revealed: somebody of the team showed identity.
    hidden: the places, among the members, of those who are inside unrecognised all the same.
    watched: pictures are not shown, as in this visit or another a covert part is going on.
    me: who is typing, None if nobody said. feedback: the one that goes on, else the last one.
    code: the record code of what it tells as the record stands; printed: the code on the sheet that
    was made last, "" if none was.
    papers: what may be a photographed sheet, newest first.
    numbers: provisional and official number of each finding that the seal will renumber.
    supplement: the edition after this one, if there is one. late_lines: what came late to it or to
    what it corrects, and is not adopted. same: visits that are said to be the same.
    """

    visit: Visit
    place: str
    zone: int
    phase: Phase
    is_revealed: bool
    has_left: bool
    hidden: tuple[int, ...]
    watched: bool
    seal: Seal | None
    sealed_by: str
    me: Person | None
    members: tuple[MemberRow, ...]
    findings: tuple[FindingRow, ...]
    feedback: Feedback | None
    code: str
    printed: str
    papers: tuple[Evidence, ...]
    blockers: tuple[Gap, ...]
    warnings: tuple[Gap, ...]
    later: tuple[Later, ...]
    numbers: tuple[tuple[str, str], ...]
    supplement: Visit | None
    late_lines: tuple[LateLine, ...] = ()
    same: tuple[Visit, ...] = ()

    @property
    def is_covert(self) -> bool:
        """Whether the whole team is inside and nobody has shown identity yet."""
        return self.phase is Phase.COVERT and not (self.is_revealed or self.has_left)

    @property
    def is_signed(self) -> bool:
        """Whether the last feedback was signed or refused."""
        return self.feedback is not None and bool(self.feedback.sheet or self.feedback.refusal)


def closing(session: Session, visit: str, lang: Lang) -> Closing:
    """Return how far a visit is with its closing. Raises MingchaError `not_found`."""
    own = load_record(session, visit)
    record = load_edition(session, visit)
    feedback = unfinished(session, visit) or _last(own)
    told = feedback.findings if feedback else ()
    following = session.store.select(Visit, "supplement_of = ? AND void IS NULL", visit)
    user = session.store.user
    hidden = {} if own.seal else _hidden(session, own)
    # What identifies the record is worked out of it as it is.
    seen = replace(record, persons=by_letter(record.persons, hidden, lang))
    return Closing(
        visit=own.visit,
        zone=record.hall.zone_minutes,
        place=record.hall.code or provisional(own.visit.device, own.visit.number),
        phase=current_phase(own.events, own.seal is not None),
        is_revealed=any(each.kind is EventKind.REVEAL for each in effective(record.events)),
        has_left=any(each.kind is EventKind.LEFT for each in effective(record.events)),
        hidden=tuple(hidden.values()),
        watched=covert_now(session),
        seal=own.seal,
        sealed_by=record.person_name(own.seal.entered.by) if own.seal else "",
        me=_person(session, user, hidden, lang) if user else None,
        members=tuple(_members(session, own, hidden, lang)),
        findings=_findings(seen, told, lang),
        feedback=feedback,
        code=record_code(record, told) if told else "",
        printed=printed_code(session, visit, told) if told else "",
        papers=tuple(reversed(effective(record.evidence))),
        blockers=() if own.seal else blockers(own),
        warnings=() if own.seal else (*warnings(own), *clock_gap(session, visit)),
        later=() if own.seal else since_feedback(session, visit, lang, seen.persons),
        numbers=() if own.seal else _numbers(record),
        supplement=following[-1] if following else None,
        same=linked(session, Visit, visit),
        late_lines=tuple(each for each in late_told(seen, lang) if not each.edition),
    )


def _hidden(session: Session, record: VisitRecord) -> dict[str, int]:
    """Return who is inside unrecognised while others are not, with their places as members."""
    members, now = tuple(members_of(record)), session.store.clock.read().ms
    left = still_covert(record.events, members, now)
    return {each: place for place, each in enumerate(members) if each in left}


def _person(session: Session, person: str, hidden: Mapping[str, int], lang: Lang) -> Person | None:
    known = session.store.get(Person, person)
    return by_letter({person: known}, hidden, lang)[person] if known is not None else None


def _last(record: VisitRecord) -> Feedback | None:
    given = effective(record.feedbacks)
    return given[-1] if given else None


def _members(
    session: Session, record: VisitRecord, hidden: Mapping[str, int], lang: Lang
) -> Iterator[MemberRow]:
    counted = {
        each.observer: each
        for each in effective(record.events)
        if each.kind is EventKind.PHOTOS_COUNTED
    }
    members = members_of(record)
    known = {each: record.persons.get(each) or get(session, Person, each) for each in members}
    for member, person in by_letter(known, hidden, lang).items():
        yield MemberRow(person, has_pin(session, member), counted.get(member))


def _findings(record: VisitRecord, told: tuple[str, ...], lang: Lang) -> tuple[FindingRow, ...]:
    words = Words(record, translator(lang))
    said = {each.finding: each for each in effective(record.statements)}
    return tuple(_finding(words, each, told, said.get(each.id)) for each in words.findings)


def _finding(
    words: Words, finding: Finding, told: tuple[str, ...], said: Statement | None
) -> FindingRow:
    record = words.record
    confirmed = [
        record.person_name(each.observer)
        for each in effective(record.confirmations)
        if stands(record, finding, each)
    ]
    pictures = tuple(
        item for item in evidence_of(record, finding) if item.mime.startswith("image/")
    )
    return FindingRow(
        finding=finding,
        number=words.short_number(finding),
        label=finding_label(finding, words.lang),
        when=words.observed(finding),
        spot=words.spot(finding.window),
        confirmed_by=tuple(dict.fromkeys(confirmed)),
        needs_confirmation=needs_confirmation(record, finding),
        told=finding.id in told,
        suggested=finding.outcome not in _NOT_TOLD,
        statement=said,
        pictures=pictures,
        for_unit=frozenset(item.id for item in pictures if may_be_handed_over(record, item)),
    )


def _numbers(record: VisitRecord) -> tuple[tuple[str, str], ...]:
    official = official_numbers(record.findings)
    known = {finding.id: finding for finding in record.findings}
    return tuple(
        (provisional(known[each].device, known[each].number), number)
        for each, number in official.items()
        if not known[each].official_number
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding as the unit's representative sees it: no severity, no category, no names.

    when, spot, text: what was seen, where and when. pictures: only those confirmed to show no
    people. statement: what the unit said to it so far.
    """

    finding: str
    number: str
    when: str
    spot: str
    text: str
    pictures: tuple[Evidence, ...]
    statement: Statement | None


def shown_to_unit(session: Session, visit: str, lang: Lang) -> tuple[Shown, ...]:
    """Return the findings that are being told to the unit, and nothing else of the visit."""
    record = load_edition(session, visit)
    feedback = unfinished(session, visit) or _last(load_record(session, visit))
    words = Words(record, translator(lang))
    said = {each.finding: each for each in effective(record.statements)}
    known = {finding.id: finding for finding in words.findings}
    return tuple(
        Shown(
            finding=found.id,
            number=words.short_number(found),
            when=words.observed(found),
            spot=words.spot(found.window),
            text=found.text,
            pictures=photos_for_unit(record, found),
            statement=said.get(found.id),
        )
        for each in (feedback.findings if feedback else ())
        if (found := known.get(each)) is not None
    )
