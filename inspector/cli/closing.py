"""`visit sheet|feedback|statement|seal|supplement`: telling the unit, and closing the visit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.describe import Teller, data_of, recorded
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.seen import add_seen, seen_of
from inspector.cli.signing import add_signers, opened_keys, signer_data
from inspector.cli.visits import add_visit_argument, gap_lines, gaps_data, later_lines
from inspector.domain.entities import Feedback, Finding, Statement, Visit
from inspector.domain.facts import effective
from inspector.domain.names import noun_name
from inspector.domain.numbers import visit_label
from inspector.domain.vocabulary import EventKind, Position
from inspector.operations.dossiers import confirmation_sheet
from inspector.operations.evidence import find_evidence
from inspector.operations.feedback import complete_feedback, give_feedback, state
from inspector.operations.findings import find_finding
from inspector.operations.recording import find_visit, get
from inspector.operations.sealing import gaps, seal, start_supplement
from inspector.operations.signing import sign_seal, signers_of
from inspector.operations.signing_text import state_text
from inspector.operations.since_feedback import since_feedback
from inspector.operations.visits import count_photos, events_of

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    sheet = commands.add(
        "sheet",
        _sheet,
        N_("Print the sheet that the unit signs, about chosen findings."),
        "visit sheet 1 sheet.pdf --finding 1 2",
    )
    add_visit_argument(sheet)
    sheet.add("file", type=Path, metavar=sheet.tr("FILE"), help=N_("the PDF to write"))
    _add_findings(sheet)
    _declare_feedback(commands)
    _declare_statement(commands)
    _declare_counted(commands)
    close = commands.add(
        "seal",
        _seal,
        N_("Seal a visit for good. What is missing is said before; notes do not stop it."),
        "visit seal 1",
        "visit seal 1 --sign 李娜 王强",
    )
    add_visit_argument(close)
    add_signers(close)
    more = commands.add(
        "supplement",
        _supplement,
        N_("Open a linked visit that corrects a sealed one; it is sealed as the next edition."),
        "visit supplement 2026-0001 --reason 窗口号记错",
    )
    add_visit_argument(more)
    more.add("--reason", required=True, metavar=more.tr("TEXT"), help=N_("why"))


def _add_findings(arguments: Arguments) -> None:
    arguments.add(
        "--finding",
        action="extend",
        nargs="+",
        default=[],
        metavar=arguments.tr("FINDING"),
        help=N_("numbers or ids of the findings (all that hold)"),
    )


def _declare_feedback(commands: Commands) -> None:
    feedback = commands.add(
        "feedback",
        _feedback,
        N_("Record that findings were told to the unit: the signed sheet, or the refusal."),
        "visit feedback 1 --finding 1 2 --present 王局长 --sheet IMG_0042.jpg",
        "visit feedback 1 --finding 1 --refusal 对第1项有异议 --witness 大厅保安队长",
    )
    add_visit_argument(feedback)
    tr = feedback.tr
    _add_findings(feedback)
    feedback.add(
        "--present", nargs="+", default=[], metavar=tr("NAME"), help=N_("people of the unit")
    )
    feedback.add(
        "--sheet", metavar=tr("PHOTO"), help=N_("photograph of the signed sheet, already added")
    )
    feedback.add("--refusal", default="", metavar=tr("TEXT"), help=N_("why it was not signed"))
    feedback.add("--witness", default="", metavar=tr("NAME"), help=N_("who saw the refusal"))
    add_seen(feedback)
    later = commands.add(
        "feedback-complete",
        _complete,
        N_("Add to a feedback what came later: the signed sheet, or the refusal and its witness."),
        "visit feedback-complete 1 --sheet IMG_0042.jpg",
    )
    add_visit_argument(later)
    later.add(
        "--feedback",
        metavar=tr("ID"),
        help=N_("which feedback (the only one that is not complete)"),
    )
    later.add(
        "--sheet", metavar=tr("PHOTO"), help=N_("photograph of the signed sheet, already added")
    )
    later.add("--refusal", default="", metavar=tr("TEXT"), help=N_("why it was not signed"))
    later.add("--witness", default="", metavar=tr("NAME"), help=N_("who saw the refusal"))


def _declare_counted(commands: Commands) -> None:
    counted = commands.add(
        "photos-counted",
        _counted,
        N_("Record that a member has no photograph left on telephone or camera, or which are."),
        "visit photos-counted 1 --seen-by 李娜",
        "visit photos-counted 1 --seen-by 王强 --left 3张私人照片",
    )
    add_visit_argument(counted)
    counted.add(
        "--left", default="", metavar=counted.tr("TEXT"), help=N_("what is left there, and why")
    )
    add_seen(counted)


def _declare_statement(commands: Commands) -> None:
    said = commands.add(
        "statement",
        _statement,
        N_("Record what the unit says to a finding."),
        "visit statement 1 2 explain --speaker 王局长 --text 当时系统升级",
    )
    add_visit_argument(said)
    tr = said.tr
    said.add("finding", metavar=tr("FINDING"), help=N_("number or id of the finding"))
    said.word("position", of=Position, metavar=tr("POSITION"), help=N_("what it says"))
    said.add("--speaker", default="", metavar=tr("NAME"), help=N_("who says it"))
    said.add("--text", default="", metavar=tr("TEXT"), help=N_("in its own words"))
    add_seen(said)


def _chosen(session: Session, visit: Visit, names: list[str]) -> tuple[str, ...]:
    """Return the ids of the findings named, or of all that hold."""
    if names:
        return tuple(find_finding(session, visit.id, name).id for name in dict.fromkeys(names))
    found = session.store.select(Finding, "visit = ?", visit.id)
    return tuple(finding.id for finding in effective(found))


def _sheet(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        findings = _chosen(session, visit, args.finding)
        sheet = confirmation_sheet(session, visit.id, findings, args.file, context.lang)
    paper = sheet.paper
    file = {
        "path": str(args.file),
        "pages": paper.pages,
        "bytes": paper.bytes,
        "sha256": paper.sha256,
    }
    data = {"files": [file], "code": sheet.code, "missing_glyphs": list(paper.missing_glyphs)}
    return Output(data, [str(args.file), context.tr("Record code: {code}", code=sheet.code)])


def _feedback(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        feedback = Feedback(
            id="",
            visit=visit.id,
            findings=_chosen(session, visit, args.finding),
            people_present=tuple(args.present),
            sheet=find_evidence(session, visit.id, args.sheet).id if args.sheet else None,
            refusal=args.refusal,
            witness=args.witness,
        )
        feedback = give_feedback(session, feedback, seen_of(context, session, visit, args))
    tr = context.tr
    line = tr("{count} findings were told to the unit.", count=len(feedback.findings))
    return Output(data_of(feedback), [line])


def _complete(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        feedback = complete_feedback(
            session,
            _incomplete(context, session, visit, args.feedback).id,
            sheet=find_evidence(session, visit.id, args.sheet).id if args.sheet else None,
            refusal=args.refusal,
            witness=args.witness,
        )
    return Output(data_of(feedback), [context.tr("The feedback was completed.")])


def _incomplete(context: Context, session: Session, visit: Visit, chosen: str | None) -> Feedback:
    """Return the feedback of the visit that is meant."""
    found = effective(session.store.select(Feedback, "visit = ?", visit.id))
    if chosen:
        found = tuple(each for each in found if each.id == chosen)
        if not found:
            raise MingchaError("not_found", kind=noun_name("feedback"), name=chosen)
    elif len(found) > 1:
        found = tuple(each for each in found if not each.sheet and not each.refusal)
    if len(found) != 1:
        raise UsageError(context.tr("Say which feedback is meant. Add --feedback ID."))
    return found[0]


def _statement(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        statement = Statement(
            id="",
            visit=visit.id,
            finding=find_finding(session, visit.id, args.finding).id,
            speaker=args.speaker,
            position=args.position,
            text=args.text,
        )
        done = state(session, statement, seen_of(context, session, visit, args))
        data, line = recorded(session, visit, Statement, done.id, context.tr)
    return Output(data, [line])


def _counted(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        count_photos(session, visit.id, seen, args.left)
        found = effective(events_of(session, visit.id))
        event = next(
            each
            for each in found
            if each.kind is EventKind.PHOTOS_COUNTED and each.observer == seen.observer
        )
        return Output(data_of(event), [Teller(session, visit, context.tr).line(event)])


def _seal(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        for line in later_lines(since_feedback(session, visit.id, context.lang), tr):
            context.say(line)
        blockers, warnings = gaps(session, visit.id)
        if blockers:
            for line in gap_lines(blockers, (), tr):
                context.say(line)
        keys = [] if blockers else [*opened_keys(context, session, args.sign, args.passphrase_file)]
        seal_ = seal(session, visit.id, context.progress)
        for key in keys:
            sign_seal(session, visit.id, key)
        signers = signers_of(session, visit.id)
        visit = get(session, Visit, visit.id)
        typist = session.store.user
    data = {
        "visit": visit.id,
        "number": visit.official_number,
        "edition": seal_.edition,
        "manifest": seal_.manifest,
        "sealed_by": typist or None,
        "signatures": [signer_data(each) for each in signers],
        "warnings": gaps_data(warnings, tr),
    }
    lines = [
        tr(
            "{visit} is sealed, edition {edition}.",
            visit=visit_label(visit, tr.lang),
            edition=seal_.edition,
        ),
        tr("Seal: {hash}", hash=seal_.manifest),
        *(f"{each.name}: {state_text(each, tr)}" for each in signers),
        *(() if typist else (tr("It is not recorded who was typing when it was sealed."),)),
        *(gap_lines((), warnings, tr) if warnings else ()),
    ]
    return Output(data, lines)


def _supplement(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        original = find_visit(session, args.visit)
        visit = start_supplement(session, original.id, args.reason)
    data = {
        "id": visit.id,
        "number": visit.number,
        "edition": visit.edition,
        "supplement_of": visit.supplement_of,
    }
    line = context.tr(
        "Supplement opened for edition {edition}: {id}", edition=visit.edition, id=visit.id
    )
    return Output(data, [line])
