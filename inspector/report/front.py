"""The first chapters of a dossier: cover, summary, authority, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.clocktext import zone_text
from inspector.domain.facts import effective
from inspector.domain.figures import figures
from inspector.domain.findings import is_counted
from inspector.domain.numbers import visit_label
from inspector.domain.observations import worth_telling
from inspector.domain.terms import term
from inspector.domain.vocabulary import Acquisition, Conformity, FindingOutcome
from inspector.report import rounds
from inspector.report.outline import (
    Block,
    Cell,
    Column,
    Cover,
    Facts,
    Figure,
    Figures,
    Table,
    Text,
)
from inspector.report.page import Style
from inspector.report.telling import tell

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.domain.entities import Fact
    from inspector.domain.figures import Figures as KeyFigures
    from inspector.domain.figures import PhotoFigures
    from inspector.report.fonts import FontSet
    from inspector.report.wording import Words

#: From this severity on a finding is serious (3) or grave (4).
GRAVE = 3
ROLE_NAMES = {
    "song": N_("Song type"),
    "fangsong": N_("FangSong type"),
    "hei": N_("Hei type"),
    "kai": N_("Kai type"),
    "title": N_("title type"),
    "latin": N_("Latin type"),
    "latin_bold": N_("bold Latin type"),
    "mono": N_("fixed-width type"),
}


def state_text(words: Words) -> str:
    """Return edition and state: sealed, or a draft."""
    record, tr = words.record, words.tr
    edition = tr("Edition {number}", number=record.visit.edition)
    state = tr("sealed") if record.seal else tr("draft, not sealed")
    return f"{edition} · {state}"


def cover_state(words: Words) -> str:
    """Return edition and state, whether this is a supplement, and what follows it."""
    record, told = words.record, [state_text(words)]
    if record.visit.supplement_of:
        told.append(words.tr("supplement to a sealed visit"))
    if record.newer_edition:
        told.append(words.tr("followed by edition {number}", number=record.newer_edition))
    return " · ".join(told)


def number_text(words: Words) -> str:
    """Return the number of the visit, marked while it is provisional."""
    return visit_label(words.record.visit, words.lang)


def cover(words: Words, fonts: FontSet, office: str, made: str) -> Cover:
    """Return the cover."""
    record, tr = words.record, words.tr
    trip = record.trip
    rows = [
        (tr("Number:"), number_text(words)),
        (tr("Date of visit:"), words.date()),
        (tr("Address:"), record.hall.address),
        (tr("Inspected unit:"), words.unit_path()),
        (tr("Inspectors:"), members_text(words)),
    ]
    if trip is not None:
        rows += [
            (tr("Kind:"), term(trip.kind, words.lang)),
            (tr("Legal frame:"), term(trip.basis, words.lang)),
            (tr("Authorised by:"), authorisation(words)),
        ]
    rows += [(tr("Issued by:"), office), (tr("Record as of:"), made)]
    return Cover(
        tr("Visit dossier"),
        record.hall.name,
        cover_state(words),
        tuple((label, value) for label, value in rows if value),
        font_note(words, fonts),
    )


def font_note(words: Words, fonts: FontSet) -> str:
    """Return the honest note on fonts, and that this paper is no official document."""
    tr = words.tr
    text = tr("Page geometry after GB/T 9704-2012. This dossier is not an official document form.")
    if not fonts.substituted:
        return text
    used = words.clauses(
        tr("{role}: {face}", role=tr(ROLE_NAMES[item.role.value]), face=item.used)
        for item in fonts.substituted
    )
    return text + tr(" Fonts not installed here and what stands in for them: {list}.", list=used)


def members_text(words: Words) -> str:
    """Return the team by name; the leader is marked."""
    record, tr = words.record, words.tr
    leader = record.trip.leader if record.trip else None
    names = []
    for member in effective(record.members):
        name = words.person(member.person)
        names.append(tr("{name} (leader)", name=name) if member.person == leader else name)
    return words.join(names)


def authorisation(words: Words) -> str:
    """Return the authorising document with its number and issuer, as they were entered."""
    trip = words.record.trip
    if trip is None:
        return ""
    return " ".join(
        part for part in (trip.issuer, trip.document_title, trip.document_number) if part
    )


# -- summary -----------------------------------------------------------------------------------


def summary(words: Words) -> list[Block]:
    """Return the summary: one paragraph and the key figures."""
    return [Text(_summary_text(words)), Figures(tuple(_figures(words)))]


def _summary_text(words: Words) -> str:
    record, tr = words.record, words.tr
    findings = words.findings
    established = sum(map(is_counted, findings))
    team = len(effective(record.members))
    hall = record.hall.name
    if words.start is None:
        text = tr("The visit of {team} inspectors to {hall} has not begun.", team=team, hall=hall)
    else:
        text = tr(
            "On {date}, {team} inspectors visited {hall} without notice.",
            date=words.date(),
            team=team,
            hall=hall,
        )
    if not findings:
        return text + tr(" No finding was recorded.")
    text += tr(
        " {count} findings were recorded, of which {established} are established so far.",
        count=len(findings),
        established=established,
    )
    grave = [f for f in findings if f.severity >= GRAVE]
    proved = [words.short_number(f) for f in grave if is_counted(f)]
    if proved:
        text += tr(
            " Of those established, {count} are serious or grave: no. {list}.",
            count=len(proved),
            list=words.join(proved),
        )
    undecided = [words.short_number(f) for f in grave if f.outcome is FindingOutcome.OPEN]
    if undecided:
        text += tr(
            " Of those still open, {count} are serious or grave: no. {list}.",
            count=len(undecided),
            list=words.join(undecided),
        )
    return text


def _figures(words: Words) -> list[Figure]:
    known = figures(words.record)
    return [
        *_problem_figures(words, known),
        *(_window_figures(words, known) if words.has_windows else ()),
        *(_wait_figures(words, known) if words.has_windows or words.record.waits else ()),
        *_other_figures(words, known),
    ]


def _problem_figures(words: Words, known: KeyFigures) -> list[Figure]:
    tr, outcomes = words.tr, known.findings.by_outcome
    severe = known.findings.established_by_severity
    return [
        Figure(
            str(outcomes.of(FindingOutcome.ESTABLISHED)),
            tr("findings established"),
            tr(
                "of {total} recorded; explained {explained}, not established {no}, open {open}",
                total=outcomes.total,
                explained=outcomes.of(FindingOutcome.EXPLAINED),
                no=outcomes.of(FindingOutcome.NOT_ESTABLISHED),
                open=outcomes.of(FindingOutcome.OPEN),
            ),
        ),
        Figure(
            str(severe.of(3) + severe.of(4)),
            tr("serious or grave ones"),
            tr("levels 3 and 4, of those established"),
            alarming=severe.of(3) + severe.of(4) > 0,
        ),
    ]


def _window_figures(words: Words, known: KeyFigures) -> list[Figure]:
    tr, record = words.tr, words.record
    unattended = rounds.times_unattended(record)
    looked = rounds.windows_looked_at(record)
    absence = known.windows.longest_absence.value
    return [
        Figure(
            str(len(unattended)) if looked else "–",
            tr("windows seen unattended"),
            tr(
                "of {looked} looked at; {total} in the hall; {rounds} rounds and all single looks, "
                "in the opening hours",
                looked=len(looked),
                total=len(record.windows),
                rounds=known.windows.rounds.value,
            ),
        ),
        Figure(
            "–" if absence is None else str(absence),
            tr("minutes: longest absence"),
            tr(
                "of {count} absences watched without a break",
                count=known.windows.watched_absences.value,
            ),
        ),
    ]


def _wait_figures(words: Words, known: KeyFigures) -> list[Figure]:
    tr, wait, over = words.tr, known.waits.longest.value, known.waits.over_promise
    return [
        Figure(
            "–" if wait is None else str(wait),
            tr("minutes: longest wait"),
            tr("{over} of {count} waits over the promised limit", over=over.n, count=over.d),
        ),
    ]


def _other_figures(words: Words, known: KeyFigures) -> list[Figure]:
    tr, answers = words.tr, known.answers.by_conformity
    failed = answers.of(Conformity.DOES_NOT_CONFORM)
    judged = answers.of(Conformity.CONFORMS) + failed
    evidence = effective(words.record.evidence)
    return [
        Figure(
            str(failed) if judged else "–",
            tr("answers: does not conform"),
            tr(
                "of {judged} judged; {unseen} not seen, {na} not applicable",
                judged=judged,
                unseen=answers.of(Conformity.NOT_SEEN),
                na=answers.of(Conformity.NOT_APPLICABLE),
            ),
        ),
        Figure(
            str(known.photos.by_acquisition.total + (known.photos.undetermined.value or 0)),
            tr("photographs in all"),
            _obtained(words, known.photos),
        ),
        Figure(
            str(len(evidence)),
            tr("pieces of evidence"),
            tr("all with their SHA-256 in the list"),
        ),
    ]


def _obtained(words: Words, photos: PhotoFigures) -> str:
    known, unknown = photos.by_acquisition, photos.undetermined.value
    text = words.tr(
        "{covert} covert, {overt} overt, {provided} provided",
        covert=known.of(Acquisition.COVERT),
        overt=known.of(Acquisition.OVERT),
        provided=known.of(Acquisition.PROVIDED),
    )
    if not unknown:
        return text
    return words.clauses([text, words.tr("{count} not determined", count=unknown)])


# -- authority and timeline --------------------------------------------------------------------


def authority(words: Words) -> list[Block]:
    """Return legal basis, authorising document and the rules that were accepted."""
    record, tr = words.record, words.tr
    trip = record.trip
    if trip is None:
        return [Text(tr("No authorisation is recorded for this visit."))]
    validity = "–".join(part for part in (trip.valid_from, trip.valid_to) if part)
    rows = [
        (tr("Inspection:"), trip.name),
        (tr("Legal frame:"), term(trip.basis, words.lang)),
        (tr("Legal basis:"), trip.legal_basis),
        (tr("Document:"), trip.document_title),
        (tr("Document number:"), trip.document_number),
        (tr("Issuer:"), trip.issuer),
        (tr("Scope:"), trip.scope),
        (tr("Valid:"), validity),
        (tr("Kind:"), term(trip.kind, words.lang)),
        (tr("Clue:"), trip.clue_number),
        (tr("Leader:"), words.person(trip.leader or "") if trip.leader else ""),
        (tr("Report heard:"), trip.report_heard),
        (tr("Present:"), words.join(trip.people_present)),
        (tr("Opinions:"), "\n".join(f"{n}. {text}" for n, text in enumerate(trip.opinions, 1))),
        (tr("Praise:"), trip.praise),
    ]
    return [Facts(tuple((label, value) for label, value in rows if value)), *_team(words)]


def _team(words: Words) -> list[Block]:
    tr, rows = words.tr, []
    for member in effective(words.record.members):
        person = words.record.persons.get(member.person)
        if person is not None:
            texts = (person.name, person.post, person.unit, person.credential)
            rows.append(tuple(Cell(text or "–") for text in texts))
    if not rows:
        return []
    columns = (
        Column(tr("Inspector"), 2),
        Column(tr("Post"), 3),
        Column(tr("Unit"), 4),
        Column(tr("Credential number"), 3),
    )
    return [Table(columns, tuple(rows))]


def timeline(words: Words) -> list[Block]:
    """Return what happened in order of observed time, with the times of entry beside it."""
    record, tr = words.record, words.tr
    facts: list[Fact] = [
        *record.events,
        *record.rounds,
        *[sighting for sighting in record.sightings if worth_telling(sighting)],
        *record.sweeps,
        *record.head_counts,
        *record.waits,
        *record.remarks,
        *record.findings,
        *record.feedbacks,
    ]
    standing = sorted(effective(facts), key=_when)
    if not standing:
        return [Text(tr("Nothing has been recorded yet."))]
    entered, on_one_day = words.entry_times(standing)
    rows = tuple(
        (
            Cell(words.observed(fact)),
            Cell(words.source(fact)),
            Cell(words.person(fact.observer)),
            Cell(tell(fact, words)),
            Cell(entered(fact)),
        )
        for fact in standing
    )
    note = tr(
        "“Observed” is when it was seen, by the source named; “entered” is when it was "
        "typed in, by the clock of the device. All times are those of the place ({zone}).",
        zone=zone_text(words.zone),
    )
    return [
        Text(note + on_one_day, indent=False, style=Style.NOTE),
        Table(_timeline_columns(tr), rows),
    ]


def _timeline_columns(tr: Translator) -> tuple[Column, ...]:
    return (
        Column(tr("Observed"), 18, fits=True),
        Column(tr("Time rests on"), 23, fits=True),
        Column(tr("Observer"), 15, fits=True),
        Column(tr("What"), 30),
        Column(tr("Entered"), 14, fits=True),
    )


def _when(fact: Fact) -> tuple[bool, int, int, str]:
    at = fact.observed_from
    return (at is None, at or 0, fact.entered.ms, fact.id)
