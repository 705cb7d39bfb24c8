"""Review: a sealed visit is approved, returned with a reason, or passed on to somebody.

A decision is about one sealed edition. It is recorded apart from the visit, so nothing sealed
changes; a returned visit is answered by a supplement, whose seal brings it back into the queue.
Findings from severity 3 on are decided on one by one. In an organisation only decisions count that
stand in the chain of a reviewer or administrator; nobody decides on a visit they took part in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Hall, Person, Review, Seal, Trip, Unit, Visit, VisitMember
from inspector.domain.facts import effective
from inspector.domain.reviews import Standing, standing
from inspector.domain.schema import KINDS, from_values
from inspector.domain.vocabulary import ReviewDecision, ReviewState, Role
from inspector.operations.discretion import NO_CODE, covert_now
from inspector.operations.office_settings import two_reviewers
from inspector.operations.recording import editions, fit, get, later_editions, stored
from inspector.operations.records import load_edition
from inspector.operations.roles import own_device, require_role
from inspector.operations.writers import Writers
from inspector.storage.review_queue import (
    NEWEST,
    WRITTEN_OVER,
    grave_findings,
    sealed_counts,
    undecided,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.operations.session import Session

#: Visits that are judged one by one where those are counted that wait for a decision.
_JUDGED = 100
#: Whose decisions count in an organisation.
DECIDES = (Role.REVIEWER, Role.ADMINISTRATOR)
#: What is asked in SQL of a decision.
_ASKED = ("visit", "finding", "seal", "decision", "reviewer", "void")
_APPROVED = ReviewDecision.APPROVED


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A sealed edition in the queue.

    place: its code while a covert part goes on anywhere. team: who went, the leader first. county:
    the highest unit above the place, "" while a covert part goes on. exceptions: ids of the
    findings decided on one by one. findings: how many hold in this edition and those before. own:
    whoever is typing took part. asked: something waits for a decision of whoever is typing.
    assignee: the name of whom it was passed on to. supplement: the open one that answers a return.
    """

    visit: Visit
    seal: Seal
    hall: Hall
    place: str
    county: str
    team: tuple[str, ...]
    exceptions: tuple[str, ...]
    findings: int
    standing: Standing
    own: bool
    asked: bool
    assignee: str
    supplement: str

    @property
    def state(self) -> ReviewState:
        """Where its review stands."""
        return self.standing.state


def review_queue(session: Session) -> tuple[ReviewItem, ...]:
    """Return every newest sealed edition with where its review stands, oldest seal first."""
    return tuple(_Queue(session).items())


def review_item(session: Session, visit: str) -> ReviewItem:
    """Return the newest sealed edition of a visit. Raises MingchaError `visit_not_sealed`."""
    for item in _Queue(session, tuple(_family(session, visit))).items():
        return item
    raise MingchaError("review_not_sealed")


def count_to_review(session: Session) -> int:
    """Return how many visits wait for a decision of whoever is typing, who may decide.

    The newest are judged as the queue does; of the others, if there are many, it is asked in SQL
    only, which counts one as waiting where somebody wrote over the decision of somebody else.
    """
    writers = Writers(session, *DECIDES)
    needed = 2 if two_reviewers(session) else 1
    doubted = _doubted(session, writers)
    found = undecided(session.store.db, writers.logs, needed, _me(session), doubted)
    judged = {each: None for visit in found[:_JUDGED] for each in _family(session, visit)}
    items = _Queue(session, tuple(judged)).items() if judged else ()
    return sum(item.asked for item in items) + len(found[_JUDGED:])


def approve(session: Session, visit: str, *, finding: str = "", reason: str = "") -> Review:
    """Approve a visit, or one finding of it.

    Raises MingchaError as `decide`, and `review_one_by_one` while a grave finding of the visit has
    not been approved by itself.
    """
    item = review_item(session, visit)
    if not finding:
        approved = {
            each.finding
            for each in decisions_on(session, item.seal.id)
            if each.decision is ReviewDecision.APPROVED
        }
        left = [each for each in item.exceptions if each not in approved]
        if left:
            raise MingchaError("review_one_by_one", count=len(left))
    return decide(session, item, ReviewDecision.APPROVED, finding=finding, reason=reason)


def return_visit(session: Session, visit: str, reason: str, *, finding: str = "") -> Review:
    """Return a visit, or one finding of it, to its team.

    Raises MingchaError as `decide`, and `reason_missing`.
    """
    if not reason.strip():
        raise MingchaError("reason_missing")
    item = review_item(session, visit)
    return decide(session, item, ReviewDecision.RETURNED, finding=finding, reason=reason)


def reassign(session: Session, visit: str, person: str, *, reason: str = "") -> Review:
    """Pass a visit on to another reviewer.

    Raises MingchaError as `decide`, `review_own`, and `not_found` for who is not known here.
    """
    get(session, Person, person)
    item = review_item(session, visit)
    if person in _took_part(session, item.visit.id):
        raise MingchaError("review_own")
    return decide(session, item, ReviewDecision.REASSIGNED, reason=reason, assignee=person)


def decide(
    session: Session,
    item: ReviewItem,
    decision: ReviewDecision,
    *,
    finding: str = "",
    reason: str = "",
    assignee: str = "",
) -> Review:
    """Record a decision of whoever is typing; a later one on the same thing takes its place.

    Raises MingchaError `role_missing`, `reviewer_unknown`, `review_own`, `not_found` for a finding
    that this edition does not have.
    """
    require_role(session, *DECIDES)
    reviewer = reviewer_here(session)
    if not reviewer:
        raise MingchaError("reviewer_unknown")
    if reviewer in _took_part(session, item.visit.id):
        raise MingchaError("review_own")
    if finding:
        _require_finding(session, item, finding)
    store = session.store
    made = Review(
        id="",
        visit=item.visit.id,
        finding=finding or None,
        seal=item.seal.id,
        decision=decision,
        reason=reason.strip(),
        reviewer=reviewer,
        assignee=assignee or None,
    )
    made = replace(made, id=_review_id(session, made, reviewer))
    store.save(fit(made))
    return stored(session, made)


def reviewer_here(session: Session) -> str:
    """Return who decides on this computer: as the roster names it, else who is typing."""
    device = own_device(session)
    return device.person if device is not None else session.store.user


def _family(session: Session, visit: str) -> Iterator[str]:
    """Yield a visit with what it supplements and what supplements it; circles end the walk."""
    later = [each.id for each in later_editions(session, visit)]
    yield from dict.fromkeys((*editions(session, visit), *later))


def _me(session: Session) -> str:
    try:
        return reviewer_here(session)
    except MingchaError:  # not admitted (any more): it may still look
        return session.store.user


def decisions_on(session: Session, seal: str) -> tuple[Review, ...]:
    """Return the decisions on a sealed edition that count, in order of entry."""
    return tuple(_counting(session, "seal = ?", seal).get(seal, ()))


def _require_finding(session: Session, item: ReviewItem, finding: str) -> None:
    known = effective(load_edition(session, item.visit.id).findings)
    if finding not in {each.id for each in known}:
        raise MingchaError("finding_not_found", name=finding)


def _took_part(session: Session, visit: str) -> set[str]:
    marks = tuple(editions(session, visit))
    wanted = f"visit IN ({', '.join('?' * len(marks))})"
    store = session.store
    found = store.select(VisitMember, f"{wanted} AND void IS NULL", *marks)
    visits = (store.get(Visit, each) for each in marks)
    trips = (store.get(Trip, each.trip) for each in visits if each is not None and each.trip)
    leaders = {each.leader for each in trips if each is not None and each.leader}
    return {each.person for each in found} | leaders


def _counting(session: Session, where: str = "1", *values: str) -> dict[str, list[Review]]:
    """Return the decisions that count, by seal."""
    found: dict[str, list[Review]] = defaultdict(list)
    writers = Writers(session, *DECIDES)
    if not writers.free:
        # Somebody may have moved one away from what its reviewer decided on.
        where = f"({where}) OR {WRITTEN_OVER}"
    for each in session.store.select(Review, where, *values):
        counted = each if writers.free else _as_decided(session, writers, each)
        if counted is not None and counted.void is None:
            found[counted.seal].append(counted)
    return found


def _doubted(session: Session, writers: Writers) -> set[str]:
    """Return the ids of the decisions that do not say what their reviewer decided."""
    found = set()
    for each in () if writers.free else session.store.select(Review, WRITTEN_OVER):
        counted = _as_decided(session, writers, each)
        if counted is None or any(getattr(counted, name) != getattr(each, name) for name in _ASKED):
            found.add(each.id)
    return found


def _as_decided(session: Session, writers: Writers, review: Review) -> Review | None:
    """Return a decision as its reviewer made it, whatever others wrote over it; None if none did.

    The id of a decision says whose it is.
    """
    person = writers.only("review", review.id)
    if person and _review_id(session, review, person) == review.id:
        return replace(review, reviewer=person)
    for person in writers.persons():
        said = writers.said("review", review.id, person)
        made: Review = from_values(KINDS["review"], review.id, said, review.entered)
        if said and _review_id(session, made, person) == review.id:
            return replace(made, reviewer=person)
    return None


def _review_id(session: Session, review: Review, reviewer: str) -> str:
    return session.store.derived_id("review", review.seal, review.finding or "", reviewer)


class _Queue:
    """Reads what all items need, once; of these visits only, of all if none are named."""

    def __init__(self, session: Session, only: tuple[str, ...] = ()) -> None:
        store = session.store
        marks = ", ".join("?" * len(only))
        of, among = (f"visit IN ({marks})", f"id IN ({marks})") if only else ("1", "1")
        self._newest = store.select(Seal, f"{of} AND {NEWEST}", *only)
        self._session = session
        self._covert = covert_now(session)
        self._me = _me(session)
        self._needed = 2 if two_reviewers(session) else 1
        self._visits = {each.id: each for each in store.select(Visit, among, *only)}
        self._halls = {each.id: each for each in store.select(Hall)}
        self._units = {each.id: each for each in store.select(Unit)}
        self._persons = {each.id: each.name for each in store.select(Person)}
        self._leaders = {each.id: each.leader for each in store.select(Trip, "leader IS NOT NULL")}
        self._members: dict[str, list[str]] = defaultdict(list)
        for member in store.select(VisitMember, f"{of} AND void IS NULL", *only):
            self._members[member.visit].append(member.person)
        self._grave: dict[str, list[str]] = defaultdict(list)
        for visit, finding in grave_findings(store.db, only):
            self._grave[visit].append(finding)
        self._counts = sealed_counts(store.db, only)
        self._decisions = _counting(session, of, *only)
        self._following = {
            each.supplement_of: each.id
            for each in self._visits.values()
            if each.supplement_of and each.void is None
        }

    def items(self) -> Iterator[ReviewItem]:
        """Yield the newest sealed editions, oldest seal first."""
        for seal in self._newest:
            visit = self._visits.get(seal.visit)
            if visit is not None:
                yield self._item(visit, seal)

    def _item(self, visit: Visit, seal: Seal) -> ReviewItem:
        hall = self._halls.get(visit.hall) or Hall(id=visit.hall, name=visit.hall)
        all_editions = list(self._editions(visit.id))
        decided = [
            each
            for each in self._decisions.get(seal.id, ())
            if each.reviewer not in self._took_part(all_editions)
        ]
        exceptions = tuple(f for each in reversed(all_editions) for f in self._grave.get(each, ()))
        stands = standing(decided, exceptions, self._needed)
        own = self._me in self._took_part(all_editions)
        return ReviewItem(
            visit=visit,
            seal=seal,
            hall=hall,
            place=(hall.code or NO_CODE) if self._covert else hall.name,
            county="" if self._covert else self._county(hall),
            team=self._team(visit),
            exceptions=exceptions,
            findings=sum(self._counts.get(each, 0) for each in all_editions),
            standing=stands,
            own=own,
            asked=not own and self._asks(stands, decided),
            assignee=self._persons.get(stands.assignee, stands.assignee),
            supplement=self._following.get(visit.id, ""),
        )

    def _asks(self, stands: Standing, decided: list[Review]) -> bool:
        """Tell whether something waits for whoever is typing, which they have not approved yet."""
        if stands.state is not ReviewState.WAITING or stands.assignee not in ("", self._me):
            return False
        left = {*stands.open, *([""] if len(stands.approvals) < self._needed else [])}
        mine = (e for e in decided if (e.reviewer, e.decision) == (self._me, _APPROVED))
        return bool(left - {each.finding or "" for each in mine})

    def _editions(self, visit: str) -> Iterator[str]:
        """Yield a visit and what it supplements; a circle, which merging could make, ends this."""
        passed: set[str] = set()
        while visit in self._visits and visit not in passed:
            passed.add(visit)
            yield visit
            visit = self._visits[visit].supplement_of or ""

    def _took_part(self, all_editions: list[str]) -> set[str]:
        visits = (self._visits[each] for each in all_editions if each in self._visits)
        leaders = {self._leaders.get(each.trip or "") for each in visits}
        members = {person for each in all_editions for person in self._members.get(each, ())}
        return members | {each for each in leaders if each}

    def _team(self, visit: Visit) -> tuple[str, ...]:
        leader = self._leaders.get(visit.trip or "")
        people = dict.fromkeys([*([leader] if leader else []), *self._members.get(visit.id, ())])
        return tuple(self._persons.get(each, each) for each in people)

    def _county(self, hall: Hall) -> str:
        """Return the highest unit above a place; a circle ends the walk."""
        passed: set[str] = set()
        at, name = hall.unit or "", ""
        while at in self._units and at not in passed:
            passed.add(at)
            name = self._units[at].name
            at = self._units[at].parent or ""
        return name
