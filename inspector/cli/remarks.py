"""`visit note|good|request|paste|pocket-sheet|void`: what is seen beside windows and answers."""

from __future__ import annotations

import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError, read_input
from inspector.cli.describe import Teller, recorded, when, withdrawn
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.parsing import add_reason
from inspector.cli.seen import (
    TYPED_LIVE,
    add_seen,
    day_of,
    observer_of,
    seen_of,
    times_of,
)
from inspector.cli.visits import add_visit_argument
from inspector.domain.entities import Remark, Visit
from inspector.domain.paste_lines import UnreadLine
from inspector.domain.schema import KINDS
from inspector.domain.times import Seen
from inspector.domain.vocabulary import RemarkKind, TimeSource
from inspector.operations.amending import withdraw_entry
from inspector.operations.dossiers import pocket_sheet
from inspector.operations.observing import remark
from inspector.operations.pasting import paste, preview
from inspector.operations.recording import find_visit, find_window, get, void
from inspector.operations.seeing import exactness, zone_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from datetime import date

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    note = commands.add(
        "note", _note, N_("Record a free observation."), "visit note 1 评价器全部断电 --window 05"
    )
    _add_text(note)
    add_seen(note)
    good = commands.add(
        "good",
        _good,
        N_("Record good practice, with quantities before and after."),
        "visit good 1 设置帮办专区 --before 40 --after 12 --unit 分钟",
    )
    _add_text(good)
    tr = good.tr
    good.add("--before", default="", metavar=tr("NUMBER"), help=N_("quantity before"))
    good.add("--after", default="", metavar=tr("NUMBER"), help=N_("quantity after"))
    good.add("--unit", default="", metavar=tr("TEXT"), help=N_("unit of both"))
    add_seen(good)
    request = commands.add(
        "request",
        _request,
        N_("Record a scripted request and the reply it got."),
        "visit request 1 询问医保转移需要哪些材料 --reply 让回去看公众号 --window 05",
    )
    _add_text(request)
    request.add("--reply", default="", metavar=tr("TEXT"), help=N_("what was answered"))
    add_seen(request)
    _declare_paste(commands)
    _declare_void(commands)


def _declare_void(commands: Commands) -> None:
    withdraw = commands.add(
        "void",
        _void,
        N_(
            "Withdraw an open visit, or one entry of it, with the reason. Nothing is deleted and "
            "“undo” brings it back."
        ),
        "visit void 1 sighting ID --reason 窗口号记错",
        "visit void 1 --reason 重复登记",
    )
    add_visit_argument(withdraw)
    withdraw.noun(
        "noun",
        of=_withdrawn(),
        nargs="?",
        metavar=withdraw.tr("NOUN"),
        help=N_("what it is"),
    )
    withdraw.add("entry", nargs="?", metavar=withdraw.tr("ID"), help=N_("its id"))
    add_reason(withdraw)


def _withdrawn() -> list[str]:
    """Return the nouns that are facts of a visit."""
    return [name for name, spec in KINDS.items() if "visit" in spec.names and name != "seal"]


def _add_text(arguments: Arguments) -> None:
    tr = arguments.tr
    add_visit_argument(arguments)
    arguments.add("text", metavar=tr("TEXT"), help=N_("what was seen"))
    arguments.add("--window", metavar=tr("WINDOW"), help=N_("the window it is about"))


def _declare_paste(commands: Commands) -> None:
    command = commands.add(
        "paste",
        _paste,
        N_(
            "Record a list of notes, one a line, like “1038 05 空岗 6人”. Lines that cannot be "
            "read are kept as notes and listed; --at gives them a time. Times rest on the note "
            "unless --time-source says otherwise."
        ),
        "visit paste 1 notes.txt --day 2026-11-20",
        "visit paste 1 - --dry-run",
    )
    add_visit_argument(command)
    tr = command.tr
    text = N_("text file in UTF-8, or - for standard input")
    command.add("file", type=Path, metavar=tr("FILE"), help=text)
    command.add("--dry-run", action="store_true", help=N_("only say how each line is read"))
    add_seen(command)
    sheet = commands.add(
        "pocket-sheet",
        _pocket_sheet,
        N_("Print the neutral sheet for notes by hand; its photograph becomes evidence."),
        "visit pocket-sheet 1 sheet.pdf",
    )
    add_visit_argument(sheet)
    sheet.add("file", type=Path, metavar=tr("FILE"), help=N_("the PDF to write"))


def _note(context: Context, args: argparse.Namespace) -> Output:
    return _remark(context, args, RemarkKind.REMARK)


def _good(context: Context, args: argparse.Namespace) -> Output:
    more = {"before": args.before, "after": args.after, "measure_unit": args.unit}
    return _remark(context, args, RemarkKind.GOOD_PRACTICE, more)


def _request(context: Context, args: argparse.Namespace) -> Output:
    return _remark(context, args, RemarkKind.SCRIPTED_REQUEST, {"reply": args.reply})


def _remark(
    context: Context,
    args: argparse.Namespace,
    kind: RemarkKind,
    more: Mapping[str, Any] = MappingProxyType({}),
) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        window = find_window(session, visit.hall, args.window).id if args.window else None
        entry = Remark(id="", visit=visit.id, kind=kind, window=window, text=args.text, **more)
        done = remark(session, entry, seen)
        data, line = recorded(session, visit, Remark, done.id, context.tr)
    return Output(data, [line])


def _paste(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    source = sys.stdin.buffer.read() if args.file == Path("-") else read_input(args.file)
    # A phone's text file may begin with a byte order mark; a damaged one is kept readable.
    text = source.decode("utf-8-sig", "replace")
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        day = day_of(context, session, visit, args)
        seen = _noted(context, session, visit, args, day)
        previews = preview(session, visit.id, text, seen, day)
        if not args.dry_run and previews:
            paste(session, visit.id, [each.line for each in previews], seen)
        teller = Teller(session, visit, tr)
        read = [
            (each.line, [teller.joined(teller.what(fact), when(fact, tr)) for fact in each.facts])
            for each in previews
            if not isinstance(each.line, UnreadLine)
        ]
    unread = [each.line for each in previews if isinstance(each.line, UnreadLine)]
    data = {
        "recorded": not args.dry_run,
        "lines": len(previews),
        "read": [{"line": line.number, "text": line.raw, "as": told} for line, told in read],
        "unread": [
            {"line": each.number, "text": each.raw, "reason": each.explanation(tr)}
            for each in unread
        ],
    }
    said = [tr("{count} lines read", count=len(read))]
    if args.dry_run:
        said += [
            tr("line {line}: {text} – {told}", line=line.number, text=line.raw, told=each)
            for line, told in read
            for each in told
        ]
    return Output(data, [*said, *(_not_read(line, tr) for line in unread)])


def _not_read(line: UnreadLine, tr: Translator) -> str:
    return tr(
        "line {line}, not read: {text} – {reason}",
        line=line.number,
        text=line.raw,
        reason=line.explanation(tr),
    )


def _noted(
    context: Context, session: Session, visit: Visit, args: argparse.Namespace, day: date
) -> Seen:
    """Return who saw it and what the times rest on; the times stand in the lines."""
    zone = zone_of(session, visit)
    start, end = times_of(context.tr, args, day, zone)
    source = args.time_source or TimeSource.NOTE
    if source is TimeSource.LIVE:
        raise UsageError(context.tr(TYPED_LIVE))
    exact = exactness(source, args.precision)
    return Seen(observer_of(session, visit, args), start, end, zone, source, exact)


def _pocket_sheet(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        paper = pocket_sheet(session, visit.hall, args.file, context.lang)
    data: dict[str, Any] = {
        "files": [
            {
                "path": str(args.file),
                "pages": paper.pages,
                "bytes": paper.bytes,
                "sha256": paper.sha256,
            }
        ]
    }
    return Output(data, [str(args.file)])


def _void(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        if args.noun is None:
            void(session, Visit, visit.id, args.reason)
            return withdrawn(context, get(session, Visit, visit.id))
        if args.entry is None:
            raise UsageError(context.tr("Give the id of the entry too."))
        withdraw_entry(session, visit.id, args.noun, args.entry, args.reason)
        return withdrawn(context, get(session, KINDS[args.noun].cls, args.entry))
