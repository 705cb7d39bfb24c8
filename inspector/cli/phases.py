"""`visit rules|phase|reveal|arrive|leave|event`: the course of a visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.describe import Teller, data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.seen import add_seen, seen_of, zone_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.covert_rules import RULES
from inspector.domain.covert_rules import VERSION as RULES_VERSION
from inspector.domain.facts import effective
from inspector.domain.vocabulary import EventKind, Phase
from inspector.operations.overview import members_of
from inspector.operations.recording import find_visit
from inspector.operations.visits import (
    accept_rules,
    change_phase,
    events_of,
    note_event,
    reveal,
)

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.domain.entities import Event, Visit
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    rules = commands.add(
        "rules",
        _rules,
        N_("Show the rules of the covert phase; with --accept every member accepts them."),
        "visit rules 1 --accept",
    )
    add_visit_argument(rules)
    rules.add("--accept", action="store_true", help=N_("record that every member accepts them"))
    phase = commands.add(
        "phase",
        _phase,
        N_(
            "Enter the covert, overt or feedback phase with the whole team. Entering the covert "
            "phase shows its rules and records that every member accepts them."
        ),
        "visit phase 1 covert",
        "visit phase 1 overt --at 10:05 --time-source note",
    )
    add_visit_argument(phase)
    phase.word("phase", of=Phase, metavar=phase.tr("PHASE"), help=N_("the phase"))
    add_seen(phase, interval=False)
    show = commands.add(
        "reveal",
        _reveal,
        N_("Record that an inspector showed identity: to whom, with which document."),
        "visit reveal 1 --to-whom 值班主任 --document 督查证 --seen-by 李娜",
    )
    add_visit_argument(show)
    show.add("--to-whom", required=True, metavar=show.tr("TEXT"), help=N_("to whom"))
    show.add("--document", required=True, metavar=show.tr("TEXT"), help=N_("which document"))
    add_seen(show, interval=False)
    _declare_moments(commands)


def _declare_moments(commands: Commands) -> None:
    for name, run, summary in (
        ("arrive", _arrive, N_("Record the arrival.")),
        ("leave", _leave, N_("Record the leaving.")),
    ):
        command = commands.add(name, run, summary, f"visit {name} 1 --at 9:05 --time-source note")
        add_visit_argument(command)
        command.add("--note", default="", metavar=command.tr("TEXT"), help=N_("a remark"))
        add_seen(command, interval=False)
    event = commands.add(
        "event", _event, N_("Put a moment on the timeline."), "visit event 1 系统停机 --at 10:20"
    )
    add_visit_argument(event).add("note", metavar=event.tr("TEXT"), help=N_("what happened"))
    add_seen(event)


def _rules(context: Context, args: argparse.Namespace) -> Output:
    accepted: list[str] = []
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        if args.accept:
            accepted = _accept(session, visit)
    data = {"version": RULES_VERSION, "rules": _rules_data(context), "accepted_by": accepted}
    lines = _rule_lines(context)
    if accepted:
        lines.append(context.tr("Accepted by: {names}", names="、".join(accepted)))
    return Output(data, lines)


def _rules_data(context: Context) -> list[dict[str, str]]:
    lang = context.lang
    return [
        {"code": rule.code, "text": rule.text(lang), "source": rule.source(lang)} for rule in RULES
    ]


def _rule_lines(context: Context) -> list[str]:
    return [
        f"{number}. {rule.text(context.lang)} ({rule.source(context.lang)})"
        for number, rule in enumerate(RULES, start=1)
    ]


def _accept(session: Session, visit: Visit) -> list[str]:
    """Record the acceptance of every member who has not accepted yet; return their names.

    It happens now, whatever time the phase is said to begin: it is now that they agree.
    """
    accepted = {
        event.observer
        for event in effective(events_of(session, visit.id))
        if event.kind is EventKind.RULES_ACCEPTED
    }
    missing = [each for each in members_of(session, visit.id) if each.id not in accepted]
    zone = zone_of(session, visit)
    for member in missing:
        accept_rules(session, visit.id, replace(session.now(member.id), zone=zone))
    return [member.name for member in missing]


def _phase(context: Context, args: argparse.Namespace) -> Output:
    accepted: list[str] = []
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        try:
            change_phase(session, visit.id, args.phase, seen)
        except MingchaError as error:
            if error.code != "rules_not_accepted":
                raise
            for line in _rule_lines(context):
                context.say(line)
            accepted = _accept(session, visit)
            change_phase(session, visit.id, args.phase, seen)
        output = _last_event(context, session, visit)
    more: dict[str, Any] = {"phase": args.phase.value, "accepted_by": accepted}
    lines = list(output.lines)
    if accepted:
        names = "、".join(accepted)
        lines.append(context.tr("The rules above are accepted by: {names}", names=names))
    return Output({**output.data, **more}, lines)


def _reveal(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen = seen_of(context, session, visit, args)
        reveal(session, visit.id, seen, to_whom=args.to_whom, document=args.document)
        return _last_event(context, session, visit)


def _arrive(context: Context, args: argparse.Namespace) -> Output:
    return _note(context, args, EventKind.ARRIVED)


def _leave(context: Context, args: argparse.Namespace) -> Output:
    return _note(context, args, EventKind.LEFT)


def _event(context: Context, args: argparse.Namespace) -> Output:
    return _note(context, args, EventKind.NOTE)


def _note(context: Context, args: argparse.Namespace, kind: EventKind) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        seen: Seen = seen_of(context, session, visit, args)
        note_event(session, visit.id, kind, seen, args.note)
        return _last_event(context, session, visit)


def _last_event(context: Context, session: Session, visit: Visit) -> Output:
    event: Event = events_of(session, visit.id)[-1]
    return Output(data_of(event), [Teller(session, visit, context.tr).line(event)])
