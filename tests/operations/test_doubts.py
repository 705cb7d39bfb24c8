"""What may be wrong is told and recorded all the same."""

import pytest

from inspector.base.clock import to_datetime, to_ms
from inspector.domain.changes import Changes
from inspector.domain.clocktext import clock as clock_text
from inspector.domain.entities import Remark
from inspector.domain.times import DEFAULT_PRECISION, MINUTE_MS, Seen
from inspector.domain.vocabulary import TimeSource
from inspector.operations.doubts import doubts
from inspector.operations.observing import remark
from inspector.operations.sealing import gaps
from inspector.operations.seeing import Typed, is_ahead
from tests.support.elsewhere import Laptop
from tests.support.fixed import START

#: Minutes from now.
OFFSETS = {"past": -10, "soon": 4, "later": 7}


def noted(field, day=4, hour=10):
    """Note something as seen on a day of March, and return the codes of what is doubtful."""
    done = []
    field.session.store.listener = done.append
    moment = to_ms(START.replace(day=day, hour=hour))
    seen = Seen(field.li, moment, None, 480, TimeSource.NOTE, DEFAULT_PRECISION[TimeSource.NOTE])
    remark(field.session, Remark(id="", visit=field.visit, text="导办热情"), seen)
    field.session.store.listener = None
    return [gap.code for gap in doubts(field.session, done)]


def warned(field):
    _blockers, warnings = gaps(field.session, field.visit)
    return {gap.code: len(gap.ids) for gap in warnings}


def test_a_time_far_from_the_days_of_the_visit_is_told(field, clock):
    clock.advance(minutes=10 * 24 * 60)
    assert noted(field, day=1) == [], "nothing says yet when the visit was"
    field.go_in()
    assert noted(field) == []
    assert noted(field, day=5, hour=8) == [], "a visit may go on over night"
    assert noted(field, day=9) == ["seen_outside_visit"]
    assert warned(field)["seen_outside_visit"] == 2


def test_what_others_recorded_is_not_doubted_once_more_where_it_arrives(field, clock):
    clock.advance(minutes=10 * 24 * 60)
    field.go_in()
    laptop = Laptop(field.session, field.wang)
    done = []
    field.session.store.listener = done.append
    written = laptop.write(
        "remark",
        "r",
        {"visit": field.visit, "text": "导办热情", "observed_from": to_ms(START.replace(day=1))},
        visit=field.visit,
    )
    laptop.arrive()
    # As an exchange tells its views of what arrived.
    field.session.store.listener(Changes("", (), frozenset({("remark", "r")})))
    assert doubts(field.session, done) == ()
    assert [each.code for each in doubts(field.session, [Changes("a", (), done[-1].touched)])] == [
        "seen_outside_visit"
    ]
    assert written.header.visit == field.visit


def test_a_time_that_has_not_come_yet_is_told_at_once(field):
    field.go_in()
    now = to_datetime(field.session.now().start, 480)
    assert noted(field, hour=now.hour) == []
    assert noted(field, hour=now.hour + 1) == ["seen_after_entry"]
    assert warned(field)["seen_after_entry"] == 1


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("{past}", False),
        ("{past}-{past}", False),
        ("{soon}", False),  # clocks differ by a few minutes
        ("{later}", True),
        ("{past}-{later}", True),
        ("", False),
        ("no time", False),
        ("{later}-{past}", False),  # it cannot be read
    ],
)
def test_what_is_typed_is_known_to_lie_ahead(field, text, ahead):
    field.go_in()
    now = field.session.now().start
    at = {name: clock_text(now + off * MINUTE_MS, 480) for name, off in OFFSETS.items()}
    assert is_ahead(field.session, field.visit, Typed(text.format(**at))) is ahead


def test_a_clock_that_was_set_back_is_told_once_and_noted_for_the_seal(field, clock):
    field.go_in()
    clock.advance(minutes=10)
    assert noted(field) == []
    clock.advance(ms=-900)
    assert noted(field) == [], "clocks that are set by the network step a little"
    assert "clock_ran_back" not in warned(field)
    clock.advance(minutes=-5)
    assert noted(field) == ["clock_ran_back"]
    assert noted(field) == [], "it goes on from there"
    assert warned(field)["clock_ran_back"] == 1
