"""Times as typed and as printed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.base.i18n import translator
from inspector.domain import clocktext
from inspector.domain.clocktext import half_width, parse_moment, parse_when
from tests.support.visits import ZONE, at

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("10:38", "10:38"),
        ("1038", "10:38"),
        ("938", "09:38"),
        ("9.05", "09:05"),
        (" 10:38:20 ", "10:38:20"),
        ("2026-11-20 10:38", "10:38"),
        ("2026-11-20T10:38", "10:38"),
        ("11-20 10:38", "10:38"),
        ("11月20日 10:38", "10:38"),
        ("2026年11月20日上午9点05分", "09:05"),
        ("１０：３８", "10:38"),
        ("上午9点05分", "09:05"),
        ("上午9点05分20秒", "09:05:20"),
        ("上午12点", "12:00"),
        ("下午3点半", "15:30"),
        ("下午3点一刻", "15:15"),
        ("下午15:30", "15:30"),
        ("中午1点", "13:00"),
        ("晚上8点", "20:00"),
        ("凌晨12点10分", "00:10"),
        ("3:30 pm", "15:30"),
        ("12:10 AM", "00:10"),
        ("9点", "09:00"),
        ("0000", "00:00"),
    ],
)
def test_reads_times_people_type(text, time):
    assert parse_moment(text, DAY, ZONE) == at(time)


@pytest.mark.parametrize(
    "text",
    [
        *("", "9", "25:00", "24:00", "10:60", "1060", "10:38:60", "10:38:20:11", "103820"),
        *(
            "hello",
            "10:38 x",
            "上午3点",
            "晚上1点",
            "晚上12点",
            "中午9点",
            "下午9:00 pm",
            "13:00 am",
        ),
        *("2026-02-30 10:00", "13-01 10:00", "1999-01-01 10:00", "10:38-10:52"),
    ],
)
def test_refuses_what_is_no_time_or_could_be_two(text):
    with pytest.raises(MingchaError) as refused:
        parse_moment(text, DAY, ZONE)
    assert refused.value.code == "time_unreadable"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("10:38-10:52", "10:38", "10:52"),
        ("1038~1052", "10:38", "10:52"),
        ("10:38—10:52", "10:38", "10:52"),
        ("10:38～10：52", "10:38", "10:52"),
        ("10:38 至 10:52", "10:38", "10:52"),
        ("10:38 to 10:52", "10:38", "10:52"),
        ("下午3点到4点", "15:00", "16:00"),
        ("上午11点到下午1点", "11:00", "13:00"),
        ("2026-11-20 10:38-10:52", "10:38", "10:52"),
    ],
)
def test_reads_intervals(text, start, end):
    found = parse_when(text, DAY, ZONE)
    assert (found.start, found.end) == (at(start), at(end))


def test_an_interval_over_midnight_names_both_days():
    found = parse_when("11-20 23:50 - 11-21 00:10", DAY, ZONE)
    assert found.end - found.start == 20 * 60_000
    assert clocktext.span(found.start, found.end, ZONE) == "2026-11-20 23:50–2026-11-21 00:10"


@pytest.mark.parametrize("text", ["10:52-10:38", "23:50-00:10"])
def test_an_interval_never_ends_before_it_begins(text):
    with pytest.raises(MingchaError) as refused:
        parse_when(text, DAY, ZONE)
    assert refused.value.code == "time_backwards"


@pytest.mark.parametrize("text", ["3:00-4:00 pm", "11:30-下午1:30"])
def test_an_interval_whose_start_could_be_two_times_is_refused(text):
    with pytest.raises(MingchaError):
        parse_when(text, DAY, ZONE)


@given(
    st.integers(0, 86_399),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.integers(-720, 840),
)
def test_what_is_printed_is_read_back(second, day, zone):
    midnight = parse_moment(f"{day.isoformat()} 0:00", DAY, zone)
    ms = midnight + second * 1000
    printed = f"{clocktext.iso_day(ms, zone)} {clocktext.clock(ms, zone, seconds=True)}"
    assert parse_moment(printed, DAY, zone) == ms
    full_width = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789:" else c for c in printed)
    assert parse_moment(full_width, DAY, zone) == ms


def verdict(text):
    """Return in which of the three ways a text can be taken."""
    try:
        when = parse_when(text, DAY, ZONE)
    except MingchaError as error:
        return error.code
    return "read" if when.end is None or when.start <= when.end else "nonsense"


@given(st.text() | st.text("0123456789:.-年月日点分上下午 "))
def test_any_text_is_read_or_refused_by_code(text):
    assert verdict(text) in {"time_unreadable", "time_backwards", "read"}


@given(st.text())
def test_half_width_keeps_every_offset(text):
    assert len(half_width(text)) == len(text)


def test_prints_days_and_clock_in_both_languages():
    ms = at("10:38:59")
    assert clocktext.clock(ms, ZONE) == "10:38"
    assert clocktext.day(ms, ZONE, "zh") == "2026年11月20日"
    assert clocktext.day(ms, ZONE, "en") == "20 November 2026"
    assert clocktext.clock(ms, 0) == "02:38"


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "less than 1 minute"), (1, "1 minute"), (14, "14 minutes")]
)
def test_prints_durations(minutes, text):
    assert clocktext.minutes_text(minutes, translator("en")) == text
