"""`conflicts list|resolve`: what two laptops wrote differently, and what a person says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.describe import iso
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.domain.clocktext import clock, iso_day
from inspector.operations.conflicts import conflicts, count_conflicts, resolve
from inspector.operations.recording import find_visit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.operations.conflicts import Conflict, Side


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `conflicts`."""
    listed = commands.add(
        "list",
        _list,
        N_("Show what two laptops wrote differently, side by side."),
        "conflicts list",
        "conflicts list --visit 1",
    )
    listed.add("--visit", metavar=listed.tr("VISIT"), help=N_("of this visit only"))
    settle = commands.add(
        "resolve",
        _resolve,
        N_("Say which value holds; the record keeps all of them."),
        "conflicts resolve 3fa2c1 2 --why 现场笔记为准",
    )
    tr = settle.tr
    settle.add("code", metavar=tr("CODE"), help=N_("of the conflict, as “conflicts list” shows it"))
    settle.add("side", type=int, metavar=tr("NUMBER"), help=N_("number of the value that holds"))
    settle.add("--why", default="", metavar=tr("TEXT"), help=N_("why"))


def _list(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit).id if args.visit else ""
        found = conflicts(session, context.lang, visit)
    data = {"count": len(found), "conflicts": [_data(each) for each in found]}
    lines = [line for each in found for line in _lines(each, tr)]
    return Output(data, lines or [tr("Nothing is in conflict.")])


def _resolve(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        done = resolve(session, args.code, args.side, args.why)
        left = count_conflicts(session)
    data = {"action": done.action, "left": left}
    return Output(data, [tr("Settled. {count} conflicts are left.", count=left)])


def _data(found: Conflict) -> dict[str, Any]:
    return {
        "code": found.code,
        "noun": found.noun,
        "id": found.id,
        "field": found.field,
        "visit": found.visit or None,
        "sealed": found.sealed,
        "title": found.title,
        "name": found.label,
        "sides": [_side(number, side) for number, side in enumerate(found.sides, 1)],
        "evidence": [
            {"id": each.id, "name": each.original_name, "sha256": each.sha256}
            for each in found.evidence
        ],
    }


def _side(number: int, side: Side) -> dict[str, Any]:
    return {
        "number": number,
        "value": side.value,
        "text": side.text,
        "by": side.by,
        "by_name": side.name,
        "at": iso(side.ms, side.zone),
        "device": side.device,
        "operation": side.operation,
        "why": side.why,
    }


def _lines(found: Conflict, tr: Translator) -> Iterator[str]:
    about = " · ".join(filter(None, (found.visit_label, found.place)))
    yield f"{found.code}  {found.title} · {found.label}" + (f" ({about})" if about else "")
    if found.sealed:
        yield "  " + tr("The visit is sealed: its papers stay as they are, whatever is chosen.")
    for number, side in enumerate(found.sides, 1):
        when = f"{iso_day(side.ms, side.zone)} {clock(side.ms, side.zone)}"
        who = side.name or tr("nobody named")
        said = tr(
            "{number}. {value} – {who}, {when}, laptop {device}",
            number=number,
            value=side.text,
            who=who,
            when=when,
            device=side.device,
        )
        yield f"  {said}" + (f" ({side.why})" if side.why else "")
    if found.evidence:
        names = tr(", ").join(each.original_name for each in found.evidence)
        yield "  " + tr("Evidence: {names}", names=names)
