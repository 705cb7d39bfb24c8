"""`catalogue`: checklists, situations and other catalogues."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.context import read_input
from inspector.cli.describe import data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.domain.answer_text import limit_text
from inspector.domain.catalogues import Item
from inspector.domain.entities import Catalogue
from inspector.domain.terms import term
from inspector.domain.vocabulary import CatalogueKind
from inspector.operations.catalogues import CatalogueInfo, index, parse_local, shipped
from inspector.operations.local_catalogues import import_catalogue

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `catalogue`."""
    commands.add(
        "list",
        _list,
        N_("List the catalogues: those shipped, and the office's own."),
        "catalogue list",
    )
    show = commands.add(
        "show",
        _show,
        N_("Show the entries of a catalogue."),
        "catalogue show checklist",
        "catalogue show situations --find 推诿",
    )
    tr = show.tr
    show.add("name", metavar=tr("NAME"), help=N_("code@version, code, or kind"))
    show.add("--find", default="", metavar=tr("TEXT"), help=N_("only entries that hold this text"))
    read = commands.add(
        "import",
        _import,
        N_("Import an office's own catalogue (CSV or XLSX) under a version."),
        "catalogue import checklist.xlsx --kind checklist --code ours --version 2026.1 "
        "--name 本市检查表",
    )
    read.add("file", type=Path, metavar=tr("FILE"), help=N_("XLSX or CSV"))
    read.word("--kind", of=CatalogueKind, required=True, help=N_("kind of catalogue"))
    read.add("--code", required=True, metavar=tr("CODE"), help=N_("short name"))
    read.add("--version", required=True, metavar=tr("TEXT"), help=N_("version"))
    read.add("--name", required=True, metavar=tr("NAME"), help=N_("name people read"))
    read.add("--valid-from", default="", metavar=tr("DATE"), help=N_("first day of validity"))
    read.add("--valid-to", default="", metavar=tr("DATE"), help=N_("last day of validity"))


def _list(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        own = session.store.select(Catalogue, "void IS NULL")
    listed = [
        *({**asdict(each), "reference": each.reference, "own": False} for each in index()),
        *(_own(each) for each in own),
    ]
    rows = [
        (
            each["reference"],
            term(CatalogueKind(each["kind"]), tr.lang),
            each[tr.lang],
            f"{each['valid_from']} – {each['valid_to']}",
            tr("own") if each["own"] else tr("shipped"),
        )
        for each in listed
    ]
    headers = (tr("name"), tr("kind"), tr("title"), tr("valid"), tr("origin"))
    return Output({"catalogues": listed}, table(headers, rows))


def _own(catalogue: Catalogue) -> dict[str, Any]:
    return {
        "kind": catalogue.kind.value,
        "code": catalogue.code,
        "version": catalogue.version,
        "zh": catalogue.name,
        "en": catalogue.name,
        "valid_from": catalogue.valid_from,
        "valid_to": catalogue.valid_to,
        "reference": f"{catalogue.code}@{catalogue.version}",
        "own": True,
    }


def _show(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        reference, entries = _entries(session, args.name.strip())
    wanted = args.find.casefold()
    found = [asdict(each) for each in entries]
    kept = [
        (entry, values)
        for entry, values in zip(entries, found, strict=True)
        if any(wanted in str(value).casefold() for value in values.values())
    ]
    data = {"reference": reference, "entries": [values for _entry, values in kept]}
    rows = [_row(entry, values, context.tr) for entry, values in kept]
    tr = context.tr
    return Output(data, table((tr("code"), tr("text"), tr("limit")), rows))


def _row(entry: Any, values: dict[str, Any], tr: Translator) -> tuple[str, str, str]:
    limit = limit_text(entry, tr.lang) if isinstance(entry, Item) else ""
    return str(values.get("code", "")), str(values[tr.lang]), limit


def _entries(session: Session, name: str) -> tuple[str, tuple[Any, ...]]:
    """Return a catalogue's reference and entries, the office's own first."""
    for own in reversed(session.store.select(Catalogue, "void IS NULL")):
        reference = f"{own.code}@{own.version}"
        if name in (reference, own.code):
            return reference, parse_local(own.kind, session.blobs.read(own.sha256)).entries
    for info in index():
        if name in _names(info):
            return info.reference, shipped(info.kind, info.code).entries
    raise MingchaError("catalogue_not_found", name=name)


def _names(info: CatalogueInfo) -> tuple[str, ...]:
    kind = info.kind
    return (info.reference, info.code, kind.value, term(kind, "zh"))


def _import(context: Context, args: argparse.Namespace) -> Output:
    data = read_input(args.file)
    with opened(context) as session:
        saved = import_catalogue(
            session,
            args.kind,
            data,
            code=args.code,
            version=args.version,
            name=args.name,
            valid_from=args.valid_from,
            valid_to=args.valid_to,
        )
    return Output(data_of(saved), [f"{saved.code}@{saved.version}  {saved.name}"])
