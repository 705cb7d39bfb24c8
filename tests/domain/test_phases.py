"""Phase and acquisition follow observer and observed time, never the order of entry."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.domain.entities import Event, Evidence, Remark
from inspector.domain.entities.base import NOT_ENTERED, Entered
from inspector.domain.phases import (
    ENTERED,
    ORDER,
    acquisition_of,
    check_transition,
    current_phase,
    is_acquisition_certain,
    is_outside,
    phase_at,
    phase_of,
    still_covert,
    visit_day,
)
from inspector.domain.vocabulary import Acquisition, EventKind, Phase, TimeSource
from tests.support.visits import at

COVERT, OVERT, FEEDBACK = ENTERED


def phase(word, time, **more):
    return Event(
        id=f"{word}-{time}", kind=EventKind.PHASE, phase=word, observed_from=at(time), **more
    )


def reveal(observer, time):
    return Event(
        id=f"reveal-{observer}",
        kind=EventKind.REVEAL,
        observer=observer,
        observed_from=at(time),
    )


DAY = (
    phase("overt", "10:30"),
    phase("covert", "09:00"),
    reveal("li", "10:00"),
    phase("feedback", "11:30"),
)


@pytest.mark.parametrize(
    ("observer", "time", "expected"),
    [
        ("li", "08:59", Phase.PREPARED),
        ("li", "09:00", Phase.COVERT),
        ("li", "10:00", Phase.OVERT),
        ("wang", "10:00", Phase.COVERT),
        ("wang", "10:30", Phase.OVERT),
        ("wang", "12:00", Phase.FEEDBACK),
    ],
)
def test_one_inspector_has_shown_identity_while_another_is_covert(observer, time, expected):
    assert phase_at(DAY, observer, at(time)) is expected


@pytest.mark.parametrize(
    ("time", "expected"),
    [("09:30", ()), ("10:15", ("wang",)), ("10:30", ()), ("12:00", ())],
)
def test_who_is_unrecognised_while_others_are_known(time, expected):
    assert still_covert(DAY, ("li", "wang"), at(time)) == expected


def test_nobody_is_unrecognised_once_the_team_has_left_or_who_is_alone():
    events = (phase("covert", "09:00"), reveal("li", "10:00"))
    assert still_covert(events, ("li", "wang", "zhou"), at("10:00")) == ("wang", "zhou")
    assert still_covert(events, ("wang",), at("10:00")) == ()
    left = Event(id="left", kind=EventKind.LEFT, observer="li", observed_from=at("11:00"))
    assert still_covert((*events, left), ("li", "wang"), at("10:59")) == ("wang",)
    assert still_covert((*events, left), ("li", "wang"), at("11:00")) == ()


def test_a_reveal_does_not_make_the_visit_overt():
    events = (phase("covert", "09:00"), reveal("li", "10:00"))
    assert current_phase(events, sealed=False) is Phase.COVERT
    assert current_phase(events, sealed=True) is Phase.SEALED
    assert current_phase((), sealed=False) is Phase.PREPARED


def test_void_events_and_words_of_a_newer_version_change_nothing():
    events = (phase("overt", "09:00", void="typed by mistake"), phase("review", "09:00"))
    assert phase_at(events, "li", at("12:00")) is Phase.PREPARED
    assert current_phase(events, sealed=False) is Phase.PREPARED


def test_a_change_without_a_time_has_happened_but_cannot_be_placed():
    event = Event(id="e", kind=EventKind.PHASE, phase="overt")
    assert current_phase((event,), sealed=False) is Phase.OVERT
    assert phase_at((event,), "li", at("12:00")) is Phase.PREPARED


def test_an_observation_that_began_covertly_is_covert():
    remark = Remark(id="r", observer="li", observed_from=at("09:59"), observed_to=at("10:20"))
    assert acquisition_of(DAY, remark) is Acquisition.COVERT
    later = Remark(id="r", observer="li", observed_from=at("10:00"))
    assert acquisition_of(DAY, later) is Acquisition.OVERT
    assert acquisition_of(DAY, Remark(id="r", observer="wang", observed_from=at("10:00"))) is (
        Acquisition.COVERT
    )


def test_without_a_time_the_weaker_claim_is_made_and_known_as_such():
    photo = Evidence(id="p", observer="li", acquisition=Acquisition.OVERT)
    assert acquisition_of(DAY, photo) is Acquisition.COVERT
    assert not is_acquisition_certain(DAY, photo)


YEAR_MS = 365 * 24 * 3_600_000


@pytest.mark.parametrize("away", [-3 * YEAR_MS, YEAR_MS])
def test_what_was_taken_in_another_year_was_taken_neither_covertly_nor_overtly(away):
    entered = Entered("li", at("15:00"), 480)
    photo = Evidence(id="p", observer="li", observed_from=at("11:00") + away, entered=entered)
    assert phase_of(DAY, photo) is None
    assert not is_acquisition_certain(DAY, photo)
    # Whatever rests on it rests on the weaker claim, also where it seems to come later.
    assert acquisition_of(DAY, photo) is Acquisition.COVERT
    provided = replace(photo, acquisition=Acquisition.PROVIDED)
    assert acquisition_of(DAY, provided) is Acquisition.PROVIDED
    assert is_acquisition_certain(DAY, provided)


DAY_MS = 24 * 3_600_000


def moved(event, days):
    at_ms = event.observed_from + days * DAY_MS
    return replace(event, id=f"{event.id}-{days}", observed_from=at_ms)


def site(kind, time, days=0):
    return moved(Event(id=kind.value, kind=kind, observed_from=at(time)), days)


SHOWN = (site(EventKind.ARRIVED, "09:00"), phase("covert", "09:00"), phase("overt", "10:00"))
GONE = (*SHOWN, site(EventKind.LEFT, "17:00"))


@pytest.mark.parametrize(
    ("events", "days", "expected"),
    [
        # Three days at the place, and no event after the team was recognised.
        *((SHOWN, days, Phase.OVERT) for days in (0, 1, 2, 3)),
        (SHOWN, -900, None),
        (GONE, 0, Phase.OVERT),
        (GONE, 3, None),
        # Gone for the night, and back.
        ((*GONE, site(EventKind.ARRIVED, "09:00", 1)), 3, Phase.OVERT),
        ((*GONE, site(EventKind.ARRIVED, "09:00", 1), site(EventKind.LEFT, "17:00", 1)), 4, None),
        # Nobody enters today what is seen next week.
        (SHOWN, 9, None),
    ],
)
def test_a_visit_lasts_until_the_team_has_left(events, days, expected):
    taken = at("11:00") + days * DAY_MS
    entered = Entered("li", at("18:00") + 4 * DAY_MS, 480)
    photo = Evidence(id="p", observer="li", observed_from=taken, entered=entered)
    assert phase_of(events, photo) is expected
    assert is_acquisition_certain(events, photo) is (expected is not None)
    openly = Acquisition.OVERT if expected else Acquisition.COVERT
    assert acquisition_of(events, photo) is openly
    assert acquisition_of(events, replace(photo, entered=NOT_ENTERED)) is (
        Acquisition.OVERT if (events, days) == (SHOWN, 9) else openly
    )


@pytest.mark.parametrize(
    ("time", "days", "outside"),
    [
        ("09:00", -1, False),
        ("08:59", -1, True),
        ("11:30", 1, False),
        ("11:31", 1, True),
    ],
)
def test_a_day_around_what_happened_at_the_place_is_of_the_visit(time, days, outside):
    moment = at(time) + days * 24 * 3_600_000
    assert is_outside(DAY, moment) is outside
    # What was written down elsewhere, and what was struck out, happened at no place.
    note = Event(id="n", kind=EventKind.NOTE, observed_from=moment)
    wrong = Event(id="l", kind=EventKind.LEFT, observed_from=moment, void="typed by mistake")
    assert is_outside((*DAY, note, wrong), moment) is outside


def test_nothing_is_outside_of_a_visit_of_which_nothing_is_known_yet():
    photo = Evidence(id="p", observer="li", observed_from=at("09:00"))
    assert not is_outside((), at("09:00"))
    assert phase_of((), photo) is Phase.PREPARED
    assert is_acquisition_certain((), photo)


@pytest.mark.parametrize("mode", [Acquisition.PROVIDED, Acquisition.SYSTEM])
def test_what_was_provided_stays_provided(mode):
    photo = Evidence(id="p", observer="li", acquisition=mode)
    assert acquisition_of(DAY, photo) is mode
    assert is_acquisition_certain(DAY, photo)


def test_phases_may_be_skipped_and_entered_late():
    check_transition((), Phase.FEEDBACK, at("11:00"), sealed=False)
    check_transition((phase("feedback", "11:00"),), Phase.COVERT, at("09:00"), sealed=False)
    check_transition((phase("covert", "11:00"),), Phase.OVERT, at("11:00"), sealed=False)


@pytest.mark.parametrize(
    ("new", "time"),
    [
        (Phase.COVERT, "10:00"),  # later than overt
        (Phase.OVERT, "10:00"),  # a second time
        (Phase.FEEDBACK, "09:15"),  # earlier than overt
    ],
)
def test_phases_only_go_forward(new, time):
    events = (phase("overt", "09:30"),)
    with pytest.raises(MingchaError) as refused:
        check_transition(events, new, at(time), sealed=False)
    assert refused.value.code == "phase_order"
    assert "09:30" in str(refused.value)


@pytest.mark.parametrize("new", [Phase.PREPARED, Phase.SEALED])
def test_the_first_and_the_last_phase_are_not_entered_by_an_event(new):
    with pytest.raises(MingchaError) as refused:
        check_transition((), new, at("09:00"), sealed=False)
    assert refused.value.code == "phase_not_entered"


def test_a_sealed_visit_stays_as_it_is():
    with pytest.raises(MingchaError) as refused:
        check_transition((), Phase.OVERT, at("09:00"), sealed=True)
    assert refused.value.code == "visit_sealed"


MOMENTS = st.none() | st.integers(0, 20)
EVENTS = st.lists(
    st.builds(
        Event,
        id=st.integers(0, 10**9).map(str),
        void=st.sampled_from([None, None, "mistake"]),
        observer=st.sampled_from(["li", "wang"]),
        kind=st.sampled_from([EventKind.PHASE, EventKind.REVEAL, EventKind.NOTE]),
        phase=st.sampled_from(["covert", "overt", "feedback", "sealed", "?"]),
        observed_from=MOMENTS,
    ),
    max_size=8,
    unique_by=lambda event: event.id,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_matters(events, random):
    shuffled = random.sample(events, len(events))
    for ms in range(-1, 22):
        assert phase_at(events, "li", ms) is phase_at(shuffled, "li", ms)
    assert current_phase(events, False) is current_phase(shuffled, False)


@given(EVENTS)
def test_nobodys_phase_ever_goes_back(events):
    for observer in ("li", "wang"):
        ranks = [ORDER.index(phase_at(events, observer, ms)) for ms in range(-1, 22)]
        assert ranks == sorted(ranks)


@given(st.permutations([("covert", 1), ("overt", 2), ("feedback", 3)]), st.data())
def test_accepted_changes_are_the_same_in_any_order_of_entry(order, data):
    times = sorted(data.draw(st.lists(st.integers(0, 9), min_size=3, max_size=3)))
    events: list[Event] = []
    for word, rank in order:
        check_transition(events, Phase(word), times[rank - 1], sealed=False)
        events.append(
            Event(id=word, kind=EventKind.PHASE, phase=word, observed_from=times[rank - 1])
        )
    assert phase_at(events, "li", times[-1]) is Phase.FEEDBACK


LATER = at("14:00") + 3 * 86_400_000


def test_the_day_of_a_visit_is_the_newest_on_which_it_was_seen_to_happen():
    covert = phase("covert", "09:00", time_source=TimeSource.NOTE)
    entered_later = (
        Event(id="rules", kind=EventKind.RULES_ACCEPTED, observed_from=LATER),
        Event(id="note", kind=EventKind.NOTE, observed_from=LATER),
        Remark(id="remark", observed_from=LATER),
        Remark(id="no time", time_source=TimeSource.NOTE),
        phase("overt", "10:00", void="entered twice", time_source=TimeSource.NOTE),
    )
    day = date(2026, 11, 20)
    assert visit_day((covert, *entered_later), 480) == day
    assert visit_day(entered_later, 480) is None
    said = Remark(id="said", observed_from=LATER, time_source=TimeSource.MEMORY)
    assert visit_day((covert, said), 480) == date(2026, 11, 23)
    left = Event(id="left", kind=EventKind.LEFT, observed_from=LATER)
    assert visit_day((covert, left), 480) == date(2026, 11, 23)


def test_a_day_mistyped_into_the_future_draws_no_later_time_to_it():
    typed = Entered("li", at("18:00"), 480)
    covert = phase(COVERT, "10:00", entered=typed)
    wrong = Remark(id="w", observed_from=LATER, time_source=TimeSource.MEMORY, entered=typed)
    assert visit_day((covert, wrong), 480) == date(2026, 11, 20)
    # Where the clock of the laptop is behind, every time is ahead of it.
    assert visit_day((wrong,), 480) == date(2026, 11, 23)
