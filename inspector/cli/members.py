"""`member`: the people of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import named
from inspector.cli.describe import data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.operations.people import add_person, find_person, people, use_person

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `member`."""
    add = commands.add(
        "add", _add, N_("Add a member of the office."), "member add 李娜 --post 科长"
    )
    tr = add.tr
    add.add("name", nargs="?", metavar=tr("NAME"), help=N_("the name"))
    add.add("--name", dest="name_option", metavar=tr("NAME"), help=N_("the name, as an option"))
    add.add("--post", default="", metavar=tr("TEXT"), help=N_("post or rank"))
    add.add("--unit", default="", metavar=tr("TEXT"), help=N_("organisation"))
    add.add("--credential", default="", metavar=tr("TEXT"), help=N_("number of the credential"))
    add.add("--me", action="store_true", help=N_("this member types on this computer"))
    commands.add("list", _list, N_("List the members."), "member list")
    use = commands.add(
        "use", _use, N_("Say who is typing on this computer from now on."), "member use 李娜"
    )
    use.add("person", metavar=tr("PERSON"), help=N_("name or id"))


def _add(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        person = add_person(
            session,
            named(context.tr, args),
            post=args.post,
            unit=args.unit,
            credential=args.credential,
        )
        if args.me:
            use_person(session, person.id)
    return Output(data_of(person), [f"{person.name}  {person.id}"])


def _list(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        found, user = people(session), session.store.user
    members = [
        {
            "id": each.id,
            "name": each.name,
            "post": each.post,
            "unit": each.unit,
            "me": each.id == user,
        }
        for each in found
    ]
    rows = [
        (each.name, each.post, each.unit, tr("typing here") if each.id == user else "", each.id)
        for each in found
    ]
    headers = (tr("name"), tr("post"), tr("unit"), "", tr("id"))
    return Output({"members": members}, table(headers, rows) or [tr("Nobody yet.")])


def _use(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        person = find_person(session, args.person)
        use_person(session, person.id)
    data = {"id": person.id, "name": person.name}
    return Output(data, [context.tr("{name} is typing on this computer.", name=person.name)])
