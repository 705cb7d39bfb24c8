"""By which authority a team sets out: what may be entered of it, and what is missing from it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.domain.entities import Fact
from inspector.domain.facts import effective
from inspector.domain.phases import ON_SITE, acquisition_of, is_outside
from inspector.domain.vocabulary import Acquisition, EventKind, TripKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from inspector.domain.entities import Event, Evidence, Trip
    from inspector.domain.record import VisitRecord

F = TypeVar("F", bound=Fact)

#: What may stand in the number of a clue: letters, digits, and the signs of such numbers.
_CLUE = pattern(r"[\w\-–—./#〔〕\[\]【】()（）]{1,40}")
#: More Chinese characters than this in a row are words about the clue, no longer its number.
_WORDS = pattern(r"[\u3400-\u9fff]{9}")
_NOT_OURS = frozenset({Acquisition.PROVIDED, Acquisition.SYSTEM})


def check_trip(trip: Trip) -> None:
    """Say whether the authority of a journey can be recorded.

    A clue is named by its number only, because its content could betray who gave it
    (纪检监察机关处理检举控告工作规则 Art. 47). Raises MingchaError `clue_number_missing`,
    `clue_number_form`, `date_unreadable`, `validity_order`.
    """
    clue = trip.clue_number.strip()
    if trip.kind is TripKind.DIRECTED and not clue:
        raise MingchaError("clue_number_missing")
    if clue and not is_clue_number(clue):
        raise MingchaError("clue_number_form", text=clue[:40])
    check_validity(trip.valid_from, trip.valid_to)


def check_validity(valid_from: str, valid_to: str) -> None:
    """Say whether two texts are the first and last day of a validity; "" leaves that end open.

    Raises MingchaError `date_unreadable`, `validity_order`.
    """
    first, last = (_day(text) for text in (valid_from, valid_to))
    if first and last and first > last:
        raise MingchaError("validity_order", first=first.isoformat(), last=last.isoformat())


def in_force(valid_from: str, valid_to: str, day: date) -> bool:
    """Return whether what is valid between two ISO days ("": open) holds on `day`."""
    text = day.isoformat()
    return valid_from <= text and (not valid_to or text <= valid_to)


def is_clue_number(text: str) -> bool:
    """Return whether `text` is a number and not a sentence.

    At most 40 letters, digits and signs of numbers (- – / . # and brackets) without a blank, at
    least one digit, and no more than 8 Chinese characters in a row.
    """
    number = _CLUE.fullmatch(text) is not None and any(sign.isdigit() for sign in text)
    return number and not _WORDS.search(text)


def is_documented(record: VisitRecord) -> bool:
    """Return whether the visit names the document that authorises it, by title or number."""
    trip = record.trip
    return trip is not None and bool(trip.document_title.strip() or trip.document_number.strip())


def outside_validity(record: VisitRecord) -> Iterator[str]:
    """Yield the ids of what happened at the place on a day on which the document did not hold."""
    trip = record.trip
    if trip is None:
        return
    for event in _on_site(record):
        if not in_force(trip.valid_from, trip.valid_to, _day_of(record, event)):
            yield event.id


def checklist_outside(record: VisitRecord) -> Iterator[str]:
    """Yield the checklist's name and version if it did not hold on a day of the visit."""
    used = record.checklist
    if used and not all(
        in_force(used.valid_from, used.valid_to, _day_of(record, event))
        for event in _on_site(record)
    ):
        yield used.reference


def _day_of(record: VisitRecord, event: Event) -> date:
    return to_datetime(event.observed_from or 0, record.hall.zone_minutes).date()


def evidence_outside(record: VisitRecord) -> Iterator[str]:
    """Yield the ids of evidence that was taken more than a day before or after the visit.

    What the unit provided has a time of its own.
    """
    for item in _far(record, record.evidence):
        if not _is_provided(record, item):
            yield item.id


def facts_outside(record: VisitRecord) -> Iterator[str]:
    """Yield the ids of what was seen at the place, but more than a day before or after the visit.

    What is said and signed may follow days later: feedback, statements, confirmations.
    """
    at_the_place: tuple[Iterable[Fact], ...] = (
        (each for each in record.events if each.kind is EventKind.NOTE),
        *(record.rounds, record.sightings, record.sweeps, record.waits, record.head_counts),
        *(record.remarks, record.answers, record.findings),
    )
    for facts in at_the_place:
        yield from (fact.id for fact in _far(record, facts))


def _far(record: VisitRecord, facts: Iterable[F]) -> Iterator[F]:
    """Yield what was seen further than a day from everything that happened at the place."""
    on_site = _on_site(record)
    for fact in effective(facts):
        if fact.observed_from is not None and is_outside(on_site, fact.observed_from):
            yield fact


def _is_provided(record: VisitRecord, item: Evidence) -> bool:
    return acquisition_of(record.events, item) in _NOT_OURS


def _on_site(record: VisitRecord) -> list[Event]:
    return [
        event
        for event in effective(record.events)
        if event.kind in ON_SITE and event.observed_from is not None
    ]


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or day.isoformat() != text.strip():
        raise MingchaError("date_unreadable", text=text)
    return day
