"""`photo clock-card`: the computer's clock in large digits, to be photographed by each camera."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.i18n import N_
from inspector.cli.describe import iso
from inspector.cli.output import Output
from inspector.operations.exports import write_clock_card

if TYPE_CHECKING:
    import argparse

    from inspector.base.clock import Reading
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands

#: Five rows of three columns for each digit; the last is the colon.
_ROWS = (
    ("███", "  █", "███", "███", "█ █", "███", "███", "███", "███", "███", " "),
    ("█ █", "  █", "  █", "  █", "█ █", "█  ", "█  ", "  █", "█ █", "█ █", "█"),
    ("█ █", "  █", "███", "███", "███", "███", "███", "  █", "███", "███", " "),
    ("█ █", "  █", "█  ", "  █", "  █", "  █", "█ █", "  █", "█ █", "  █", "█"),
    ("███", "  █", "███", "███", "  █", "███", "███", "  █", "███", "███", " "),
)
_CLEAR = "\x1b[2J\x1b[H"


def declare(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add(
        "clock-card",
        _clock_card,
        N_(
            "Show the running clock in large digits; photograph it with each camera, then use "
            "“photo clock-check”. Ctrl-C ends it."
        ),
        "photo clock-card",
        "photo clock-card --file card.png",
    )
    command.add(
        "--file",
        type=Path,
        metavar=command.tr("FILE"),
        help=N_("write the card of this moment as a PNG picture too, for another screen"),
    )
    command.add("--once", action="store_true", help=N_("print the time once and end"))


def _clock_card(context: Context, args: argparse.Namespace) -> Output:
    if not (args.once or args.json or args.file) and sys.stdout.isatty():
        _run(context)
    reading = context.clock.read()
    data = {"ms": reading.ms, "at": iso(reading.ms, reading.zone)}
    if args.file is None:
        return Output(data, card(reading))
    write_clock_card(args.file, reading)
    return Output(data | {"path": str(args.file)}, [*card(reading), str(args.file)])


def card(reading: Reading) -> list[str]:
    """Return the card as lines: the time in large digits, then the date and the zone."""
    moment = to_datetime(reading.ms, reading.zone)
    places = ["0123456789:".index(character) for character in moment.strftime("%H:%M:%S")]
    digits = ["  ".join(row[place] for place in places) for row in _ROWS]
    return [*digits, "", moment.strftime("%Y-%m-%d  UTC%z")]


def _run(context: Context) -> None:
    """Show the clock until Ctrl-C, which is how a person ends it."""
    try:
        while True:
            reading = context.clock.read()
            print(_CLEAR + "\n".join(card(reading)), flush=True)
            time.sleep(1 - reading.ms % 1000 / 1000)
    except KeyboardInterrupt:
        return
