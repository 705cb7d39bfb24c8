"""`init`, `demo` and `version`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.base.version import VERSION
from inspector.cli.opening import created
from inspector.cli.output import Output
from inspector.operations.demo import DemoResult, run_demo
from inspector.operations.starting import Beginner, introduce

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands

FOUND_SOMETHING = 1


def add_init(commands: Commands, summary: str) -> None:
    """Declare `init`."""
    command = commands.add("init", _init, summary, "init --me 李娜 --name 市政府督查室")
    tr = command.tr
    command.add("--name", metavar=tr("TEXT"), default="", help=N_("the office, for its papers"))
    command.add(
        "--me",
        metavar=tr("NAME"),
        default="",
        help=N_("who types on this computer; added as the first member"),
    )


def add_demo(commands: Commands, summary: str) -> None:
    """Declare `demo`."""
    command = commands.add("demo", _demo, summary, "demo --workspace ./demo-workspace")
    command.add(
        "--photos",
        metavar=command.tr("FOLDER"),
        type=Path,
        help=N_("photographs to use; without them the demo draws its own"),
    )


def add_version(commands: Commands, summary: str) -> None:
    """Declare `version`."""
    commands.add("version", _version, summary, "version")


def _init(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with created(context) as session:
        person = introduce(session, Beginner(args.me, args.name))
    data = {
        "workspace": str(context.root),
        "office": args.name,
        "member": {"id": person.id, "name": person.name} if person else None,
    }
    lines = [tr("New workspace: {path}", path=context.root)]
    if person:
        lines.append(tr("{name} is typing on this computer.", name=person.name))
    return Output(data, lines)


def _demo(context: Context, args: argparse.Namespace) -> Output:
    result = run_demo(
        context.root, args.photos, context.lang, context.progress, context.clock, context.entropy
    )
    check = result.check
    data = {
        "workspace": str(result.workspace.resolve()),
        "visit": result.visit,
        "dossier": str(result.dossier.resolve()),
        "number": result.number,
        "hall": result.hall,
        "windows": result.windows,
        "pages": result.paper.pages,
        "sheets": [str(sheet.resolve()) for sheet in result.sheets],
        "counts": result.counts,
        "check": {"ok": check.ok, "operations": check.operations, "blobs": check.blobs},
    }
    return Output(data, _told(context.tr, result), code=0 if check.ok else FOUND_SOMETHING)


def _told(tr: Translator, result: DemoResult) -> list[str]:
    check, paper = result.check, result.paper
    counts = ", ".join(f"{name} {count}" for name, count in result.counts.items())
    verified = tr(
        "{operations} operations and {blobs} files verified, {count} problems found.",
        operations=check.operations,
        blobs=check.blobs,
        count=len(check.problems),
    )
    return [
        tr("Place: {hall}, {count} windows", hall=result.hall, count=result.windows),
        tr("Visit: {number}, sealed", number=result.number),
        tr("Recorded: {counts}", counts=counts),
        verified,
        tr("Workspace: {path}", path=result.workspace.resolve()),
        *(str(sheet.resolve()) for sheet in result.sheets),
        tr("Dossier: {path} ({pages} pages)", path=result.dossier.resolve(), pages=paper.pages),
    ]


def _version(_context: Context, _args: argparse.Namespace) -> Output:
    return Output({"version": VERSION}, [f"Mingcha {VERSION}"])
