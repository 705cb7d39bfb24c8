"""`sync`, `waiting`, `receipts` and `quarantine`: exchanging with others over a depot."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.base.progress import Cancelled
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.operations import standing
from inspector.operations.aside import accept, dismiss, put_aside
from inspector.operations.aside_text import accepted_text, aside_lines, dismissed_text
from inspector.operations.connecting import connect
from inspector.operations.exchange_text import report_lines, waiting_text
from inspector.operations.receipt_papers import ready_receipt, write_receipt
from inspector.operations.syncing import SyncReport, limits, sync

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.aside import Aside
    from inspector.operations.session import Session

#: Characters of a file's size that people write: 500M, 2G.
_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def add_sync(commands: Commands, summary: str) -> None:
    """Declare `sync`."""
    command = commands.add(
        "sync", _sync, summary, "sync /media/stick/mingcha", "sync office --no-files"
    )
    tr = command.tr
    command.add(
        "depot",
        metavar=tr("DEPOT"),
        help=N_("where the depot is, or the name it has here"),
    )
    command.add(
        "--no-files",
        action="store_true",
        help=N_("entries and thumbnails only; originals wait for another visit"),
    )
    command.add(
        "--max-mb",
        type=int,
        metavar=tr("MB"),
        help=N_("begin no file beyond so many megabytes in both directions (no limit)"),
    )
    command.add(
        "--max-bytes",
        type=int,
        metavar=tr("BYTES"),
        help=N_("the same in bytes"),
    )
    command.add(
        "--verify",
        action="store_true",
        help=N_("read back everything the depot held and send again what is damaged there"),
    )
    add_receipt(command)


def add_receipt(arguments: Arguments) -> None:
    """Declare where a receipt is written that cannot be left where the entries came from."""
    arguments.add(
        "--receipt",
        type=Path,
        metavar=arguments.tr("FILE"),
        help=N_(
            "where nothing can be written, write the receipt here; .pdf makes a page of it, .png "
            "codes"
        ),
    )


def written_receipt(context: Context, session: Session, report: SyncReport,
                    target: Path | None) -> list[str]:  # fmt: skip
    """Write the receipt that could not be left there; return what there is to say of it."""
    tr, receipt = context.tr, report.done.by_hand
    if receipt is None:
        return []
    if target is None:
        return [tr("To write the receipt, do this again with --receipt FILE.")]
    write_receipt(ready_receipt(session, receipt), target, context.lang)
    return [tr("Receipt: {path}. Send it back to whoever gave you this.", path=target)]


def add_waiting(commands: Commands, summary: str) -> None:
    """Declare `waiting`."""
    commands.add("waiting", _waiting, summary, "waiting", "waiting --json")


def add_receipts(commands: Commands, summary: str) -> None:
    """Declare `receipts`."""
    commands.add("receipts", _receipts, summary, "receipts")


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `quarantine`."""
    listed = commands.add("list", _list, N_("List what was put aside and why."), "quarantine list")
    listed.add("--all", action="store_true", help=N_("also what was decided"))
    for word, run, summary in (
        ("accept", _accept, N_("Let entries count that a revoked computer made later.")),
        ("dismiss", _dismiss, N_("Leave something out for good; the decision is yours.")),
    ):
        command = commands.add(word, run, summary, f"quarantine {word} 1")
        command.add(
            "number", type=int, metavar=command.tr("NUMBER"), help=N_("its number in the list")
        )


def _sync(context: Context, args: argparse.Namespace) -> Output:
    report = SyncReport()
    most = args.max_bytes
    if args.max_mb is not None:
        most = min(args.max_mb << 20, most if most is not None else args.max_mb << 20)
    asked = limits(most, files=not args.no_files, verify=args.verify)
    with opened(context) as session:
        meant = connect(session, args.depot)
        try:
            with closing(meant.depot):
                sync(
                    session,
                    meant.depot,
                    context.progress,
                    limits=asked,
                    expected=meant.expected,
                    report=report,
                )
        except (KeyboardInterrupt, Cancelled):
            context.so_far.update(report_data(report))
            raise
        receipt = written_receipt(context, session, report, args.receipt)
    return Output(report_data(report), [*told_lines(report, context.tr), *receipt])


def told_lines(report: SyncReport, tr: Translator) -> list[str]:
    """Return what a visit came to, with the commands that show more."""
    more = []
    if report.conflicts:
        more.append(tr("Show them: {command}", command="inspector conflicts list"))
    if report.returned:
        more.append(tr("Show them: {command}", command="inspector visit list"))
    if report.quarantined:
        more.append(tr("Show it: {command}", command="inspector quarantine list"))
    if report.differing:
        more.append(tr("Make them anew: {command}", command="inspector rebuild"))
    *lines, last = report_lines(report, tr)
    return [*lines, *more, last]


def report_data(report: SyncReport) -> dict[str, Any]:
    """Return what a visit came to as JSON."""
    done = report.done
    return {
        "depot": done.depot,
        "place": report.place,
        "sent": asdict(done.sent),
        "received": asdict(done.received),
        "read_back": done.read_back,
        "from_snapshots": done.unpacked,
        "quarantined": [_aside_data(row) for row in done.quarantined],
        "waiting_for_newer_version": report.waiting_for_newer_version,
        "conflicts": report.conflicts,
        "returned": report.returned,
        "receipts": done.receipts,
        "read_only": done.read_only,
        "not_permitted": done.not_permitted,
        "waiting": dict(sorted(done.waiting.items())),
        "files_left": done.files_left,
        "ended": {"after": done.ended.n, "reason": done.ended.reason} if done.ended else None,
        "new_chain": done.new_chain,
        "rolled_back": done.rolled_back,
        "lost": done.lost,
        "still_lost": done.still_lost,
        "differs": done.differs,
        "differing": report.differing,
        "forked": report.forked,
        "few_copies": done.few_copies,
        "safe_to_remove": done.safe,
    }


def _aside_data(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": row.at,
        "depot": row.source,
        "object": row.name,
        "chain": row.log,
        "reason": row.reason,
        "detail": row.detail,
        "settled": row.settled,
    }


def _told_data(aside: Aside) -> dict[str, Any]:
    more = {"name": aside.name, "depot_name": aside.depot, "contents": list(aside.contents)}
    return _aside_data(aside.row) | more


def _waiting(context: Context, _args: argparse.Namespace) -> Output:
    with opened(context) as session:
        found = standing.waiting(session)
    data = {"operations": found.operations, "blobs": found.blobs, "bytes": found.bytes}
    return Output(data, [waiting_text(found, context.tr)])


def _receipts(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        rows = standing.receipts(session)
    data = [asdict(row) for row in rows]
    headers = (tr("received by"), tr("entries of"), tr("up to"))
    lines = table(headers, [(row.by_name, row.log_name or row.log, row.n) for row in rows])
    return Output({"receipts": data}, lines or [tr("Nobody has acknowledged anything yet.")])


def _list(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        found = put_aside(session, context.lang, all_of_them=args.all)
    lines = [line for each in found for line in aside_lines(each, tr)]
    data = {"quarantined": [_told_data(each) for each in found]}
    return Output(data, lines or [tr("Nothing was put aside.")])


def _accept(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        judged = accept(session, args.number)
    data = {"number": args.number, "operations": judged.operations}
    return Output(data, [accepted_text(judged, context.tr)])


def _dismiss(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        judged = dismiss(session, args.number)
    return Output({"number": args.number}, [dismissed_text(judged, context.tr)])
