"""The command line `inspector`: a full second front end over the same operations as the windows.

It parses, calls operations and prints; it decides nothing. A command's module is imported only
when that command is typed, so that help appears at once.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.clock import Clock, SystemClock
from inspector.base.errors import MingchaError
from inspector.base.i18n import LANGUAGES, N_, Lang, Translator, system_language, translator
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import default_workspace
from inspector.base.progress import Cancelled
from inspector.base.system_reasons import reason_of
from inspector.cli.context import Context, UsageError
from inspector.cli.crash import report_crash
from inspector.cli.entry import STOPPED
from inspector.cli.output import (
    Output,
    complain,
    misunderstood,
    nobody_listens,
    prepare_streams,
    refused,
    show,
    with_warnings,
)
from inspector.cli.parsing import Commands, Parser, add_global_options
from inspector.cli.progress import TerminalProgress, progress_for

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

DONE = 0

#: The nouns: what they are about, and the modules whose `add_parsers` declares their commands.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "hall": (N_("Places: halls, offices, sites and roads."), ("halls",)),
    "window": (N_("Service windows of a hall."), ("windows",)),
    "unit": (N_("Organisations that run the halls."), ("units",)),
    "calendar": (N_("Holidays and working days that were swapped."), ("calendars",)),
    "member": (N_("The people of the office."), ("members",)),
    "org": (
        N_("The organisation: members, invitations, roles, recovery. Only for several laptops."),
        ("org", "org_office"),
    ),
    "key": (N_("Keys with which members sign sealed visits."), ("keys",)),
    "trip": (N_("Authorised journeys with one or several visits."), ("trips",)),
    "visit": (
        N_("Visits: prepare, observe, give feedback, seal."),
        (
            "visits",
            "phases",
            "observing",
            "remarks",
            "closing",
            "signing",
            "correcting",
            "visit_files",
        ),
    ),
    "finding": (N_("Findings of a visit."), ("findings", "persons")),
    "photo": (N_("Photographs and other files of a visit."), ("photos",)),
    "blobs": (N_("Originals: free those that are elsewhere, fetch them again."), ("blobs",)),
    "catalogue": (N_("Checklists, situations and other catalogues."), ("catalogues",)),
    "export": (N_("Papers and tables."), ("export",)),
    "review": (N_("What becomes of sealed visits."), ("review",)),
    "conflicts": (N_("What two laptops wrote differently."), ("conflicts",)),
    "depot": (
        N_("Places of exchange: sticks, shared folders, servers."),
        ("depot",),
    ),
    "code": (N_("Small files as QR codes, and back from pictures of them."), ("codes",)),
    "quarantine": (N_("What came from others and was put aside."), ("sync",)),
}
#: The commands of one word, with the module whose `add_<word>` declares each.
SINGLE: dict[str, tuple[str, str]] = {
    "init": (N_("Make a workspace, the folder that holds everything."), "start"),
    "demo": (N_("Carry one visit through all its phases and export its dossier."), "start"),
    "search": (N_("Find words in everything recorded, newest first."), "record"),
    "history": (N_("Show what was entered, changed and withdrawn, by whom and when."), "record"),
    "undo": (N_("Take back the last action; the record keeps both."), "record"),
    "board": (N_("Show how far each team is: expected, arrived, sealed, approved."), "board"),
    "sync": (N_("Exchange with others over a depot: a stick, a shared folder, a server."), "sync"),
    "waiting": (N_("Say what is only on this computer."), "sync"),
    "receipts": (N_("Show who has acknowledged whose entries."), "sync"),
    "check": (N_("Verify every entry, every file and every seal."), "upkeep"),
    "rebuild": (N_("Make all tables anew from the record."), "upkeep"),
    "backup": (N_("Copy the record; photographs stay where they are."), "upkeep"),
    "restore": (N_("Take a backup back without losing what came after it."), "upkeep"),
    "bench": (N_("Measure the speed of this computer against the bare libraries."), "upkeep"),
    "version": (N_("Say which version this is."), "start"),
}


def build_parser(tr: Translator | None = None, only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of every command, or with the arguments of the word `only` alone."""
    tr = tr or translator("en")
    parser = Parser(
        tr=tr,
        prog="inspector",
        description=tr(
            "Mingcha records unannounced inspections: prepare a visit, observe, add photographs, "
            "give feedback, seal, export the dossier. Everything stays on this computer."
        ),
        epilog=tr("“inspector COMMAND --help” explains a command and shows an example."),
    )
    add_global_options(parser)
    commands = Commands(parser, "command")
    for word, (summary, modules) in GROUPS.items():
        level = commands.group(word, summary)
        for module in modules if only in (None, word) else ():
            importlib.import_module(f"inspector.cli.{module}").add_parsers(level)
    for word, (summary, module) in SINGLE.items():
        if only in (None, word):
            declare = getattr(importlib.import_module(f"inspector.cli.{module}"), f"add_{word}")
            declare(commands, summary)
        else:
            commands.mention(word, summary)
    return parser


def main(
    argv: Sequence[str] | None = None,
    *,
    clock: Clock | None = None,
    entropy: Entropy = system_entropy,
) -> int:
    """Run one command and return the exit code.

    0 done, 1 `check` found something wrong, 2 the command line was not understood, 3 refused with
    a catalogued error, 70 a fault of ours, 130 stopped with Ctrl-C.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    tr = translator(_language(words))
    try:
        args = build_parser(tr, _first_word(words)).parse_args(words)
    except SystemExit as end:
        # argparse ends the program by itself after help.
        return end.code if isinstance(end.code, int) else DONE
    except UsageError as error:
        return misunderstood(error, as_json="--json" in words)
    except KeyboardInterrupt:
        return STOPPED
    progress = progress_for(sys.stderr, tr)
    context = Context(_root(args), tr, progress, clock or SystemClock(), entropy)
    try:
        return _run(context, args)
    finally:
        if isinstance(progress, TerminalProgress):
            progress.clear()


def _run(context: Context, args: argparse.Namespace) -> int:
    """Run the command and print its answer, whatever becomes of it."""
    tr = context.tr
    try:
        try:
            output: Output = args.run(context, args)
        except MingchaError as error:
            output = refused(error, tr)
        except UsageError as error:
            return misunderstood(error, as_json=args.json)
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            output = refused(MingchaError("disk_error", detail=reason_of(error)), tr)
        for told in (*context.warnings, *output.refusals):
            complain(told, tr)
        show(with_warnings(output, context.warnings, tr), as_json=args.json)
    except (KeyboardInterrupt, Cancelled):
        context.say(tr("Stopped. What was finished is saved; nothing is half done."))
        if args.json:
            show(Output({**context.so_far, "stopped": True}), as_json=True)
        return STOPPED
    except BrokenPipeError:
        nobody_listens()
        return DONE
    except Exception as error:  # noqa: BLE001 - the outermost place: every fault of ours ends here
        return report_crash(error, context, args)
    return output.code


def _root(args: argparse.Namespace) -> Path:
    named = args.workspace or os.environ.get("MINGCHA_WORKSPACE")
    return Path(named).expanduser() if named else default_workspace()


def _language(words: Sequence[str]) -> Lang:
    """Return the language before the words are parsed: their help is written in it."""
    wanted = os.environ.get("MINGCHA_LANG", "")
    for place, word in enumerate(words):
        if word == "--lang":
            wanted = words[place + 1] if place + 1 < len(words) else ""
        elif word.startswith("--lang="):
            wanted = word.partition("=")[2]
    return next((lang for lang in LANGUAGES if lang == wanted), None) or system_language()


def _first_word(words: Sequence[str]) -> str:
    """Return the command's first word, "" if there is none."""
    takes_value = False
    for word in words:
        if not takes_value and not word.startswith("-"):
            return word
        takes_value = word in ("--workspace", "--lang")
    return ""
