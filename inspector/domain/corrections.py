"""What may be corrected in a sealed fact, and what every fact must meet, corrected or new."""

from __future__ import annotations

from functools import singledispatch

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.domain.clocktext import clock

# Needed at run time: singledispatch reads the annotations.
from inspector.domain.entities import (
    Answer,
    ClockCheck,
    Confirmation,
    Event,
    Evidence,
    Fact,
    Feedback,
    Finding,
    FindingPerson,
    HeadCount,
    Remark,
    Round,
    Sighting,
    Sweep,
    Wait,
)
from inspector.domain.findings import check_severity, person_problem
from inspector.domain.schema import KIND_OF, KINDS
from inspector.domain.times import Seen
from inspector.domain.vocabulary import EventKind, TimeSource
from inspector.domain.waits import check as check_wait

#: Decimal text, as answers in numbers are.
_QUANTITY = pattern(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
#: Fields of every fact that tell where it stands in the record, not what was seen.
_FIXED = frozenset({"void", "visit", "replaces", "withdrawn"})
#: Fields of every fact that tell who saw it and when.
_SEEN = frozenset(Seen("", None, None, 0, TimeSource.LIVE, 0).fields())
#: Fields that make a fact the one it is: with another value it would be another fact. The times of
#: photographs are corrected one by one, so a clock check has nothing left to correct.
_FIXED_OF: dict[type[Fact], frozenset[str]] = {
    Round: frozenset({"number"}),
    Sighting: frozenset({"round"}),
    Sweep: frozenset({"round"}),
    Event: frozenset({"kind"}),
    Answer: frozenset({"item", "conformity"}),
    Finding: frozenset({"number", "device", "official_number"}),
    FindingPerson: frozenset({"finding", "described_by"}),
    Confirmation: frozenset({"finding", "confirmed"}),
    Evidence: KINDS["evidence"].names - _SEEN - {"acquisition", "caption", "free_of_people"},
    ClockCheck: KINDS["clock_check"].names,
}


def correctable(cls: type[Fact]) -> frozenset[str]:
    """Return the fields of a noun that a supplement may give another value.

    An answer's `conformity` follows from its `value`.
    """
    return KINDS[KIND_OF[cls]].names - _FIXED - _FIXED_OF.get(cls, frozenset())


def check_fact(fact: Fact) -> None:
    """Raise MingchaError if `fact` cannot be as it says.

    Codes: `time_missing` for an end without a beginning, `time_backwards`, and by noun
    `interval_missing`, `head_count_impossible`, `text_missing`, `quantity_unreadable`,
    `severity_unknown`, `findings_missing`, `reveal_incomplete`, and those of
    `domain.waits.check` and `domain.findings.person_problem`.
    """
    start, end = fact.observed_from, fact.observed_to
    if end is not None:
        if start is None:
            raise MingchaError("time_missing")
        if end < start:
            zone = fact.observed_zone
            raise MingchaError("time_backwards", text=f"{clock(start, zone)}-{clock(end, zone)}")
    _check(fact)


@singledispatch
def _check(fact: Fact) -> None:
    """Check what one noun asks for."""


@_check.register
def _(fact: Sighting) -> None:
    if fact.continuous and (fact.observed_from is None or fact.observed_to is None):
        raise MingchaError("interval_missing")


@_check.register
def _(fact: Wait) -> None:
    check_wait(fact)


@_check.register
def _(fact: HeadCount) -> None:
    if not 0 <= fact.staffed <= fact.total:
        raise MingchaError("head_count_impossible", staffed=fact.staffed, total=fact.total)


@_check.register
def _(fact: Remark) -> None:
    _require_text(fact.text)
    for text in (fact.before, fact.after):
        if text and not _QUANTITY.fullmatch(text):
            raise MingchaError("quantity_unreadable", text=text[:60])


@_check.register
def _(fact: Finding) -> None:
    _require_text(fact.text)
    check_severity(fact.severity)


@_check.register
def _(fact: FindingPerson) -> None:
    problem = person_problem(fact)
    if problem:
        raise problem


@_check.register
def _(fact: Feedback) -> None:
    if not fact.findings:
        raise MingchaError("findings_missing")


@_check.register
def _(fact: Event) -> None:
    if fact.kind is EventKind.REVEAL and not (fact.to_whom.strip() and fact.document.strip()):
        raise MingchaError("reveal_incomplete")


def _require_text(text: str) -> None:
    if not text.strip():
        raise MingchaError("text_missing")
