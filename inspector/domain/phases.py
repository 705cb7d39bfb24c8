"""In which phase a visit, or one inspector within it, stood at an observed moment.

A PHASE event applies to the whole team, a REVEAL only to its observer: one inspector may have
shown identity while another is still covert. Everything follows observer and observed time, never
the moment of entry: the order in which events were typed or merged changes nothing. Any phase may
be skipped; phases only go forward. Legal frame: identity is shown before an overt check
(行政处罚法 Art. 55), and what was taken covertly is a weaker ground than what was taken overtly
(行诉证据规定 Art. 57(2), 58).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime
from inspector.base.errors import MingchaError
from inspector.domain.clocktext import clock
from inspector.domain.entities import Event, Evidence
from inspector.domain.entities.base import NOT_ENTERED
from inspector.domain.facts import effective
from inspector.domain.times import MINUTE_MS, lies_ahead
from inspector.domain.vocabulary import Acquisition, EventKind, Phase, TimeSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspector.domain.entities import Fact

ORDER: tuple[Phase, ...] = tuple(Phase)
#: The phases that an event of the timeline begins. PREPARED is the beginning; SEALED is the seal.
ENTERED: tuple[Phase, ...] = (Phase.COVERT, Phase.OVERT, Phase.FEEDBACK)
_RANK = {phase: rank for rank, phase in enumerate(ORDER)}
#: The events that happen where the visit is. Rules are accepted beforehand, and a note may be
#: written anywhere.
ON_SITE = frozenset({EventKind.ARRIVED, EventKind.PHASE, EventKind.REVEAL, EventKind.LEFT})
_NOT_BY_OBSERVATION = frozenset({Acquisition.PROVIDED, Acquisition.SYSTEM})
#: What was seen further than this from everything that happened at the place is doubted.
_NEAR_MS = 24 * 60 * MINUTE_MS


def phase_at(events: Iterable[Event], observer: str, ms: int) -> Phase:
    """Return the phase of `observer` at the moment `ms`.

    A change counts from its own millisecond on. Events without an observed time cannot be placed
    and leave the earlier phase: the weaker claim. The result never goes back as `ms` grows, even
    where merged entries contradict each other. SEALED is never returned: nothing is observed then.
    """
    reached = Phase.PREPARED
    for event in effective(events):
        if event.observed_from is not None and event.observed_from <= ms:
            reached = _later(reached, _phase_for(event, observer))
    return reached


def current_phase(events: Iterable[Event], sealed: bool) -> Phase:
    """Return the phase that the visit as a whole has reached.

    One inspector's reveal does not make the visit overt. A change of phase without a time counts
    here, because that it happened is known.
    """
    if sealed:
        return Phase.SEALED
    reached = Phase.PREPARED
    for event in effective(events):
        reached = _later(reached, _team_phase(event))
    return reached


def still_covert(events: Iterable[Event], people: Iterable[str], ms: int) -> tuple[str, ...]:
    """Return who of `people` (ids) is inside unrecognised at `ms` while others are known.

    Nobody is where nobody has shown identity – what the team does next it does as a whole – and
    once the team has left.
    """
    all_, hidden = _covert_at(events, people, ms)
    return () if len(hidden) == len(all_) else hidden


def all_covert(events: Iterable[Event], people: Iterable[str], ms: int) -> bool:
    """Return whether all of `people` (ids) are inside unrecognised at `ms`."""
    all_, hidden = _covert_at(events, people, ms)
    return bool(hidden) and len(hidden) == len(all_)


def _covert_at(
    events: Iterable[Event], people: Iterable[str], ms: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all of `people`, and who of them is covert at `ms`: nobody once the team has left."""
    known, all_ = effective(events), tuple(people)
    if any(each.kind is EventKind.LEFT and (each.observed_from or 0) <= ms for each in known):
        return all_, ()
    return all_, tuple(each for each in all_ if phase_at(known, each, ms) is Phase.COVERT)


def visit_day(facts: Iterable[Fact], zone: int) -> date | None:
    """Return the newest day on which the visit was seen to happen, None if nothing says so.

    It is the day that a time typed without one means. The day of entry must not become it: of what
    is timed by the entry itself (LIVE), only arriving, leaving, changes of phase and reveals count,
    and when the rules were accepted never does. What is said to have been seen after it was typed
    in counts only where nothing else does: one day mistyped must not draw all later times to it.
    """
    placing = [fact for fact in effective(facts) if _places_visit(fact)]
    sound = [fact for fact in placing if not _is_ahead_of_entry(fact)]
    known = [fact.observed_from for fact in sound or placing if fact.observed_from is not None]
    return to_datetime(max(known), zone).date() if known else None


def check_transition(events: Iterable[Event], phase: Phase, ms: int, *, sealed: bool) -> None:
    """Say whether the team can be recorded as entering `phase` at the moment `ms`.

    Changes of phase may be entered in any order, but by observed time they must go forward: no
    later phase before `ms`, no earlier phase after it, and none twice. Raises MingchaError
    `visit_sealed`, `phase_not_entered` or `phase_order`.
    """
    if sealed:
        raise MingchaError("visit_sealed")
    if phase not in ENTERED:
        raise MingchaError("phase_not_entered")
    for event in effective(events):
        other = _team_phase(event)
        at = event.observed_from
        if other is Phase.PREPARED or at is None:
            continue
        before, after = _RANK[other] < _RANK[phase], _RANK[other] > _RANK[phase]
        if not ((before and at <= ms) or (after and at >= ms)):
            raise MingchaError(
                "phase_order",
                at=clock(ms, event.observed_zone),
                other_at=clock(at, event.observed_zone),
            )


def acquisition_of(events: Iterable[Event], fact: Fact) -> Acquisition:
    """Return how `fact` came to the team.

    PROVIDED and SYSTEM are said of the evidence itself and stand. Otherwise the observer's phase
    when the observation began decides: OVERT once identity was shown, COVERT before. Where there
    is no such phase it is COVERT, the weaker claim (see `is_acquisition_certain`).
    """
    if isinstance(fact, Evidence) and fact.acquisition in _NOT_BY_OBSERVATION:
        return fact.acquisition
    phase = phase_of(events, fact)
    if phase is None:
        return Acquisition.COVERT
    return Acquisition.OVERT if _RANK[phase] >= _RANK[Phase.OVERT] else Acquisition.COVERT


def phase_of(events: Iterable[Event], fact: Fact) -> Phase | None:
    """Return the phase in which the observer of `fact` stood when it began.

    None without a time, and with one at which there was no visit: a photograph of another year was
    taken neither covertly nor overtly. A visit lasts until the team has left, however many days
    pass without a further event; nothing is observed much later than it is entered.
    """
    at, known = fact.observed_from, tuple(events)
    if at is None or (is_outside(known, at) and not _is_meanwhile(known, fact, at)):
        return None
    return phase_at(known, fact.observer, at)


def is_acquisition_certain(events: Iterable[Event], fact: Fact) -> bool:
    """Return False where `acquisition_of` only falls back on the weaker claim.

    Papers should say so instead of printing the fallback as an observation.
    """
    if isinstance(fact, Evidence) and fact.acquisition in _NOT_BY_OBSERVATION:
        return True
    return phase_of(events, fact) is not None


def typed_for(accepted: Event) -> str:
    """Return who (id) typed that somebody else accepts the rules, "" where the note says nothing.

    The note is in the language of whoever typed it; papers say it in their own.
    """
    by = accepted.entered.by
    return by if accepted.note and by != accepted.observer else ""


def is_outside(events: Iterable[Event], ms: int) -> bool:
    """Return whether `ms` lies more than a day before or after all that happened at the place.

    Nothing is outside as long as nothing happened there.
    """
    known = [at for at, _kind in _happened(events)]
    return bool(known) and not min(known) - _NEAR_MS <= ms <= max(known) + _NEAR_MS


def _happened(events: Iterable[Event]) -> list[tuple[int, EventKind]]:
    """Return when what happened at the place was observed, and what it was."""
    return [
        (event.observed_from, event.kind)
        for event in effective(events)
        if event.kind in ON_SITE and event.observed_from is not None
    ]


def _is_meanwhile(events: Iterable[Event], fact: Fact, ms: int) -> bool:
    """Return whether `ms` lies after the beginning of a visit that nobody is known to have left."""
    known = _happened(events)
    left = [at for at, kind in known if kind is EventKind.LEFT]
    # Who left in the evening may have come again in the morning.
    again = [at for at, kind in known if kind is EventKind.ARRIVED and left and at > max(left)]
    if left and not again:
        return False
    entered = ms if fact.entered == NOT_ENTERED else fact.entered.ms
    return min(at for at, _kind in known) <= ms <= entered + _NEAR_MS


def _is_ahead_of_entry(fact: Fact) -> bool:
    entered = fact.entered.ms
    return bool(entered) and lies_ahead(fact.observed_from, fact.observed_to, entered)


def _places_visit(fact: Fact) -> bool:
    if fact.observed_from is None:
        return False
    if isinstance(fact, Event) and fact.kind is EventKind.RULES_ACCEPTED:
        return False
    if isinstance(fact, Event) and fact.kind in ON_SITE:
        return True
    return fact.time_source is not TimeSource.LIVE


def _phase_for(event: Event, observer: str) -> Phase:
    if event.kind is EventKind.REVEAL and event.observer == observer:
        return Phase.OVERT
    return _team_phase(event)


def _team_phase(event: Event) -> Phase:
    """Return the phase that `event` begins for the team; PREPARED if it begins none.

    A word of a newer version is no phase known here and changes nothing.
    """
    known = event.kind is EventKind.PHASE and event.phase in ENTERED
    return Phase(event.phase) if known else Phase.PREPARED


def _later(one: Phase, other: Phase) -> Phase:
    return max(one, other, key=_RANK.__getitem__)
