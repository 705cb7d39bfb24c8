"""`trip`: authorised journeys with one or several visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.cli.authority import add_authority, authority_of
from inspector.cli.context import UsageError, named
from inspector.cli.describe import data_of, withdrawn
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.cli.parsing import add_reason
from inspector.domain.entities import Hall, Person, Trip, Visit
from inspector.domain.numbers import visit_label
from inspector.domain.terms import term
from inspector.operations.recording import get
from inspector.operations.trips import find_trip, trips
from inspector.operations.visits import add_trip, amend_trip
from inspector.operations.withdrawing import withdraw_trip

if TYPE_CHECKING:
    import argparse

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Commands
    from inspector.operations.session import Session


def add_parsers(commands: Commands) -> None:
    """Declare the commands of `trip`."""
    add = commands.add(
        "add",
        _add,
        N_("Record the authority of a journey."),
        "trip add 三季度暗访 --basis government --document 督查通知 --document-number 〔2026〕12号",
    )
    tr = add.tr
    add.add("name", nargs="?", metavar=tr("NAME"), help=N_("what the journey is called"))
    add.add("--name", dest="name_option", metavar=tr("NAME"), help=N_("the name, as an option"))
    add_authority(add)
    commands.add("list", _list, N_("List the journeys."), "trip list")
    show = commands.add("show", _show, N_("Show a journey and its visits."), "trip show 三季度暗访")
    show.add("trip", metavar=tr("TRIP"), help=N_("name or id"))
    withdraw = commands.add(
        "void",
        _void,
        N_("Withdraw a journey without visits, with the reason."),
        "trip void 三季度暗访 --reason 重复登记",
    )
    withdraw.add("trip", metavar=tr("TRIP"), help=N_("name or id"))
    add_reason(withdraw)
    _declare_amend(commands)


def _declare_amend(commands: Commands) -> None:
    amend = commands.add(
        "amend",
        _amend,
        N_(
            "Correct the authority of a journey, or add what came later: the report heard, people "
            "present, praise, opinions. What is given replaces what stood there; former values "
            "stay in the record."
        ),
        "trip amend 三季度暗访 --present 王局长 李科长 --opinion 一周内整改 --opinion 书面报告",
        "trip amend 三季度暗访 --document-number 〔2026〕12号 --valid-to 2026-12-31",
    )
    tr = amend.tr
    amend.add("trip", metavar=tr("TRIP"), help=N_("name or id"))
    amend.add("--report-heard", metavar=tr("TEXT"), help=N_("the report that was heard"))
    amend.add(
        "--present",
        nargs="+",
        dest="people_present",
        metavar=tr("NAME"),
        help=N_("all the people present at the report"),
    )
    amend.add("--praise", metavar=tr("TEXT"), help=N_("what was done well"))
    amend.add(
        "--opinion",
        action="append",
        dest="opinions",
        metavar=tr("TEXT"),
        help=N_("a numbered opinion; repeat it for each of all, in order"),
    )
    add_authority(amend)


def _add(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        trip = add_trip(
            session, Trip(id="", name=named(context.tr, args), **authority_of(session, args))
        )
    return Output(data_of(trip), [f"{trip.name}  {trip.id}"])


def _list(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        found = trips(session)
    rows = [
        (
            each.name,
            term(each.kind, tr.lang),
            term(each.basis, tr.lang),
            each.document_number,
            each.id,
        )
        for each in found
    ]
    headers = (tr("name"), tr("kind"), tr("basis"), tr("document"), tr("id"))
    data = {"trips": [data_of(each) for each in found]}
    return Output(data, table(headers, rows) or [tr("No journeys yet.")])


def _show(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        trip = find_trip(session, args.trip)
        stops = session.store.select(Visit, "trip = ? AND void IS NULL", trip.id)
        halls = [get(session, Hall, each.hall).name for each in stops]
        lines = _lines(session, trip, context.tr)
    at = list(zip(stops, halls, strict=True))
    data = data_of(trip) | {
        "visits": [{"id": each.id, "number": each.number, "hall": hall} for each, hall in at]
    }
    return Output(
        data, [*lines, *(f"{visit_label(each, context.lang)}  {hall}" for each, hall in at)]
    )


def _amend(context: Context, args: argparse.Namespace) -> Output:
    names = ("report_heard", "people_present", "praise", "opinions")
    fields = {
        name: tuple(value) if isinstance(value, list) else value
        for name in names
        if (value := getattr(args, name)) is not None
    }
    with opened(context) as session:
        fields |= authority_of(session, args)
        if not fields:
            raise UsageError(context.tr("Nothing to change was given."))
        trip = find_trip(session, args.trip)
        amend_trip(session, trip.id, fields)
        trip = get(session, Trip, trip.id)
        return Output(data_of(trip), _lines(session, trip, context.tr))


def _void(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        trip = find_trip(session, args.trip)
        withdraw_trip(session, trip.id, args.reason)
        return withdrawn(context, get(session, Trip, trip.id))


def _lines(session: Session, trip: Trip, tr: Translator) -> list[str]:
    document = f"{trip.document_title} {trip.document_number} {trip.issuer}".strip()
    opinions = [f"{number}. {text}" for number, text in enumerate(trip.opinions, start=1)]
    named_texts = (
        (tr("Kind"), f"{term(trip.kind, tr.lang)} {trip.clue_number}".strip()),
        (tr("Basis"), f"{term(trip.basis, tr.lang)} {trip.legal_basis}".strip()),
        (tr("Document"), document),
        (tr("Scope"), trip.scope),
        (tr("Valid"), _validity(trip)),
        (tr("Leader"), get(session, Person, trip.leader).name if trip.leader else ""),
        (tr("Report heard"), trip.report_heard),
        (tr("People present"), "、".join(trip.people_present)),
        (tr("Praise"), trip.praise),
    )
    return [
        f"{trip.name}  {trip.id}",
        *(tr("{name}: {text}", name=name, text=text) for name, text in named_texts if text),
        *opinions,
    ]


def _validity(trip: Trip) -> str:
    """Return the days between which the document holds; an end that is open is left empty."""
    ends = (trip.valid_from, trip.valid_to)
    return " – ".join(ends).strip() if any(ends) else ""
