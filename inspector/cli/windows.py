"""`window`: the service windows of a hall."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.describe import data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.domain.entities import Window
from inspector.domain.hours_text import parse_text
from inspector.domain.schedules import to_json
from inspector.operations.places import add_windows, find_hall, window_id, windows_of
from inspector.operations.recording import find_window, get

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `window`."""
    add = commands.add(
        "add",
        _add,
        N_("Add a window, or change what is given of one that exists."),
        "window add H001 05 --floor 1 --matters 医保参保登记 医保转移 --covered-by 06",
    )
    tr = add.tr
    add.add("hall", metavar=tr("HALL"), help=N_("id, code or name of the place"))
    add.add("number", metavar=tr("NUMBER"), help=N_("number of the window, as on its sign"))
    add.add("--label", metavar=tr("TEXT"), help=N_("what its sign says"))
    add.add("--floor", metavar=tr("TEXT"), help=N_("floor"))
    add.add("--zone", metavar=tr("TEXT"), help=N_("zone of the hall"))
    add.add("--matters", nargs="+", metavar=tr("TEXT"), help=N_("matters it handles"))
    add.add(
        "--covered-by", metavar=tr("WINDOW"), help=N_("window that serves for it when it is empty")
    )
    add.add("--hours", metavar=tr("TEXT"), help=N_("hours of its own, see “hall hours”"))


def _add(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        windows = windows_of(session, hall.id)
        new = window_id(session, hall.id, args.number)
        known = next((each for each in windows if each.id == new), None)
        window = known or Window(id=new, number=args.number, position=len(windows) + 1)
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
        add_windows(session, hall.id, [replace(window, **fields)])
        saved = get(session, Window, new)
    return Output(data_of(saved), [f"{hall.name}  {saved.number} {saved.label}  {saved.id}"])
