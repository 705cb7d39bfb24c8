"""`visit new|list|show|join|missing`: preparing a visit and seeing where it stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from inspector.base.i18n import N_
from inspector.cli.authority import add_authority, authority_of
from inspector.cli.context import UsageError
from inspector.cli.describe import Teller, data_of, standing, standing_text
from inspector.cli.links import add_visit_links, linked_data, linked_lines
from inspector.cli.opening import opened
from inspector.cli.output import Output, table
from inspector.domain.absence_text import calendar_note, limit_in_force
from inspector.domain.absence_text import sentence as absence_sentence
from inspector.domain.absence_text import titles as absence_titles
from inspector.domain.absences import absences, was_closed
from inspector.domain.clocktext import iso_day
from inspector.domain.entities import Fact, Sighting, Trip, Visit
from inspector.domain.numbers import visit_label
from inspector.domain.phases import current_phase
from inspector.domain.terms import term, void_reason
from inspector.operations.catalogues import USUAL_CHECKLIST
from inspector.operations.exchange_text import place_text
from inspector.operations.late import late_state, late_told
from inspector.operations.links import linked
from inspector.operations.overview import corrected_facts, members_of, visit_rows
from inspector.operations.people import find_person
from inspector.operations.places import find_hall
from inspector.operations.recording import find_visit
from inspector.operations.records import load_record
from inspector.operations.sealing import gaps
from inspector.operations.since_feedback import How, since_feedback
from inspector.operations.standing import belongs, places_of
from inspector.operations.tasks import returned
from inspector.operations.trips import find_trip
from inspector.operations.visits import join, new_visit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping, Sequence

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.cli.parsing import Arguments, Commands
    from inspector.domain.completeness import Gap
    from inspector.domain.record import VisitRecord
    from inspector.operations.late import LateLine
    from inspector.operations.overview import VisitRow
    from inspector.operations.session import Session
    from inspector.operations.since_feedback import Later

#: The facts of a visit that `visit show` prints, in this order.
_SHOWN = (
    *("events", "rounds", "sightings", "sweeps", "waits", "head_counts", "remarks"),
    *("answers", "findings", "statements", "evidence"),
)


_LATER = {
    How.ADDED: N_("Added after the feedback: {line}"),
    How.AMENDED: N_("Changed after the feedback: {line}"),
    How.WITHDRAWN: N_("Withdrawn after the feedback: {line}"),
}


def add_visit_argument(arguments: Arguments) -> Arguments:
    """Declare the argument that names a visit."""
    return arguments.add(
        "visit", metavar=arguments.tr("VISIT"), help=N_("id or number of the visit")
    )


def add_parsers(commands: Commands) -> None:
    """Declare the commands."""
    _declare_new(commands)
    commands.add("list", _list, N_("List the visits."), "visit list")
    show = commands.add(
        "show", _show, N_("Show a visit with everything that was recorded."), "visit show 1"
    )
    add_visit_argument(show)
    add = commands.add("join", _join, N_("Add a member to an open visit."), "visit join 1 王芳")
    add_visit_argument(add).add("person", metavar=add.tr("PERSON"), help=N_("name or id"))
    add_visit_links(commands)
    missing = commands.add(
        "missing", _missing, N_("Say what keeps a visit from being sealed."), "visit missing 1"
    )
    add_visit_argument(missing)


def _declare_new(commands: Commands) -> None:
    new = commands.add(
        "new",
        _new,
        N_("Prepare a visit: place, team, authority."),
        "visit new --hall H001 --basis government --member 李娜 --member 王芳",
        "visit new --hall H001 --trip 三季度暗访 --member 李娜 王芳",
    )
    tr = new.tr
    new.add("--hall", required=True, metavar=tr("HALL"), help=N_("place: id, code or name"))
    new.add(
        "--member",
        action="extend",
        nargs="+",
        default=[],
        metavar=tr("PERSON"),
        help=N_("members of the team, by name or id; at least two to seal"),
    )
    new.add(
        "--trip",
        metavar=tr("TRIP"),
        help=N_("journey with an authority of its own; instead of the options below"),
    )
    new.add(
        "--checklist",
        default=USUAL_CHECKLIST,
        metavar=tr("NAME"),
        help=N_("checklist to use, see “catalogue list”"),
    )
    add_authority(new)


def _new(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        hall = find_hall(session, args.hall)
        members = [find_person(session, name).id for name in dict.fromkeys(args.member)]
        authority = authority_of(session, args)
        if args.trip and authority:
            raise UsageError(
                context.tr("Give either --trip, or the authority of a journey of its own.")
            )
        # A stop is never without its authority: paper prints under which the team came.
        own = Trip(id="", name=hall.name, **authority)
        trip = find_trip(session, args.trip).id if args.trip else own
        visit = new_visit(session, hall.id, members, trip=trip, checklist=args.checklist)
    data = {
        "id": visit.id,
        "number": visit.number,
        "label": f"{visit.device}-{visit.number}",
        "hall": hall.id,
        "trip": visit.trip,
        "members": members,
    }
    return Output(data, [f"{visit_label(visit, context.lang)}  {hall.name}  {visit.id}"])


def _list(context: Context, _args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        found = visit_rows(session)
        places = places_of(session, [row.visit.id for row in found])
        exchanges = belongs(session)
        back = {each.visit.id: each.reasons for each in returned(session)}
    data = [
        _row_data(row, tr)
        | asdict(places[row.visit.id])
        | {"returned": list(back.get(row.visit.id, ()))}
        for row in found
    ]
    rows = [
        (
            visit_label(row.visit, tr.lang),
            row.hall,
            _phase_text(row, back, tr),
            row.answers,
            row.findings,
            row.photos,
            *([place_text(places[row.visit.id], tr)] if exchanges else []),
            row.visit.id,
        )
        for row in found
    ]
    headers = (
        *(tr("visit"), tr("place"), tr("phase"), tr("answers"), tr("findings"), tr("photos")),
        *([tr("where it is")] if exchanges else []),
        tr("id"),
    )
    return Output({"visits": data}, table(headers, rows) or [tr("No visits yet.")])


def _phase_text(row: VisitRow, back: Mapping[str, Sequence[str]], tr: Translator) -> str:
    phase = term(row.phase, tr.lang)
    if row.visit.id not in back:
        return phase
    reasons = tr(", ").join(filter(None, back[row.visit.id]))
    return tr("{phase}, returned: {reasons}", phase=phase, reasons=reasons or "–")


def _row_data(row: VisitRow, tr: Translator) -> dict[str, Any]:
    return {
        "id": row.visit.id,
        "number": row.visit.number,
        "label": visit_label(row.visit, tr.lang),
        "hall": row.hall,
        "phase": row.phase.value,
        "sealed": row.sealed,
        "answers": row.answers,
        "findings": row.findings,
        "photos": row.photos,
        "edition": row.visit.edition,
        "supplement_of": row.visit.supplement_of,
    }


def _join(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        join(session, visit.id, find_person(session, args.person).id)
        members = members_of(session, visit.id)
    data = {"visit": visit.id, "members": [{"id": each.id, "name": each.name} for each in members]}
    return Output(data, ["、".join(each.name for each in members)])


def _missing(context: Context, args: argparse.Namespace) -> Output:
    tr = context.tr
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        blockers, warnings = gaps(session, visit.id)
        later = since_feedback(session, visit.id, context.lang)
    data = {
        "ready": not blockers,
        "blockers": gaps_data(blockers, tr),
        "warnings": gaps_data(warnings, tr),
        "since_feedback": [
            {"noun": each.noun, "id": each.id, "how": each.how.value, "text": each.line}
            for each in later
        ],
    }
    return Output(data, [*gap_lines(blockers, warnings, tr), *later_lines(later, tr)])


def later_lines(later: tuple[Later, ...], tr: Translator) -> list[str]:
    """Return what was changed since the feedback as lines."""
    return [tr(_LATER[each.how], line=each.line) for each in later]


def gaps_data(found: tuple[Gap, ...], tr: Translator) -> list[dict[str, Any]]:
    """Return what is missing as JSON."""
    return [{"code": gap.code, "text": gap.text(tr), "ids": list(gap.ids)} for gap in found]


def gap_lines(blockers: tuple[Gap, ...], warnings: tuple[Gap, ...], tr: Translator) -> list[str]:
    """Return what is missing as lines."""
    lines = [tr("Before the seal: {text}", text=gap.text(tr)) for gap in blockers]
    lines += [tr("Note: {text}", text=gap.text(tr)) for gap in warnings]
    return lines or [tr("Nothing is missing.")]


def _show(context: Context, args: argparse.Namespace) -> Output:
    with opened(context) as session:
        visit = find_visit(session, args.visit)
        record = load_record(session, visit.id)
        lines = list(_lines(session, record, context.tr))
        late = late_told(record, context.lang)
        same = linked(session, Visit, visit.id)
        place = places_of(session, [visit.id])[visit.id]
        if belongs(session):
            lines.insert(1, place_text(place, context.tr))
    lines += [*linked_lines(same, context.tr), *_late_lines(late, record, context.tr)]
    data: dict[str, Any] = data_of(visit) | {
        "hall": data_of(record.hall),
        "trip": data_of(record.trip) if record.trip else None,
        "phase": current_phase(record.events, record.seal is not None).value,
        "sealed": record.seal is not None,
        **asdict(place),
        "members": [
            {"id": each.person, "name": record.person_name(each.person)} for each in record.members
        ],
    }
    data["linked"] = linked_data(same)
    data["late"] = [
        {
            "noun": each.noun,
            "id": each.id,
            "text": each.what,
            "how": late_state(each, record, context.lang),
            "adoptable": each.waits,
            "adopted_in": each.edition or None,
        }
        for each in late
    ]
    for name in _SHOWN:
        data[name] = [
            data_of(fact) | {"observed": standing(record.events, fact)}
            for fact in getattr(record, name)
        ]
    return Output(data, lines)


def _late_lines(late: tuple[LateLine, ...], record: VisitRecord, tr: Translator) -> Iterator[str]:
    for each in late:
        state = late_state(each, record, tr.lang)
        yield tr("Late: {what} – {by} ({state})", what=each.what, by=each.by, state=state)


def _lines(session: Session, record: VisitRecord, tr: Translator) -> Iterator[str]:
    days = _days(record)
    teller = Teller(
        session,
        record.visit,
        tr,
        day=days[0] if len(days) == 1 else "",
        corrected=corrected_facts(session),
    )
    phase = current_phase(record.events, record.seal is not None)
    yield f"{visit_label(record.visit, tr.lang)}  {record.hall.name}  {record.visit.id}"
    if record.visit.void is not None:
        yield tr("Withdrawn: {reason}", reason=void_reason(record.visit.void, tr.lang))
    yield tr("Phase: {phase}", phase=term(phase, tr.lang))
    if days:
        yield tr("Seen on: {days}", days=tr(", ").join(days))
    names = "、".join(record.person_name(member.person) for member in record.members)
    yield tr("Team: {names}", names=names)
    for name, title in _titles(tr).items():
        facts: tuple[Fact, ...] = getattr(record, name)
        if facts:
            yield f"{title} ({len(facts)})"
            for fact in facts:
                stood = standing_text(record.events, fact, tr)
                yield f"  {teller.joined(teller.line(fact), _closed(record, fact, tr), stood)}"
    windows = {window.id: window for window in record.windows}
    limit = limit_in_force(record.checklist)
    found = [each for each in absences(record) if each.window in windows]
    for hours_known, title in absence_titles(tr).items():
        here = [each for each in found if each.hours_known is hours_known]
        if here:
            yield title
        for each in here:
            seen_on = iso_day(each.first, each.zone) if len(days) > 1 else ""
            yield f"  {absence_sentence(each, windows[each.window], tr, limit, day=seen_on)}"
    if note := calendar_note(found, record.calendars, tr):
        yield tr("Note: {text}", text=note)


def _closed(record: VisitRecord, fact: Fact, tr: Translator) -> str:
    """Return that a window was seen empty while it was closed, "" if it was not."""
    closed = isinstance(fact, Sighting) and was_closed(record, fact)
    return tr("outside the opening hours") if closed else ""


def _days(record: VisitRecord) -> list[str]:
    """Return the days (ISO) on which anything shown was seen, in order."""
    facts: list[Fact] = [fact for name in _SHOWN for fact in getattr(record, name)]
    return sorted(
        {
            iso_day(fact.observed_from, fact.observed_zone)
            for fact in facts
            if fact.observed_from is not None
        }
    )


def _titles(tr: Translator) -> dict[str, str]:
    return {
        "events": tr("Timeline"),
        "rounds": tr("Rounds"),
        "sightings": tr("Windows seen"),
        "sweeps": tr("Windows seen together"),
        "waits": tr("Waiting"),
        "head_counts": tr("Windows staffed"),
        "remarks": tr("Remarks"),
        "answers": tr("Answers"),
        "findings": tr("Findings"),
        "statements": tr("Statements of the unit"),
        "evidence": tr("Photographs and files"),
    }
