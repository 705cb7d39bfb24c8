"""`visit hand-over` and `visit take`: one visit in a file, and receipts that come back by hand."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.sync import add_receipt, report_data, told_lines, written_receipt
from inspector.cli.visits import add_visit_argument
from inspector.operations.exchange_text import handed_lines, receipt_text
from inspector.operations.receipts import receipt_in, take_receipt, take_typed
from inspector.operations.visit_files import hand_over, take_in

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands

#: Of what is typed or piped in, no more than this is looked at: rows are some hundred letters.
_MOST_TYPED = 1 << 16


def add_parsers(commands: Commands) -> None:
    """Declare `visit hand-over` and `visit take`."""
    out = commands.add(
        "hand-over",
        _hand_over,
        N_(
            "Write a visit to a file, encrypted and signed, for members who carry it on on their "
            "own laptops. This one can go on as well: what both record is one visit later."
        ),
        "visit hand-over 1 visit.mcvisit",
        "visit hand-over 1 visit.mcvisit --to 王芳",
    )
    tr = out.tr
    add_visit_argument(out)
    out.add("file", type=Path, metavar=tr("FILE"), help=N_("where to write it, such as a stick"))
    out.add(
        "--to",
        action="extend",
        nargs="+",
        default=[],
        metavar=tr("MEMBER"),
        help=N_("put keys with it for these members only (everybody of the team or campaign)"),
    )
    taken = commands.add(
        "take",
        _take,
        N_(
            "Take in a visit that was handed over as a file, or a receipt that came back. “-” "
            "reads the typed rows of a printed receipt."
        ),
        "visit take visit.mcvisit --receipt receipt.mcreceipt",
        "visit take receipt.mcreceipt",
    )
    taken.add("file", metavar=tr("FILE"), help=N_("the file, or “-” for typed rows"))
    add_receipt(taken)


def _hand_over(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        report = hand_over(session, args.visit, args.file, args.to, context.progress)
    data = {"path": str(args.file), "sent": asdict(report.done.sent), "to": args.to}
    return Output(data, handed_lines(report, args.file, context.tr))


def _take(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    if args.file == "-":
        typed = sys.stdin.buffer.read(_MOST_TYPED).decode("utf-8-sig", "replace")
        with opened(context) as session:
            taken = take_typed(session, typed, tr("what was typed"))
        return Output({"receipt": asdict(taken)}, [receipt_text(taken, tr)])
    path = Path(args.file)
    receipt = receipt_in(path)
    if receipt is not None:
        with opened(context) as session:
            taken = take_receipt(session, receipt, path.name)
        return Output({"receipt": asdict(taken)}, [receipt_text(taken, tr)])
    with opened(context) as session:
        report = take_in(session, path, context.progress)
        lines = written_receipt(context, session, report, args.receipt)
    return Output(report_data(report), [*told_lines(report, tr)[1:], *lines])
