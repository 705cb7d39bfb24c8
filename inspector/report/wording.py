"""How facts of a record read on paper: times with their source, people, windows, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from inspector.domain.clocktext import clock, day, iso_day, span
from inspector.domain.entities import NOT_ENTERED, Evidence
from inspector.domain.facts import effective, is_by_unchecked_clock
from inspector.domain.floor_text import floor_name
from inspector.domain.numbers import provisional
from inspector.domain.phases import acquisition_of, is_acquisition_certain
from inspector.domain.quick import words_of_key
from inspector.domain.terms import severity_name, term
from inspector.domain.times import MINUTE_MS
from inspector.domain.unit_tree import path
from inspector.domain.vocabulary import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from inspector.base.i18n import Lang, Translator
    from inspector.domain.entities import Entity, Fact, Finding, Statement, Window
    from inspector.domain.record import VisitRecord


_CHINESE = "一二三四五六七八九"
_NO_TIME = 2**63


class HasPart(Protocol):
    """What stands on a floor or in a zone, or concerns one."""

    @property
    def floor(self) -> str:
        """The floor, "" for all."""

    @property
    def zone(self) -> str:
        """The zone, "" for all."""


def numeral(number: int) -> str:
    """Return 1 to 99 in Chinese numerals; larger numbers in digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _CHINESE[tens - 1] + "十"
    return head + (_CHINESE[ones - 1] if ones else "")


def _place(finding: Finding) -> tuple[bool, int, str, int, int, str]:
    """Return where a finding stands among the others."""
    number = finding.official_number
    seen = _NO_TIME if finding.observed_from is None else finding.observed_from
    whole = int(number) if number.isdecimal() else _NO_TIME
    return (not number, whole, number, seen, finding.entered.ms, finding.id)


def _unstopped(text: str) -> str:
    """Return a clause without the stop at its end; dots of omission stay."""
    return text if text.endswith(("..", "。。")) else text.rstrip("。；;").removesuffix(".")


@dataclass(frozen=True)
class Words:
    """A record and the language it is told in."""

    record: VisitRecord
    tr: Translator
    #: The paper goes to the inspected unit.
    for_unit: bool = False

    @property
    def lang(self) -> Lang:
        """The language of the paper."""
        return self.tr.lang

    @cached_property
    def windows(self) -> dict[str, Window]:
        """The windows by id."""
        return {window.id: window for window in self.record.windows}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that hold, by official number; those without one by observed time."""
        return tuple(sorted(effective(self.record.findings), key=_place))

    @cached_property
    def exhibits(self) -> dict[str, int]:
        """Evidence ids with the number each carries on this paper, in order of entry."""
        return {item.id: number for number, item in enumerate(self.record.evidence, 1)}

    def join(self, parts: Iterable[str]) -> str:
        """Join words as the language lists them."""
        return ("、" if self.lang == "zh" else ", ").join(part for part in parts if part)

    def clauses(self, parts: Iterable[str]) -> str:
        """Join clauses; a full stop ends only the last of them."""
        *first, last = [part for part in parts if part] or [""]
        sign = "；" if self.lang == "zh" else "; "
        return sign.join([*(_unstopped(part) for part in first), last])

    def person(self, person: str) -> str:
        """Return a person's name, – if nobody is named."""
        return self.record.person_name(person) if person else "–"

    def window(self, window: str | None) -> str:
        """Return how a window is called: its label, else its number; "" without one."""
        if not window:
            return ""
        known = self.windows.get(window)
        if known is None:
            return window
        number = self.tr("window {number}", number=known.number) if known.number else ""
        if known.label and known.label != known.number:
            return self.tr("{number} “{label}”", number=number, label=known.label).strip()
        return number

    def place(self, window: str | None) -> str:
        """Return floor, window and its matters, for the place of a finding."""
        known = self.windows.get(window or "")
        if known is None:
            return self.record.hall.name
        matters = self.join(known.matters)
        text = self.spot(window)
        return self.tr("{place} ({matters})", place=text, matters=matters) if matters else text

    def spot(self, window: str | None) -> str:
        """Return floor, zone and number of a window; "" without one."""
        known = self.windows.get(window or "")
        return self.join([self.part(known), self.window(window)]) if known else ""

    def part(self, of: HasPart) -> str:
        """Return floor and zone, “2 层、综合区”; "" for the whole hall."""
        return self.join([floor_name(of.floor, self.tr), of.zone])

    @property
    def whole(self) -> str:
        """What is called so that is no floor or zone: the whole hall, or another place."""
        hall = self.record.hall.kind is PlaceKind.HALL
        return self.tr("whole hall") if hall else self.tr("whole place")

    @property
    def has_windows(self) -> bool:
        """Whether there are windows to tell of: a road, a site or an office mostly has none."""
        return self.record.hall.kind is PlaceKind.HALL or bool(self.record.windows)

    def situation_names(self, codes: Sequence[str]) -> list[str]:
        """Return what situations are called, by code where a name is missing."""
        names = []
        for code in codes:
            known = self.record.situations.get(code)
            names.append((known.zh if self.lang == "zh" else known.en) if known else code)
        return names

    def coded(self, codes: Sequence[str]) -> str:
        """Return situations by name and code; "" for none."""
        if not codes:
            return ""
        names = self.join(self.situation_names(codes))
        return self.tr("{names} ({codes})", names=names, codes=self.join(codes))

    def kind(self, finding: Finding) -> str:
        """Return what a finding is called: by the words that were chosen, else by its situation."""
        chosen = words_of_key(finding, self.lang)
        return chosen or next(iter(self.situation_names(finding.situations)), "")

    def category(self, finding: Finding) -> str:
        """Return the situations of a finding by name and code, behind words that were chosen."""
        coded, chosen = self.coded(finding.situations), words_of_key(finding, self.lang)
        if not chosen or not coded:
            return coded
        return self.tr("{chosen}; nearest in the catalogue: {coded}", chosen=chosen, coded=coded)

    def question(self, item: str) -> str:
        """Return what an item of the checklist asks; "" if this version does not hold it."""
        items = self.record.checklist.items if self.record.checklist else ()
        known = next((each for each in items if each.code == item), None)
        if known is None:
            return ""
        return known.zh if self.lang == "zh" else known.en

    def short_number(self, finding: Finding) -> str:
        """Return the number of a finding without noun and mark."""
        return finding.official_number or provisional(finding.device, finding.number)

    def statement(self, item: Statement) -> str:
        """Return what the unit said; marked if it was said before the finding was corrected."""
        found = next((each for each in self.findings if each.id == item.finding), None)
        if found is None or not found.replaces or found.visit == item.visit:
            return item.text
        return self.clauses([item.text, self.tr("said before the finding was corrected")])

    def position(self, item: Statement) -> str:
        """Return who of the unit said whether it agrees; the unit itself if nobody is named."""
        return self.tr(
            "{speaker}: {position}",
            speaker=item.speaker or self.tr("Representatives of the unit"),
            position=term(item.position, self.lang),
        )

    def unit_path(self) -> str:
        """Return the hall's unit with the units above it, highest first."""
        return " / ".join(path(self.record.units, self.record.hall.unit))

    # -- times -------------------------------------------------------------------------------

    @cached_property
    def start(self) -> tuple[int, int] | None:
        """The first observed moment of the visit and its zone."""
        record = self.record
        facts: list[Fact] = [*record.events, *record.rounds, *record.findings, *record.sightings]
        known = [
            (fact.observed_from, fact.observed_zone)
            for fact in effective(facts)
            if fact.observed_from is not None
        ]
        return min(known, default=None)

    def date(self) -> str:
        """Return the day of the visit, or its days."""
        if self.start is None:
            return self.tr("not yet begun")
        return day(self.start[0], self.start[1], self.lang)

    def moment(self, ms: int, zone: int, *, seconds: bool = False) -> str:
        """Return a moment; its day (with the year, if another) stands before it unless it is the
        day of the visit.
        """
        return f"{self.other_day(ms, zone)} {clock(ms, zone, seconds=seconds)}".strip()

    def other_day(self, ms: int, zone: int) -> str:
        """Return the day of a moment as it stands before the time; "" on the day of the visit."""
        text = iso_day(ms, zone)
        if self.start is None:
            return text
        visited = iso_day(*self.start)
        if text == visited:
            return ""
        return text[5:] if text[:5] == visited[:5] else text

    def full(self, ms: int, zone: int) -> str:
        """Return a moment with its day."""
        return f"{day(ms, zone, self.lang)} {clock(ms, zone)}"

    def observed(self, fact: Fact, *, seconds: bool = False) -> str:
        """Return when a fact was observed, without what the time rests on."""
        # A camera, or the computer, may have stood in another zone.
        begin, end, zone = fact.observed_from, fact.observed_to, self.zone
        if begin is None:
            return self.tr("time not known")
        if end is None or end == begin:
            return self.moment(begin, zone, seconds=seconds)
        if iso_day(begin, zone) == iso_day(end, zone):
            before = self.moment(begin, zone).removesuffix(clock(begin, zone))
            return before + span(begin, end, zone)
        return f"{self.moment(begin, zone)}–{self.moment(end, zone)}"

    def source(self, fact: Fact) -> str:
        """Return what an observed time rests on, and how precise it is."""
        name = term(fact.time_source, self.lang)
        if fact.observed_from is None:
            return name
        if is_by_unchecked_clock(fact, self.record.clock_checks):
            return self.tr("{source}, its clock was not checked", source=name)
        if fact.time_precision % 60 == 0 and fact.time_precision:
            return self.tr(
                "{source}, ±{minutes} min", source=name, minutes=fact.time_precision // 60
            )
        return self.tr("{source}, ±{seconds} s", source=name, seconds=fact.time_precision)

    @property
    def zone(self) -> int:
        """The zone of the place: every time on this paper is told in it, also times of entry.

        The computer may have stood in another zone; two clocks on one line would mislead.
        """
        return self.record.hall.zone_minutes

    def entered(self, entity: Entity) -> str:
        """Return when a fact was typed in and last mended, by this program's automatic note."""
        return self._entered(entity, self.moment)

    def entry_times(self, facts: Iterable[Entity]) -> tuple[Callable[[Entity], str], str]:
        """Return how to tell the times of entry of `facts`, and the sentence that goes with it.

        If all were typed in on one day, the sentence names it and the times stand without it.
        """
        days = {
            day(typed.ms, self.zone, self.lang)
            for fact in facts
            for typed in (fact.entered, self.record.mended.get(fact.id, NOT_ENTERED))
            if typed != NOT_ENTERED
        }
        if len(days) != 1:
            return self.entered, ""
        return self._entered_at, self.tr(" All of it was entered on {day}.", day=days.pop())

    def _entered_at(self, entity: Entity) -> str:
        return self._entered(entity, clock)

    def _entered(self, entity: Entity, told: Callable[[int, int], str]) -> str:
        if entity.entered == NOT_ENTERED:
            return "–"
        first = told(entity.entered.ms, self.zone)
        mended = self.record.mended.get(entity.id)
        last = told(mended.ms, self.zone) if mended else first
        if last == first:
            return first
        return self.tr("{entered}, changed {changed}", entered=first, changed=last)

    def seen(self, fact: Fact) -> str:
        """Return when and by whom a fact was observed, what the time rests on, and its entry."""
        return self.tr(
            "{time} ({source}), observed by {observer}; entered {entered}",
            time=self.observed(fact),
            source=self.source(fact),
            observer=self.person(fact.observer),
            entered=self.entered(fact),
        )

    def times(self, fact: Fact) -> str:
        """Return when a fact was observed and, where that is another moment, entered or mended."""
        observed = self.observed(fact)
        entered, mended = fact.entered, self.record.mended.get(fact.id, fact.entered)
        seen = (fact.observed_from, fact.observed_to)
        at_once = any(at is not None and abs(entered.ms - at) <= MINUTE_MS for at in seen)
        if entered == NOT_ENTERED or (at_once and abs(mended.ms - entered.ms) <= MINUTE_MS):
            return observed
        return self.tr("{time}, entered {entered}", time=observed, entered=self.entered(fact))

    def acquisition(self, fact: Fact) -> str:
        """Return how a fact came to the team, and whether that is certain."""
        events = self.record.events
        name = term(acquisition_of(events, fact), self.lang)
        if is_acquisition_certain(events, fact):
            return name
        if fact.observed_from is None:
            return self.tr("{mode} (time not known)", mode=name)
        return self.tr("how it was obtained is not determined (not at the time of the visit)")

    def exhibit(self, evidence: Evidence) -> str:
        """Return the label of a piece of evidence on this paper."""
        return self.tr("E{number}", number=self.number(evidence))

    def number(self, evidence: Evidence) -> int:
        """Return the number of a piece of evidence on this paper."""
        return self.exhibits[evidence.id]

    def severity(self, severity: int) -> str:
        """Return a severity by name and number."""
        return self.tr(
            "{name} (level {level} of 4)", name=severity_name(severity, self.lang), level=severity
        )
