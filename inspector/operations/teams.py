"""The board of teams: expected, arrived, sealed, approved, by team and county, and how long silent.

Silence is never nought: of a team from which nothing has come, nothing is known.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Hall, Person, Trip, Unit, Visit, VisitMember
from inspector.domain.times import DAY_MS
from inspector.domain.vocabulary import ReviewState
from inspector.operations.office_settings import EXPECTED, state_setting, stated_under
from inspector.operations.overview import phase_events
from inspector.operations.reviews import review_queue
from inspector.storage.holding import VISIT_STANDS
from inspector.storage.review_queue import last_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from inspector.operations.reviews import ReviewItem
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team in a county. county: the highest unit above its places, "" if none is known.

    expected: as the office states, else the visits that are planned; None if nothing says so.
    arrived, sealed, approved: None for a team from which nothing has come. silent_days: since
    something of it was written last, None if nothing ever was.
    """

    team: str
    county: str
    expected: int | None
    arrived: int | None
    sealed: int | None
    approved: int | None
    silent_days: int | None


@dataclass(slots=True)
class _Sums:
    planned: int = 0
    arrived: int = 0
    sealed: int = 0
    approved: int = 0
    written: int | None = None


def state_expected(session: Session, team: str, count: int) -> None:
    """State how many visits are expected of a team; nought takes the statement back.

    Raises MingchaError `name_missing`, and `role_missing` where only the office may.
    """
    if not team.strip():
        raise MingchaError("name_missing")
    state_setting(session, f"{EXPECTED}{team.strip()}", str(count) if count else "")


def team_board(session: Session, queue: Sequence[ReviewItem] | None = None) -> tuple[TeamRow, ...]:
    """Return a row for each team and county, the most silent first.

    A team is called by its leader, or by the first of its members. queue: of reviews, if it was
    read already.
    """
    sums = _sums(session, review_queue(session) if queue is None else queue)
    stated = stated_under(session, EXPECTED)
    for team in stated:
        if not any(known == team for known, _county in sums):
            sums[team, ""] = _Sums()
    now = session.store.clock.read().ms
    rows = [_row(key, each, stated, now) for key, each in sums.items()]
    return tuple(sorted(rows, key=_order))


def _row(key: tuple[str, str], sums: _Sums, stated: dict[str, str], now: int) -> TeamRow:
    team, county = key
    heard = sums.written is not None
    expected = int(stated[team]) if stated.get(team, "").isdecimal() else sums.planned or None
    return TeamRow(
        team=team,
        county=county,
        expected=expected,
        arrived=sums.arrived if heard else None,
        sealed=sums.sealed if heard else None,
        approved=sums.approved if heard else None,
        silent_days=max(0, now - sums.written) // DAY_MS if sums.written is not None else None,
    )


def _order(row: TeamRow) -> tuple[bool, int, str, str]:
    silent = row.silent_days
    return silent is not None, -(silent or 0), row.team, row.county


def _sums(session: Session, queue: Sequence[ReviewItem]) -> dict[tuple[str, str], _Sums]:
    names = _Names(session)
    visits = session.store.select(Visit, f"{VISIT_STANDS} AND supplement_of IS NULL")
    begun = phase_events(session, [each.id for each in visits]) if visits else {}
    written = last_written(session.store.db)
    sealed, approved = _reviewed(session, queue)
    found: dict[tuple[str, str], _Sums] = defaultdict(_Sums)
    for visit in visits:
        sums = found[names.team(visit), names.county(visit)]
        sums.planned += 1
        if visit.id in begun or visit.id in sealed:
            sums.arrived += 1
            last = written.get(visit.id)
            if last is not None:
                sums.written = max(last, sums.written or last)
        sums.sealed += visit.id in sealed
        sums.approved += visit.id in approved
    return found


def _reviewed(session: Session, queue: Sequence[ReviewItem]) -> tuple[set[str], set[str]]:
    """Return the first editions that are sealed, and those whose newest edition is approved."""
    before = {
        each.id: each.supplement_of
        for each in session.store.select(Visit, "supplement_of IS NOT NULL")
    }
    sealed, approved = set(), set()
    for item in queue:
        first, passed = item.visit.id, {item.visit.id}
        while (earlier := before.get(first)) and earlier not in passed:
            first = earlier
            passed.add(first)
        sealed.add(first)
        if item.state is ReviewState.APPROVED:
            approved.add(first)
    return sealed, approved


class _Names:
    """What teams and counties are called."""

    def __init__(self, session: Session) -> None:
        store = session.store
        self._persons = {each.id: each.name for each in store.select(Person)}
        self._leaders = {each.id: each.leader for each in store.select(Trip)}
        self._halls = {each.id: each.unit for each in store.select(Hall)}
        self._units = {each.id: each for each in store.select(Unit)}
        self._members: dict[str, str] = {}
        members: Iterable[VisitMember] = store.select(VisitMember, "void IS NULL")
        for each in members:
            self._members.setdefault(each.visit, each.person)

    def team(self, visit: Visit) -> str:
        """Return the leader of the journey, else the first member, – if nobody is named."""
        who = self._leaders.get(visit.trip or "") or self._members.get(visit.id, "")
        return self._persons.get(who, who) or "–"

    def county(self, visit: Visit) -> str:
        """Return the highest unit above the place; a circle ends the walk."""
        at, name, passed = self._halls.get(visit.hall) or "", "", set()
        while at in self._units and at not in passed:
            passed.add(at)
            name = self._units[at].name
            at = self._units[at].parent or ""
        return name
