"""A fault of the program itself: told in a sentence, with a trace that holds no names."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.version import VERSION
from inspector.cli.output import Output, show

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context

BUG = 70
#: Beside the records, so that it can be sent; it is no part of them.
FILE = "faults.log"


def report_crash(error: Exception, context: Context, args: argparse.Namespace) -> int:
    """Say that the program failed, keep where, and return the exit code 70.

    The trace names files, lines and kinds of errors only: the messages of errors may quote what
    people entered.
    """
    trace = trace_of(error)
    if args.debug:
        context.say("\n".join(trace))
    file = _keep(context, trace)
    tr = context.tr
    message = tr(
        "The program met a fault of its own ({fault}). Everything saved before is safe. Please "
        "report it.",
        fault=trace[-1],
    )
    if file:
        message += " " + tr("Where it happened stands in {file}; no names are in it.", file=file)
    context.say(f"internal_error: {message}")
    if args.json:
        show(Output({"error": {"code": "internal_error", "message": message}}), as_json=True)
    return BUG


def trace_of(error: BaseException) -> list[str]:
    """Return the frames and the kind of an error, one a line, the innermost last."""
    lines = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    place = lines[-1].strip() if lines else ""
    return [*lines, f"{type(error).__name__}, {place}"]


def _keep(context: Context, trace: list[str]) -> Path | None:
    """Append the trace to a file of the workspace, if there is one and it can be written."""
    file = context.root / FILE
    if not context.root.is_dir():
        return None
    reading = context.clock.read()
    when = to_datetime(reading.ms, reading.zone).isoformat(timespec="seconds")
    try:
        with file.open("a", encoding="utf-8") as log:
            log.write("\n".join([f"{when} {VERSION}", *trace, ""]))
    except OSError:
        return None
    return file
