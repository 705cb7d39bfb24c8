"""Which facts hold: in one place, because every count, state and paper needs the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from inspector.domain.entities import (
    Answer,
    Entity,
    Event,
    Evidence,
    Fact,
    Finding,
    HeadCount,
    Remark,
)
from inspector.domain.vocabulary import TimeSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.domain.entities import ClockCheck

E = TypeVar("E", bound=Entity)

#: Facts whose words and times may be mended while their visit is open. What of another one is
#: written later (the end of a wait, where a photograph belongs) is no change of it.
MENDABLE: tuple[type[Fact], ...] = (Answer, Event, Finding, HeadCount, Remark)
#: What of those is no part of what was seen: a later step of the visit or the program writes it.
WRITTEN_LATER = frozenset(
    {"void", "withdrawn", "number", "device", "official_number", "outcome", "outcome_reason"}
)


def effective(facts: Iterable[E]) -> tuple[E, ...]:
    """Return the facts that hold, in the order given: not void, replaced or withdrawn.

    A fact is replaced by any fact in `facts` that names it in `replaces` and is not void itself:
    voiding a correction brings the corrected fact back. A correction that says `withdrawn` holds
    no more than what it replaces. Pass the facts of a sealed visit and of its supplements together
    to see what holds after the corrections.
    """
    standing = [fact for fact in facts if fact.void is None]
    replaced = {fact.replaces for fact in standing if isinstance(fact, Fact) and fact.replaces}
    return tuple(
        fact
        for fact in standing
        if fact.id not in replaced and not (isinstance(fact, Fact) and fact.withdrawn)
    )


def is_clock_checked(evidence: Evidence, checks: Iterable[ClockCheck]) -> bool:
    """Tell whether the clock of the camera that took this was compared, by any of `checks`.

    If it was not, the time in the file says nothing of how right it is.
    """
    return bool(evidence.camera) and any(
        each.camera == evidence.camera for each in effective(checks)
    )


def is_by_unchecked_clock(fact: Fact, checks: Iterable[ClockCheck]) -> bool:
    """Tell whether a fact's time is that of a file, by a clock which none of `checks` compared.

    How exact such a time is, nobody knows.
    """
    return (
        isinstance(fact, Evidence)
        and fact.time_source is TimeSource.PHOTOGRAPH
        and not fact.offset_ms
        and not is_clock_checked(fact, checks)
    )
