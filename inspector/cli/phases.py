"""`visit rules|phase|reveal|arrive|leave|event`: the course of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.describe import Teller, data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.seen import add_seen, seen_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.covert_rules import RULES
from inspector.domain.covert_rules import VERSION as RULES_VERSION
from inspector.domain.entities import Person
from inspector.domain.phases import ENTERED
from inspector.domain.vocabulary import EventKind, Phase
from inspector.operations.recording import find_visit, get, require_observer
from inspector.operations.visits import (
    accept_rules_for,
    change_phase,
    events_of,
    not_accepted,
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
    _declare_rules(commands)
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
    phase.word("phase", of=Phase, among=ENTERED, metavar=phase.tr("PHASE"), help=N_("the phase"))
    add_seen(phase)
    show = commands.add(
        "reveal",
        _reveal,
        N_("Record that an inspector showed identity: to whom, with which document."),
        "visit reveal 1 --to-whom 值班主任 --document 督查证 --seen-by 李娜",
    )
    add_visit_argument(show)
    show.add("--to-whom", required=True, metavar=show.tr("TEXT"), help=N_("to whom"))
    show.add("--document", required=True, metavar=show.tr("TEXT"), help=N_("which document"))
    add_seen(show)
    _declare_moments(commands)


def _declare_rules(commands: Commands) -> None:
    rules = commands.add(
        "rules",
        _rules,
        N_("Show the rules of the covert phase, and with --accept record who accepts them."),
        "visit rules 1 --accept --seen-by 李娜",
    )
    add_visit_argument(rules)
    rules.add(
        "--accept",
        action="store_true",
        help=N_(
            "record that they are accepted: by the person of --seen-by, or else by every member"
        ),
    )
    add_seen(rules)


def _declare_moments(commands: Commands) -> None:
    for name, run, summary in (
        ("arrive", _arrive, N_("Record the arrival.")),
        ("leave", _leave, N_("Record the leaving.")),
    ):
        command = commands.add(name, run, summary, f"visit {name} 1 --at 9:05 --time-source note")
        add_visit_argument(command)
        command.add("--note", default="", metavar=command.tr("TEXT"), help=N_("a remark"))
        add_seen(command)
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
            accepted = _accept(context, session, visit, args)
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
    lang = context.lang
    return [
        context.tr(
            "{number}. {rule} ({source})",
            number=number,
            rule=rule.text(lang),
            source=rule.source(lang),
        )
        for number, rule in enumerate(RULES, start=1)
    ]


def _accept(
    context: Context, session: Session, visit: Visit, args: argparse.Namespace
) -> list[str]:
    """Record who accepts the rules: the person named, or every member who has not yet."""
    seen = seen_of(context, session, visit, args)
    persons = not_accepted(session, visit.id)
    if args.seen_by:
        require_observer(session, visit.id, seen)
        persons = [each for each in persons if each == seen.observer]
    accept_rules_for(session, visit.id, persons, seen, _entered_by(context, session))
    return [get(session, Person, person).name for person in persons]


def _entered_by(context: Context, session: Session) -> str:
    """Return the note of what one person types for another, \"\" if nobody said who is typing."""
    typist = session.store.user
    if not typist:
        return ""
    return context.tr("entered by {name}", name=get(session, Person, typist).name)


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
            persons = not_accepted(session, visit.id)
            note = _entered_by(context, session)
            change_phase(session, visit.id, args.phase, seen, accepted_by=persons, note=note)
            accepted = [get(session, Person, person).name for person in persons]
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
