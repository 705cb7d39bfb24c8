"""Waiting: order of its times, durations, the promised limit and the sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.domain import waits
from inspector.domain.entities import Wait
from inspector.domain.vocabulary import WaitOutcome
from tests.support.visits import at

EN = translator("en")


def wait(joined=None, called=None, ended=None, outcome=WaitOutcome.DONE, until=None, **more):
    times = {"joined": joined, "called": called, "ended": ended, "observed_to": until}
    return Wait(
        id="w",
        outcome=outcome,
        **{name: at(time) for name, time in times.items() if time},
        **more,
    )


DONE = wait("10:20", "10:47", "11:02", ticket="A031", promised_minutes=20, rule="Charter 3")


def test_a_promise_of_no_waiting_is_a_limit_of_0_minutes():
    at_once = wait("10:20", "10:30", promised_minutes=0, rule="Charter 3")
    said = waits.sentence(at_once, EN)
    assert said.endswith("; 10 minutes over the promised 0 minutes (Charter 3)")


def test_waiting_service_and_limit():
    assert waits.waiting(DONE).minutes == 27
    assert waits.service(DONE).minutes == 15
    assert waits.whole(DONE).minutes == 42
    assert waits.minutes_over(DONE) == 7
    assert waits.sentence(DONE, EN) == (
        "Ticket A031: called after 27 minutes (10:20–10:47); service took 15 minutes "
        "(10:47–11:02); 7 minutes over the promised 20 minutes (Charter 3)"
    )


def test_within_the_limit_no_rule_is_named():
    kept = wait("10:20", "10:40:59", promised_minutes=20, rule="Charter 3")
    assert waits.minutes_over(kept) == 0
    assert waits.sentence(kept, EN) == "called after 20 minutes (10:20–10:40)"


def test_still_waiting_when_watching_stopped_is_at_least():
    going = wait("10:20", outcome=WaitOutcome.WAITING, until="10:47", promised_minutes=20)
    assert waits.waiting(going).at_least
    assert waits.sentence(going, EN) == (
        "waited at least 27 minutes (10:20–10:47), then watching stopped; "
        "at least 7 minutes over the promised 20 minutes (source of the limit not recorded)"
    )


def test_watching_that_stopped_within_the_limit_says_nothing_of_it():
    going = wait("10:20", outcome=WaitOutcome.WAITING, until="10:30", promised_minutes=20)
    assert waits.minutes_over(going) is None
    assert waits.minutes_over(wait("10:20", "10:47")) is None


def test_a_stopwatch_counts_the_waiting_then_the_service():
    going = wait("10:20", outcome=WaitOutcome.WAITING)
    assert waits.running_for(going, at("10:47")) == 27 * 60_000
    assert waits.running_for(going, at("10:19")) == 0
    assert waits.running_for(DONE, at("10:50")) == 3 * 60_000
    assert waits.running_for(wait(ticket="A031"), at("10:50")) == 0


def test_giving_up_ends_the_waiting():
    gone = wait("10:20", ended="10:47", outcome=WaitOutcome.GAVE_UP)
    assert waits.sentence(gone, EN) == "gave up after 27 minutes (10:20–10:47)"
    assert waits.service(gone) is None
    assert waits.whole(gone) is None


def test_service_whose_end_was_not_seen_is_at_least():
    served = wait("10:20", "10:47", until="10:50")
    assert "service took at least 3 minutes" in waits.sentence(served, EN)


def test_an_end_without_a_call_gives_only_the_whole():
    served = wait("10:20", ended="10:47")
    assert waits.waiting(served) is None
    assert waits.sentence(served, EN) == (
        "done after 27 minutes (10:20–10:47), the call was not noted"
    )


@pytest.mark.parametrize(
    ("given_wait", "text"),
    [
        (wait("10:20", outcome=WaitOutcome.WAITING), "joined at 10:20"),
        (wait(called="10:20"), "the time of joining was not noted"),
    ],
)
def test_what_is_not_known_is_not_said(given_wait, text):
    assert waits.sentence(given_wait, EN) == text


@pytest.mark.parametrize(
    ("given_wait", "code"),
    [
        (wait("10:48", "10:47"), "wait_order"),
        (wait("10:48", ended="10:47"), "wait_order"),
        (wait("10:20", "10:47", "10:46"), "wait_order"),
        (wait("10:20"), "wait_outcome"),
        (wait("10:20", "10:47", outcome=WaitOutcome.WAITING), "wait_outcome"),
        (wait("10:20", "10:47", outcome=WaitOutcome.GAVE_UP), "wait_outcome"),
        (wait("10:20", "10:47", promised_minutes=-1), "wait_promise"),
    ],
)
def test_what_cannot_be_is_refused(given_wait, code):
    with pytest.raises(MingchaError) as refused:
        waits.check(given_wait)
    assert refused.value.code == code


TIMES = st.none() | st.integers(0, 10**7)


@given(TIMES, TIMES, TIMES, st.booleans())
def test_an_accepted_wait_has_no_negative_duration_and_a_sentence(joined, called, ended, gave_up):
    outcome = waits.outcome_of(called=called, ended=ended, gave_up=gave_up)
    made = Wait(id="w", joined=joined, called=called, ended=ended, outcome=outcome)
    known = [ms for ms in (joined, called, ended) if ms is not None]
    accepted = known == sorted(known) and not (gave_up and called is not None)
    if not accepted:
        with pytest.raises(MingchaError):
            waits.check(made)
    else:
        waits.check(made)
    for duration in (waits.waiting(made), waits.service(made), waits.whole(made)):
        assert duration is None or duration.minutes >= 0
    assert waits.sentence(made, EN)


def test_of_a_service_that_nobody_watched_nothing_is_said():
    called = wait("10:20", "10:47", until="10:47")
    assert waits.service(called) is None
    assert waits.sentence(called, EN) == "called after 27 minutes (10:20–10:47)"
    watched = wait("10:20", "10:47", until="10:50")
    assert "service took at least 3 minutes (10:47–10:50)" in waits.sentence(watched, EN)
