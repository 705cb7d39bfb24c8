"""Key figures of one visit. Units are never mixed, and every figure says what it counts.

Only whole numbers: a ratio keeps numerator and denominator. Voided and replaced facts are not
counted; of findings only established ones count as problems (domain notes, “Counting”).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

from inspector.base.i18n import N_
from inspector.domain import waits
from inspector.domain.facts import effective
from inspector.domain.observations import absences, round_states, stated
from inspector.domain.phases import acquisition_of, is_acquisition_certain
from inspector.domain.vocabulary import (
    Acquisition,
    Conformity,
    FindingOutcome,
    WaitOutcome,
    WindowState,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.domain.entities import Finding, HeadCount
    from inspector.domain.record import VisitRecord

K = TypeVar("K")
SEVERITIES = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of things; None if it cannot be told. `scope` is a message id: what is counted."""

    value: int | None
    scope: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """`n` of `d`; a `d` of 0 means that there is nothing to relate it to."""

    n: int
    d: int
    scope: str


@dataclass(frozen=True, slots=True)
class Tally(Generic[K]):
    """How many of each kind, in the order of the vocabulary, zeros included."""

    counts: tuple[tuple[K, int], ...]
    scope: str

    @property
    def total(self) -> int:
        """All kinds together."""
        return sum(count for _, count in self.counts)

    def of(self, kind: K) -> int:
        """Return how many there are of one kind."""
        return dict(self.counts).get(kind, 0)


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """What the checklist gave. An item that two inspectors answer differently is disputed."""

    by_conformity: Tally[Conformity]
    answered: Ratio
    unanswered: Figure
    disputed: Figure


@dataclass(frozen=True, slots=True)
class FindingFigures:
    """Alleged problems by outcome; problems (established only) by severity, 1 slight to 4 grave."""

    by_outcome: Tally[FindingOutcome]
    established_by_severity: Tally[int]
    alleged_by_severity: Tally[int]


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """Waiting in whole minutes. The median is a ratio, since of an even count it may be a half."""

    recorded: Figure
    by_outcome: Tally[WaitOutcome]
    longest: Figure
    median: Ratio
    longest_at_least: Figure
    over_promise: Ratio


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """What looking at windows gave. Staffed: over all head counts, and in the lowest of them."""

    by_state: Tally[WindowState]
    rounds: Figure
    staffed: Ratio
    staffed_lowest: Ratio
    watched_absences: Figure
    longest_absence: Figure
    seen_absences: Figure


@dataclass(frozen=True, slots=True)
class PhotoFigures:
    """Photographs by how they were taken; those without a time count as covert, and apart."""

    by_acquisition: Tally[Acquisition]
    without_time: Figure


@dataclass(frozen=True, slots=True)
class Figures:
    """The key figures of one visit."""

    answers: AnswerFigures
    findings: FindingFigures
    waits: WaitFigures
    windows: WindowFigures
    photos: PhotoFigures


def figures(record: VisitRecord) -> Figures:
    """Return the key figures of `record`."""
    return Figures(
        answers=_answers(record),
        findings=_findings(effective(record.findings)),
        waits=_waits(record),
        windows=_windows(record),
        photos=_photos(record),
    )


def _tally(kinds: Iterable[K], found: Iterable[K], scope: str) -> Tally[K]:
    counted = Counter(found)
    return Tally(tuple((kind, counted[kind]) for kind in kinds), scope)


def _answers(record: VisitRecord) -> AnswerFigures:
    answers = effective(record.answers)
    by_item: dict[str, set[Conformity]] = {}
    for answer in answers:
        by_item.setdefault(answer.item, set()).add(answer.conformity)
    items = record.checklist.items if record.checklist else ()
    applicable = {item.code for item in items if record.hall.level.value in item.applies_to}
    answered = len(applicable & by_item.keys())
    unanswered = len(applicable) - answered if record.checklist else None
    return AnswerFigures(
        by_conformity=_tally(
            Conformity, (answer.conformity for answer in answers), N_("answers given")
        ),
        answered=Ratio(
            answered, len(applicable), N_("answered items of those for this level of place")
        ),
        unanswered=Figure(unanswered, N_("items for this level of place without an answer")),
        disputed=Figure(
            sum(len(said) > 1 for said in by_item.values()), N_("items answered differently")
        ),
    )


def _findings(findings: tuple[Finding, ...]) -> FindingFigures:
    established = [item for item in findings if item.outcome is FindingOutcome.ESTABLISHED]
    return FindingFigures(
        by_outcome=_tally(
            FindingOutcome, (item.outcome for item in findings), N_("findings recorded")
        ),
        established_by_severity=_tally(
            SEVERITIES, (item.severity for item in established), N_("established findings")
        ),
        alleged_by_severity=_tally(
            SEVERITIES,
            (item.severity for item in findings),
            N_("findings recorded, whatever became of them"),
        ),
    )


def _waits(record: VisitRecord) -> WaitFigures:
    recorded = effective(record.waits)
    known = [duration for wait in recorded if (duration := waits.waiting(wait)) is not None]
    ended = sorted(duration.minutes for duration in known if not duration.at_least)
    open_end = [duration.minutes for duration in known if duration.at_least]
    over = [minutes for wait in recorded if (minutes := waits.minutes_over(wait)) is not None]
    return WaitFigures(
        recorded=Figure(len(recorded), N_("waits recorded")),
        by_outcome=_tally(WaitOutcome, (wait.outcome for wait in recorded), N_("waits recorded")),
        longest=Figure(max(ended, default=None), N_("minutes, of waits seen to their end")),
        median=_median(ended),
        longest_at_least=Figure(
            max(open_end, default=None), N_("minutes at least, of waits not seen to their end")
        ),
        over_promise=Ratio(
            sum(minutes > 0 for minutes in over),
            len(over),
            N_("waits over the promised limit, of waits that can be held against one"),
        ),
    )


def _median(ordered: list[int]) -> Ratio:
    scope = N_("minutes, median of waits seen to their end")
    if not ordered:
        return Ratio(0, 0, scope)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    whole = (low + high) % 2 == 0
    return Ratio((low + high) // 2, 1, scope) if whole else Ratio(low + high, 2, scope)


def _windows(record: VisitRecord) -> WindowFigures:
    counts = [count for count in effective(record.head_counts) if count.total > 0]
    lowest = min(counts, key=_by_share, default=None)
    seen = absences(record)
    watched = [absence.minutes for absence in seen if absence.minutes is not None]
    return WindowFigures(
        by_state=_tally(WindowState, _looks(record), N_("looks at windows, over all rounds")),
        rounds=Figure(len(effective(record.rounds)), N_("rounds of the windows")),
        staffed=Ratio(
            sum(count.staffed for count in counts),
            sum(count.total for count in counts),
            N_("windows staffed of windows in all, over all head counts"),
        ),
        staffed_lowest=Ratio(
            lowest.staffed if lowest else 0,
            lowest.total if lowest else 0,
            N_("windows staffed of windows in all, in the lowest head count"),
        ),
        watched_absences=Figure(len(watched), N_("absences watched without a break")),
        longest_absence=Figure(
            max(watched, default=None), N_("minutes, of absences watched without a break")
        ),
        seen_absences=Figure(
            len(seen) - len(watched), N_("absences seen by separate looks, without a duration")
        ),
    )


def _by_share(count: HeadCount) -> tuple[Fraction, int]:
    """Order head counts by their share; of equal shares the one over more windows comes first."""
    return (Fraction(count.staffed, count.total), -count.total)


def _looks(record: VisitRecord) -> list[WindowState]:
    """Return the state of every window of every round, and every sighting outside rounds."""
    rounds = effective(record.rounds)
    looks = [state for item in rounds for state in round_states(record, item.id).values()]
    ids = {item.id for item in rounds}
    known = {window.id: window for window in record.windows}
    looks += [
        stated(sighting.state, known.get(sighting.window))
        for sighting in effective(record.sightings)
        if sighting.round not in ids
    ]
    return looks


def _photos(record: VisitRecord) -> PhotoFigures:
    photos = [item for item in effective(record.evidence) if item.mime.startswith("image/")]
    return PhotoFigures(
        by_acquisition=_tally(
            Acquisition,
            (acquisition_of(record.events, photo) for photo in photos),
            N_("photographs"),
        ),
        without_time=Figure(
            sum(not is_acquisition_certain(photo) for photo in photos),
            N_("photographs without a time, counted as covert"),
        ),
    )
