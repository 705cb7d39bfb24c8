"""Who saw it, and when: the options that every recording command takes.

What they mean stands in `operations.seeing`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.domain.clocktext import parse_moment, parse_when
from inspector.domain.vocabulary import TimeSource
from inspector.operations import seeing
from inspector.operations.people import find_person
from inspector.operations.seeing import zone_of

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments
    from inspector.domain.entities import Visit
    from inspector.domain.times import Seen
    from inspector.operations.session import Session

#: Why a typed time cannot be LIVE.
TYPED_LIVE = N_("A typed time was not entered live. Name another --time-source.")

#: Years in which something can have been seen or a document can be valid.
_YEARS = range(1900, 2200)


def add_seen(arguments: Arguments) -> Arguments:
    """Add the options of a recording command."""
    tr = arguments.tr
    arguments.add(
        "--at",
        metavar=tr("TIME"),
        help=N_("when it was seen: 10:38, 1038, 10:38-10:52 or 2026-11-20 10:38 (now)"),
    )
    arguments.add("--from", dest="start", metavar=tr("TIME"), help=N_("when it began"))
    arguments.add("--to", dest="end", metavar=tr("TIME"), help=N_("when it ended"))
    arguments.add(
        "--day", metavar=tr("DATE"), help=N_("the day of these times (the visit's newest day)")
    )
    arguments.add(
        "--seen-by",
        metavar=tr("PERSON"),
        help=N_("who saw it, by name or id (who is typing, or else the first member)"),
    )
    arguments.word(
        "--time-source",
        of=TimeSource,
        help=N_("what the time rests on; a typed time without a source counts as memory"),
    )
    return arguments.add(
        "--precision",
        type=int,
        metavar=tr("SECONDS"),
        help=N_("how exact the time is (as the source gives)"),
    )


def seen_of(context: Context, session: Session, visit: Visit, args: argparse.Namespace) -> Seen:
    """Return what the options say. Raises MingchaError for a time that cannot be read."""
    zone = zone_of(session, visit)
    times = times_of(context.tr, args, day_of(context, session, visit, args), zone)
    return claim(context.tr, args, observer_of(session, visit, args), times, session, zone)


def claim(
    tr: Translator,
    args: argparse.Namespace,
    observer: str,
    times: tuple[int | None, int | None],
    session: Session,
    zone: int,
) -> Seen:
    """Return `times` (milliseconds) as `observer` claims them; no time means now, seen live."""
    if times[0] is not None and args.time_source is TimeSource.LIVE:
        raise UsageError(tr(TYPED_LIVE))
    return seeing.claim(session, observer, times, zone, args.time_source, args.precision)


def times_of(
    tr: Translator, args: argparse.Namespace, day: date, zone: int
) -> tuple[int | None, int | None]:
    """Return the moment or interval that the options name, None for what they do not."""
    first, last = args.start, args.end
    if args.at is not None:
        if first is not None or last is not None:
            raise UsageError(tr("Give either --at, or --from and --to."))
        when = parse_when(args.at, day, zone)
        return when.start, when.end
    if first is None:
        if last is not None:
            raise UsageError(tr("--to needs --from."))
        return None, None
    start = parse_moment(first, day, zone)
    if last is None:
        return start, None
    end = parse_moment(last, day, zone)
    if end < start:
        raise MingchaError("time_backwards", text=f"{first}-{last}")
    return start, end


def day_of(context: Context, session: Session, visit: Visit, args: argparse.Namespace) -> date:
    """Return the day that times without a day mean."""
    if args.day is not None:
        return read_day(context.tr, args.day)
    return seeing.day_of(session, visit)


def read_day(tr: Translator, text: str) -> date:
    """Return an ISO date. Raises UsageError."""
    try:
        found = date.fromisoformat(text)
        # At both ends of the calendar a zone leads out of it.
        if found.year not in _YEARS:
            raise ValueError(text)
    except ValueError:
        raise UsageError(tr("“{text}” is no date like 2026-11-20.", text=text)) from None
    return found


def observer_of(session: Session, visit: Visit, args: argparse.Namespace) -> str:
    """Return the id of the person who saw it."""
    if args.seen_by is not None:
        return find_person(session, args.seen_by).id
    return seeing.usual_observer(session, visit)
