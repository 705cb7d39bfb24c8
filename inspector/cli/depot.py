"""`depot`: setting up, entering, checking, copying and mending the places of exchange."""

from __future__ import annotations

import sys
from contextlib import ExitStack, closing
from dataclasses import asdict
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.paths import Workspace
from inspector.base.progress import Cancelled
from inspector.cli.context import UsageError, read_input
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.sync import report_data, told_lines
from inspector.operations import connecting, depots
from inspector.operations.depot_text import check_lines, mirror_lines, repair_lines
from inspector.operations.syncing import SyncReport, note_depot, write_snapshot

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.depots import Depot, Mirrored, Problem, Repaired, Scrubbed
    from inspector.operations.session import Session

_PLACE = N_("where the depot is, or the name it has here")


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `depot`."""
    command = commands.add(
        "init",
        _init,
        N_("Set a folder or a server up for exchange."),
        "depot init /media/stick/mingcha --name stick",
        "depot init s3://mingcha/team1?endpoint=https://s3.example",
    )
    _add_place(command, N_("a folder that exists, or an address of a server"))
    command.add("--name", metavar=command.tr("NAME"), help=N_("what it is called here"))
    _add_access(commands)
    command = commands.add(
        "check",
        _check,
        N_("Read a hundredth of a depot and say what is damaged; every day another."),
        "depot check /media/stick/mingcha",
        "depot check office --all",
    )
    _add_place(command, _PLACE)
    command.add("--all", action="store_true", help=N_("read everything"))
    command = commands.add(
        "snapshot",
        _snapshot,
        N_("Sync, and write a snapshot from which new computers start."),
        "depot snapshot office",
    )
    _add_place(command, _PLACE)
    _add_between(commands)


def _add_between(commands: Commands) -> None:
    command = commands.add(
        "mirror",
        _mirror,
        N_("Copy what one depot lacks of another, without any key."),
        "depot mirror /media/stick/mingcha office",
    )
    _add_place(command, N_("the depot to copy from"), "source", "FROM")
    _add_place(command, N_("the depot to copy to"), "target", "TO")
    command.add(
        "--verify",
        action="store_true",
        help=N_("read what is there already as well, and replace what is damaged"),
    )
    command = commands.add(
        "repair",
        _repair,
        N_("Mend a depot from what this computer holds."),
        "depot repair /media/stick/mingcha",
        "depot repair /media/stick/mingcha --from office",
    )
    _add_place(command, _PLACE)
    command.add(
        "--from",
        dest="other",
        metavar=command.tr("DEPOT"),
        help=N_("another depot that may hold what is damaged here"),
    )


def _add_access(commands: Commands) -> None:
    command = commands.add(
        "access",
        _access,
        N_("Keep how a server is entered, once it let this computer in."),
        "depot access webdav+https://dav.example/mingcha --user li",
        "depot access sftp://li@host/srv/depot --key-file id_ed25519",
        "depot access sftp://li@host/srv/depot --forget",
    )
    _add_place(command, N_("the address of the server"))
    tr = command.tr
    command.add(
        "--user", default="", metavar=tr("NAME"), help=N_("user name; for S3 the access key's id")
    )
    command.add(
        "--password-file",
        type=Path,
        metavar=tr("FILE"),
        help=N_("text file whose first line is the password or secret key, instead of typing it"),
    )
    command.add("--key-file", default="", metavar=tr("FILE"), help=N_("private SSH key"))
    command.add(
        "--host-key",
        default="",
        metavar=tr("FINGERPRINT"),
        help=N_("the server's SSH key as it was shown, once it was compared"),
    )
    command.add("--forget", action="store_true", help=N_("forget what was kept"))


def _add_place(command: Arguments, summary: str, name: str = "depot", shown: str = "DEPOT") -> None:
    command.add(name, metavar=command.tr(shown), help=summary)


def _init(context: Context, args: argparse.Namespace) -> Output:
    with ExitStack() as stack:
        session = stack.enter_context(opened(context)) if args.name else None
        depot = stack.enter_context(closing(_place(context, args.depot)))
        made = depots.init_depot(depot, context.entropy)
        if session is not None:
            note_depot(session, made, args.name, args.depot)
        line = context.tr("{place} can be used for exchange.", place=depot.place)
        return Output({"depot": made, "place": depot.place, "name": args.name or ""}, [line])


def _access(context: Context, args: argparse.Namespace) -> Output:
    tr, workspace = context.tr, Workspace(context.root)
    if not workspace.database.exists():
        raise MingchaError("workspace_missing", path=str(context.root))
    if args.forget:
        connecting.forget_access(workspace, args.depot)
        return Output({"kept": False}, [tr("Nothing is kept for it any more.")])
    connecting.keep_access(
        workspace,
        args.depot,
        user=args.user,
        password=_password(context, args),
        key_file=args.key_file,
        host_key=args.host_key,
    )
    return Output({"kept": True}, [tr("The server let this computer in; that is kept.")])


def _password(context: Context, args: argparse.Namespace) -> str:
    """Return the password in a file or as it is typed now, unseen. Raises UsageError."""
    if args.password_file is not None:
        lines = read_input(args.password_file).decode("utf-8-sig", "replace").splitlines()
        return lines[0] if lines else ""
    if args.key_file:
        return ""
    if not sys.stdin.isatty():
        text = context.tr("No password can be typed here. Give it with --password-file.")
        raise UsageError(text)
    return getpass(context.tr("Password:") + " ")


def _check(context: Context, args: argparse.Namespace) -> Output:
    done = depots.Scrubbed()
    with ExitStack() as stack:
        session = _member(context, stack)
        if session is not None:
            depot = stack.enter_context(closing(connecting.connect(session, args.depot).depot))
        else:
            depot = _entered(context, stack, args.depot)
        try:
            depots.check_depot(
                depot,
                context.clock,
                context.progress,
                everything=args.all,
                done=done,
                session=session,
            )
        except (KeyboardInterrupt, Cancelled):
            context.so_far.update(_checked(done))
            raise
        lines = check_lines(done, depot.place, context.tr)
    return Output(_checked(done), lines, code=1 if done.problems else 0)


def _member(context: Context, stack: ExitStack) -> Session | None:
    """Open the workspace here, if there is one that can be opened now: no check needs it."""
    if not Workspace(context.root).database.exists():
        return None
    try:
        return stack.enter_context(opened(context))
    except MingchaError:
        return None


def _checked(done: Scrubbed) -> dict[str, Any]:
    return {
        "ok": not done.problems,
        "depot": done.depot,
        "objects": done.objects,
        "checked": done.checked,
        "bytes": done.bytes,
        "unknown": done.unknown,
        "compared": done.compared,
        "problems": _listed(done.problems),
    }


def _listed(problems: list[Problem]) -> list[dict[str, str]]:
    return [asdict(problem) for problem in problems]


def _snapshot(context: Context, args: argparse.Namespace) -> Output:
    report = SyncReport()
    with opened(context) as session:
        meant = connecting.connect(session, args.depot)
        try:
            with closing(meant.depot):
                write_snapshot(
                    session, meant.depot, context.progress, expected=meant.expected, report=report
                )
        except (KeyboardInterrupt, Cancelled):
            context.so_far.update(_packed(report))
            raise
    lines = told_lines(report, context.tr)
    return Output(_packed(report), lines, code=0 if report.done.packed else 1)


def _packed(report: SyncReport) -> dict[str, Any]:
    packed = report.done.packed
    return {"ok": bool(packed), "segments": packed, "sync": report_data(report)}


def _mirror(context: Context, args: argparse.Namespace) -> Output:
    done = depots.Mirrored()
    with ExitStack() as stack:
        source = _entered(context, stack, args.source)
        target = _entered(context, stack, args.target)
        try:
            depots.mirror_depots(source, target, context.progress, verify=args.verify, done=done)
        except (KeyboardInterrupt, Cancelled):
            context.so_far.update(_mirrored(done))
            raise
        lines = mirror_lines(done, target.place, context.tr)
    return Output(_mirrored(done), lines, code=1 if done.problems else 0)


def _mirrored(done: Mirrored) -> dict[str, Any]:
    return {
        "ok": not done.problems,
        "from": done.source,
        "to": done.target,
        "objects": done.objects,
        "copied": done.copied,
        "bytes": done.bytes,
        "problems": _listed(done.problems),
    }


def _repair(context: Context, args: argparse.Namespace) -> Output:
    with ExitStack() as stack:
        session = stack.enter_context(opened(context))
        depot = stack.enter_context(closing(connecting.connect(session, args.depot).depot))
        other = None
        if args.other:
            other = stack.enter_context(closing(connecting.connect(session, args.other).depot))
        done = depots.repair_depot(session, depot, other, context.progress)
        lines = repair_lines(done, depot.place, context.tr)
    return Output(_repaired(done), lines, code=1 if done.left else 0)


def _repaired(done: Repaired) -> dict[str, Any]:
    return {
        "ok": not done.left,
        "damaged": _listed(done.damaged),
        "restored": done.restored,
        "sent": asdict(done.sync.done.sent),
        "problems": _listed(done.left),
    }


def _entered(context: Context, stack: ExitStack, text: str) -> Depot:
    """Return the depot at an address, which needs no workspace, or with a name, which does."""
    if connecting.is_address(text):
        return stack.enter_context(closing(_place(context, text)))
    with opened(context) as session:
        return stack.enter_context(closing(connecting.connect(session, text).depot))


def _place(context: Context, address: str) -> Depot:
    return connecting.open_place(Workspace(context.root), address)
