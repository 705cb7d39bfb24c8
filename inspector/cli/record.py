"""`search`, `history` and `undo`: what stands in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.describe import iso
from inspector.cli.opening import opened
from inspector.cli.output import Output, one_line, table
from inspector.domain.clocktext import zone_text
from inspector.domain.entities import Person, Visit
from inspector.domain.names import noun_name
from inspector.operations.history import Entry, entity_history, visit_history
from inspector.operations.recording import find_visit
from inspector.operations.searching import search
from inspector.operations.seeing import zone_of
from inspector.operations.undo import undo_last
from inspector.operations.values import Values

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.operations.session import Session


def add_search(commands: Commands, summary: str) -> None:
    """Declare `search`."""
    command = commands.add("search", _search, summary, "search 空岗", "search 医保 排队 --limit 10")
    tr = command.tr
    command.add("words", nargs="+", metavar=tr("WORD"), help=N_("every word must occur"))
    command.add("--limit", type=int, default=50, metavar=tr("COUNT"), help=N_("hits to show (50)"))


def add_history(commands: Commands, summary: str) -> None:
    """Declare `history`."""
    command = commands.add("history", _history, summary, "history 1", "history 1 --json")
    command.add(
        "what",
        metavar=command.tr("VISIT_OR_ID"),
        help=N_("number or id of a visit, or the id of any single entry"),
    )


def add_undo(commands: Commands, summary: str) -> None:
    """Declare `undo`."""
    commands.add("undo", _undo, summary, "undo")


def _search(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        found = search(session, " ".join(args.words), args.limit, context.lang)
    data = {
        "total": found.total,
        "more": found.more,
        "ignored": list(found.ignored),
        "hits": [
            {"kind": hit.kind, "id": hit.id, "visit": hit.visit, "text": hit.text}
            for hit in found.hits
        ],
    }
    rows = [
        (noun_name(hit.kind).of(context.lang), one_line(hit.text)[:60], hit.id)
        for hit in found.hits
    ]
    message = N_("more than {count} hits") if found.more else N_("{count} hits")
    lines = [*table((tr("kind"), tr("text"), tr("id")), rows), tr(message, count=found.total)]
    if found.ignored:
        signs = tr(", ").join(found.ignored)
        lines.append(tr("Not looked for, because only words and numbers are: {signs}", signs=signs))
    return Output(data, lines)


def _history(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        entries = _entries(session, args.what)
        names = {person.id: person.name for person in session.store.select(Person)}
        zone = _zone(session, entries)
        values = Values(session, tr, zone)
        told = [one_line(_said(each, values, tr))[:120] for each in entries]
    data = {
        "entries": [
            {
                "operation": each.operation,
                "action": each.action,
                "undoes": each.undoes,
                "at": iso(each.ms, each.zone),
                "by": each.by,
                "by_name": names.get(each.by, ""),
                "operation_kind": each.kind,
                "noun": each.noun,
                "id": each.id,
                "fields": None if each.fields is None else dict(each.fields),
                "why": each.why,
            }
            for each in entries
        ]
    }
    rows = [
        (
            to_datetime(each.ms, zone).strftime("%Y-%m-%d %H:%M:%S"),
            names.get(each.by, each.by) or tr("nobody named"),
            f"{noun_name(each.noun).of(tr.lang)} {each.id[-6:]}",
            said,
        )
        for each, said in zip(entries, told, strict=True)
    ]
    entered = tr("entered ({zone})", zone=zone_text(zone))
    return Output(data, table((entered, tr("by"), tr("what"), tr("values")), rows))


def _zone(session: Session, entries: list[Entry]) -> int:
    """Return the zone of the place that entries are about; without one, that of the first entry.

    The times of entry can then be compared with what was seen.
    """
    named = [(each.fields or {}).get("visit") for each in entries]
    visits = [each.id for each in entries if each.noun == "visit"] + named
    for name in visits:
        visit = session.store.get(Visit, name) if isinstance(name, str) else None
        if visit is not None:
            return zone_of(session, visit)
    return entries[0].zone if entries else 0


def _entries(session: Session, what: str) -> list[Entry]:
    """Return the history of a visit, or of the one entry with this id."""
    try:
        return list(visit_history(session, find_visit(session, what).id))
    except MingchaError as error:
        found = list(entity_history(session, what.strip()))
        if error.code != "visit_not_found" or not found:
            raise
        return found


def _said(entry: Entry, values: Values, tr: Translator) -> str:
    if entry.fields is None:
        return tr("erased")
    return values.said(entry.noun, entry.fields)


def _undo(context: Context, _args: argparse.Namespace) -> Output:
    with opened(context) as session:
        last = undo_last(session)
        values = Values(session, context.tr, context.clock.read().zone)
        things = context.tr(", ").join(
            f"{noun_name(kind).of(context.lang)} {values.name(entity)}"
            for kind, entity in last.touched
        )
    data = {
        "action": last.action,
        "visit": last.visit,
        "touched": [{"kind": kind, "id": entity} for kind, entity in last.touched],
    }
    return Output(data, [context.tr("Taken back: {things}", things=things)])
