"""The queue of a reviewer as it is worked off: grave findings one by one, then their visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.domain.entities import Finding, Hall, Visit
from inspector.domain.numbers import bare_number, finding_label, visit_label
from inspector.domain.times import DAY_MS
from inspector.domain.vocabulary import ReviewState
from inspector.operations.discretion import NO_CODE, covert_now, hidden_names, without_names
from inspector.operations.late import as_sealed
from inspector.operations.overview import members_of
from inspector.operations.reviews import review_queue
from inspector.operations.teams import TeamRow, team_board
from inspector.operations.undo import last_action, undo_last
from inspector.storage.review_queue import arrivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.base.i18n import Lang
    from inspector.operations.reviews import ReviewItem
    from inspector.operations.session import Session

#: Visits of which something came in that are shown.
_ARRIVALS = 50


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A line of the queue: a finding of a visit, or the visit as a whole (`finding` is "").

    title, about: in words. severity: the highest in it. days: since the seal.
    """

    item: ReviewItem
    finding: str
    title: str
    about: str
    severity: int
    days: int

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others."""
        return self.item.seal.id, self.finding


@dataclass(frozen=True, slots=True)
class CameIn:
    """A visit of which something came in from another laptop lately; ms: when it was written."""

    visit: str
    label: str
    place: str
    team: tuple[str, ...]
    operations: int
    ms: int


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """All that the page of reviews lists; counts: visits by where their review stands."""

    rows: tuple[ReviewRow, ...]
    came_in: tuple[CameIn, ...]
    counts: dict[ReviewState, int]
    teams: tuple[TeamRow, ...]


def review_desk(session: Session, lang: Lang) -> ReviewDesk:
    """Return the queue, what came in, and how many visits stand where."""
    items = review_queue(session)
    wanted = [finding for item in items for finding in item.standing.open]
    found = _in_sight(session, as_sealed(session, _findings(session, wanted)))
    now = session.store.clock.read().ms
    counts = dict.fromkeys(ReviewState, 0)
    for item in items:
        counts[item.state] += 1
    return ReviewDesk(
        rows=tuple(row for item in items for row in _rows(item, found, now, lang)),
        came_in=tuple(_came_in(session, {each.visit.id: each for each in items}, lang)),
        counts=counts,
        teams=teams_in_sight(session, items),
    )


def teams_in_sight(
    session: Session, items: tuple[ReviewItem, ...] | None = None
) -> tuple[TeamRow, ...]:
    """Return the board of teams; organisations are not named while a covert part goes on."""
    covert = covert_now(session)
    found = team_board(session, items)
    return tuple(replace(row, county="") for row in found) if covert else found


def undo_decision(session: Session) -> None:
    """Take back the last decision made here. Raises MingchaError `nothing_to_undo`."""
    last = last_action(session)
    if last is None or {noun for noun, _id in last.touched} != {"review"}:
        raise MingchaError("nothing_to_undo")
    undo_last(session)


def _findings(session: Session, ids: Iterable[str]) -> dict[str, Finding]:
    found = (session.store.get(Finding, each) for each in ids)
    return {each.id: each for each in found if each is not None}


def _in_sight(session: Session, known: dict[str, Finding]) -> dict[str, Finding]:
    """Return findings whose texts name no place while a covert part goes on."""
    if not covert_now(session):
        return known
    hidden = hidden_names(session, (), [each.text for each in known.values()])
    return {id: replace(each, text=without_names(each.text, hidden)) for id, each in known.items()}


def _rows(item: ReviewItem, found: dict[str, Finding], now: int, lang: Lang) -> Iterator[ReviewRow]:
    days = max(0, now - item.seal.entered.ms) // DAY_MS
    team = "、".join(item.team[:2])
    number = bare_number(item.visit)
    grave = [found[each] for each in item.standing.open if each in found]
    if item.state is ReviewState.WAITING:
        for each in grave:
            text = " ".join(each.text.split())
            label = finding_label(each, lang)
            about = " · ".join(filter(None, (item.place, f"{number} {label}", team)))
            yield ReviewRow(item, each.id, text, about, each.severity, days)
    title = f"{visit_label(item.visit, lang)} · {item.place}"
    worst = max((each.severity for each in grave), default=0)
    yield ReviewRow(item, "", title, " · ".join(filter(None, (team, item.county))), worst, days)


def _came_in(session: Session, items: dict[str, ReviewItem], lang: Lang) -> Iterator[CameIn]:
    store = session.store
    for each in arrivals(store.db, store.chain, _ARRIVALS):
        visit = store.get(Visit, each.visit)
        if visit is None:
            continue
        item = items.get(visit.id)
        hall = store.get(Hall, visit.hall)
        team = item.team if item else tuple(p.name for p in members_of(session, visit.id))
        place = item.place if item else (hall.code or NO_CODE) if hall else NO_CODE
        yield CameIn(visit.id, visit_label(visit, lang), place, team, each.operations, each.ms)
