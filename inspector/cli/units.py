"""`unit`: organisations that run the halls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import named
from inspector.cli.describe import data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.domain.entities import Unit
from inspector.operations.places import add_unit, unit_id
from inspector.operations.units import find_unit, units

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `unit`."""
    add = commands.add(
        "add",
        _add,
        N_("Add an organisation, or change the one with this code."),
        "unit add 市行政审批局 --code U001 --parent 市人民政府",
    )
    tr = add.tr
    add.add("name", nargs="?", metavar=tr("NAME"), help=N_("the name"))
    add.add("--name", dest="name_option", metavar=tr("NAME"), help=N_("the name, as an option"))
    add.add("--code", default="", metavar=tr("CODE"), help=N_("code of the organisation"))
    add.add("--parent", metavar=tr("UNIT"), help=N_("superior organisation: code, name or id"))
    add.add("--kind", metavar=tr("TEXT"), help=N_("kind of organisation"))
    commands.add("list", _list, N_("List the organisations."), "unit list")


def _add(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        unit = Unit(id="", code=args.code.strip(), name=named(context.tr, args).strip())
        # What is not given of one that exists stays as it is.
        known = session.store.get(Unit, unit_id(session, unit.code or unit.name)) or unit
        parent = find_unit(session, args.parent).id if args.parent else known.parent
        kind = known.kind if args.kind is None else args.kind
        unit = add_unit(session, replace(unit, parent=parent, kind=kind))
    return Output(data_of(unit), [f"{unit.name}  {unit.code}  {unit.id}"])


def _list(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        found = units(session)
    names = {unit.id: unit.name for unit in found}
    rows = [
        (unit.code, unit.name, unit.kind, names.get(unit.parent or "", ""), unit.id)
        for unit in found
    ]
    headers = (tr("code"), tr("name"), tr("kind"), tr("superior"), tr("id"))
    data = {"units": [data_of(unit) for unit in found]}
    return Output(data, table(headers, rows) or [tr("No organisations yet.")])
