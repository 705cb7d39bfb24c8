"""Where photographs may belong, and what they seem to belong to by the time they were taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.facts import effective
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import TargetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from inspector.base.i18n import Translator
    from inspector.domain.entities import Entity, Fact
    from inspector.domain.record import VisitRecord

#: Photographs taken so long before or after something are suggested for it. More than this apart,
#: the wrong one might be attached to an allegation.
NEAR_MS = 5 * MINUTE_MS
#: At most so many are suggested, one for each digit; findings come first.
MOST = 5
_MOST_FINDINGS = 3
#: Where the record keeps what photographs can be placed at.
_PARTS: Mapping[TargetKind, str] = {
    TargetKind.WINDOW: "windows",
    TargetKind.FINDING: "findings",
    TargetKind.ANSWER: "answers",
    TargetKind.WAIT: "waits",
    TargetKind.REMARK: "remarks",
    TargetKind.FEEDBACK: "feedbacks",
    TargetKind.CONFIRMATION: "confirmations",
    TargetKind.EVENT: "events",
}


@frozen
class Target:
    """Something that a photograph can be placed at; begin, end: when it was seen (ms), if known."""

    kind: TargetKind
    id: str
    begin: int | None = None
    end: int | None = None


@frozen
class Suggestion:
    """Where a photograph seems to belong. apart: how long after it (ms), negative: before it."""

    target: Target
    apart: int

    def reason(self, tr: Translator) -> str:
        """Return in words why it is suggested."""
        seconds = abs(self.apart) // 1000
        if not seconds:
            return tr("taken at the same time")
        is_after, minutes = self.apart > 0, round(seconds / 60)
        if seconds < 60 and is_after:
            return tr("taken {count} s after it", count=seconds)
        if seconds < 60:
            return tr("taken {count} s before it", count=seconds)
        if is_after:
            return tr("taken {count} min after it", count=minutes)
        return tr("taken {count} min before it", count=minutes)


def placed_at(record: VisitRecord, kind: TargetKind, target: str) -> Entity | None:
    """Return what a photograph is placed at, withdrawn or not; None if the record lacks it."""
    part: tuple[Entity, ...] = getattr(record, _PARTS[kind])
    return next((each for each in part if each.id == target), None)


def targets(record: VisitRecord) -> tuple[Target, ...]:
    """Return everything of a visit that a photograph is usually placed at, findings first."""
    facts: tuple[tuple[TargetKind, Iterable[Fact]], ...] = (
        (TargetKind.FINDING, effective(record.findings)),
        (TargetKind.ANSWER, effective(record.answers)),
        (TargetKind.WAIT, effective(record.waits)),
        (TargetKind.REMARK, effective(record.remarks)),
    )
    found = [_target(kind, fact.id, fact) for kind, several in facts for fact in several]
    windows = [Target(TargetKind.WINDOW, each.id) for each in record.windows if each.void is None]
    findings = [each for each in found if each.kind is TargetKind.FINDING]
    return (*findings, *windows, *found[len(findings) :])


def suggested_for(record: VisitRecord, at: int | None) -> tuple[Suggestion, ...]:
    """Return where a photograph taken at `at` (ms, corrected by its camera's offset) may belong.

    Findings come first, then what was seen at windows and answered; each group by nearness.
    """
    if at is None:
        return ()
    near = [Suggestion(each, _apart(each, at)) for each in _seen(record) if each.begin is not None]
    near = sorted((each for each in near if abs(each.apart) <= NEAR_MS), key=lambda s: abs(s.apart))
    findings = [each for each in near if each.target.kind is TargetKind.FINDING][:_MOST_FINDINGS]
    others: dict[tuple[TargetKind, str], Suggestion] = {}
    for each in near:
        if each.target.kind is not TargetKind.FINDING:
            others.setdefault((each.target.kind, each.target.id), each)
    return (*findings, *others.values())[:MOST]


def _seen(record: VisitRecord) -> Iterator[Target]:
    """Yield what has a time of its own; a window has those at which it was looked at."""
    yield from (each for each in targets(record) if each.begin is not None)
    for sighting in effective(record.sightings):
        yield _target(TargetKind.WINDOW, sighting.window, sighting)


def _target(kind: TargetKind, entity: str, fact: Fact) -> Target:
    return Target(kind, entity, fact.observed_from, fact.observed_to)


def _apart(target: Target, at: int) -> int:
    begin = target.begin or 0
    end = begin if target.end is None else target.end
    return at - begin if at < begin else max(0, at - end)
