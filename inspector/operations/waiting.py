"""One person's waiting as it goes on: joined, called, done, given up, or no longer watched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.corrections import check_fact
from inspector.domain.entities import Wait
from inspector.domain.vocabulary import WaitOutcome
from inspector.operations.observing import Recorded, record_wait
from inspector.operations.recording import amend, get

if TYPE_CHECKING:
    from inspector.domain.changes import Changes
    from inspector.domain.times import Seen
    from inspector.operations.session import Session


def join_queue(session: Session, wait: Wait, seen: Seen) -> Recorded:
    """Start a stopwatch: `wait` joined the queue when `seen` says. Raises `time_missing`."""
    return record_wait(session, replace(wait, joined=_moment(seen)), seen)


def called(session: Session, wait: str, seen: Seen) -> Changes:
    """Record that the person was called to a window: the waiting is over, the service begins."""
    return _become(session, wait, called=_moment(seen), outcome=WaitOutcome.DONE)


def done(session: Session, wait: str, seen: Seen) -> Changes:
    """Record that the person is through."""
    return _become(session, wait, ended=_moment(seen), outcome=WaitOutcome.DONE)


def gave_up(session: Session, wait: str, seen: Seen) -> Changes:
    """Record that the person left without having been called."""
    return _become(session, wait, ended=_moment(seen), outcome=WaitOutcome.GAVE_UP)


def stopped_watching(session: Session, wait: str, seen: Seen) -> Changes:
    """Record until when the person was seen to wait, or to be served: “at least” so long."""
    return _become(session, wait, observed_to=_moment(seen))


def _become(session: Session, wait: str, **fields: Any) -> Changes:
    """Change a wait. Raises MingchaError `wait_order`, `wait_outcome`, `time_backwards`."""
    check_fact(replace(get(session, Wait, wait), **fields))
    return amend(session, Wait, wait, fields)


def _moment(seen: Seen) -> int:
    if seen.start is None:
        raise MingchaError("time_missing")
    return seen.start
