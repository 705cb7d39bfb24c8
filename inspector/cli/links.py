"""`hall link|unlink` and `visit link|unlink`: two that were entered apart and are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.domain.entities import Hall, Visit
from inspector.domain.numbers import visit_label
from inspector.operations.links import link, linked, unlink
from inspector.operations.places import find_hall
from inspector.operations.recording import find_visit

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Lang, Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.operations.session import Session


def add_hall_links(commands: Commands) -> None:
    """Declare the commands of `hall`."""
    _declare(
        commands,
        Hall,
        N_("Say that two places are the same; neither is rewritten."),
        N_("Say that two places are not the same after all."),
        "hall link H001 H017 --reason 同一大厅登记两次",
        "hall unlink H001 H017 --reason 核实为两处",
    )


def add_visit_links(commands: Commands) -> None:
    """Declare the commands of `visit`."""
    _declare(
        commands,
        Visit,
        N_("Say that two visits are the same; neither is rewritten."),
        N_("Say that two visits are not the same after all."),
        "visit link K7-1 M3-1 --reason 两台电脑各建了一次",
        "visit unlink K7-1 M3-1 --reason 核实为两次",
    )


def _declare(
    commands: Commands, cls: type[Hall | Visit], said: str, unsaid: str, *examples: str
) -> None:
    def join(context: Context, args: argparse.Namespace) -> Output:
        with opened(context) as session:
            one, other = (_find(session, cls, name) for name in (args.one, args.other))
            link(session, cls, one, other, args.reason)
            return _told(session, cls, one, context.lang)

    def part(context: Context, args: argparse.Namespace) -> Output:
        with opened(context) as session:
            one, other = (_find(session, cls, name) for name in (args.one, args.other))
            unlink(session, cls, one, other, args.reason)
            return _told(session, cls, one, context.lang)

    for word, run, summary, example in (
        ("link", join, said, examples[0]),
        ("unlink", part, unsaid, examples[1]),
    ):
        command = commands.add(word, run, summary, example)
        tr = command.tr
        command.add("one", metavar=tr("ONE"), help=N_("id, number, code or name"))
        command.add("other", metavar=tr("OTHER"), help=N_("id, number, code or name"))
        needed = word == "unlink"
        command.add("--reason", required=needed, default="", metavar=tr("TEXT"), help=N_("why"))


def _find(session: Session, cls: type[Hall | Visit], name: str) -> str:
    return find_visit(session, name).id if cls is Visit else find_hall(session, name).id


def _told(session: Session, cls: type[Hall | Visit], one: str, lang: Lang) -> Output:
    found = linked(session, cls, one)
    data = {"id": one, "linked": [each.id for each in found]}
    return Output(data, [named(each, lang) for each in found])


def named(thing: Hall | Visit, lang: Lang) -> str:
    """Return what a linked visit or place is called."""
    if isinstance(thing, Visit):
        return f"{visit_label(thing, lang)}  {thing.id}"
    return f"{thing.name}  {thing.code}  {thing.id}"


def linked_data(found: tuple[Hall, ...] | tuple[Visit, ...]) -> list[str]:
    """Return linked things as JSON."""
    return [each.id for each in found]


def linked_lines(found: tuple[Hall, ...] | tuple[Visit, ...], tr: Translator) -> list[str]:
    """Return linked things as lines."""
    return [tr("The same as: {name}", name=named(each, tr.lang)) for each in found]
