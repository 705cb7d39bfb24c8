"""`blobs`: freeing originals that are proved to be elsewhere, and fetching them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.base.progress import Cancelled
from inspector.base.steps import at_once
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.visits import add_visit_argument
from inspector.operations.evidence import evidence_of_visit, find_evidence
from inspector.operations.freeing import Freed, free_steps, plan_steps
from inspector.operations.freeing_text import elsewhere_text, freed_text, plan_lines
from inspector.operations.originals import fetch_again, whereabouts
from inspector.operations.recording import find_visit
from inspector.operations.standing import belongs

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.freeing import Plan
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `blobs`."""
    free = commands.add(
        "free",
        _free,
        N_(
            "Free originals of sealed visits that are proved to be in two other places, one of "
            "them a depot that was read back. Says first what would go; --yes frees it."
        ),
        "blobs free",
        "blobs free 1 2 --older-than 30 --yes",
    )
    free.add("visits", nargs="*", metavar=free.tr("VISIT"), help=N_("only these visits (all)"))
    free.add(
        "--older-than",
        type=int,
        default=0,
        metavar=free.tr("DAYS"),
        help=N_("only visits that were sealed so many days ago"),
    )
    free.add("--yes", action="store_true", help=N_("free what may go"))
    _add_files(
        commands.add(
            "fetch",
            _fetch,
            N_("Let the next sync fetch originals again that were freed here."),
            "blobs fetch 1",
            "blobs fetch 1 IMG_0042.jpg",
        )
    )
    _add_files(
        commands.add(
            "where",
            _where,
            N_("Say which originals are not here, and where they are."),
            "blobs where 1",
        )
    )


def _add_files(arguments: Arguments) -> None:
    add_visit_argument(arguments).add(
        "photos",
        nargs="*",
        metavar=arguments.tr("FILE"),
        help=N_("only these, by name, id or beginning of the hash (all of the visit)"),
    )


def _free(context: Context, args: argparse.Namespace) -> Output:
    tr, done = context.tr, Freed()
    with opened(context) as session:
        visits = [find_visit(session, each).id for each in args.visits]
        plan = at_once(plan_steps(session, visits, args.older_than))
        data = _plan_data(plan) | {"freed": None}
        lines = list(plan_lines(plan, tr))
        if not belongs(session):
            lines.append(tr("This computer works on its own: nobody else has its originals."))
        if not args.yes or not plan.free.files:
            if plan.free.files:
                lines.append(tr("Nothing was freed. To free it: {command}", command=_again(args)))
            return Output(data, lines)
        for line in lines:
            context.say(line)
        try:
            at_once(free_steps(session, plan, context.progress, done))
        except (KeyboardInterrupt, Cancelled):
            context.so_far.update(data | {"freed": _freed_data(done)})
            raise
    return Output(data | {"freed": _freed_data(done)}, [freed_text(done, tr)])


def _again(args: argparse.Namespace) -> str:
    words = ["inspector blobs free", *args.visits]
    if args.older_than:
        words.append(f"--older-than {args.older_than}")
    return " ".join([*words, "--yes"])


def _freed_data(done: Freed) -> dict[str, int]:
    return {"files": done.files, "bytes": done.bytes}


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "may_go": {"files": plan.free.files, "bytes": plan.free.bytes},
        "visits": [
            {
                "visit": each.visit.id,
                "may_go": {"files": each.free.files, "bytes": each.free.bytes},
                "stay": {
                    why.value: {"files": found.files, "bytes": found.bytes}
                    for why, found in each.stay.items()
                },
                "to_read_back": sorted(each.unread),
            }
            for each in plan.visits
        ],
    }


def _named(session: Session, args: argparse.Namespace) -> list[tuple[str, str, str]]:
    """Return id, hash and name of the files that were named, or of all of the visit."""
    visit = find_visit(session, args.visit).id
    found = [find_evidence(session, visit, each) for each in args.photos]
    listed = found or evidence_of_visit(session, visit)
    return [(each.id, each.sha256, each.original_name) for each in listed]


def _fetch(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        wanted = fetch_again(session, [id for id, _sha256, _name in _named(session, args)])
    message = tr("{count} originals come with the next sync.", count=len(wanted))
    return Output({"asked": wanted}, [message if wanted else tr("Nothing was freed of that.")])


def _where(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    rows, lines = [], []
    with opened(context) as session:
        for id, sha256, name in _named(session, args):
            where = whereabouts(session, sha256)
            if where is None:
                continue
            lines += [f"{name}  {sha256[:8]}", *elsewhere_text(where, tr).split("\n")]
            rows.append(
                {
                    "id": id,
                    "sha256": sha256,
                    "why": where.absence.value,
                    "depots": list(where.depots),
                    "not_read_back": list(where.unread),
                    "computers": list(where.computers),
                    "asked": where.asked,
                }
            )
    return Output({"elsewhere": rows}, lines or [tr("All of them are here.")])
