"""`visit correct|withdraw`: what a supplement says of the entries of a sealed visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.describe import Teller, data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.seen import read_day
from inspector.cli.visits import add_visit_argument
from inspector.domain.entities import Fact
from inspector.operations.adopting import adopt
from inspector.operations.correcting import correct, find_fact, withdraw
from inspector.operations.correcting_text import read_field
from inspector.operations.recording import find_visit

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.entities import Visit
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    change = commands.add(
        "correct",
        _correct,
        N_("Say in a supplement how an entry of the sealed visit should read; both are kept."),
        "visit correct SUPPLEMENT FACT --set staffed=9 --set observed_from=10:42 --why 笔记核对",
        "visit correct SUPPLEMENT IMG_0042.jpg --set caption=05号窗口 --why 窗口号记错",
    )
    _add_fact(change)
    tr = change.tr
    change.add(
        "--set",
        action="append",
        required=True,
        dest="fields",
        metavar=tr("NAME=VALUE"),
        help=N_("a field as the JSON names it, and its right value; nothing after = empties it"),
    )
    change.add(
        "--day", metavar=tr("DATE"), help=N_("the day of these times (the day of the entry)")
    )
    change.add("--why", required=True, metavar=tr("TEXT"), help=N_("why"))
    gone = commands.add(
        "withdraw",
        _withdraw,
        N_(
            "Say in a supplement that an entry of the sealed visit does not hold. A finding stays "
            "as not established."
        ),
        "visit withdraw SUPPLEMENT FACT --reason 不属于本次走访",
    )
    _add_fact(gone).add("--reason", required=True, metavar=gone.tr("TEXT"), help=N_("why"))
    _declare_adopt(commands)


def _declare_adopt(commands: Commands) -> None:
    late = commands.add(
        "adopt",
        _adopt,
        N_(
            "Take into a supplement what reached the sealed visit late; its seal then adopts it. "
            "“visit show” lists it."
        ),
        "visit adopt SUPPLEMENT --why 经核对属实",
    )
    add_visit_argument(late)
    late.add(
        "entries",
        nargs="*",
        metavar=late.tr("ID"),
        help=N_("ids of late entries; without any, all of them"),
    )
    late.add("--why", required=True, metavar=late.tr("TEXT"), help=N_("why"))


def _add_fact(arguments: Arguments) -> Arguments:
    add_visit_argument(arguments)
    return arguments.add(
        "fact",
        metavar=arguments.tr("FACT"),
        help=N_("id of the entry, number of a finding, or name of a file"),
    )


def _correct(context: Context, args: argparse.Namespace) -> Output:
    day = read_day(context.tr, args.day) if args.day else None
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        fact = find_fact(session, visit.id, args.fact)
        fields = dict(_field(context, session, visit, fact, text, day) for text in args.fields)
        new = correct(session, visit.id, fact.id, fields, args.why)
        return _told(context, session, visit, new)


def _withdraw(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        new = withdraw(session, visit.id, find_fact(session, visit.id, args.fact).id, args.reason)
        return _told(context, session, visit, new)


def _adopt(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        made = adopt(session, visit.id, args.entries, why=args.why)
        teller = Teller(session, visit, context.tr)
        lines = [teller.line(each) for each in made if isinstance(each, Fact)]
    data = {"visit": visit.id, "adopted": [data_of(each) for each in made]}
    said = context.tr("The supplement holds them now: {count} entries.", count=len(made))
    return Output(data, [*lines, said])


def _told(context: Context, session: Session, visit: Visit, fact: Fact) -> Output:
    return Output(data_of(fact), [Teller(session, visit, context.tr).line(fact)])


def _field(
    context: Context, session: Session, visit: Visit, fact: Fact, text: str, day: date | None
) -> tuple[str, Any]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise UsageError(context.tr("“{text}” is not written as NAME=VALUE.", text=text))
    return name, read_field(session, visit, fact, name, value, day)
