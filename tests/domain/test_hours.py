"""When a place was open: seasons, market days, extended hours, holiday swaps, unknown hours."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.entities import DayCalendar
from inspector.domain.hours import (
    Opening,
    is_open,
    open_overlap,
    open_spans,
    timetable,
)
from inspector.domain.hours_text import parse_text
from inspector.domain.schedules import Span, clock_of, to_json
from tests.support.visits import NINE_TO_FIVE, ZONE, at

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)
WORKDAY = "09:00-12:00 13:30-17:00"


def table(text, days=None, window=""):
    calendars = [DayCalendar(id="c", year=2026, days=days)] if days else []
    return timetable(
        to_json(parse_text(text)), to_json(parse_text(window)) if window else {}, calendars, ZONE
    )


def spans(hours, day):
    found = open_spans(hours, day)
    if found is None:
        return None
    return " ".join(f"{clock_of(span.start)}-{clock_of(span.end)}" for span in found)


BASE = (
    "周一至周五 9:00-12:00 13:30-17:00; 夏季(05-01..09-30) 9:00-12:00 14:30-17:30; 周六 9:00-12:00"
)


def test_a_window_with_hours_of_its_own_is_closed_on_the_dates_on_which_its_hall_is():
    hall = f"{BASE}; 2026-11-20 休息; 2026-11-21 休息; 2026-11-23 9:00-11:00"
    own = "周一至周日 8:00-20:00; 延时 2026-11-21 9:00-12:00"
    assert spans(table(hall, window=own), FRIDAY) == ""
    assert spans(table(hall, window=own), SATURDAY) == "08:00-20:00"  # its own hours name that date
    # Only that the hall is closed passes to its windows, not other hours of a date.
    assert spans(table(hall, window=own), date(2026, 11, 23)) == "08:00-20:00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-20", WORKDAY),
        ("2026-11-21", "09:00-12:00"),
        ("2026-11-22", ""),
        ("2026-04-30", WORKDAY),
        ("2026-05-01", "09:00-12:00 14:30-17:30"),
        ("2026-09-30", "09:00-12:00 14:30-17:30"),
        ("2026-05-02", "09:00-12:00"),
    ],
)
def test_weekday_and_season_decide(day, expected):
    assert spans(table(BASE), date.fromisoformat(day)) == expected


def test_a_season_may_pass_the_turn_of_the_year():
    hours = table("周一至周日 8:00-18:00; 冬季(11-01..02-29) 9:00-16:00")
    winter = [date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 28)]
    assert {spans(hours, day) for day in winter} == {"09:00-16:00"}
    assert spans(hours, date(2027, 3, 1)) == "08:00-18:00"


def test_market_days_extend_and_open():
    hours = table("周一至周五 9:00-12:00; 集日 逢2、5、8日 8:00-13:00; 集日 每月10、30日 8:00-9:00")
    assert spans(hours, date(2026, 11, 25)) == "08:00-13:00"  # a Wednesday: extended
    assert spans(hours, date(2026, 11, 22)) == "08:00-13:00"  # a Sunday: opened
    assert spans(hours, date(2026, 11, 30)) == "08:00-12:00"
    assert spans(hours, date(2026, 11, 29)) == ""


def test_a_place_open_on_market_days_only_is_closed_on_others():
    hours = table("集日 逢2日 8:00-13:00")
    assert spans(hours, date(2026, 11, 22)) == "08:00-13:00"
    assert spans(hours, FRIDAY) == ""


def test_extended_hours_by_weekday_and_date():
    hours = table("周一至周五 9:00-17:00; 延时 周五 17:00-19:00; 延时 2026-11-21 9:00-11:00")
    assert spans(hours, FRIDAY) == "09:00-19:00"
    assert spans(hours, SATURDAY) == "09:00-11:00"
    assert spans(hours, date(2026, 11, 28)) == ""


def test_an_explicit_date_says_all_there_is():
    hours = table("周一至周五 9:00-17:00; 延时 周五 17:00-19:00; 2026-11-20 10:00-11:00")
    assert spans(hours, FRIDAY) == "10:00-11:00"


def test_on_a_day_of_rest_only_what_names_the_date_is_open():
    rules = "周一至周五 9:00-17:00; 延时 周五 17:00-19:00; 集日 逢0日 8:00-13:00"
    rest = {"2026-11-20": "rest"}
    assert spans(table(rules, rest), FRIDAY) == ""
    assert spans(table(f"{rules}; 集日 2026-11-20 8:00-9:00", rest), FRIDAY) == "08:00-09:00"
    assert spans(table(f"{rules}; 2026-11-20 9:00-10:00", rest), FRIDAY) == "09:00-10:00"


def test_a_swapped_working_day_has_the_hours_that_working_days_share():
    text = "周一至周四 9:00-12:00 13:30-17:00; 周五 9:00-12:00 13:30-16:00; 周六 10:00-11:00"
    swapped = table(text, {"2026-11-21": "work", "2026-11-20": "work"})
    assert spans(swapped, SATURDAY) == "09:00-12:00 13:30-16:00"
    assert spans(swapped, FRIDAY) == "09:00-12:00 13:30-16:00"
    assert spans(table(text), SATURDAY) == "10:00-11:00"
    apart = table("周一 8:00-10:00; 周二 10:00-12:00; 周三 8:00-10:00", {"2026-11-21": "work"})
    assert spans(apart, SATURDAY) == ""


def test_calendars_that_disagree_mean_rest_and_void_ones_mean_nothing():
    work = DayCalendar(id="a", year=2026, days={"2026-11-21": "work"})
    rest = DayCalendar(id="b", year=2026, days={"2026-11-21": "rest"})
    gone = DayCalendar(id="b", year=2026, days={"2026-11-21": "rest"}, void="wrong year")
    for calendars in ([work, rest], [rest, work]):
        assert spans(timetable(NINE_TO_FIVE, {}, calendars, ZONE), SATURDAY) == ""
    assert spans(timetable(NINE_TO_FIVE, {}, [work, gone], ZONE), SATURDAY) == WORKDAY


def test_a_windows_own_hours_replace_the_halls_and_empty_ones_inherit():
    own = table(BASE, window="Fri 10:00-11:00")
    assert spans(own, FRIDAY) == "10:00-11:00"
    assert spans(own, SATURDAY) == ""
    assert spans(table(BASE, window=""), FRIDAY) == WORKDAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "夏季(05-01..09-30) 周一至周五 9:00-12:00",
        "2026-11-23 9:00-12:00",
        "延时 周五 17:00-19:00",
    ],
)
def test_what_is_not_recorded_is_unknown_not_closed(text):
    hours = table(text)
    assert open_spans(hours, FRIDAY) is None
    assert is_open(hours, at("10:00")) is Opening.UNKNOWN
    assert open_overlap(hours, at("10:00"), at("11:00")) is None


def test_hours_of_a_newer_version_are_unknown():
    hours = timetable({"lunar": ["09:00-12:00"]}, {}, [], ZONE)
    assert is_open(hours, at("10:00")) is Opening.UNKNOWN


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("08:59:59", Opening.CLOSED),
        ("09:00", Opening.OPEN),
        ("11:59:59", Opening.OPEN),
        ("12:00", Opening.CLOSED),
        ("13:30", Opening.OPEN),
    ],
)
def test_a_span_begins_at_its_minute_and_ends_before_its_last(time, expected):
    assert is_open(table(BASE), at(time)) is expected


def test_overlap_leaves_out_the_noon_break_and_joins_days():
    hours = table("每天 0:00-12:00 13:00-24:00")
    found = open_overlap(hours, at("11:30"), at("00:30", "2026-11-21"))
    assert found == (
        (at("11:30"), at("12:00")),
        (at("13:00"), at("00:30", "2026-11-21")),
    )
    assert open_overlap(hours, at("12:00"), at("12:30")) == ()
    assert open_overlap(hours, at("11:00"), at("11:00")) == ()


@given(st.integers(0, 3 * 1440), st.integers(0, 3 * 1440), st.integers(-720, 840))
def test_overlap_is_exactly_the_open_minutes(first, length, zone):
    hours = timetable(to_json(parse_text(BASE)), {}, [], zone)
    start = at("00:00") + first * 60_000
    end = start + length * 60_000
    parts = open_overlap(hours, start, end)
    inside = {ms for a, b in parts for ms in range(a, b, 60_000)}
    assert inside == {ms for ms in range(start, end, 60_000) if is_open(hours, ms) is Opening.OPEN}
    assert all(a < b for a, b in parts)
    assert all(b < c for (_, b), (c, _) in pairwise(parts))


@given(st.integers(0, 800))
def test_spans_of_any_day_are_in_order_and_apart(days):
    hours = table(f"{BASE}; 集日 逢2、5、8日 8:00-13:00; 延时 周三 11:00-14:00")
    found = open_spans(hours, FRIDAY + timedelta(days=days))
    assert list(found) == sorted(found)
    for one, other in pairwise(found):
        assert one.end < other.start
    assert all(isinstance(span, Span) and span.start < span.end for span in found)
