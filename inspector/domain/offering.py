"""Which of the files offered to a visit are likely meant. Pure: the same values, the same answer.

Files are offered, not stored: a telephone holds private photographs beside those of the visit, so
only what was taken within the visit's time span is chosen beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime, to_ms
from inspector.domain.facts import effective
from inspector.domain.phases import ON_SITE
from inspector.domain.vocabulary import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.domain.entities import Event

#: The timeline is accurate to the minute: a photograph of the minute of arrival belongs to it.
SLACK_MS = 60_000


class Fate(StrEnum):
    """Where a file stands towards a visit. The last four cannot be stored (again)."""

    WITHIN = "within"
    BEFORE = "before"
    AFTER = "after"
    UNBEGUN = "unbegun"
    TIMELESS = "timeless"
    ELSEWHERE = "elsewhere"
    KNOWN = "known"
    REPEATED = "repeated"
    ERASED = "erased"
    UNREADABLE = "unreadable"


CANNOT = frozenset({Fate.KNOWN, Fate.REPEATED, Fate.ERASED, Fate.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Span:
    """When a visit happened at the place, in milliseconds since 1970 UTC."""

    begin: int
    end: int

    def distance(self, ms: int) -> int:
        """Return how far a moment lies before (negative) or after the span; 0 within it."""
        if ms < self.begin - SLACK_MS:
            return ms - self.begin
        return ms - self.end if ms > self.end + SLACK_MS else 0


def span_of(events: Iterable[Event], now: int, zone: int) -> Span | None:
    """Return the time span of a visit, None before it began at the place.

    It ends when the team left. Until that is recorded it goes on, but never past midnight of the
    last day on which something was recorded of it: what is taken on the next days is not of it.
    """
    there = [
        (event.observed_from, event.kind)
        for event in effective(events)
        if event.kind in ON_SITE and event.observed_from is not None
    ]
    if not there:
        return None
    times = [ms for ms, _kind in there]
    left = [ms for ms, kind in there if kind is EventKind.LEFT]
    last = max(times)
    end = max(left) if left else min(now, _midnight_after(last, zone))
    return Span(min(times), max(end, last))


def fate_of(taken_ms: int | None, span: Span | None) -> Fate:
    """Return where a file stands by the moment at which it was taken (corrected, if known)."""
    if taken_ms is None:
        return Fate.TIMELESS
    if span is None:
        return Fate.UNBEGUN
    distance = span.distance(taken_ms)
    if distance == 0:
        return Fate.WITHIN
    return Fate.BEFORE if distance < 0 else Fate.AFTER


def _midnight_after(ms: int, zone: int) -> int:
    local = to_datetime(ms, zone)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return to_ms(start + timedelta(days=1))
