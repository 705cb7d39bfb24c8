"""`visit correct|withdraw`: what a supplement says of the entries of a sealed visit."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.cli.context import UsageError
from inspector.cli.describe import Teller, data_of
from inspector.cli.opening import opened
from inspector.cli.output import Output
from inspector.cli.seen import read_day, zone_of
from inspector.cli.visits import add_visit_argument
from inspector.domain.clocktext import iso_day, parse_moment
from inspector.domain.corrections import correctable
from inspector.domain.names import field_name, noun_name
from inspector.domain.schema import KIND_OF, KINDS
from inspector.domain.terms import parse_term
from inspector.operations.correcting import correct, find_fact, withdraw
from inspector.operations.evidence import find_evidence
from inspector.operations.findings import find_finding
from inspector.operations.people import find_person
from inspector.operations.recording import find_visit, find_window

if TYPE_CHECKING:
    import argparse

    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.entities import Fact, Visit
    from inspector.domain.schema import FieldSpec
    from inspector.operations.session import Session

_MOMENTS = frozenset(
    {"observed_from", "observed_to", "joined", "called", "ended", "identity_from", "identity_to"}
)
_TRUE = frozenset({"yes", "true", "1", "是"})
_FALSE = frozenset({"no", "false", "0", "否"})


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    change = commands.add(
        "correct",
        _correct,
        N_("Say in a supplement how an entry of the sealed visit should read; both are kept."),
        "visit correct SUPPLEMENT FACT --set staffed=9 --set observed_from=10:42 --why 笔记核对",
        "visit correct SUPPLEMENT IMG_0042.jpg --set caption=05号窗口 --why 窗口号记错",
    )
    _add_fact(change)
    tr = change.tr
    change.add(
        "--set",
        action="append",
        required=True,
        dest="fields",
        metavar=tr("NAME=VALUE"),
        help=N_("a field as the JSON names it, and its right value; nothing after = empties it"),
    )
    change.add(
        "--day", metavar=tr("DATE"), help=N_("the day of these times (the day of the entry)")
    )
    change.add("--why", required=True, metavar=tr("TEXT"), help=N_("why"))
    gone = commands.add(
        "withdraw",
        _withdraw,
        N_(
            "Say in a supplement that an entry of the sealed visit does not hold. A finding stays "
            "as not established."
        ),
        "visit withdraw SUPPLEMENT FACT --reason 不属于本次走访",
    )
    _add_fact(gone).add("--reason", required=True, metavar=gone.tr("TEXT"), help=N_("why"))


def _add_fact(arguments: Arguments) -> Arguments:
    add_visit_argument(arguments)
    return arguments.add(
        "fact",
        metavar=arguments.tr("FACT"),
        help=N_("id of the entry, number of a finding, or name of a file"),
    )


def _correct(context: Context, args: argparse.Namespace) -> Output:
    day = read_day(context.tr, args.day) if args.day else None
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        fact = find_fact(session, visit.id, args.fact)
        fields = dict(_field(context, session, visit, fact, text, day) for text in args.fields)
        new = correct(session, visit.id, fact.id, fields, args.why)
        return _told(context, session, visit, new)


def _withdraw(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        new = withdraw(session, visit.id, find_fact(session, visit.id, args.fact).id, args.reason)
        return _told(context, session, visit, new)


def _told(context: Context, session: Session, visit: Visit, fact: Fact) -> Output:
    return Output(data_of(fact), [Teller(session, visit, context.tr).line(fact)])


def _field(
    context: Context, session: Session, visit: Visit, fact: Fact, text: str, day: date | None
) -> tuple[str, Any]:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise UsageError(context.tr("“{text}” is not written as NAME=VALUE.", text=text))
    spec = next((each for each in KINDS[KIND_OF[type(fact)]].fields if each.name == name), None)
    if spec is None or name not in correctable(type(fact)):
        noun = noun_name(KIND_OF[type(fact)])
        raise MingchaError("field_not_correctable", field=field_name(name), kind=noun)
    if not value:
        return name, getattr(type(fact)(id=""), name)
    if name in _MOMENTS:
        return name, _moment(session, visit, fact, value, day)
    known = _known(session, visit, name, value)
    return name, known if known is not None else _value(context, spec, value)


def _moment(session: Session, visit: Visit, fact: Fact, text: str, day: date | None) -> int:
    """Return a moment on the day given, or else on that of the entry."""
    zone = zone_of(session, visit)
    entry = fact.observed_from if fact.observed_from is not None else fact.entered.ms
    return parse_moment(text, day or date.fromisoformat(iso_day(entry, zone)), zone)


def _known(session: Session, visit: Visit, name: str, value: str) -> Any:
    """Return the id of what a field names; None for a field that names nothing."""
    original = visit.supplement_of or visit.id
    if name in ("observer", "identity_by"):
        return find_person(session, value).id
    if name == "window":
        return find_window(session, visit.hall, value).id
    if name in ("sheet", "evidence"):
        return find_evidence(session, visit.id, value).id
    if name == "finding":
        return find_finding(session, original, value).id
    if name == "findings":
        return tuple(find_finding(session, original, each).id for each in _parts(value))
    return None


def _value(context: Context, spec: FieldSpec, value: str) -> Any:
    if spec.load is tuple:
        return _parts(value)
    if spec.load is not None and not issubclass(spec.load, tuple):
        return parse_term(spec.load, value)
    if spec.column == "boolean" and value.casefold() in _TRUE | _FALSE:
        return value.casefold() in _TRUE
    if spec.column == "integer" and re.fullmatch(r"-?[0-9]{1,15}", value):
        return int(value)
    if spec.column in ("boolean", "integer"):
        raise UsageError(
            context.tr("“{text}” is no value for {field}.", text=value, field=spec.name)
        )
    return value


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for each in re.split(r"[,，;；、]", text) if (part := each.strip()))
