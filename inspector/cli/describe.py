"""What was recorded, as JSON and in a line for people."""

from __future__ import annotations

from functools import singledispatchmethod
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from inspector.base.clock import to_datetime
from inspector.cli.output import Output
from inspector.domain import waits
from inspector.domain.answer_text import answer_text
from inspector.domain.clocktext import clock, iso_day, span
from inspector.domain.entities import (
    Answer,
    ClockCheck,
    Confirmation,
    Entity,
    Event,
    Evidence,
    Fact,
    Feedback,
    Finding,
    FindingPerson,
    Hall,
    HeadCount,
    Person,
    Remark,
    Round,
    Sighting,
    Statement,
    Sweep,
    Wait,
    Window,
)
from inspector.domain.facts import is_by_unchecked_clock
from inspector.domain.findings import describer, identification
from inspector.domain.floor_text import floor_name
from inspector.domain.names import noun_name
from inspector.domain.numbers import finding_label
from inspector.domain.phases import acquisition_of, is_acquisition_certain, phase_of, typed_for
from inspector.domain.schema import KIND_OF, KINDS, plain
from inspector.domain.terms import file_marks, severity_name, term, void_reason
from inspector.domain.vocabulary import EventKind, Phase, TimeSource
from inspector.operations.erasing import erasures
from inspector.operations.local_catalogues import checklist_of
from inspector.operations.recording import editions, get

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from inspector.base.i18n import Translator
    from inspector.cli.context import Context
    from inspector.domain.entities import Visit
    from inspector.operations.session import Session


def data_of(entity: Entity) -> dict[str, Any]:
    """Return an entity as JSON: its noun, id and all its fields, who typed it and when."""
    entered = entity.entered
    spec = KINDS[KIND_OF[type(entity)]]
    return {
        "id": entity.id,
        "noun": spec.name,
        **{item.name: plain(getattr(entity, item.name)) for item in spec.fields},
        "void": entity.void,
        "entered": {"by": entered.by, "at": iso(entered.ms, entered.zone)},
    }


def standing(events: Sequence[Event], fact: Fact) -> dict[str, Any]:
    """Return as JSON in which phase `fact` was observed and how it came to the team.

    They follow observer and observed time; without a time, or with one at which there was no
    visit, the phase is null and how it was obtained is the weaker claim, which is not certain.
    """
    return {
        "phase": phase_of(events, fact),
        "acquisition": acquisition_of(events, fact),
        "acquisition_certain": is_acquisition_certain(events, fact),
    }


def standing_text(events: Sequence[Event], fact: Fact, tr: Translator) -> str:
    """Return the phase in which `fact` was observed and how it came to the team, for people."""
    phase = phase_of(events, fact)
    how = term(acquisition_of(events, fact), tr.lang)
    if not is_acquisition_certain(events, fact):
        if fact.observed_from is not None:
            return tr("how it was obtained is not determined (not at the time of the visit)")
        return tr("{mode} (time not known)", mode=how)
    return tr("{phase} phase, {mode}", phase=term(phase, tr.lang), mode=how) if phase else how


def withdrawn(context: Context, entity: Entity) -> Output:
    """Return what a command says that has withdrawn `entity`."""
    line = context.tr("Withdrawn: {reason}", reason=void_reason(entity.void or "", context.lang))
    return Output(data_of(entity), [line])


def iso(ms: int | None, zone: int) -> str | None:
    """Return a moment (milliseconds since 1970 UTC) as ISO 8601 in that zone."""
    return None if ms is None else to_datetime(ms, zone).isoformat(timespec="seconds")


def when(
    fact: Fact, tr: Translator, *, dated: bool = True, checks: Iterable[ClockCheck] = ()
) -> str:
    """Return the observed time with what it rests on; its day only if it is `dated`.

    checks: comparisons of cameras' clocks; without one it is not known how exact a file's time is.
    """
    if fact.observed_from is None:
        return tr("time not known")
    day = iso_day(fact.observed_from, fact.observed_zone) if dated else ""
    if fact.observed_to is None:
        time = clock(fact.observed_from, fact.observed_zone)
    else:
        time = span(fact.observed_from, fact.observed_to, fact.observed_zone)
        if iso_day(fact.observed_to, fact.observed_zone) != iso_day(
            fact.observed_from, fact.observed_zone
        ):
            day = ""  # past midnight both days stand there already
    source = term(fact.time_source, tr.lang)
    moment = f"{day} {time}".strip()
    if is_by_unchecked_clock(fact, checks):
        source = tr("{source}, its clock was not checked", source=source)
        return tr("{time} ({source})", time=moment, source=source)
    exact = precision(fact.time_precision, tr)
    return tr("{time} ({source}, ± {exact})", time=moment, source=source, exact=exact)


def entered(fact: Fact, tr: Translator, zone: int, *, day: str = "") -> str:
    """Return when the fact was typed in the `zone` of the place, its date unless it was `day`."""
    typed = iso_day(fact.entered.ms, zone)
    time = clock(fact.entered.ms, zone)
    return tr("entered {time}", time=time if typed == day else f"{typed} {time}")


def precision(seconds: int, tr: Translator) -> str:
    """Return how exact a time is."""
    if seconds % 60 or not seconds:
        return tr("{seconds} s", seconds=seconds)
    return tr("{minutes} min", minutes=seconds // 60)


def _observer(fact: Fact) -> str:
    return describer(fact) if isinstance(fact, FindingPerson) else fact.observer


NOTHING_CORRECTED: Mapping[str, int] = MappingProxyType({})


class Teller:
    """Puts the facts of one visit into lines."""

    def __init__(
        self,
        session: Session,
        visit: Visit,
        tr: Translator,
        *,
        day: str = "",
        corrected: Mapping[str, int] = NOTHING_CORRECTED,
    ) -> None:
        """Prepare to tell about `visit`.

        day: the only day (ISO) on which anything was seen, which is then left out; corrected: ids
        of the facts that a supplement corrects, with its edition.
        """
        store = session.store
        self.tr = tr
        self._day = day
        self._zone = get(session, Hall, visit.hall).zone_minutes
        self._corrected = corrected
        self._persons = {person.id: person.name for person in store.select(Person)}
        windows = store.select(Window, "hall = ?", visit.hall)
        self._windows = {window.id: window.number or window.label for window in windows}
        self._findings = {
            finding.id: finding_label(finding, tr.lang)
            for each in editions(session, visit.id)
            for finding in store.select(Finding, "visit = ?", each)
        }
        self._clock_checks = store.select(ClockCheck, "visit = ?", visit.id)
        self._erased = erasures(session)
        self._items = {
            item.code: item
            for item in (checklist_of(session, visit.checklist).items if visit.checklist else ())
        }

    def person(self, person: str) -> str:
        """Return a person's name, the id if it is not known."""
        return self._persons.get(person, person)

    def window(self, window: str | None) -> str:
        """Return what people call a window, "" for none."""
        return self._windows.get(window, window) if window else ""

    def line(self, fact: Fact) -> str:
        """Return a fact with observed time, observer and, unless it is live, time of entry."""
        line, observer = self.what(fact), _observer(fact)
        if observer or not isinstance(fact, FindingPerson):  # nobody saw who was only named
            line = self.tr(
                "{what} · {when} · seen by {person}",
                what=line,
                when=when(fact, self.tr, dated=not self._day, checks=self._clock_checks),
                person=self.person(observer),
            )
        if fact.time_source is not TimeSource.LIVE or fact.observed_from is None:
            line = self.joined(line, entered(fact, self.tr, self._zone, day=self._day))
        if fact.id in self._corrected:
            edition = self._corrected[fact.id]
            line = self.tr("{what} · corrected, see edition {edition}", what=line, edition=edition)
        if fact.replaces and fact.withdrawn:
            line = self.tr(
                "{what} · withdraws an earlier entry: {reason}", what=line, reason=fact.withdrawn
            )
        elif fact.replaces:
            line = self.tr("{what} · corrects an earlier entry", what=line)
        if fact.void is None:
            return line
        reason = void_reason(fact.void, self.tr.lang)
        return self.tr("{what} · withdrawn: {reason}", what=line, reason=reason)

    def joined(self, *parts: str) -> str:
        """Return the parts that say something, joined."""
        return " · ".join(part for part in parts if part)

    @singledispatchmethod
    def what(self, fact: Fact) -> str:
        """Return what was seen, without time and observer."""
        return noun_name(KIND_OF[type(fact)]).of(self.tr.lang)

    @what.register
    def _(self, fact: Answer) -> str:
        item = self._items.get(fact.item)
        if item is None:
            return self.joined(fact.item, term(fact.conformity, self.tr.lang), fact.note)
        said = answer_text(item, fact.value, self.tr.lang, fact.conformity)
        return self.joined(f"{item.code} {said}", fact.note)

    @what.register
    def _(self, fact: Sighting) -> str:
        state = term(fact.state, self.tr.lang)
        waiting = fact.people_waiting
        return self.joined(
            self.tr("window {number}: {state}", number=self.window(fact.window), state=state),
            self.tr("{count} waiting", count=waiting) if waiting is not None else "",
            self.tr("watched throughout") if fact.continuous else "",
            fact.note,
        )

    @what.register
    def _(self, fact: Round) -> str:
        number = self.tr("round {number}", number=fact.number)
        return self.joined(number, floor_name(fact.floor, self.tr), fact.zone)

    @what.register
    def _(self, fact: Sweep) -> str:
        return self.tr(
            "{count} windows not looked at one by one: {state}",
            count=len(fact.windows),
            state=term(fact.state, self.tr.lang),
        )

    @what.register
    def _(self, fact: Wait) -> str:
        return self.joined(waits.sentence(fact, self.tr), fact.note)

    @what.register
    def _(self, fact: HeadCount) -> str:
        counted = self.tr("{staffed} of {total} staffed", staffed=fact.staffed, total=fact.total)
        return self.joined(counted, floor_name(fact.floor, self.tr), fact.zone, fact.note)

    @what.register
    def _(self, fact: Remark) -> str:
        quantities = ""
        if fact.before or fact.after:
            quantities = self.tr(
                "Before {before}, after {after} {unit}",
                before=fact.before or "–",
                after=fact.after or "–",
                unit=fact.measure_unit,
            ).strip()
        return self.joined(
            term(fact.kind, self.tr.lang),
            self.window(fact.window),
            fact.text,
            fact.reply,
            quantities,
        )

    @what.register
    def _(self, fact: Event) -> str:
        name = term(fact.kind, self.tr.lang)
        if fact.kind is EventKind.PHASE and fact.phase in set(Phase):
            name = self.joined(name, term(Phase(fact.phase), self.tr.lang))
        if fact.kind is EventKind.RULES_ACCEPTED:
            by = typed_for(fact)
            note = self.tr("entered by {name}", name=self.person(by)) if by else fact.note
            return self.joined(name, note)
        return self.joined(name, fact.to_whom, fact.document, fact.note)

    @what.register
    def _(self, fact: Finding) -> str:
        number = self.window(fact.window)
        return self.joined(
            self._findings.get(fact.id, finding_label(fact, self.tr.lang)),
            severity_name(fact.severity, self.tr.lang),
            ", ".join(fact.situations),
            self.tr("window {number}", number=number) if number else "",
            self.tr("{count} waiting", count=fact.people_waiting) if fact.people_waiting else "",
            fact.text,
            term(fact.outcome, self.tr.lang),
            fact.outcome_reason,
        )

    @what.register
    def _(self, fact: FindingPerson) -> str:
        identity = " ".join(part for part in (fact.identity, fact.identity_post) if part)
        if not identity:
            return fact.description
        confirmed = identification(fact)
        known = self.tr(
            "{identity} ({source}), confirmed by {person}, {when}",
            identity=identity,
            source=term(fact.identity_source, self.tr.lang) if fact.identity_source else "–",
            person=self.person(confirmed.observer),
            when=when(confirmed, self.tr, dated=not self._day),
        )
        return self.joined(fact.description, known)

    @what.register
    def _(self, fact: Confirmation) -> str:
        method = term(fact.method, self.tr.lang)
        return self.tr(
            "confirmed by {person} ({method})", person=self.person(fact.observer), method=method
        )

    @what.register
    def _(self, fact: Feedback) -> str:
        told = self.tr("{count} findings told to the unit", count=len(fact.findings))
        return self.joined(told, *fact.people_present, fact.refusal, fact.witness)

    @what.register
    def _(self, fact: ClockCheck) -> str:
        seconds = fact.offset_ms // 1000
        set_right = self.tr("camera clock corrected by {seconds} s", seconds=seconds)
        return self.joined(noun_name("clock_check").of(self.tr.lang), fact.camera, set_right)

    @what.register
    def _(self, fact: Statement) -> str:
        finding = self._findings.get(fact.finding, fact.finding)
        return self.joined(finding, fact.speaker, term(fact.position, self.tr.lang), fact.text)

    @what.register
    def _(self, fact: Evidence) -> str:
        marks = file_marks(fact, self.tr.lang)
        gone = self._erased.get(fact.sha256)
        erased = self.tr("Removed on purpose: {reason}", reason=gone.reason) if gone else ""
        return self.joined(fact.original_name, *marks, fact.caption, fact.sha256[:8], erased)


def recorded(
    session: Session, visit: Visit, cls: type[Fact], fact: str, tr: Translator
) -> tuple[dict[str, Any], str]:
    """Return the fact `fact` that was just recorded, as JSON and as a line."""
    found = get(session, cls, fact)
    return data_of(found), Teller(session, visit, tr).line(found)
