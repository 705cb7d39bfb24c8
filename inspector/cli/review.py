"""`review list|show|approve|return|reassign|rule`: what becomes of sealed visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.describe import iso
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.cli.visits import add_visit_argument
from inspector.domain.clocktext import iso_day
from inspector.domain.numbers import visit_label
from inspector.domain.terms import term
from inspector.domain.vocabulary import ReviewState
from inspector.operations.findings import find_finding
from inspector.operations.office_settings import TWO_REVIEWERS, state_setting, two_reviewers
from inspector.operations.people import find_person
from inspector.operations.recording import find_visit
from inspector.operations.review_detail import ReviewDetail, review_detail
from inspector.operations.reviews import (
    approve,
    reassign,
    return_visit,
    review_item,
    review_queue,
)

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Lang, Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.entities import Review
    from inspector.operations.reviews import ReviewItem
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `review`."""
    listed = commands.add(
        "list",
        _list,
        N_("Show the sealed visits and where their review stands, oldest first."),
        "review list",
        "review list --state returned",
    )
    listed.word("--state", of=ReviewState, help=N_("only those that stand there"))
    show = commands.add(
        "show", _show, N_("Show what a reviewer needs of a sealed visit."), "review show 2026-0001"
    )
    add_visit_argument(show)
    yes = commands.add(
        "approve",
        _approve,
        N_(
            "Approve a sealed visit; serious and grave findings must be approved one by one before."
        ),
        "review approve 2026-0001 --finding 2",
        "review approve 2026-0001",
    )
    _add_finding(add_visit_argument(yes))
    yes.add("--reason", default="", metavar=yes.tr("TEXT"), help=N_("what you want to note"))
    back = commands.add(
        "return",
        _return,
        N_("Return a sealed visit to its team, which answers by a supplement."),
        "review return 2026-0001 --reason 05号窗口时间与照片不符",
    )
    _add_finding(add_visit_argument(back))
    back.add("--reason", required=True, metavar=back.tr("TEXT"), help=N_("why"))
    _declare_reassign(commands)


def _declare_reassign(commands: Commands) -> None:
    on = commands.add(
        "reassign",
        _reassign,
        N_("Pass a sealed visit on to another reviewer."),
        "review reassign 2026-0001 --to 赵敏",
    )
    add_visit_argument(on)
    tr = on.tr
    on.add("--to", required=True, metavar=tr("PERSON"), help=N_("name or id"))
    on.add("--reason", default="", metavar=tr("TEXT"), help=N_("why"))
    rule = commands.add(
        "rule",
        _rule,
        N_("Show how many persons must approve, or state it for the whole office."),
        "review rule",
        "review rule 2",
    )
    rule.add("count", nargs="?", type=int, choices=(1, 2), help=N_("1 or 2 persons"))


def _add_finding(arguments: Arguments) -> Arguments:
    return arguments.add(
        "--finding", metavar=arguments.tr("FINDING"), help=N_("this finding only, by its number")
    )


def _list(context: Context, args: argparse.Namespace) -> Output:
    tr, lang = context.tr, context.lang
    with opened(context) as session:
        found = [each for each in review_queue(session) if args.state in (None, each.state)]
    headers = (
        *(tr("visit"), tr("place"), tr("team"), tr("sealed on"), tr("findings")),
        *(tr("one by one"), tr("review"), tr("passed on to")),
    )
    rows = [
        (
            visit_label(each.visit, lang),
            each.place,
            tr(", ").join(each.team),
            iso_day(each.seal.entered.ms, each.seal.entered.zone),
            each.findings,
            len(each.standing.open),
            term(each.state, lang),
            each.assignee,
        )
        for each in found
    ]
    data = {"count": len(found), "visits": [_data(each) for each in found]}
    return Output(data, table(headers, rows) or [tr("All reviewed")])


def _data(item: ReviewItem) -> dict[str, Any]:
    sealed = item.seal.entered
    return {
        "id": item.visit.id,
        "number": item.visit.official_number,
        "edition": item.visit.edition,
        "seal": item.seal.id,
        "hall": item.hall.id,
        "place": item.place,
        "county": item.county,
        "team": list(item.team),
        "sealed_at": iso(sealed.ms, sealed.zone),
        "findings": item.findings,
        "exceptions": list(item.exceptions),
        "open": list(item.standing.open),
        "state": item.state.value,
        "approvals": list(item.standing.approvals),
        "reasons": [each.reason for each in item.standing.returned],
        "assignee": item.standing.assignee or None,
        "own": item.own,
        "supplement": item.supplement or None,
    }


def _show(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        found = review_detail(session, find_visit(session, args.visit).id, context.lang)
    data = _data(found.item) | {
        "facts": [
            {
                "id": each.id,
                "label": each.label,
                "severity": each.severity,
                "text": each.text,
                "when": each.when,
                "spot": each.spot,
                "files": [file.sha256 for file in each.pictures],
                "decision": each.decision.value if each.decision else None,
            }
            for each in found.findings
        ],
        "checks": [{"ok": each.ok, "text": each.text} for each in found.checks],
        "decisions": [
            {
                "by": each.by,
                "decision": each.decision.value,
                "finding": each.finding,
                "reason": each.reason,
            }
            for each in found.decisions
        ],
    }
    return Output(data, list(_lines(found, context.tr)))


def _lines(found: ReviewDetail, tr: Translator) -> list[str]:
    item = found.item
    lines = [
        f"{visit_label(item.visit, tr.lang)}  {item.place}  {term(item.state, tr.lang)}",
        tr("Team: {names}", names=tr(", ").join(item.team)),
    ]
    for each in found.findings:
        decided = f"  [{term(each.decision, tr.lang)}]" if each.decision else ""
        about = " · ".join(filter(None, (each.grade, each.when, each.spot)))
        lines += [f"{each.label} · {about}{decided}", f"  {each.text}"]
    lines += [f"{'+' if each.ok else '!'} {each.text}" for each in found.checks]
    for said in found.decisions:
        line = f"{said.by}: {term(said.decision, tr.lang)} {said.about}".rstrip()
        lines.append(f"{line} ({said.reason})" if said.reason else line)
    return lines


def _finding(session: Session, visit: str, name: str | None) -> str:
    return find_finding(session, visit, name).id if name else ""


def _approve(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit).id
        finding = _finding(session, visit, args.finding)
        made = approve(session, visit, finding=finding, reason=args.reason)
        return _decided(session, made, context.lang)


def _return(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit).id
        finding = _finding(session, visit, args.finding)
        made = return_visit(session, visit, args.reason, finding=finding)
        return _decided(session, made, context.lang)


def _reassign(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit).id
        made = reassign(session, visit, find_person(session, args.to).id, reason=args.reason)
        return _decided(session, made, context.lang)


def _decided(session: Session, made: Review, lang: Lang) -> Output:
    item = review_item(session, made.visit)
    data = {"id": made.id, "decision": made.decision.value} | {"visit": _data(item)}
    return Output(data, [f"{visit_label(item.visit, lang)}  {term(item.state, lang)}"])


def _rule(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        if args.count is not None:
            state_setting(session, TWO_REVIEWERS, "yes" if args.count == 2 else "no")
        count = 2 if two_reviewers(session) else 1
    return Output({"persons": count}, [context.tr("{count} persons must approve.", count=count)])
