"""`finding person`: a person as seen, and apart from that who it was confirmed to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.finding_view import add_finding_argument, told
from inspector.cli.opening import opened
from inspector.cli.seen import add_seen, seen_of
from inspector.domain.entities import FindingPerson
from inspector.domain.names import noun_name
from inspector.domain.vocabulary import IdentitySource
from inspector.operations.findings import (
    describe_person,
    find_finding,
    identify_person,
    persons_of,
)
from inspector.operations.people import find_person
from inspector.operations.recording import find_visit

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.output import Output
    from inspector.cli.parsing import Commands
    from inspector.domain.entities import Visit
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the command."""
    person = commands.add(
        "person",
        _person,
        N_(
            "Describe a person in a finding as seen, and apart from that who it was confirmed to "
            "be. A posted name is no confirmation. The time is that of what is said: where it is "
            "not the same for both, say one after the other."
        ),
        "finding person 1 2 --description 女，约30岁，短发 --seen-by 李娜 --at 10:40 "
        "--time-source note",
        "finding person 1 2 --identity 张三 --identity-source duty_manager --seen-by 王芳 "
        "--at 11:10 --time-source note",
    )
    add_finding_argument(person)
    tr = person.tr
    person.add(
        "--person",
        metavar=tr("ID"),
        help=N_("whose identity it is (the only person described who has none yet)"),
    )
    person.add("--description", default="", metavar=tr("TEXT"), help=N_("as seen"))
    person.add(
        "--described-by", metavar=tr("PERSON"), help=N_("who saw this person (as --seen-by)")
    )
    person.add("--identity", default="", metavar=tr("NAME"), help=N_("confirmed name"))
    person.add("--identity-post", default="", metavar=tr("TEXT"), help=N_("confirmed post"))
    person.add(
        "--identity-by",
        metavar=tr("PERSON"),
        help=N_("inspector who confirmed it (as --seen-by)"),
    )
    person.word("--identity-source", of=IdentitySource, help=N_("from what"))
    add_seen(person)


def _person(context: Context, args: argparse.Namespace) -> Output:
    named = bool(args.identity or args.identity_post)
    if not named and not args.description:
        raise UsageError(context.tr("Give --description, or --identity, or both."))
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        person = FindingPerson(
            id="",
            visit=visit.id,
            finding=finding.id,
            description=args.description,
            identity=args.identity,
            identity_post=args.identity_post,
            identity_source=args.identity_source,
        )
        seen, identified = _seen_person(context, session, visit, args)
        known = "" if args.description else _described(context, session, finding.id, args.person)
        if known:
            _identify(session, known, person, identified)
        elif args.person:
            raise UsageError(
                context.tr("--person is for the identity of a person described before.")
            )
        else:
            describe_person(
                session,
                person,
                seen if args.description else None,
                identified if named else None,
            )
        return told(context, session, visit, finding.id)


def _seen_person(
    context: Context, session: Session, visit: Visit, args: argparse.Namespace
) -> tuple[Seen, Seen]:
    """Return who saw a person and who confirmed the identity, each with the time given."""
    seen = seen_of(context, session, visit, args)
    described, identified = (
        replace(seen, observer=find_person(session, name).id) if name else seen
        for name in (args.described_by, args.identity_by)
    )
    return described, identified


def _described(context: Context, session: Session, finding: str, chosen: str | None) -> str:
    """Return the id of the person described before whose identity is meant, "" if there is none."""
    persons = persons_of(session, finding)
    if chosen:
        if chosen not in [each.id for each in persons]:
            raise MingchaError("not_found", kind=noun_name("finding_person"), name=chosen)
        return chosen
    nameless = [each.id for each in persons if not (each.identity or each.identity_post)]
    if len(nameless) > 1:
        raise UsageError(
            context.tr("Several persons of this finding have no identity yet. Add --person ID.")
        )
    return nameless[0] if nameless else ""


def _identify(session: Session, known: str, person: FindingPerson, seen: Seen) -> None:
    identify_person(
        session,
        known,
        identity=person.identity,
        post=person.identity_post,
        source=person.identity_source,
        seen=seen,
    )
