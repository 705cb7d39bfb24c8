"""Window states by round and the absences that sightings allow to be stated."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.domain.absence_text import Limit, breaks, limit_in_force, sentence
from inspector.domain.absences import absences
from inspector.domain.answers import parse_answer
from inspector.domain.catalogues import LimitSource
from inspector.domain.entities import Hall, Round, Sighting, Sweep, Window
from inspector.domain.observations import round_states, sweep_targets
from inspector.domain.vocabulary import Conformity, TimeSource, WindowState
from inspector.operations.catalogues import checklist
from tests.support.visits import HALL, WINDOWS, ZONE, at, record, sighting

EN = translator("en")
S = WindowState
ROUND = Round(id="r1", number=1)


def states(visit, round_id="r1"):
    return {window: state.value for window, state in round_states(visit, round_id).items()}


def said(visit, limit=None):
    names = {window.id: window for window in visit.windows}
    return [sentence(found, names[found.window], EN, limit) for found in absences(visit)]


# -- rounds ----------------------------------------------------------------------------------


def test_a_round_begins_with_nothing_looked_at_and_nothing_carries_over():
    second = Round(id="r2", number=2)
    seen = sighting("s", "10:38", round_id="r1")
    visit = record(rounds=(ROUND, second), sightings=(seen,))
    assert states(visit)["w5"] == "unattended"
    assert set(states(visit, "r2").values()) == {"not_looked_at"}
    assert list(states(visit, "r2")) == ["w1", "w2", "w3", "w4", "w5", "w6"]


def test_a_round_of_one_floor_has_only_its_windows():
    visit = record(rounds=(Round(id="r1", floor="1"),))
    assert list(states(visit)) == ["w1", "w2", "w3"]


def test_a_sweep_fills_what_it_names_and_never_covers_an_own_sighting():
    early = sighting("s1", "10:38", window="w5", round_id="r1")
    late = sighting("s2", "10:50", window="w6", round_id="r1", state=S.PAUSED)
    sweep = Sweep(id="sw", round="r1", windows=("w4", "w5", "w6"), observed_from=at("10:45"))
    for sightings in ((early, late), (late, early)):
        visit = record(rounds=(ROUND,), sightings=sightings, sweeps=(sweep,))
        found = states(visit)
        assert [found[w] for w in ("w3", "w4", "w5", "w6")] == [
            "not_looked_at",
            "serving",
            "unattended",
            "paused",
        ]


def test_the_rest_of_a_zone_is_what_nobody_has_looked_at():
    sweep = Sweep(id="sw", round="r1", windows=("w4",))
    visit = record(
        rounds=(ROUND,), sightings=(sighting("s", "10:38", round_id="r1"),), sweeps=(sweep,)
    )
    assert sweep_targets(visit, "r1", floor="2") == ("w6",)
    assert sweep_targets(visit, "r1") == ("w1", "w2", "w3", "w6")


def test_the_sighting_observed_last_counts_not_the_one_entered_last():
    entered = (
        sighting("a", "10:52", round_id="r1", state=S.SERVING),
        sighting("b", "10:38", round_id="r1"),
        sighting("c", None, round_id="r1", state=S.CLOSED),
    )
    assert states(record(rounds=(ROUND,), sightings=entered))["w5"] == "serving"


def test_a_window_covered_by_another_is_covered_not_unattended():
    windows = (*WINDOWS[:4], Window(id="w5", number="05", covered_by="w4"))
    seen = sighting("s", "10:38", "10:52", round_id="r1")
    visit = record(windows=windows, rounds=(ROUND,), sightings=(seen,))
    assert states(visit)["w5"] == "covered"
    assert absences(visit) == ()


@pytest.mark.parametrize("round_id", ["none", "gone"])
def test_an_unknown_or_voided_round_is_refused(round_id):
    with pytest.raises(MingchaError) as refused:
        round_states(record(rounds=(Round(id="gone", void="mistake"),)), round_id)
    assert refused.value.code == "round_not_found"


# -- watching --------------------------------------------------------------------------------


def test_continuous_watching_gives_a_duration():
    visit = record(sightings=(sighting("s", "10:38", "10:52", people_waiting=6),))
    [found] = absences(visit)
    assert (found.minutes, found.people_waiting, found.hours_known) == (14, 6, True)
    assert said(visit) == ["Window 05 was unattended for 14 minutes (10:38–10:52); 6 waiting"]


def test_seconds_are_cut_off_never_rounded_up():
    visit = record(sightings=(sighting("s", "10:38:01", "10:52:00"),))
    assert absences(visit)[0].minutes == 13


def test_abutting_watching_of_one_inspector_is_one_absence():
    parts = (sighting("b", "10:45", "10:52"), sighting("a", "10:38", "10:45"))
    [found] = absences(record(sightings=parts))
    assert (found.minutes, found.sightings) == (14, ("a", "b"))


def test_watching_of_two_inspectors_or_with_a_gap_stays_apart():
    other = (sighting("a", "10:38", "10:45"), sighting("b", "10:45", "10:52", observer="wang"))
    gap = (sighting("a", "10:38", "10:45"), sighting("b", "10:46", "10:52"))
    assert [found.minutes for found in absences(record(sightings=other))] == [7, 7]
    assert [found.minutes for found in absences(record(sightings=gap))] == [7, 6]


def test_one_inspectors_watching_goes_on_while_another_watches_too():
    seen = (
        sighting("a", "10:38", "10:45"),
        sighting("b", "10:40", "10:42", observer="wang"),
        sighting("c", "10:45", "10:52"),
    )
    assert [found.minutes for found in absences(record(sightings=seen))] == [14, 2]


def test_only_the_part_within_the_opening_hours_counts():
    visit = record(sightings=(sighting("s", "11:50", "13:40"),))
    assert said(visit) == [
        "Window 05 was unattended for 10 minutes (11:50–12:00); "
        "only the time within the opening hours is counted",
        "Window 05 was unattended for 10 minutes (13:30–13:40); "
        "only the time within the opening hours is counted",
    ]


def test_outside_the_opening_hours_there_is_no_absence():
    outside = (sighting("s", "12:10", "13:00"), sighting("t", "17:00"))
    assert absences(record(sightings=outside)) == ()


def test_without_recorded_hours_it_is_said_so():
    visit = record(hall=Hall(id="hall"), sightings=(sighting("s", "12:10", "12:24"),))
    assert said(visit) == [
        "Window 05 was unattended for 14 minutes (12:10–12:24); opening hours not recorded"
    ]


def test_a_windows_own_hours_decide():
    own = Window(id="w5", number="05", hours={"week": {"5": ["10:45-11:00"]}})
    [found] = absences(record(windows=(own,), sightings=(sighting("s", "10:38", "10:52"),)))
    assert (found.minutes, found.clipped) == (7, True)


@pytest.mark.parametrize(
    "state", [state for state in WindowState if state is not WindowState.UNATTENDED]
)
def test_no_other_state_is_an_absence(state):
    assert absences(record(sightings=(sighting("s", "10:38", "10:52", state=state),))) == ()


def test_void_replaced_and_timeless_sightings_give_none():
    seen = (
        sighting("v", "10:38", "10:52", void="wrong window"),
        sighting("o", "10:38", "10:52"),
        sighting("n", "10:38", "10:40", replaces="o"),
        sighting("t", None),
    )
    assert [found.minutes for found in absences(record(sightings=seen))] == [2]


def test_what_contradicts_the_watching_is_said():
    seen = (
        sighting("a", "10:38", "10:52"),
        sighting("b", "10:45", state=S.SERVING, observer="wang"),
        sighting("c", "10:52", state=S.SERVING, observer="wang"),
    )
    [found] = absences(record(sightings=seen))
    assert found.contradicted == ("b",)
    assert "says otherwise" in said(record(sightings=seen))[0]


def test_watching_that_saw_something_else_contradicts_where_it_overlaps():
    before = sighting("b", "10:30", "10:45", state=S.SERVING, observer="wang")
    touching = sighting("t", "10:20", "10:38", state=S.SERVING, observer="wang")
    seen = (sighting("a", "10:38", "10:52"), before, touching)
    [found] = absences(record(sightings=seen))
    assert found.contradicted == ("b",)
    look = (sighting("l", "10:40"), before)
    [found] = absences(record(sightings=look))
    assert found.contradicted == ("b",)


def test_memory_makes_a_duration_about():
    seen = sighting("s", "10:38", "10:52", source=TimeSource.MEMORY, precision=300)
    assert said(record(sightings=(seen,))) == [
        "Window 05 was unattended for about 14 minutes (10:38–10:52); "
        "times are exact to ± 5 minutes"
    ]


# -- separate looks --------------------------------------------------------------------------


def test_separate_looks_give_moments_and_no_duration():
    seen = (sighting("b", "10:52"), sighting("a", "10:38"))
    visit = record(sightings=seen)
    [found] = absences(visit)
    assert found.minutes is None
    assert said(visit) == ["10:38, 10:52: window 05 was seen unattended 2 times"]


def test_one_look_is_one_look():
    seen = (sighting("a", "10:38:05"), sighting("b", "10:38:50", observer="wang"))
    assert said(record(sightings=seen)) == ["10:38: window 05 was seen unattended"]


def test_looks_divided_by_another_state_or_day_stay_apart():
    between = (sighting("a", "10:38"), sighting("b", "10:45", state=S.IDLE), sighting("c", "10:52"))
    assert [len(found.moments) for found in absences(record(sightings=between))] == [1, 1]
    later = Sighting(
        id="z", window="w5", state=S.UNATTENDED, observed_from=at("10:38", "2026-11-23")
    )
    days = record(sightings=(sighting("a", "10:38"), later))
    assert [len(found.moments) for found in absences(days)] == [1, 1]


def test_a_single_look_within_bounds_is_no_more_exact_than_they_are():
    seen = replace(sighting("a", "10:38", "10:52"), continuous=False)
    assert said(record(sightings=(seen,))) == [
        "10:38: window 05 was seen unattended; times are exact to ± 14 minutes"
    ]


def test_looks_outside_the_hours_are_left_out():
    seen = (sighting("a", "11:50"), sighting("b", "12:30"), sighting("c", "13:35"))
    assert said(record(sightings=seen)) == ["11:50, 13:35: window 05 was seen unattended 2 times"]


def test_a_watched_absence_and_a_later_look_are_two_facts():
    seen = (sighting("a", "10:28", "10:38"), sighting("b", "10:52"))
    assert said(record(sightings=seen)) == [
        "Window 05 was unattended for 10 minutes (10:28–10:38)",
        "10:52: window 05 was seen unattended",
    ]


# -- limits ----------------------------------------------------------------------------------

LIMIT = Limit(15, "窗口考核办法", "Window appraisal rules", "〔2024〕3号")


def local(item, pass_rule, name="办法第八条"):
    """Return `item` with a limit that a rule of the place itself sets."""
    return replace(item, pass_rule=pass_rule, limit_source=LimitSource.LOCAL, limit_rule=name)


def test_a_limit_names_its_rule_once_reached_and_not_before():
    within = record(sightings=(sighting("s", "10:38", "10:53:59"),))
    beyond = record(sightings=(sighting("s", "10:38", "10:54"),))
    assert "limit" not in said(within, LIMIT)[0]
    assert said(beyond, LIMIT)[0].endswith(
        "; this exceeds the limit of 15 minutes (Window appraisal rules, 〔2024〕3号)"
    )


def test_a_limit_is_broken_for_sure_only_if_the_times_are_exact_enough():
    unsure = "; its times are not exact enough to be sure of that"
    for minutes, precision, sure in ((16, 60, True), (25, 300, False), (26, 300, True)):
        seen = replace(sighting("s", "10:30", f"10:{30 + minutes}"), time_precision=precision)
        [text] = said(record(sightings=(seen,)), LIMIT)
        assert "this exceeds the limit of 15 minutes" in text
        assert (unsure in text) is not sure
    # What the hours cut off bounds it exactly.
    early = replace(sighting("s", "08:00", "09:22"), time_precision=300)
    assert unsure not in said(record(sightings=(early,)), LIMIT)[0]
    within = replace(sighting("s", "10:30", "10:40"), time_precision=300)
    assert unsure not in said(record(sightings=(within,)), LIMIT)[0]


def test_a_limit_may_be_broken_when_it_is_reached():
    strict = replace(LIMIT, reached=True)
    below = record(sightings=(sighting("s", "10:38", "10:52:59"),))
    exact = record(sightings=(sighting("s", "10:38", "10:53"),))
    assert "limit" not in said(below, strict)[0]
    assert "; this reaches the limit of 15 minutes" in said(exact, strict)[0]


@pytest.mark.parametrize("rule", ["value <= 15", "value < 15"])
@pytest.mark.parametrize("minutes", [0, 14, 15, 16])
def test_a_limit_is_broken_exactly_when_the_item_does_not_conform(rule, minutes):
    [found] = absences(record(sightings=(sighting("s", "10:30", f"10:{30 + minutes}"),))) or [None]
    items = [each for each in checklist().items if each.code == "S02-05"]
    item = local(items[0], rule)
    limit = limit_in_force(replace(checklist(), items=(item,)))
    _value, conformity = parse_answer(item, str(minutes))
    broken = found is not None and breaks(found, limit)
    assert broken is (conformity is Conformity.DOES_NOT_CONFORM)


def test_a_rule_that_sets_no_upper_limit_in_minutes_gives_none():
    items = [each for each in checklist().items if each.code == "S02-05"]
    for rule in ("value >= 10", "value = 10", "value <= 7.5"):
        item = local(items[0], rule)
        assert limit_in_force(replace(checklist(), items=(item,))) is None


def test_separate_looks_never_break_a_limit():
    [found] = absences(record(sightings=(sighting("a", "10:00"), sighting("b", "11:00"))))
    assert not breaks(found, Limit(0, "", "", reached=True))


# -- properties ------------------------------------------------------------------------------

MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: at("00:00") + minute * 60_000)
SIGHTINGS = st.lists(
    st.builds(
        Sighting,
        id=st.integers(0, 10**9).map(str),
        observer=st.sampled_from(["li", "wang"]),
        window=st.sampled_from(["w1", "w5"]),
        state=st.sampled_from(WindowState),
        continuous=st.booleans(),
        observed_from=st.none() | MINUTES,
        observed_to=st.none() | MINUTES,
    ),
    max_size=8,
    unique_by=lambda item: item.id,
)
OPEN = ((at("09:00"), at("12:00")), (at("13:30"), at("17:00")))


@given(SIGHTINGS, st.randoms(use_true_random=False))
def test_the_order_of_entry_never_changes_an_absence(sightings, random):
    shuffled = tuple(random.sample(sightings, len(sightings)))
    assert absences(record(sightings=tuple(sightings))) == absences(record(sightings=shuffled))


@given(SIGHTINGS)
def test_an_absence_never_says_more_than_was_watched_within_the_hours(sightings):
    empty = [item for item in sightings if item.state is S.UNATTENDED]
    for found in absences(record(sightings=tuple(sightings))):
        own = [item for item in empty if item.id in found.sightings]
        assert {item.id for item in own} == set(found.sightings)
        if found.minutes is None:
            for moment in found.moments:
                assert any(start <= moment < end for start, end in OPEN)
                assert moment in {item.observed_from for item in own}
            continue
        assert any(start <= found.start < found.end <= end for start, end in OPEN)
        for ms in range(found.start, found.end, 60_000):
            assert any(
                item.continuous and item.observed_from <= ms < item.observed_to for item in own
            )


@given(MINUTES, st.integers(0, 3 * 3_600_000), st.integers(0, 60_000))
def test_a_duration_is_whole_minutes_elapsed(start, length, more):
    seen = Sighting(
        id="s",
        window="w5",
        state=S.UNATTENDED,
        continuous=True,
        observed_from=start + more,
        observed_to=start + more + length,
        observed_zone=ZONE,
    )
    always = Hall(id="hall", hours={"dates": {"2026-11-20": ["00:00-24:00"]}} | HALL.hours)
    total = sum(
        found.end - found.start
        for found in absences(record(sightings=(seen,)))
        if found.minutes is not None
    )
    assert total <= length
    if seen.observed_to < at("00:00", "2026-11-21") and length:
        [found] = absences(record(hall=always, sightings=(seen,)))
        assert found.minutes * 60_000 <= length < (found.minutes + 1) * 60_000


def test_only_a_rule_of_ones_own_is_a_limit():
    shipped = checklist()
    assert limit_in_force(shipped) is None, "another place's practice was taken for a rule"
    own = tuple(
        local(item, "value <= 10", "明州窗口办法第八条") if item.code == "S02-05" else item
        for item in shipped.items
    )
    limit = limit_in_force(replace(shipped, items=own))
    assert limit == Limit(10, "明州窗口办法第八条", "明州窗口办法第八条")
    assert limit_in_force(None) is None
