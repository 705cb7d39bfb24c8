"""A fault of the program itself, told on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.crash import keep, trace_of
from inspector.cli.output import Output, show

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context

BUG = 70


def report_crash(error: Exception, context: Context, args: argparse.Namespace) -> int:
    """Say that the program failed, keep where, and return the exit code 70."""
    trace = trace_of(error)
    if args.debug:
        context.say("\n".join(trace))
    file = keep(trace, context.root, context.clock)
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
