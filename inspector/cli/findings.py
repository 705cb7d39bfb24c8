"""`finding`: problems found on a visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.describe import Teller, data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.pins import add_pin_file, pin_of
from inspector.cli.seen import add_seen, seen_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.entities import Confirmation, Finding, FindingPerson, Person, Statement, Visit
from inspector.domain.findings import allegation_hash
from inspector.domain.numbers import finding_label
from inspector.domain.terms import term
from inspector.domain.vocabulary import ConfirmationMethod, FindingOutcome, IdentitySource
from inspector.operations.evidence import find_evidence
from inspector.operations.findings import (
    add_finding,
    amend_finding,
    confirm,
    describe_person,
    find_finding,
    identify_person,
    persons_of,
    set_outcome,
)
from inspector.operations.overview import corrected_facts
from inspector.operations.people import find_person
from inspector.operations.pins import has_pin
from inspector.operations.recording import find_visit, find_window, get, void

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `finding`."""
    add = commands.add(
        "add",
        _add,
        N_("Record an alleged problem."),
        "finding add 1 --situation CZ-2 --text 05号窗口空岗14分钟 --window 05 --severity 2 "
        "--from 10:38 --to 10:52 --time-source stopwatch",
    )
    add_visit_argument(add)
    _add_fields(add, new=True)
    add.add("--replaces", metavar=add.tr("ID"), help=N_("in a supplement: the finding it corrects"))
    add_seen(add)
    rows = commands.add("list", _list, N_("List the findings of a visit."), "finding list 1")
    add_visit_argument(rows)
    show = commands.add(
        "show", _show, N_("Show a finding with all that belongs to it."), "finding show 1 2"
    )
    _add_finding_argument(show)
    amended = commands.add(
        "amend",
        _amend,
        N_("Change fields of a finding of an open visit; former values stay in the record."),
        "finding amend 1 2 --severity 3 --window 06",
    )
    _add_finding_argument(amended)
    _add_fields(amended, new=False)
    amended.add("--why", default="", metavar=amended.tr("TEXT"), help=N_("why it is changed"))
    _declare_confirm(commands)
    _declare_person(commands)
    _declare_outcome(commands)


def _declare_outcome(commands: Commands) -> None:
    outcome = commands.add(
        "outcome",
        _outcome,
        N_("Say what became of a finding; only established ones count."),
        "finding outcome 1 2 not_established --reason 窗口有告知牌",
    )
    _add_finding_argument(outcome)
    outcome.word(
        "outcome", of=FindingOutcome, metavar=outcome.tr("OUTCOME"), help=N_("what became of it")
    )
    outcome.add("--reason", default="", metavar=outcome.tr("TEXT"), help=N_("why"))
    withdraw = commands.add(
        "void",
        _void,
        N_("Withdraw a finding, with the reason. Nothing is deleted."),
        "finding void 1 2 --reason 重复录入",
    )
    _add_finding_argument(withdraw)
    withdraw.add("--reason", required=True, metavar=withdraw.tr("TEXT"), help=N_("why"))


def _add_finding_argument(arguments: Arguments) -> None:
    add_visit_argument(arguments)
    arguments.add(
        "finding", metavar=arguments.tr("FINDING"), help=N_("number or id of the finding")
    )


def _add_fields(arguments: Arguments, *, new: bool) -> None:
    tr = arguments.tr
    arguments.add(
        "--situation",
        action="extend",
        nargs="+",
        dest="situations",
        metavar=tr("CODE"),
        help=N_("codes of situations, see “catalogue show situations”"),
    )
    arguments.add("--text", required=new, metavar=tr("TEXT"), help=N_("what is alleged"))
    arguments.add(
        "--severity",
        type=int,
        metavar=tr("NUMBER"),
        help=N_("1 slight, 2 moderate, 3 serious, 4 grave (1)"),
    )
    arguments.add("--window", metavar=tr("WINDOW"), help=N_("the window it is about"))
    arguments.add(
        "--people", type=int, dest="people_waiting", metavar=tr("COUNT"), help=N_("people waiting")
    )
    arguments.add("--basis", metavar=tr("TEXT"), help=N_("what the allegation rests on"))
    arguments.add("--rule", metavar=tr("TEXT"), help=N_("the rule that is broken"))


def _declare_confirm(commands: Commands) -> None:
    second = commands.add(
        "confirm",
        _confirm,
        N_("Record that a second inspector stands by a finding, and how that was given."),
        "finding confirm 1 2 --by 王芳 --method signed_paper --evidence IMG_0043.jpg",
        "finding confirm 1 2 --by 王芳 --method pin",
    )
    _add_finding_argument(second)
    tr = second.tr
    second.add("--by", metavar=tr("PERSON"), help=N_("the second inspector (as --seen-by)"))
    second.word(
        "--method",
        of=ConfirmationMethod,
        help=N_("how it was given (signed paper with --evidence, else the PIN if there is one)"),
    )
    second.add("--evidence", metavar=tr("PHOTO"), help=N_("photograph of the signature"))
    add_pin_file(second)
    add_seen(second)


def _declare_person(commands: Commands) -> None:
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
    _add_finding_argument(person)
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


def _fields(session: Session, visit: Visit, args: argparse.Namespace) -> dict[str, Any]:
    """Return the fields that were given."""
    names = ("text", "severity", "people_waiting", "basis", "rule")
    fields = {name: value for name in names if (value := getattr(args, name)) is not None}
    if args.situations is not None:
        fields["situations"] = tuple(dict.fromkeys(args.situations))
    if args.window is not None:
        fields["window"] = find_window(session, visit.hall, args.window).id
    return fields


def _add(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        fields = _fields(session, visit, args)
        finding = Finding(id="", visit=visit.id, replaces=args.replaces, **fields)
        return _told(context, session, visit, add_finding(session, finding, seen).id)


def _list(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        found = session.store.select(Finding, "visit = ?", visit.id)
        corrected = corrected_facts(session)
        teller = Teller(session, visit, context.tr, corrected=corrected)
        lines = [teller.line(finding) for finding in found]
    data = {
        "findings": [
            data_of(each)
            | {
                "label": finding_label(each, context.lang),
                "corrected_in_edition": corrected.get(each.id),
            }
            for each in found
        ]
    }
    return Output(data, lines or [context.tr("No findings yet.")])


def _show(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        return _told(context, session, visit, find_finding(session, visit.id, args.finding).id)


def _amend(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        fields = _fields(session, visit, args)
        if not fields:
            raise UsageError(context.tr("Nothing to change was given."))
        amend_finding(session, finding.id, fields, args.why)
        return _told(context, session, visit, finding.id)


def _confirm(context: Context, args: argparse.Namespace) -> Output:
    args.seen_by = args.by or args.seen_by
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        seen = seen_of(context, session, visit, args)
        evidence = find_evidence(session, visit.id, args.evidence).id if args.evidence else None
        method = _method(session, args, seen.observer)
        pin = ""
        if method is ConfirmationMethod.PIN and has_pin(session, seen.observer):
            name = get(session, Person, seen.observer).name
            pin = pin_of(context.tr, args.pin_file, context.tr("PIN of {name}:", name=name))
        confirm(session, finding.id, method, seen, evidence=evidence, pin=pin)
        return _told(context, session, visit, finding.id)


def _method(session: Session, args: argparse.Namespace, second: str) -> ConfirmationMethod:
    """Return how the confirmation is given: as said, or as what else was given implies."""
    method: ConfirmationMethod | None = args.method
    if method is not None:
        return method
    if not args.evidence and (args.pin_file or has_pin(session, second)):
        return ConfirmationMethod.PIN
    return ConfirmationMethod.SIGNED_PAPER


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
        return _told(context, session, visit, finding.id)


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
            raise MingchaError("not_found", kind="finding_person", name=chosen)
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


def _outcome(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        set_outcome(session, finding.id, args.outcome, args.reason)
        return _told(context, session, visit, finding.id)


def _void(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        void(session, Finding, finding.id, args.reason)
        return _told(context, session, visit, finding.id)


def _told(context: Context, session: Session, visit: Visit, finding: str) -> Output:
    """Return a finding with its persons, confirmations and statements."""
    tr = context.tr
    found = get(session, Finding, finding)
    store = session.store
    persons = store.select(FindingPerson, "finding = ?", finding)
    confirmations = store.select(Confirmation, "finding = ?", finding)
    statements = store.select(Statement, "finding = ?", finding)
    data = data_of(found) | {
        "label": finding_label(found, context.lang),
        "persons": [data_of(each) for each in persons],
        "confirmations": [data_of(each) for each in confirmations],
        "statements": [data_of(each) for each in statements],
    }
    teller = Teller(session, visit, tr)
    lines = [teller.line(found)]
    lines += [
        "  " + teller.joined(each.description, each.identity, each.identity_post, each.id)
        for each in persons
    ]
    for each in confirmations:
        name, method = teller.person(each.observer), term(each.method, tr.lang)
        line = tr("confirmed by {person} ({method})", person=name, method=method)
        if each.confirmed != allegation_hash(found):
            line = tr("{text} – the finding was changed since, confirm it again", text=line)
        lines.append("  " + line)
    lines += ["  " + teller.what(each) for each in statements]
    return Output(data, lines)
