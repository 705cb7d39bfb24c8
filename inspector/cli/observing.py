"""`visit answer|round|window|sweep|wait|heads`: what is seen on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.describe import Teller, data_of, recorded
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.seen import add_seen, claim, day_of, observer_of, seen_of, times_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.clocktext import parse_moment
from inspector.domain.entities import Answer, Fact, HeadCount, Round, Sighting, Sweep, Wait
from inspector.domain.vocabulary import WindowState
from inspector.domain.waits import outcome_of
from inspector.operations.observing import (
    count_heads,
    record_answer,
    record_wait,
    round_of,
    sight_all,
    start_round,
    sweep,
)
from inspector.operations.places import windows_of
from inspector.operations.recording import find_visit, find_window, get
from inspector.operations.seeing import zone_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.entities import Visit
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    _declare_answer(commands)
    _declare_windows(commands)
    _declare_sweep(commands)
    _declare_wait(commands)
    heads = commands.add(
        "heads",
        _heads,
        N_("Count the windows that are staffed, of those that should be."),
        "visit heads 1 9 12 --floor 1 --at 10:50 --time-source note",
    )
    add_visit_argument(heads)
    tr = heads.tr
    heads.add("staffed", type=int, metavar=tr("STAFFED"), help=N_("windows staffed"))
    heads.add("total", type=int, metavar=tr("TOTAL"), help=N_("windows in all"))
    _add_scope(heads)
    _add_note(heads)
    add_seen(heads)


def _declare_answer(commands: Commands) -> None:
    answer = commands.add(
        "answer",
        _answer,
        N_("Answer an item of the checklist; again to change the answer."),
        "visit answer 1 S01-01 符合",
        "visit answer 1 S07-07 33/36 --note 抽查台账",
    )
    add_visit_argument(answer)
    tr = answer.tr
    answer.add("item", metavar=tr("ITEM"), help=N_("code of the item, see “catalogue show”"))
    answer.add(
        "value",
        metavar=tr("ANSWER"),
        help=N_("conforms, does not conform, not applicable, not seen, or what the item asks for"),
    )
    answer.add("--replaces", metavar=tr("ID"), help=N_("in a supplement: the answer it corrects"))
    _add_note(answer)
    add_seen(answer)


def _declare_windows(commands: Commands) -> None:
    start = commands.add(
        "round",
        _round,
        N_("Begin a walk past the windows; each starts as not looked at."),
        "visit round 1 --floor 2",
    )
    add_visit_argument(start)
    _add_scope(start)
    add_seen(start)
    window = commands.add(
        "window",
        _window,
        N_("Record the state of windows. From–to means watched without a break."),
        "visit window 1 05 空岗 --from 10:38 --to 10:52 --time-source stopwatch --people 6",
        "visit window 1 07 08 serving --round 1",
    )
    add_visit_argument(window)
    tr = window.tr
    window.add("windows", nargs="+", metavar=tr("WINDOW"), help=N_("numbers of the windows"))
    window.word("state", of=WindowState, metavar=tr("STATE"), help=N_("what was seen there"))
    window.add("--round", type=int, metavar=tr("NUMBER"), help=N_("the round it belongs to"))
    window.add("--people", type=int, metavar=tr("COUNT"), help=N_("people waiting there"))
    window.add(
        "--glimpsed",
        action="store_true",
        help=N_("from–to only bounds a single look; nothing is said of the time between"),
    )
    window.add("--replaces", metavar=tr("ID"), help=N_("in a supplement: the sighting it corrects"))
    _add_note(window)
    add_seen(window)


def _declare_sweep(commands: Commands) -> None:
    rest = commands.add(
        "sweep",
        _sweep,
        N_("Record the windows of a round not yet looked at as one act: the rest is serving."),
        "visit sweep 1 --floor 1",
    )
    add_visit_argument(rest)
    rest.word("--state", of=WindowState, default=WindowState.SERVING, help=N_("what was seen"))
    rest.add("--round", type=int, metavar=rest.tr("NUMBER"), help=N_("the round (the newest)"))
    _add_scope(rest)
    add_seen(rest)


def _declare_wait(commands: Commands) -> None:
    wait = commands.add(
        "wait",
        _wait,
        N_("Record one person's waiting: ticket or queue joined, called, done or given up."),
        "visit wait 1 --ticket A031 --joined 10:20 --called 10:47 --ended 11:02 --promised 15 "
        "--rule 办事指南 --time-source ticket",
    )
    add_visit_argument(wait)
    tr = wait.tr
    wait.add("--ticket", default="", metavar=tr("TEXT"), help=N_("number of the ticket"))
    wait.add("--window", metavar=tr("WINDOW"), help=N_("window where it ended"))
    wait.add("--joined", metavar=tr("TIME"), help=N_("when the queue was joined (--from, now)"))
    wait.add("--called", metavar=tr("TIME"), help=N_("when the person was called"))
    wait.add("--ended", metavar=tr("TIME"), help=N_("when the service ended"))
    end = wait.either()
    end.add("--gave-up", metavar=tr("TIME"), help=N_("when the person gave up"))
    end.add("--until", metavar=tr("TIME"), help=N_("watched until then, still waiting"))
    wait.add("--promised", type=int, metavar=tr("MINUTES"), help=N_("promised limit"))
    wait.add("--rule", default="", metavar=tr("TEXT"), help=N_("where that limit stands"))
    wait.add("--ahead", type=int, metavar=tr("COUNT"), help=N_("people ahead in the queue"))
    _add_note(wait)
    add_seen(wait)


def _add_scope(arguments: Arguments) -> None:
    tr = arguments.tr
    arguments.add("--floor", default="", metavar=tr("TEXT"), help=N_("only this floor"))
    arguments.add("--zone", default="", metavar=tr("TEXT"), help=N_("only this zone"))


def _add_note(arguments: Arguments) -> None:
    arguments.add("--note", default="", metavar=arguments.tr("TEXT"), help=N_("a remark"))


def _answer(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        done = record_answer(
            session,
            visit.id,
            args.item,
            args.value,
            seen,
            note=args.note,
            replaces=args.replaces,
        )
        return _recorded(context, session, visit, Answer, done.id)


def _round(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        new = start_round(session, visit.id, seen, floor=args.floor, zone=args.zone)
        return _recorded(context, session, visit, Round, new.id)


def _window(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        windows = [find_window(session, visit.hall, name) for name in args.windows]
        in_round = round_of(session, visit.id, args.round).id if args.round is not None else None
        seen_there = [
            Sighting(
                id="",
                round=in_round,
                window=window.id,
                state=args.state,
                continuous=seen.end is not None and not args.glimpsed,
                people_waiting=args.people,
                note=args.note,
                replaces=args.replaces,
            )
            for window in windows
        ]
        done = sight_all(session, visit.id, seen_there, seen)
        teller = Teller(session, visit, context.tr)
        facts = [get(session, Sighting, each.id) for each in done]
        data = {"id": facts[0].id, "sightings": [data_of(fact) for fact in facts]}
        return Output(data, [teller.line(fact) for fact in facts])


def _sweep(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        number = args.round if args.round is not None else _newest_round(session, visit)
        in_round = round_of(session, visit.id, number)
        done = sweep(
            session,
            visit.id,
            in_round,
            seen,
            state=args.state,
            floor=args.floor,
            zone=args.zone,
        )
        output = _recorded(context, session, visit, Sweep, done.id)
        swept = set(get(session, Sweep, done.id).windows)
        names = [each.number for each in windows_of(session, visit.hall) if each.id in swept]
    return Output({**output.data, "window_numbers": names}, [*output.lines, " ".join(names)])


def _newest_round(session: Session, visit: Visit) -> int:
    rounds = session.store.select(Round, "visit = ? AND void IS NULL", visit.id)
    return max((each.number for each in rounds), default=0)


def _wait(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        zone = zone_of(session, visit)
        day = day_of(context, session, visit, args)
        begin, end = times_of(context.tr, args, day, zone)
        joined, called, ended, gave_up, until = (
            None if text is None else parse_moment(text, day, zone)
            for text in (args.joined, args.called, args.ended, args.gave_up, args.until)
        )
        joined = begin if joined is None else joined
        times = _span([begin, joined, called, ended, gave_up, until, end])
        seen = claim(context.tr, args, observer_of(session, visit, args), times, session, zone)
        wait = Wait(
            id="",
            visit=visit.id,
            window=find_window(session, visit.hall, args.window).id if args.window else None,
            ticket=args.ticket,
            joined=joined if times[0] is not None else seen.start,
            called=called,
            ended=ended if gave_up is None else gave_up,
            outcome=outcome_of(called=called, ended=ended, gave_up=gave_up is not None),
            promised_minutes=args.promised,
            rule=args.rule,
            people_ahead=args.ahead,
            note=args.note,
            observed_zone=zone,
        )
        done = record_wait(session, wait, seen)
        return _recorded(context, session, visit, Wait, done.id)


def _span(moments: Sequence[int | None]) -> tuple[int | None, int | None]:
    """Return the first and the last moment that are known: how long it was watched."""
    known = [ms for ms in moments if ms is not None]
    if not known:
        return None, None
    return min(known), max(known) if max(known) > min(known) else None


def _heads(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        count = HeadCount(
            id="",
            visit=visit.id,
            floor=args.floor,
            zone=args.zone,
            staffed=args.staffed,
            total=args.total,
            note=args.note,
        )
        done = count_heads(session, count, seen)
        return _recorded(context, session, visit, HeadCount, done.id)


def _recorded(
    context: Context, session: Session, visit: Visit, cls: type[Fact], fact: str
) -> Output:
    data, line = recorded(session, visit, cls, fact, context.tr)
    return Output(data, [line])
