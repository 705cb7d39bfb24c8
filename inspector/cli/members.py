"""`member`: the people of the office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.context import UsageError, named
from inspector.cli.describe import data_of, withdrawn
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.cli.parsing import add_reason
from inspector.cli.pins import add_pin_file, new_pin_of, pin_of
from inspector.domain.entities import Person
from inspector.operations.people import add_person, find_person, people, use_person
from inspector.operations.pins import has_pin, set_pin
from inspector.operations.recording import get
from inspector.operations.withdrawing import edit_person, withdraw_person

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
    _declare_edit(commands)
    _declare_pin(commands)


def _declare_edit(commands: Commands) -> None:
    edit = commands.add(
        "edit",
        _edit,
        N_("Change fields of a member; former values stay in the record."),
        "member edit 李娜 --post 副主任",
    )
    tr = edit.tr
    edit.add("person", metavar=tr("PERSON"), help=N_("name or id"))
    edit.add("--name", metavar=tr("NAME"), help=N_("the name"))
    edit.add("--post", metavar=tr("TEXT"), help=N_("post or rank"))
    edit.add("--unit", metavar=tr("TEXT"), help=N_("organisation"))
    edit.add("--credential", metavar=tr("TEXT"), help=N_("number of the credential"))
    withdraw = commands.add(
        "void",
        _void,
        N_("Withdraw a member, with the reason. Visits keep the name."),
        "member void 李娜 --reason 已调离",
    )
    withdraw.add("person", metavar=tr("PERSON"), help=N_("name or id"))
    add_reason(withdraw)


def _declare_pin(commands: Commands) -> None:
    pin = commands.add(
        "pin",
        _pin,
        N_(
            "Set the PIN with which a member confirms findings on this computer. It tells who "
            "confirmed; it encrypts nothing, and who forgot it signs on paper."
        ),
        "member pin 王强",
        "member pin 王强 --pin-file pin.txt",
    )
    tr = pin.tr
    pin.add("person", metavar=tr("PERSON"), help=N_("name or id"))
    add_pin_file(pin)
    pin.add(
        "--old-pin-file",
        type=Path,
        metavar=tr("FILE"),
        help=N_("text file whose first line is the PIN until now"),
    )


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


def _edit(context: Context, args: argparse.Namespace) -> Output:
    names = ("name", "post", "unit", "credential")
    fields = {name: value for name in names if (value := getattr(args, name)) is not None}
    if not fields:
        raise UsageError(context.tr("Nothing to change was given."))
    with opened(context) as session:
        person = find_person(session, args.person)
        edit_person(session, person.id, fields)
        person = get(session, Person, person.id)
    return Output(data_of(person), [f"{person.name}  {person.post}  {person.id}"])


def _void(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        person = find_person(session, args.person)
        withdraw_person(session, person.id, args.reason)
        return withdrawn(context, get(session, Person, person.id))


def _use(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        person = find_person(session, args.person)
        use_person(session, person.id)
    data = {"id": person.id, "name": person.name}
    return Output(data, [context.tr("{name} is typing on this computer.", name=person.name)])


def _pin(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        person = find_person(session, args.person)
        old = ""
        if has_pin(session, person.id):
            old = pin_of(tr, args.old_pin_file, tr("PIN of {name} until now:", name=person.name))
        pin = new_pin_of(tr, args.pin_file, person.name)
        set_pin(session, person.id, pin, old=old)
    data = {"id": person.id, "name": person.name}
    return Output(data, [tr("{name} has a PIN on this computer.", name=person.name)])
