"""Opening hours as JSON and as text, in both languages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.domain.hours_text import parse_text, to_text
from inspector.domain.schedules import (
    NO_WEEK,
    Extra,
    ExtraKind,
    Schedule,
    Season,
    Span,
    parse,
    to_json,
)

DAYS = [f"2026-{month:02}-{day:02}" for month in (1, 6, 12) for day in (1, 28)]


@st.composite
def span_lists(draw, least=0):
    count = draw(st.integers(least, 3))
    marks = draw(
        st.lists(st.integers(0, 1440), min_size=2 * count, max_size=2 * count, unique=True)
    )
    marks.sort()
    return tuple(Span(marks[n], marks[n + 1]) for n in range(0, 2 * count, 2))


WEEKS = st.tuples(*[st.none() | span_lists()] * 7)
NUMBERS = {
    "weekdays": st.sets(st.integers(1, 7), max_size=4),
    "endings": st.sets(st.integers(0, 9), max_size=3),
    "days": st.sets(st.integers(1, 31), max_size=3),
    "dates": st.sets(st.sampled_from(DAYS), max_size=2),
}
EXTRAS = st.builds(
    Extra,
    kind=st.sampled_from(ExtraKind),
    spans=span_lists(least=1),
    **{name: values.map(lambda found: tuple(sorted(found))) for name, values in NUMBERS.items()},
).filter(lambda extra: extra.weekdays or extra.endings or extra.days or extra.dates)
SEASONS = st.sampled_from(
    [(), (("夏季", (5, 1), (9, 30)),), (("summer", (4, 1), (9, 30)), ("冬令时", (11, 1), (2, 29)))]
)


@st.composite
def schedules(draw):
    seasons = tuple(
        Season(name, first, last, draw(WEEKS.filter(lambda week: week != NO_WEEK)))
        for name, first, last in draw(SEASONS)
    )
    dates = draw(st.dictionaries(st.sampled_from(DAYS), span_lists(), max_size=3))
    return Schedule(
        week=draw(WEEKS),
        seasons=seasons,
        extras=tuple(draw(st.lists(EXTRAS, max_size=3))),
        dates=tuple(sorted(dates.items())),
    )


@given(schedules())
def test_every_schedule_survives_json(schedule):
    assert parse(json.loads(json.dumps(to_json(schedule)))) == schedule


@given(schedules(), st.sampled_from(["zh", "en"]))
def test_every_schedule_survives_text(schedule, lang):
    assert parse_text(to_text(schedule, lang)) == schedule


WORDS = st.sampled_from(
    [
        *("周一", "至", "周五", "Mon", "-", "Fri", "9:00-12:00", "13:30", "closed", "休息", ";"),
        *("夏季(05-01..09-30)", "逢2、5日", "集日", "延时", "每月5日", "2026-12-01", "2026-02-30"),
        *(",", "99:00-100:00"),
    ]
)


def code_of(call, value):
    """Return the code by which `value` is refused, "" if it is read."""
    try:
        call(value)
    except MingchaError as error:
        return error.code
    return ""


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text())
def test_any_text_is_read_or_refused_by_code(text):
    known = ("unreadable", "without_days", "invalid", "overlap")
    assert code_of(parse_text, text) in {"", *(f"hours_{word}" for word in known)}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("09:00-12:00"),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["week", "seasons", "extra", "dates", "kind", "spans", "1", "name"]),
            inner,
            max_size=3,
        )
    ),
)


@given(JSON)
def test_any_json_is_read_or_refused_by_code(value):
    assert code_of(parse, value) in {"", "hours_invalid", "hours_overlap"}


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ({"week": {"8": []}}, "hours_invalid"),
        ({"week": {"1": ["12:00-09:00"]}}, "hours_invalid"),
        ({"week": {"1": ["09:00-24:01"]}}, "hours_invalid"),
        ({"week": {"1": ["9:75-12:00"]}}, "hours_invalid"),
        ({"week": {"1": "09:00-12:00"}}, "hours_invalid"),
        ({"week": {"1": ["09:00-12:00", "11:00-13:00"]}}, "hours_overlap"),
        ({"weak": {}}, "hours_invalid"),
        ({"dates": {"2026-02-30": []}}, "hours_invalid"),
        ({"dates": {"20260201": []}}, "hours_invalid"),
        ({"seasons": [{"name": "夏季", "from": "02-30", "to": "09-30"}]}, "hours_invalid"),
        ({"extra": [{"kind": "market", "spans": ["08:00-13:00"]}]}, "hours_invalid"),
        (
            {"extra": [{"kind": "market", "spans": ["08:00-13:00"], "endings": [True]}]},
            "hours_invalid",
        ),
        (
            {"extra": [{"kind": "market", "spans": ["08:00-13:00"], "endings": [2, 2]}]},
            "hours_overlap",
        ),
        ({"extra": [{"kind": "market", "spans": [], "endings": [2]}]}, "hours_invalid"),
    ],
)
def test_what_is_not_of_the_documented_shape_is_refused(hours, code):
    assert code_of(parse, hours) == code


def test_seasons_may_overlap_only_about_different_weekdays():
    def both(other):
        one = {"name": "a", "from": "11-01", "to": "02-01", "week": {"1": []}}
        return {"seasons": [one, {"name": "b", "from": "01-15", "to": "03-01", "week": other}]}

    assert code_of(parse, both({"1": []})) == "hours_overlap"
    assert code_of(parse, both({"2": []})) == ""


def test_schedules_are_written_in_both_languages():
    text = (
        "周一至周五 9:00-12:00 13:30-17:00; 夏季(05-01..09-30) 9:00-12:00 14:30-17:30; "
        "周六 9:00-12:00"
    )
    schedule = parse_text(text)
    assert to_text(schedule, "zh") == (
        "周一至周五 9:00-12:00 13:30-17:00；周六 9:00-12:00；"
        "夏季(05-01..09-30) 周一至周五 9:00-12:00 14:30-17:30"
    )
    assert to_text(schedule, "en") == (
        "Mon-Fri 9:00-12:00 13:30-17:00; Sat 9:00-12:00; "
        "夏季(05-01..09-30) Mon-Fri 9:00-12:00 14:30-17:30"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("周一到周五 上午９：００—１２：００ 下午1:30-5:00", "Mon-Fri 9:00-12:00,13:30-17:00"),
        ("工作日 9.00-12.00。周日 关闭", "weekdays 9:00-12:00\nSunday closed"),
        ("星期一、星期三 9:00至12:00", "Mon, Wed 9:00 to 12:00"),
        ("逢2、5、8集日 8:00-13:00", "market days ending in 2,5,8 8:00-13:00"),
        ("每月5、10日集日 8:00-13:00", "Market days on days 5,10 8:00-13:00"),
        ("夏季(5月1日至9月30日) 周一 9:00-12:00", "夏季 (05-01~09-30) Mon 9:00-12:00"),
        ("每天 0:00-24:00", "daily 0:00-24:00"),
    ],
)
def test_two_ways_to_type_the_same(one, other):
    assert parse_text(one) == parse_text(other)
    assert parse_text(one) != Schedule()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9:00-12:00", "hours_without_days"),
        ("夏季(05-01..09-30) 9:00-12:00", "hours_without_days"),
        ("延时 17:00-19:00", "hours_without_days"),
        ("周五至周一 9:00-12:00", "hours_unreadable"),
        ("周一 九点到十二点", "hours_unreadable"),
        ("周一", "hours_unreadable"),
        ("周一 休息 9:00-12:00", "hours_unreadable"),
        ("周一 9:00-12:00 休息", "hours_unreadable"),
        ("逢2日 9:00-12:00", "hours_unreadable"),
        ("集日 延时 周一 9:00-12:00", "hours_unreadable"),
        ("夏季(05-01..09-30) 2026-06-01 9:00-12:00", "hours_unreadable"),
        ("周一 9:00-12:00 11:00-13:00", "hours_overlap"),
        ("周一 9:00-12:00; 周一 13:00-14:00", "hours_overlap"),
        ("周一 12:00-9:00", "hours_invalid"),
        ("2026-02-30 休息", "hours_invalid"),
    ],
)
def test_what_could_mean_two_things_is_refused(text, code):
    assert code_of(parse_text, text) == code
