"""`calendar`: holidays and working days that were swapped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import read_input
from inspector.cli.describe import data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.operations.calendars import read_calendar
from inspector.operations.places import set_calendar

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `calendar`."""
    read = commands.add(
        "import",
        _import,
        N_("Import holidays and swapped working days; again to replace those of the year."),
        "calendar import holidays-2026.csv --name 国务院办公厅节假日安排",
    )
    tr = read.tr
    read.add(
        "file",
        type=Path,
        metavar=tr("FILE"),
        help=N_("XLSX or CSV with the columns date (2026-10-01) and day (work or rest)"),
    )
    read.add("--name", default="", metavar=tr("NAME"), help=N_("what the calendar is called"))
    read.add("--source", default="", metavar=tr("TEXT"), help=N_("the notice it comes from"))


def _import(context: Context, args: argparse.Namespace) -> Output:
    years = read_calendar(read_input(args.file))
    with opened(context) as session:
        saved = [
            set_calendar(session, args.name, year, days, args.source)
            for year, days in sorted(years.items())
        ]
    tr = context.tr
    lines = [tr("{year}: {count} days", year=each.year, count=len(each.days)) for each in saved]
    return Output({"calendars": [data_of(each) for each in saved]}, lines)
