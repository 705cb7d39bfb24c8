"""`window`: the service windows of a hall."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.describe import data_of, withdrawn
from inspector.cli.halls import add_hall_argument
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.parsing import add_reason
from inspector.domain.entities import Window
from inspector.domain.hours_text import parse_text
from inspector.domain.schedules import to_json
from inspector.operations.places import add_windows, find_hall, window_id, windows_of
from inspector.operations.recording import find_window, get
from inspector.operations.window_plan import Span, lay_out, move_window
from inspector.operations.withdrawing import edit_window, withdraw_window

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.entities import Hall
    from inspector.operations.session import Session

_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–~]\s*(\d{1,4}))?\s*=\s*([^/]*)(?:/(.*))?", re.ASCII)


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `window`."""
    add = commands.add(
        "add",
        _add,
        N_("Add a window, or change what is given of one that exists."),
        "window add H001 05 --floor 1 --matters 医保参保登记 医保转移 --covered-by 06",
    )
    add_hall_argument(add)
    add.add("number", metavar=add.tr("NUMBER"), help=N_("number of the window, as on its sign"))
    _add_fields(add)
    edit = commands.add(
        "edit",
        _edit,
        N_("Change fields of a window; former values stay in the record."),
        "window edit H001 05 --label 医保参保 --floor 2",
    )
    _add_window_argument(edit)
    _add_fields(edit)
    _declare_plan(commands)
    withdraw = commands.add(
        "void",
        _void,
        N_("Withdraw a window, with the reason. Sealed visits keep it."),
        "window void H001 05 --reason 窗口已撤并",
    )
    _add_window_argument(withdraw)
    add_reason(withdraw)


def _declare_plan(commands: Commands) -> None:
    layout = commands.add(
        "layout",
        _layout,
        N_("Put windows on floors and in zones, many at once; those that miss are added."),
        "window layout H001 1-18=1 19-36=2",
        "window layout H001 1-9=1/A 10-18=1/B",
    )
    add_hall_argument(layout)
    layout.add(
        "ranges",
        nargs="+",
        metavar=layout.tr("RANGE"),
        help=N_("first and last window, floor, zone: 1-18=FLOOR or 1-18=FLOOR/ZONE"),
    )
    move = commands.add(
        "move",
        _move,
        N_("Move a window in the order of its place, by so many places."),
        "window move H001 05 --up 2",
    )
    _add_window_argument(move)
    move.add("--up", type=int, default=0, metavar=move.tr("COUNT"), help=N_("towards the first"))
    move.add("--down", type=int, default=0, metavar=move.tr("COUNT"), help=N_("towards the last"))


def _add_window_argument(arguments: Arguments) -> None:
    add_hall_argument(arguments)
    arguments.add(
        "window", metavar=arguments.tr("WINDOW"), help=N_("number, label or id of the window")
    )


def _add_fields(arguments: Arguments) -> None:
    tr = arguments.tr
    arguments.add("--label", metavar=tr("TEXT"), help=N_("what its sign says"))
    arguments.add("--floor", metavar=tr("TEXT"), help=N_("floor"))
    arguments.add("--zone", metavar=tr("TEXT"), help=N_("zone of the hall"))
    arguments.add("--matters", nargs="+", metavar=tr("TEXT"), help=N_("matters it handles"))
    arguments.add(
        "--covered-by", metavar=tr("WINDOW"), help=N_("window that serves for it when it is empty")
    )
    arguments.add("--hours", metavar=tr("TEXT"), help=N_("hours of its own, see “hall hours”"))


def _add(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        windows = windows_of(session, hall.id)
        new = window_id(session, hall.id, args.number)
        known = next((each for each in windows if each.id == new), None)
        window = known or Window(id=new, number=args.number, position=len(windows) + 1)
        window = replace(window, **_fields(session, hall, args))
        add_windows(session, hall.id, [window])
        return _told(session, hall, new)


def _edit(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        window = find_window(session, hall.id, args.window).id
        fields = _fields(session, hall, args)
        if not fields:
            raise UsageError(context.tr("Nothing to change was given."))
        edit_window(session, window, fields)
        return _told(session, hall, window)


def _layout(context: Context, args: argparse.Namespace) -> Output:
    spans = [_span(context, text) for text in args.ranges]
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        done = lay_out(session, hall.id, spans)
    data = {"id": hall.id, "new": done.new, "moved": done.moved}
    words = context.tr("{new} windows added, {moved} moved.", new=done.new, moved=done.moved)
    return Output(data, [f"{hall.name}: {words}"])


def _span(context: Context, text: str) -> Span:
    """Return what “1-18=2/A” says. Raises UsageError."""
    found = _RANGE.fullmatch(text.strip())
    if found is None:
        raise UsageError(context.tr("“{text}” is no range like 1-18=FLOOR/ZONE.", text=text))
    first, last, floor, zone = found.groups()
    return Span(int(first), int(last or first), floor, zone or "")


def _move(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        window = find_window(session, hall.id, args.window).id
        move_window(session, window, args.down - args.up)
        return _told(session, hall, window)


def _void(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        window = find_window(session, hall.id, args.window).id
        withdraw_window(session, window, args.reason)
        return withdrawn(context, get(session, Window, window))


def _fields(session: Session, hall: Hall, args: argparse.Namespace) -> dict[str, Any]:
    """Return the fields that were given."""
    fields: dict[str, Any] = {
        name: value
        for name in ("label", "floor", "zone")
        if (value := getattr(args, name)) is not None
    }
    if args.matters is not None:
        fields["matters"] = tuple(args.matters)
    if args.covered_by is not None:
        fields["covered_by"] = find_window(session, hall.id, args.covered_by).id
    if args.hours is not None:
        fields["hours"] = to_json(parse_text(args.hours))
    return fields


def _told(session: Session, hall: Hall, window: str) -> Output:
    saved = get(session, Window, window)
    return Output(data_of(saved), [f"{hall.name}  {saved.number} {saved.label}  {saved.id}"])
