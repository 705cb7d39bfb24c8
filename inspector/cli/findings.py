"""`finding`: problems found on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.describe import Teller, data_of
from inspector.cli.finding_view import add_finding_argument, told
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.pins import add_pin_file, pin_of
from inspector.cli.seen import add_seen, seen_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.entities import Finding, Person, Visit
from inspector.domain.numbers import finding_label
from inspector.domain.vocabulary import ConfirmationMethod, FindingOutcome
from inspector.operations.evidence import find_evidence
from inspector.operations.findings import (
    add_finding,
    amend_finding,
    confirm,
    find_finding,
    set_outcome,
)
from inspector.operations.overview import corrected_facts
from inspector.operations.pins import has_pin
from inspector.operations.recording import find_visit, find_window, get, void

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `finding`."""
    add = commands.add(
        "add",
        _add,
        N_("Record a finding, alleged so far."),
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
    add_finding_argument(show)
    amended = commands.add(
        "amend",
        _amend,
        N_("Change fields of a finding of an open visit; former values stay in the record."),
        "finding amend 1 2 --severity 3 --window 06",
    )
    add_finding_argument(amended)
    _add_fields(amended, new=False)
    amended.add("--why", default="", metavar=amended.tr("TEXT"), help=N_("why it is changed"))
    _declare_confirm(commands)
    _declare_outcome(commands)


def _declare_outcome(commands: Commands) -> None:
    outcome = commands.add(
        "outcome",
        _outcome,
        N_(
            "Say what became of a finding; only established ones count. It is a decision, not "
            "something seen: who typed it and when stands in the record by itself."
        ),
        "finding outcome 1 2 not_established --reason 窗口有告知牌",
    )
    add_finding_argument(outcome)
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
    add_finding_argument(withdraw)
    withdraw.add("--reason", required=True, metavar=withdraw.tr("TEXT"), help=N_("why"))


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
    add_finding_argument(second)
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
        return told(context, session, visit, add_finding(session, finding, seen).id)


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
        return told(context, session, visit, find_finding(session, visit.id, args.finding).id)


def _amend(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        fields = _fields(session, visit, args)
        if not fields:
            raise UsageError(context.tr("Nothing to change was given."))
        amend_finding(session, finding.id, fields, args.why)
        return told(context, session, visit, finding.id)


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
        return told(context, session, visit, finding.id)


def _method(session: Session, args: argparse.Namespace, second: str) -> ConfirmationMethod:
    """Return how the confirmation is given: as said, or as what else was given implies."""
    method: ConfirmationMethod | None = args.method
    if method is not None:
        return method
    if not args.evidence and (args.pin_file or has_pin(session, second)):
        return ConfirmationMethod.PIN
    return ConfirmationMethod.SIGNED_PAPER


def _outcome(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        set_outcome(session, finding.id, args.outcome, args.reason)
        return told(context, session, visit, finding.id)


def _void(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        finding = find_finding(session, visit.id, args.finding)
        void(session, Finding, finding.id, args.reason)
        return told(context, session, visit, finding.id)
