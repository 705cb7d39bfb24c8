"""`export`: papers and tables."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.seen import read_day
from inspector.cli.visits import add_visit_argument
from inspector.domain.numbers import provisional
from inspector.operations.dossiers import DossierOptions, export_dossier
from inspector.operations.exports import (
    findings_csv,
    halls_csv,
    write_export,
    write_findings,
)
from inspector.operations.places import find_hall
from inspector.operations.recording import find_visit
from inspector.operations.registers import FindingFilter, findings_in_order
from inspector.operations.units import find_unit

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.entities import Visit
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `export`."""
    _declare_dossier(commands)
    _declare_tables(commands)


def _declare_dossier(commands: Commands) -> None:
    dossier = commands.add(
        "dossier",
        _dossier,
        N_("Write the dossier of a visit as PDF; a draft until the visit is sealed."),
        "export dossier 1",
        "export dossier 2026-0001 dossier.pdf --photos-per-page 4 --for-paper",
    )
    add_visit_argument(dossier)
    tr = dossier.tr
    _add_file(dossier)
    dossier.add(
        "--photos-per-page",
        type=int,
        choices=(1, 2, 4),
        default=2,
        help=N_("photographs to a page: 1, 2 or 4 (2)"),
    )
    dossier.add("--for-paper", action="store_true", help=N_("mark the copy that is kept on paper"))
    dossier.add(
        "--originals",
        action="store_true",
        help=N_("embed the original photographs with their metadata; the file becomes large"),
    )
    dossier.add(
        "--for-unit",
        action="store_true",
        help=N_("the copy for the unit: only photographs confirmed to show no people"),
    )
    dossier.add(
        "--dpi",
        type=int,
        default=200,
        metavar=tr("NUMBER"),
        help=N_("dots per inch of photographs (200)"),
    )
    dossier.add("--office", metavar=tr("TEXT"), help=N_("who issues it (as given at init)"))


def _declare_tables(commands: Commands) -> None:
    findings = commands.add(
        "findings",
        _findings,
        N_("Write findings as a table (CSV)."),
        "export findings findings.csv --visit 1",
        "export findings findings.csv --hall H001 --since 2026-01-01 --severity 3",
    )
    _add_file(findings)
    findings.add(
        "--visit",
        action="extend",
        nargs="+",
        default=[],
        dest="visits",
        metavar=findings.tr("VISIT"),
        help=N_("only these visits (all)"),
    )
    _declare_narrowing(findings)
    halls = commands.add(
        "halls",
        _halls,
        N_("Write places and windows as a table (CSV) that “hall import” reads back."),
        "export halls halls.csv",
    )
    _add_file(halls)


def _declare_narrowing(findings: Arguments) -> None:
    tr = findings.tr
    findings.add("--hall", metavar=tr("HALL"), help=N_("only those of a place"))
    findings.add("--unit", metavar=tr("UNIT"), help=N_("only places of an organisation"))
    findings.add("--since", metavar=tr("DATE"), help=N_("only what was seen on that day or later"))
    findings.add("--until", metavar=tr("DATE"), help=N_("only what was seen until that day"))
    findings.add(
        "--situation", metavar=tr("CODE"), help=N_("only those of a situation, or below it")
    )
    findings.add(
        "--severity", type=int, metavar=tr("NUMBER"), help=N_("only those of a severity, 1 to 4")
    )
    findings.add("--words", metavar=tr("TEXT"), help=N_("only those that hold these words"))
    findings.add("--without-window", action="store_true", help=N_("only those that name no window"))


def _add_file(arguments: Arguments) -> None:
    tr = arguments.tr
    arguments.add(
        "file",
        nargs="?",
        type=Path,
        metavar=tr("FILE"),
        help=N_("file or folder to write to (a name of its own in the current folder)"),
    )
    arguments.add(
        "--output", "-o", type=Path, metavar=tr("FILE"), help=N_("the same, as an option")
    )


def _target(tr: Translator, args: argparse.Namespace, name: str) -> Path:
    """Return the file to write, called `name` if only a folder or nothing was given."""
    if args.file and args.output:
        raise UsageError(tr("Give the file once."))
    target: Path = args.file or args.output or Path()
    return target / name if target.is_dir() else target


def _dossier(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        target = _target(tr, args, f"dossier-{_number(visit)}-{context.lang}.pdf")
        options = DossierOptions(
            lang=context.lang,
            photos_per_page=args.photos_per_page,
            for_paper=args.for_paper,
            embed_originals=args.originals,
            for_unit=args.for_unit,
            office=args.office or session.store.local("office") or "",
            dpi=args.dpi,
        )
        paper = export_dossier(session, visit.id, target, options, context.progress)
    file = {
        "path": str(target),
        "pages": paper.pages,
        "bytes": paper.bytes,
        "sha256": paper.sha256,
    }
    data: dict[str, Any] = {
        "files": [file],
        "missing_glyphs": list(paper.missing_glyphs),
        "substituted_fonts": [{"role": role, "used": used} for role, used in paper.substituted],
    }
    lines = [tr("{path}: {pages} pages, {bytes} bytes", **file), f"SHA-256 {paper.sha256}"]
    lines += [
        tr("Font {role}: {used} was used instead.", role=role, used=used)
        for role, used in paper.substituted
    ]
    if paper.missing_glyphs:
        missing = " ".join(paper.missing_glyphs)
        lines.append(tr("No font of this computer has: {characters}", characters=missing))
    return Output(data, lines)


def _number(visit: Visit) -> str:
    return visit.official_number or provisional(visit.device, visit.number)


def _findings(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        chosen = [find_visit(session, name) for name in args.visits]
        only = _narrowed(context, session, args)
        if only == FindingFilter():
            data = findings_csv(session, chosen, context.lang)
            return _written(context, args, "findings.csv", data)
        if len(chosen) > 1:
            raise UsageError(tr("With other conditions only one visit can be given."))
        only = replace(only, visit=chosen[0].id if chosen else "")
        places = findings_in_order(session, only, descending=False)
        target = _target(tr, args, "findings.csv")
        for _step in write_findings(session, places, target, context.lang, context.progress):
            pass
    return _told(target, target.read_bytes())


def _narrowed(context: Context, session: Session, args: argparse.Namespace) -> FindingFilter:
    """Return which findings are wanted of those of all visits."""
    days = (args.since, args.until)
    since, until = (read_day(context.tr, day) if day else None for day in days)
    return FindingFilter(
        text=args.words or "",
        since=since,
        until=until,
        hall=find_hall(session, args.hall).id if args.hall else "",
        unit=find_unit(session, args.unit).id if args.unit else "",
        situation=args.situation or "",
        severity=args.severity,
        windowless=args.without_window,
    )


def _halls(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        data = halls_csv(session, context.lang)
    return _written(context, args, "halls.csv", data)


def _written(context: Context, args: argparse.Namespace, name: str, data: bytes) -> Output:
    target = _target(context.tr, args, name)
    write_export(target, data)
    return _told(target, data)


def _told(target: Path, data: bytes) -> Output:
    digest = hashlib.sha256(data).hexdigest()
    file = {"path": str(target), "bytes": len(data), "sha256": digest}
    return Output({"files": [file]}, [str(target)])
