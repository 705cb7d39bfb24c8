"""Key figures of one visit. Units are never mixed, and every figure says what it counts.

Only whole numbers: a ratio keeps numerator and denominator. Voided and replaced facts are not
counted; of findings only established ones count as problems (domain notes, “Counting”).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from inspector.base.i18n import N_
from inspector.domain import waits
from inspector.domain.absences import absences
from inspector.domain.facts import effective
from inspector.domain.phases import acquisition_of, is_acquisition_certain
from inspector.domain.vocabulary import Acquisition, Conformity, FindingOutcome, WaitOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.domain.entities import Finding
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
    disputed: Figure


@dataclass(frozen=True, slots=True)
class FindingFigures:
    """Alleged problems by outcome; problems (established only) by severity, 1 slight to 4 grave."""

    by_outcome: Tally[FindingOutcome]
    established_by_severity: Tally[int]


@dataclass(frozen=True, slots=True)
class WaitFigures:
    """Waiting in whole minutes."""

    recorded: Figure
    by_outcome: Tally[WaitOutcome]
    longest: Figure
    longest_at_least: Figure
    over_promise: Ratio


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """What looking at windows gave."""

    rounds: Figure
    staffed: Ratio
    watched_absences: Figure
    longest_absence: Figure


@dataclass(frozen=True, slots=True)
class PhotoFigures:
    """Photographs by how they were taken, and those of which no time of the visit says so."""

    by_acquisition: Tally[Acquisition]
    undetermined: Figure


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
    return AnswerFigures(
        by_conformity=_tally(
            Conformity, (answer.conformity for answer in answers), N_("answers given")
        ),
        answered=Ratio(
            len(applicable & by_item.keys()),
            len(applicable),
            N_("answered items of those for this level of place"),
        ),
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
    )


def _waits(record: VisitRecord) -> WaitFigures:
    recorded = effective(record.waits)
    known = [duration for wait in recorded if (duration := waits.waiting(wait)) is not None]
    ended = [duration.minutes for duration in known if not duration.at_least]
    open_end = [duration.minutes for duration in known if duration.at_least]
    over = [minutes for wait in recorded if (minutes := waits.minutes_over(wait)) is not None]
    return WaitFigures(
        recorded=Figure(len(recorded), N_("waits recorded")),
        by_outcome=_tally(WaitOutcome, (wait.outcome for wait in recorded), N_("waits recorded")),
        longest=Figure(max(ended, default=None), N_("minutes, of waits seen to their end")),
        longest_at_least=Figure(
            max(open_end, default=None), N_("minutes at least, of waits not seen to their end")
        ),
        over_promise=Ratio(
            sum(minutes > 0 for minutes in over),
            len(over),
            N_("waits over the promised limit, of waits that can be held against one"),
        ),
    )


def _windows(record: VisitRecord) -> WindowFigures:
    counts = [count for count in effective(record.head_counts) if count.total > 0]
    watched = [each.minutes for each in absences(record) if each.minutes is not None]
    return WindowFigures(
        rounds=Figure(len(effective(record.rounds)), N_("rounds of the windows")),
        staffed=Ratio(
            sum(count.staffed for count in counts),
            sum(count.total for count in counts),
            N_("windows staffed of windows in all, over all head counts"),
        ),
        watched_absences=Figure(len(watched), N_("absences watched without a break")),
        longest_absence=Figure(
            max(watched, default=None), N_("minutes, of absences watched without a break")
        ),
    )


def _photos(record: VisitRecord) -> PhotoFigures:
    photos = [item for item in effective(record.evidence) if item.mime.startswith("image/")]
    known = [photo for photo in photos if is_acquisition_certain(record.events, photo)]
    return PhotoFigures(
        by_acquisition=_tally(
            Acquisition,
            (acquisition_of(record.events, photo) for photo in known),
            N_("photographs"),
        ),
        undetermined=Figure(len(photos) - len(known), N_("photographs")),
    )
