"""Waiting: joined the queue, called, served to the end or gave up.

Minutes are whole minutes elapsed, cut off; nothing is rounded up against the unit. Where watching
stopped before the end, a duration is a lower bound and is called “at least”.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.values import frozen
from inspector.domain.clocktext import clock, minutes_text, span, whole_minutes_text
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import WaitOutcome

if TYPE_CHECKING:
    from inspector.base.i18n import Translator
    from inspector.domain.entities import Wait


@frozen
class Duration:
    """From `start` to `end` (milliseconds since 1970 UTC); `at_least`: it had not ended then."""

    start: int
    end: int
    at_least: bool = False

    @property
    def minutes(self) -> int:
        """Whole minutes elapsed."""
        return (self.end - self.start) // MINUTE_MS


def check(wait: Wait) -> None:
    """Say whether `wait` can be recorded.

    Raises MingchaError `wait_order`, `wait_outcome` or `wait_promise`. Times may be missing;
    equal times are in order.
    """
    known = [ms for ms in (wait.joined, wait.called, wait.ended) if ms is not None]
    for first, second in pairwise(known):
        if first > second:
            zone = wait.observed_zone
            raise MingchaError(
                "wait_order",
                first=clock(first, zone, seconds=True),
                second=clock(second, zone, seconds=True),
            )
    if not _outcome_agrees(wait):
        raise MingchaError("wait_outcome")
    if wait.promised_minutes is not None and wait.promised_minutes < 0:
        raise MingchaError("wait_promise", minutes=wait.promised_minutes)


def outcome_of(*, called: int | None, ended: int | None, gave_up: bool) -> WaitOutcome:
    """Return the outcome that the known times imply. Being called ends the waiting."""
    if gave_up:
        return WaitOutcome.GAVE_UP
    if called is None and ended is None:
        return WaitOutcome.WAITING
    return WaitOutcome.DONE


def running_for(wait: Wait, now: int) -> int:
    """Return how long is being waited by `now`, or served once called. Milliseconds."""
    since = wait.joined if wait.called is None else wait.called
    return 0 if since is None else max(0, now - since)


def waiting(wait: Wait) -> Duration | None:
    """Return how long somebody waited to be called, gave up, or was seen to wait.

    None if it cannot be told: no start, or an end without a call (only `whole` is known then).
    """
    if wait.joined is None:
        return None
    if wait.called is not None:
        return _duration(wait.joined, wait.called)
    if wait.outcome is WaitOutcome.GAVE_UP:
        return _duration(wait.joined, wait.ended)
    if wait.outcome is WaitOutcome.WAITING:
        return _duration(wait.joined, wait.observed_to, at_least=True)
    return None


def service(wait: Wait) -> Duration | None:
    """Return how long the service at the window took; “at least” if its end was not seen.

    None if watching ended with the call: of the service nothing was seen then.
    """
    if wait.called is None:
        return None
    if wait.ended is not None:
        return _duration(wait.called, wait.ended)
    if wait.observed_to == wait.called:
        return None
    return _duration(wait.called, wait.observed_to, at_least=True)


def whole(wait: Wait) -> Duration | None:
    """Return the time from joining to the end of the service, if both were seen."""
    if wait.joined is None or wait.outcome is not WaitOutcome.DONE:
        return None
    return _duration(wait.joined, wait.ended)


def minutes_over(wait: Wait) -> int | None:
    """Return by how many whole minutes the promised limit was passed.

    0: kept, or passed by less than a minute. None: no limit is recorded, the waiting is not
    known, or watching stopped while the limit was not yet passed.
    """
    waited = waiting(wait)
    if wait.promised_minutes is None or waited is None:
        return None
    over = max(0, waited.minutes - wait.promised_minutes)
    return None if waited.at_least and not over else over


def sentence(wait: Wait, tr: Translator) -> str:
    """Return what was seen in one line, without a full stop; the limit with its rule."""
    said = [_waited(wait, tr), _served(wait, tr), _against_limit(wait, tr)]
    text = ""
    for part in filter(None, said):
        text = tr("{first}; {second}", first=text, second=part) if text else part
    if not wait.ticket:
        return text
    return tr("Ticket {ticket}: {text}", ticket=wait.ticket, text=text)


_WAITED = {
    WaitOutcome.DONE: N_("called after {duration} ({span})"),
    WaitOutcome.GAVE_UP: N_("gave up after {duration} ({span})"),
    WaitOutcome.WAITING: N_("waited at least {duration} ({span}), then watching stopped"),
}


def _waited(wait: Wait, tr: Translator) -> str:
    waited, total = waiting(wait), whole(wait)
    if waited is not None:
        how = WaitOutcome.DONE if wait.called is not None else wait.outcome
        return tr(_WAITED[how], duration=minutes_text(waited.minutes, tr), span=_span(wait, waited))
    if total is not None:
        return tr(
            "done after {duration} ({span}), the call was not noted",
            duration=minutes_text(total.minutes, tr),
            span=_span(wait, total),
        )
    if wait.joined is not None:
        return tr("joined at {time}", time=clock(wait.joined, wait.observed_zone))
    return tr("the time of joining was not noted")


def _served(wait: Wait, tr: Translator) -> str:
    served = service(wait)
    if served is None:
        return ""
    message = (
        N_("service took at least {duration} ({span})")
        if served.at_least
        else N_("service took {duration} ({span})")
    )
    return tr(message, duration=minutes_text(served.minutes, tr), span=_span(wait, served))


def _against_limit(wait: Wait, tr: Translator) -> str:
    over, waited = minutes_over(wait), waiting(wait)
    if not over or waited is None:
        return ""
    message = (
        N_("at least {over} over the promised {limit}")
        if waited.at_least
        else N_("{over} over the promised {limit}")
    )
    limit = whole_minutes_text(wait.promised_minutes or 0, tr)
    text = tr(message, over=minutes_text(over, tr), limit=limit)
    # No promise is held against a unit without saying where it stands, or that nobody noted it.
    rule = wait.rule or tr("source of the limit not recorded")
    return tr("{text} ({rule})", text=text, rule=rule)


def _span(wait: Wait, duration: Duration) -> str:
    return span(duration.start, duration.end, wait.observed_zone)


def _duration(start: int, end: int | None, *, at_least: bool = False) -> Duration | None:
    """Return the duration; None without an end, or where a damaged entry ends before its start."""
    return None if end is None or end < start else Duration(start, end, at_least)


def _outcome_agrees(wait: Wait) -> bool:
    if wait.outcome is WaitOutcome.DONE:
        return wait.called is not None or wait.ended is not None
    if wait.outcome is WaitOutcome.WAITING:
        return wait.called is None and wait.ended is None
    return wait.called is None
