"""`hall`: places that are visited."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError, named, read_input
from inspector.cli.describe import data_of, withdrawn
from inspector.cli.links import add_hall_links, linked_data, linked_lines
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.cli.parsing import add_reason
from inspector.domain.entities import Hall, Window
from inspector.domain.hours_text import parse_text, to_text
from inspector.domain.places_import import Action, ImportPlan, PlaceSort
from inspector.domain.schedules import parse, to_json
from inspector.domain.terms import term
from inspector.domain.vocabulary import HallLevel, PlaceKind
from inspector.operations.importing import import_places, plan_places, windows_left_out
from inspector.operations.links import linked
from inspector.operations.places import add_hall, find_hall, halls, numbered_windows, windows_of
from inspector.operations.recording import get, void
from inspector.operations.units import find_unit, path_of
from inspector.operations.withdrawing import edit_hall

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `hall`."""
    _declare_add(commands)
    commands.add("list", _list, N_("List the places."), "hall list")
    show = commands.add("show", _show, N_("Show a place and its windows."), "hall show H001")
    add_hall_argument(show)
    _declare_edit(commands)
    add_hall_links(commands)
    read = commands.add(
        "import",
        _import,
        N_("Import units, halls and windows from a spreadsheet; again to update by code."),
        "hall import places.xlsx",
        "hall import places.csv --dry-run",
    )
    read.add("file", type=Path, metavar=read.tr("FILE"), help=N_("XLSX or CSV"))
    read.add("--dry-run", action="store_true", help=N_("only say what would change"))
    hours = commands.add(
        "hours",
        _hours,
        N_("Show or set the opening hours of a place."),
        'hall hours H001 "周一至周五 9:00-12:00 13:30-17:00；周六 9:00-12:00"',
        'hall hours H001 "Mon-Fri 9:00-12:00,13:30-17:00; market days ending 2,5,8 8:00-13:00"',
    )
    add_hall_argument(hours)
    hours.add("hours", nargs="?", metavar=hours.tr("TEXT"), help=N_("the new hours"))


def add_hall_argument(arguments: Arguments) -> Arguments:
    """Declare the argument that names a place."""
    return arguments.add(
        "hall", metavar=arguments.tr("HALL"), help=N_("id, code or name of the place")
    )


def _declare_edit(commands: Commands) -> None:
    edit = commands.add(
        "edit",
        _edit,
        N_("Change fields of a place; former values stay in the record. Its code stays as it is."),
        "hall edit H001 --name 市民服务中心 --address 人民路1号",
    )
    add_hall_argument(edit)
    tr = edit.tr
    edit.add("--name", metavar=tr("NAME"), help=N_("the name"))
    edit.word("--kind", of=PlaceKind, help=N_("kind of place"))
    edit.word("--level", of=HallLevel, help=N_("level of the hall"))
    edit.add("--unit", metavar=tr("UNIT"), help=N_("organisation that runs it: code, name or id"))
    edit.add("--address", metavar=tr("TEXT"), help=N_("address"))
    edit.add("--hours", metavar=tr("TEXT"), help=N_("opening hours, see “hall hours”"))
    edit.add(
        "--zone",
        type=int,
        dest="zone_minutes",
        metavar=tr("MINUTES"),
        help=N_("time zone, minutes east of UTC"),
    )
    withdraw = commands.add(
        "void",
        _void,
        N_("Withdraw a place, with the reason. Visits to it stay as they are."),
        "hall void H001 --reason 重复登记",
    )
    add_hall_argument(withdraw)
    add_reason(withdraw)


def _declare_add(commands: Commands) -> None:
    add = commands.add(
        "add",
        _add,
        N_("Add a place with its windows."),
        "hall add 市政务服务中心 --code H001 --windows 36 --floors 1,2",
    )
    tr = add.tr
    add.add("name", nargs="?", metavar=tr("NAME"), help=N_("the name"))
    add.add("--name", dest="name_option", metavar=tr("NAME"), help=N_("the name, as an option"))
    add.add("--code", default="", metavar=tr("CODE"), help=N_("code for matching when importing"))
    add.word("--kind", of=PlaceKind, default=PlaceKind.HALL, help=N_("kind of place"))
    add.word("--level", of=HallLevel, default=HallLevel.COUNTY, help=N_("level of the hall"))
    add.add("--unit", metavar=tr("UNIT"), help=N_("organisation that runs it: code, name or id"))
    add.add("--address", default="", metavar=tr("TEXT"), help=N_("address"))
    add.add("--hours", default="", metavar=tr("TEXT"), help=N_("opening hours, see “hall hours”"))
    add.add(
        "--zone",
        type=int,
        default=480,
        metavar=tr("MINUTES"),
        help=N_("time zone, minutes east of UTC (480)"),
    )
    add.add("--windows", type=int, default=0, metavar=tr("COUNT"), help=N_("number of windows"))
    add.add(
        "--floors",
        default="",
        metavar=tr("LIST"),
        help=N_("floors over which the windows are spread evenly, separated by commas"),
    )


def _add(context: Context, args: argparse.Namespace) -> Output:
    floors = [floor.strip() for floor in args.floors.replace("，", ",").split(",") if floor.strip()]
    with opened(context) as session:
        hall = Hall(
            id="",
            code=args.code,
            name=named(context.tr, args),
            kind=args.kind,
            level=args.level,
            unit=find_unit(session, args.unit).id if args.unit else None,
            address=args.address,
            zone_minutes=args.zone,
            hours=to_json(parse_text(args.hours)),
        )
        windows = numbered_windows(args.windows, floors) if args.windows > 0 else []
        hall = add_hall(session, hall, windows)
    data = data_of(hall) | {"windows": len(windows)}
    count = context.tr("{count} windows", count=len(windows))
    return Output(data, [f"{hall.name}  {count}  {hall.id}"])


def _edit(context: Context, args: argparse.Namespace) -> Output:
    names = ("name", "kind", "level", "address", "zone_minutes")
    fields = {name: value for name in names if (value := getattr(args, name)) is not None}
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        if args.unit is not None:
            fields["unit"] = find_unit(session, args.unit).id
        if args.hours is not None:
            fields["hours"] = to_json(parse_text(args.hours))
        if not fields:
            raise UsageError(context.tr("Nothing to change was given."))
        edit_hall(session, hall.id, fields)
        hall = get(session, Hall, hall.id)
    return Output(data_of(hall), [f"{hall.name}  {hall.code}  {hall.id}"])


def _void(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        void(session, Hall, hall.id, args.reason)
        return withdrawn(context, get(session, Hall, hall.id))


def _list(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        found = halls(session)
        counts = Counter(window.hall for window in session.store.select(Window, "void IS NULL"))
    listed = [
        {
            "id": hall.id,
            "name": hall.name,
            "code": hall.code,
            "kind": hall.kind.value,
            "level": hall.level.value,
            "windows": counts[hall.id],
        }
        for hall in found
    ]
    rows = [
        (hall.code, hall.name, term(hall.kind, tr.lang), counts[hall.id], hall.id) for hall in found
    ]
    headers = (tr("code"), tr("name"), tr("kind"), tr("windows"), tr("id"))
    return Output({"halls": listed}, table(headers, rows) or [tr("No places yet.")])


def _show(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        windows = windows_of(session, hall.id)
        same = linked(session, Hall, hall.id)
        above = path_of(session, hall.unit)
    hours = to_text(parse(hall.hours), tr.lang)
    data = data_of(hall) | {"hours_text": hours, "windows": [data_of(each) for each in windows]}
    data["unit_path"] = list(above)
    data["linked"] = linked_data(same)
    numbers = {window.id: window.number for window in windows}
    rows = [
        (
            window.number,
            window.label,
            window.floor,
            window.zone,
            "、".join(window.matters),
            numbers.get(window.covered_by or "", ""),
            to_text(parse(window.hours), tr.lang),
        )
        for window in windows
    ]
    headers = (
        *(tr("number"), tr("label"), tr("floor"), tr("zone")),
        *(tr("matters"), tr("covered by"), tr("hours of its own")),
    )
    lines = [
        f"{hall.name}  {hall.code}  {term(hall.kind, tr.lang)}  {hall.id}",
        *linked_lines(same, tr),
        *([tr("Organisation: {path}", path=" / ".join(above))] if above else []),
        *([tr("Address: {address}", address=hall.address)] if hall.address else []),
        tr("Opening hours: {hours}", hours=hours or tr("not recorded")),
        *table(headers, rows),
    ]
    return Output(data, lines)


def _hours(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        hours = hall.hours
        if args.hours is not None:
            hours = to_json(parse_text(args.hours))
            edit_hall(session, hall.id, {"hours": hours})
    text = to_text(parse(hours), context.lang)
    data = {"id": hall.id, "hours": hours, "text": text}
    shown = text or context.tr("not recorded")
    return Output(data, [f"{hall.name}: {shown}"])


def _import(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    data = read_input(args.file)
    with opened(context) as session:
        plan = plan_places(session, data)
        for problem in plan.problems:
            context.say(f"{problem.error.code}: {problem.text(tr)}")
        left_out = windows_left_out(session, plan)
        if not args.dry_run:
            import_places(session, plan)
    counts: dict[str, dict[str, int]] = {
        sort.value: {action.value: plan.count(sort, action) for action in Action}
        for sort in PlaceSort
    }
    return Output(
        {
            "imported": not args.dry_run,
            **counts,
            "problems": _problems(plan, tr),
            "unused_columns": list(plan.unused_columns),
            "unnamed": [{"hall": hall, "window": window} for hall, window in left_out],
        },
        _summary(plan, left_out, tr),
    )


def _problems(plan: ImportPlan, tr: Translator) -> list[dict[str, Any]]:
    return [
        {
            "sheet": each.sheet,
            "row": each.row,
            "column": each.column,
            "code": each.error.code,
            "message": each.error.text(tr),
        }
        for each in plan.problems
    ]


def _summary(plan: ImportPlan, left_out: list[tuple[str, str]], tr: Translator) -> list[str]:
    names = {
        PlaceSort.UNIT: tr("units"),
        PlaceSort.HALL: tr("places"),
        PlaceSort.WINDOW: tr("windows"),
    }
    rows = [(names[sort], *(plan.count(sort, action) for action in Action)) for sort in PlaceSort]
    lines = table(("", tr("new"), tr("changed"), tr("unchanged")), rows)
    if plan.unused_columns:
        headers = tr(", ").join(plan.unused_columns)
        lines.append(tr("Columns not understood and left out: {names}", names=headers))
    if left_out:
        windows = tr(", ").join(" ".join(each) for each in left_out)
        lines.append(
            tr(
                "Recorded windows that the table does not list; they stay: {names}. One that is "
                "gone is withdrawn with “inspector window void”.",
                names=windows,
            )
        )
    return lines
