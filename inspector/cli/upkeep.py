"""`check`, `rebuild`, `backup`, `restore` and `bench`: care of the workspace."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.operations.check_text import report_text
from inspector.operations.originals import Absence
from inspector.operations.upkeep import back_up, check, missing_files, rebuild, restore

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.operations.upkeep import CheckReport

FOUND_SOMETHING = 1
#: What `check` may find in tables, indexes and guards, which follow from the record.
MENDED_BY_REBUILD = frozenset(
    {"row_added", "row_changed", "row_missing", "search_index", "table_unreadable"}
)
#: Where the measurements lie in a source tree.
BENCH = Path("tests", "bench")


def add_check(commands: Commands, summary: str) -> None:
    """Declare `check`."""
    command = commands.add("check", _check, summary, "check", "check --against backup.db")
    command.add(
        "--against",
        default="",
        metavar=command.tr("HEAD"),
        help=N_(
            "something kept outside, which shows what a workspace cannot show by itself: a backup "
            "file, the id of an operation, or the seal printed on a dossier"
        ),
    )


def add_rebuild(commands: Commands, summary: str) -> None:
    """Declare `rebuild`."""
    commands.add("rebuild", _rebuild, summary, "rebuild")


def add_backup(commands: Commands, summary: str) -> None:
    """Declare `backup`."""
    command = commands.add("backup", _backup, summary, "backup", "backup /media/disk/mingcha.db")
    command.add(
        "file",
        nargs="?",
        type=Path,
        metavar=command.tr("FILE"),
        help=N_("where to write it (the workspace's own backups)"),
    )


def add_restore(commands: Commands, summary: str) -> None:
    """Declare `restore`."""
    command = commands.add(
        "restore", _restore, summary, "restore", "restore /media/disk/mingcha.db"
    )
    command.add(
        "file",
        nargs="?",
        type=Path,
        metavar=command.tr("FILE"),
        help=N_("the backup (the newest of the workspace)"),
    )


def add_bench(commands: Commands, summary: str) -> None:
    """Declare `bench`."""
    command = commands.add("bench", _bench, summary, "bench", "bench saving search --quick")
    command.add(
        "names",
        nargs="*",
        metavar=command.tr("NAME"),
        help=N_("only these measurements (all)"),
    )
    command.add("--quick", action="store_true", help=N_("small amounts, a few minutes in all"))
    command.add(
        "--folder",
        type=Path,
        metavar=command.tr("FOLDER"),
        help=N_("work below this folder, on the disk to measure"),
    )


def _check(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context, altered=True) as session:
        report = check(session, context.progress, args.against)
    data = {
        "ok": report.ok,
        "operations": report.operations,
        "blobs": report.blobs,
        "problems": [{"code": each.code, "where": each.where} for each in report.problems],
        "freed": sorted(each for each, why in report.absent.items() if why is Absence.FREED),
        "not_come": sorted(each for each, why in report.absent.items() if why is Absence.NOT_COME),
    }
    lines = [f"{each.code}: {each.where}" for each in report.problems]
    lines += [tr(hint) for hint in _hints(report)]
    lines.append(report_text(tr, report))
    return Output(data, lines, code=0 if report.ok else FOUND_SOMETHING)


def _hints(report: CheckReport) -> Iterator[str]:
    """Say what to do about what was found."""
    codes = {problem.code for problem in report.problems}
    if codes & MENDED_BY_REBUILD:
        yield N_("Tables differ from the record: “inspector rebuild” makes them anew.")
    if "foreign_table" in codes:
        yield N_(
            "Tables of other programs do no harm and are left alone; only the program that made "
            "them should remove them."
        )


def _rebuild(context: Context, _args: argparse.Namespace) -> Output:
    with opened(context, altered=True) as session:
        done = rebuild(session, context.progress)
    data = {
        "digest": done.digest,
        "unchanged": not done.changed,
        "problems": [{"code": each.code, "where": each.where} for each in done.problems],
    }
    tr = context.tr
    lines = [
        tr("The tables were corrected.") if done.changed else tr("The tables are as before."),
        tr("Digest: {digest}", digest=done.digest),
        *(f"{each.code}: {each.where}" for each in done.problems),
    ]
    return Output(data, lines, code=FOUND_SOMETHING if done.problems else 0)


def _backup(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        path = back_up(session, args.file)
    return Output(
        {"path": str(path), "bytes": path.stat().st_size},
        [context.tr("Backup: {path}", path=path)],
    )


def _restore(context: Context, args: argparse.Namespace) -> Output:
    restored = restore(context.root, args.file, context.entropy, context.progress)
    tr = context.tr
    aside = restored.set_aside
    lines = [
        tr(
            "{operations} operations restored, {added} of them from the file that was replaced.",
            operations=restored.operations,
            added=restored.added,
        )
    ]
    if aside:
        lines.append(tr("The replaced file is kept: {path}", path=aside))
    if not restored.whole:
        lines.append(
            tr(
                "It could not be read completely: entries made after the backup may be missing. "
                "Keep that file, and look through what was entered last."
            )
        )
    with opened(context) as session:
        missing = missing_files(session)
    if missing:
        lines.append(
            tr(
                "{count} files that the record names are not here. Copy the folder “media” of the "
                "old workspace into this one.",
                count=missing,
            )
        )
    data = {
        "operations": restored.operations,
        "added": restored.added,
        "set_aside": str(aside) if aside else None,
        "whole": restored.whole,
        "missing_files": missing,
    }
    return Output(data, lines)


def _bench(_context: Context, args: argparse.Namespace) -> Output:
    """Run the measurements, which are part of the source and not of an installed program."""
    root = Path(__file__).resolve().parents[2]
    if not (root / BENCH / "__main__.py").is_file():
        raise MingchaError("bench_not_installed")
    words = [*args.names, *(["--quick"] if args.quick else [])]
    if args.folder:
        words += ["--folder", str(args.folder.resolve())]
    if args.json:
        words.append("--json")
    command = [sys.executable, "-m", ".".join(BENCH.parts), *words]
    done = subprocess.run(
        command, cwd=root, stdout=subprocess.PIPE if args.json else None, check=False
    )
    data = json.loads(done.stdout) if args.json and done.stdout else {}
    return Output(data, code=done.returncode)
