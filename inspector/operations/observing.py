"""Recording what is seen: answers, rounds, window states, waits, head counts, remarks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.values import frozen
from inspector.domain.answers import parse_answer
from inspector.domain.clocktext import half_width, iso_day
from inspector.domain.corrections import check_fact
from inspector.domain.entities import (
    Answer,
    HeadCount,
    Remark,
    Round,
    Sighting,
    Sweep,
    Visit,
    Wait,
    Window,
)
from inspector.domain.observations import latest_looks, sweep_targets
from inspector.domain.vocabulary import TimeSource, WindowState
from inspector.operations.local_catalogues import checklist_of
from inspector.operations.recording import (
    amend,
    get,
    record,
    record_in,
    require_observer,
    require_open,
)
from inspector.operations.records import load_record
from inspector.operations.seeing import zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.catalogues import Item
    from inspector.domain.changes import Changes
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


#: What was seen of a window and noted outside of every round.
_NOTED = 'visit = ? AND "window" = ? AND round IS NULL AND void IS NULL'
#: Parts of a visit that say nothing of windows, and may be long.
_NOT_WINDOWS = frozenset({"answers", "evidence", "placements"})


@frozen
class Recorded:
    """A fact that was recorded, and what the action changed."""

    id: str
    changes: Changes


def item_of(session: Session, visit: str, code: str) -> Item:
    """Return an item of the visit's checklist. Raises MingchaError `item_not_found`."""
    return _item_in(session, require_open(session, visit), code)


def _item_in(session: Session, visit: Visit, code: str) -> Item:
    wanted = code.strip().upper()
    items = checklist_of(session, visit.checklist).items
    for each in items:
        if each.code == wanted:
            return each
    for each in items:
        if each.code.upper() == wanted:
            return each
    raise MingchaError("item_not_found", code=code)


def record_answer(
    session: Session,
    visit: str,
    code: str,
    text: str,
    seen: Seen,
    *,
    note: str = "",
    replaces: str | None = None,
) -> Recorded:
    """Record one inspector's answer to a checklist item; answering again changes it.

    `text` is read by `domain.answers.parse_answer`.
    """
    require_observer(session, visit, seen)
    found = require_open(session, visit)
    item = _item_in(session, found, code)
    day = iso_day(seen.start, seen.zone) if seen.start is not None else None
    value, conformity = parse_answer(item, text, seen_on=day)
    answer = Answer(
        id=session.store.derived_id("answer", visit, item.code, seen.observer),
        visit=visit,
        item=item.code,
        value=value,
        conformity=conformity,
        note=note,
        replaces=replaces,
        **seen.fields(),
    )
    return Recorded(answer.id, record_in(session, found, answer))


def start_round(
    session: Session, visit: str, seen: Seen, *, floor: str = "", zone: str = ""
) -> Round:
    """Begin a round; every window in it starts as not looked at."""
    require_observer(session, visit, seen)
    rounds = session.store.select(Round, "visit = ?", visit)
    new = Round(
        id=session.store.new_id(),
        visit=visit,
        number=max((r.number for r in rounds), default=0) + 1,
        floor=floor,
        zone=zone,
        **seen.fields(),
    )
    record(session, visit, new)
    return new


def round_of(session: Session, visit: str, number: int) -> Round:
    """Return a round by its number. Raises MingchaError `round_not_found`."""
    for found in session.store.select(Round, "visit = ? AND void IS NULL", visit):
        if found.number == number:
            return found
    raise MingchaError("round_not_found", number=number)


def sight(
    session: Session,
    visit: str,
    window: Window,
    state: WindowState,
    seen: Seen,
    *,
    in_round: str | None = None,
    continuous: bool = False,
    people_waiting: int | None = None,
    note: str = "",
    replaces: str | None = None,
) -> Recorded:
    """Record the state of a window.

    In a round there is one sighting per window and inspector, set again it changes; outside of
    rounds each is its own. `continuous` says that the window was watched without a break over
    the whole interval. Raises MingchaError `interval_missing` if that interval is not given.
    """
    sighting = Sighting(
        id="",
        visit=visit,
        round=in_round,
        window=window.id,
        state=state,
        continuous=continuous,
        people_waiting=people_waiting,
        note=note,
        replaces=replaces,
    )
    [done] = sight_all(session, visit, [sighting], seen)
    return done


def sight_all(
    session: Session, visit: str, sightings: Sequence[Sighting], seen: Seen
) -> list[Recorded]:
    """Record the states of several windows, seen together, as one action.

    See `sight`, which raises the same.
    """
    require_observer(session, visit, seen)
    timed = seen.start is not None and seen.end is not None
    if not timed and any(sighting.continuous for sighting in sightings):
        raise MingchaError("interval_missing")
    facts = [
        replace(each, id=_sighting_id(session, each, seen), visit=visit, **seen.fields())
        for each in sightings
    ]
    changes = record(session, visit, *facts)
    return [Recorded(fact.id, changes) for fact in facts]


def _sighting_id(session: Session, sighting: Sighting, seen: Seen) -> str:
    if not sighting.round:
        return session.store.new_id()
    return session.store.derived_id("sighting", sighting.round, sighting.window, seen.observer)


def sweep(
    session: Session,
    visit: str,
    in_round: Round,
    seen: Seen,
    *,
    state: WindowState = WindowState.SERVING,
    floor: str = "",
    zone: str = "",
) -> Recorded:
    """Record “the rest of this zone is …” as one act over the windows not yet looked at."""
    require_open(session, visit)
    require_observer(session, visit, seen)
    rest = sweep_targets(
        load_record(session, visit, without=_NOT_WINDOWS), in_round.id, floor, zone
    )
    act = Sweep(
        id=session.store.new_id(),
        visit=visit,
        round=in_round.id,
        floor=floor or in_round.floor,
        zone=zone or in_round.zone,
        state=state,
        windows=rest,
        **seen.fields(),
    )
    return _recorded(session, act)


def current_round(session: Session, visit: str, seen: Seen) -> Round:
    """Return the newest round of a visit; the first look begins the first one."""
    known = session.store.select(Round, "visit = ? AND void IS NULL", visit)
    found = max(known, key=lambda each: each.number, default=None)
    return found or start_round(session, visit, seen)


def look(
    session: Session,
    visit: str,
    window: Window,
    state: WindowState,
    seen: Seen,
    *,
    people_waiting: int | None = None,
) -> Recorded:
    """Record the state of a window in the round that is going on (see `sight`)."""
    within = current_round(session, visit, seen).id
    return sight(
        session, visit, window, state, seen, in_round=within, people_waiting=people_waiting
    )


def count_people(session: Session, visit: str, window: Window, count: int, seen: Seen) -> Recorded:
    """Add how many people wait to the observer's look at a window in the round that is going on.

    The time of the look stays. Where the window was only swept over, or seen later and noted
    outside of the round, this is a look of its own in the state that is known last.
    """
    within = current_round(session, visit, seen)
    own = session.store.derived_id("sighting", within.id, window.id, seen.observer)
    known = session.store.get(Sighting, own)
    stands = known is not None and known.void is None
    if stands and not session.store.select(Sighting, _NOTED, visit, window.id):
        return Recorded(own, amend(session, Sighting, own, {"people_waiting": count}))
    record_now = load_record(session, visit, without=_NOT_WINDOWS)
    last = latest_looks(record_now, within.id)[window.id]
    if stands and isinstance(last.fact, Sighting) and last.fact.round:
        return Recorded(own, amend(session, Sighting, own, {"people_waiting": count}))
    return look(session, visit, window, last.state, seen, people_waiting=count)


def sweep_current(
    session: Session, visit: str, seen: Seen, *, floor: str = "", zone: str = ""
) -> Recorded:
    """Record that the rest of a floor or zone is serving, in the round that is going on."""
    within = current_round(session, visit, seen)
    return sweep(session, visit, within, seen, floor=floor, zone=zone)


def watch(
    session: Session,
    visit: str,
    window: Window,
    state: WindowState,
    between: tuple[int, int],
    observer: str,
) -> Recorded:
    """Record that a window was watched in one state without a break between two moments."""
    now = session.now(observer)
    zone = zone_of(session, get(session, Visit, visit))
    seen = replace(now, start=between[0], end=between[1], zone=zone, source=TimeSource.STOPWATCH)
    return sight(session, visit, window, state, seen, continuous=True)


def record_wait(session: Session, wait: Wait, seen: Seen) -> Recorded:
    """Record one person's waiting. Raises MingchaError for moments out of order."""
    return _fact(session, wait, seen)


def count_heads(session: Session, count: HeadCount, seen: Seen) -> Recorded:
    """Record staffed windows of all. Raises MingchaError `head_count_impossible`."""
    return _fact(session, count, seen)


def remark(session: Session, entry: Remark, seen: Seen) -> Recorded:
    """Record a remark, a scripted request or good practice.

    Raises MingchaError `text_missing`, `quantity_unreadable`.
    """
    before, after = half_width(entry.before).strip(), half_width(entry.after).strip()
    return _fact(session, replace(entry, before=before, after=after), seen)


def _fact(session: Session, fact: Wait | HeadCount | Remark, seen: Seen) -> Recorded:
    fact = replace(fact, id=session.store.new_id(), **seen.fields())
    check_fact(fact)
    require_observer(session, fact.visit, seen)
    return _recorded(session, fact)


def _recorded(session: Session, fact: Sighting | Sweep | Wait | HeadCount | Remark) -> Recorded:
    return Recorded(fact.id, record(session, fact.visit, fact))
