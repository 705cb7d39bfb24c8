"""Who saw something, and when: what people type beside a fact, and what it means.

Without a time, a fact was seen live, now. A typed time rests on memory unless its source is named:
that is the weakest claim, and paper prints it. A time without a day means the newest day on which
the visit was seen to happen, or today at the place as long as nothing says so. Without an observer
the person who is typing saw it, or the first member of the visit if nobody said who is typing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.base.values import frozen
from inspector.domain.clocktext import parse_when
from inspector.domain.entities import Hall, Visit
from inspector.domain.times import DEFAULT_PRECISION, Seen, lies_ahead
from inspector.domain.vocabulary import TimeSource
from inspector.operations.overview import members_of
from inspector.operations.recording import get
from inspector.operations.visits import day_of_visit

if TYPE_CHECKING:
    from datetime import date

    from inspector.operations.session import Session


@frozen
class Typed:
    """What stands in the fields of time, observer and source; empty fields say nothing.

    at: a moment or interval as `domain.clocktext` reads it. observer: the id of a person.
    precision: seconds.
    """

    at: str = ""
    observer: str = ""
    source: TimeSource | None = None
    precision: int | None = None


def seen_from(session: Session, visit: str, typed: Typed) -> Seen:
    """Return what `typed` claims of a fact of a visit.

    Raises MingchaError `time_unreadable`, `time_backwards`, `time_missing`, `time_typed_live`.
    """
    found = get(session, Visit, visit)
    zone = zone_of(session, found)
    times: tuple[int | None, int | None] = (None, None)
    if typed.at.strip():
        when = parse_when(typed.at, day_of(session, found), zone)
        times = when.start, when.end
    observer = typed.observer or usual_observer(session, found)
    return claim(session, observer, times, zone, typed.source, typed.precision)


def is_ahead(session: Session, visit: str, typed: Typed) -> bool:
    """Tell whether a typed time has not come yet: one says so at once, and refuses nothing.

    A day or a clock may be wrong; which one, only people can tell. What cannot be read is not
    ahead.
    """
    try:
        seen = seen_from(session, visit, typed)
    except MingchaError:
        return False
    return lies_ahead(seen.start, seen.end, session.store.clock.read().ms)


def claim(
    session: Session,
    observer: str,
    times: tuple[int | None, int | None],
    zone: int,
    source: TimeSource | None,
    precision: int | None,
) -> Seen:
    """Return `times` (milliseconds) as `observer` claims them; no time means now, seen live.

    Raises MingchaError `time_missing` for a source without a time, `time_typed_live`,
    `precision_too_small`.
    """
    start, end = times
    if start is None:
        if source not in (None, TimeSource.LIVE):
            raise MingchaError("time_missing")
        now = session.now(observer)
        exact = exactness(TimeSource.LIVE, precision)
        return Seen(observer, now.start, None, zone, TimeSource.LIVE, exact)
    if source is TimeSource.LIVE:
        raise MingchaError("time_typed_live")
    source = source or TimeSource.MEMORY
    return Seen(observer, start, end, zone, source, exactness(source, precision))


def exactness(source: TimeSource, seconds: int | None) -> int:
    """Return how exact a time is, in seconds; None means as exact as its source usually is.

    Raises MingchaError `precision_too_small` below a second, whatever the source.
    """
    if seconds is None:
        return DEFAULT_PRECISION[source]
    if seconds < 1:
        raise MingchaError("precision_too_small")
    return seconds


def zone_of(session: Session, visit: Visit) -> int:
    """Return the zone of the visited place, in minutes east of UTC."""
    return get(session, Hall, visit.hall).zone_minutes


def day_of(session: Session, visit: Visit) -> date:
    """Return the day that times without a day mean."""
    zone = zone_of(session, visit)
    known = day_of_visit(session, visit.id, zone)
    return known or to_datetime(session.store.clock.read().ms, zone).date()


def usual_observer(session: Session, visit: Visit) -> str:
    """Return the id of the person who saw what nobody said who saw; "" if there is nobody."""
    if session.store.user:
        return session.store.user
    members = members_of(session, visit.id)
    return members[0].id if members else ""
