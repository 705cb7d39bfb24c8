"""`photo offer`: looks at files and says which belong to a visit, without storing any."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.visits import add_visit_argument
from inspector.operations.offering import around, offer
from inspector.operations.offering_text import when, why
from inspector.operations.people import find_person
from inspector.operations.recording import find_visit

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.operations.offering import Offered


def declare(commands: Commands) -> None:
    """Declare the command."""
    offer_ = commands.add(
        "offer",
        _offer,
        N_(
            "Look at files and folders and say which were taken within the visit. Nothing is "
            "stored and nothing on the card is changed."
        ),
        "photo offer 1 /media/card/DCIM",
        "photo offer 1 /media/card/DCIM --json",
    )
    add_visit_argument(offer_)
    tr = offer_.tr
    offer_.add("paths", nargs="+", type=Path, metavar=tr("PATH"), help=N_("files and folders"))
    offer_.add("--seen-by", metavar=tr("PERSON"), help=N_("who took them (else: who is typing)"))


def _offer(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        observer = find_person(session, args.seen_by).id if args.seen_by else ""
        zone = around(session, visit.id).zone
        steps = list(
            offer(session, visit.id, args.paths, progress=context.progress, observer=observer)
        )
    offered = [each for step in steps for each in step.offered]
    passed = [path for step in steps for path in step.passed_over]
    lines = [_line(each, zone, tr) for each in offered] or [tr("No files there.")]
    within = sum(each.meant for each in offered)
    lines.append(
        tr(
            "{count} files, {within} within the visit. Nothing was stored.",
            count=len(offered),
            within=within,
        )
    )
    if passed:
        lines.append(tr("passed over: {count} (hidden, system files, links)", count=len(passed)))
    if any(step.more for step in steps):
        lines.append(tr("There are more files than are looked at in one go. Name folders in it."))
    data = {
        "offered": [_data(each, tr) for each in offered],
        "passed_over": [str(path) for path in passed],
        "more": any(step.more for step in steps),
    }
    return Output(data, lines)


def _line(each: Offered, zone: int, tr: Translator) -> str:
    parts = (each.file.name, when(each, zone, tr), why(each, tr))
    mark = "+" if each.meant else "-"
    return f"{mark} {'  '.join(part for part in parts if part)}"


def _data(each: Offered, tr: Translator) -> dict[str, Any]:
    file = each.file
    return {
        "path": str(file.path),
        "fate": each.fate.value,
        "chosen": each.meant,
        "storable": each.storable,
        "taken_ms": each.taken_ms,
        "offset_ms": each.offset_ms,
        "sha256": file.sha256,
        "bytes": file.size,
        "mime": file.mime,
        "messenger_copy": each.copied,
        "reason": file.reason.code if file.reason else None,
        "message": file.reason.text(tr) if file.reason else None,
    }
