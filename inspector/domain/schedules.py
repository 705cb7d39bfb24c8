"""Schedules: opening hours as they are recorded, and the JSON object that keeps them.

The JSON object in `Hall.hours` and `Window.hours` (every part may be missing; `{}`: not recorded):

    {"week": {"1": ["09:00-12:00", "13:30-17:00"], "6": ["09:00-12:00"], "7": []},
     "seasons": [{"name": "夏季", "from": "05-01", "to": "09-30",
                  "week": {"1": ["09:00-12:00", "14:30-17:30"]}}],
     "extra": [{"kind": "market", "endings": [2, 5, 8], "spans": ["08:00-13:00"]},
               {"kind": "extended", "weekdays": [3], "spans": ["17:00-19:00"]}],
     "dates": {"2026-12-01": []}}

Weekdays are 1 (Monday) to 7. Several spans a day leave the noon break between them. A weekday that
`week` does not name is closed; a weekday that a season does not name is as in `week`; seasons may
pass the turn of the year. `extra` adds to the day: market days or extended hours, by `weekdays`,
`endings` (last digit of the day of the month), `days` (of the month) or `dates`. `dates` says all
there is about a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.base.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.domain.entities import Json

DAY_MINUTES = 24 * 60
#: Longest name of a season.
SEASON_NAME_LIMIT = 20


class ExtraKind(StrEnum):
    """Why a place is open beyond its week."""

    MARKET = "market"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Open from `start` until before `end`, in minutes after local midnight (0 to 1440)."""

    start: int
    end: int


Spans = tuple[Span, ...]
#: Spans by weekday, Monday first; None where nothing is said about that weekday.
Week = tuple[Spans | None, ...]
NO_WEEK: Week = (None,) * 7


@frozen
class Season:
    """A part of every year with hours of its own; `first` and `last` are (month, day)."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    week: Week

    def covers(self, month_day: tuple[int, int]) -> bool:
        """Say whether the day (month, day) lies in the season, its ends included."""
        if self.first <= self.last:
            return self.first <= month_day <= self.last
        return month_day >= self.first or month_day <= self.last


@frozen
class Extra:
    """Additional spans on the days that any of its rules names."""

    kind: ExtraKind
    spans: Spans
    weekdays: tuple[int, ...] = ()
    endings: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()

    def names_date(self, day: date) -> bool:
        """Say whether that very date is listed."""
        return day.isoformat() in self.dates

    def on(self, day: date) -> bool:
        """Say whether any rule other than the weekday names the day."""
        return self.names_date(day) or day.day in self.days or day.day % 10 in self.endings


@frozen
class Schedule:
    """The opening hours of a place, as recorded. An empty one says nothing."""

    week: Week = NO_WEEK
    seasons: tuple[Season, ...] = ()
    extras: tuple[Extra, ...] = ()
    dates: tuple[tuple[str, Spans], ...] = ()


def merged(spans: Iterable[Span]) -> Spans:
    """Return `spans` in order, overlapping and abutting ones joined."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def parse(hours: Json) -> Schedule:
    """Return the schedule that the JSON object `hours` keeps.

    Raises MingchaError `hours_invalid` for anything that is not exactly of the documented shape,
    `hours_overlap` for spans of one list or seasons of one weekday that overlap.
    """
    _only_keys(hours, {"week", "seasons", "extra", "dates"}, "")
    seasons = tuple(
        _season(item, f"seasons.{n}") for n, item in enumerate(_list(hours, "seasons", "seasons"))
    )
    _refuse_overlapping(seasons)
    extras = tuple(
        _extra(item, f"extra.{n}") for n, item in enumerate(_list(hours, "extra", "extra"))
    )
    dates = _object(hours.get("dates", {}), "dates")
    return Schedule(
        week=_week(hours.get("week", {}), "week"),
        seasons=seasons,
        extras=extras,
        dates=tuple(
            (_iso(day, "dates"), _spans(spans, f"dates.{day}"))
            for day, spans in sorted(dates.items())
        ),
    )


def to_json(schedule: Schedule) -> Json:
    """Return the JSON object of `schedule`; `parse` gives the same schedule back."""
    result: Json = {}
    if schedule.week != NO_WEEK:
        result["week"] = _week_json(schedule.week)
    if schedule.seasons:
        result["seasons"] = [
            {
                "name": season.name,
                "from": "{:02}-{:02}".format(*season.first),
                "to": "{:02}-{:02}".format(*season.last),
                "week": _week_json(season.week),
            }
            for season in schedule.seasons
        ]
    if schedule.extras:
        result["extra"] = [_extra_json(extra) for extra in schedule.extras]
    if schedule.dates:
        result["dates"] = {day: spans_json(spans) for day, spans in schedule.dates}
    return result


def clock_of(minute: int) -> str:
    """Return minutes after midnight as 09:00 (24:00 at the end of the day)."""
    return f"{minute // 60:02}:{minute % 60:02}"


def make_span(start: str, end: str, where: str) -> Span:
    """Return the span between two times like 9:00. Raises MingchaError `hours_invalid`."""
    first, last = _minute(start), _minute(end)
    if not 0 <= first < last <= DAY_MINUTES:
        raise MingchaError("hours_invalid", where=where, value=f"{start}-{end}")
    return Span(first, last)


def in_order(spans: Iterable[Span], where: str) -> Spans:
    """Return `spans` in order. Raises MingchaError `hours_overlap` if two share a minute."""
    result = tuple(sorted(spans))
    if any(later.start < earlier.end for earlier, later in pairwise(result)):
        raise MingchaError("hours_overlap", where=where)
    return result


_SPAN = pattern(r"(\d\d?:\d\d)-(\d\d?:\d\d)", re.ASCII)
_MONTH_DAY = pattern(r"(\d\d)-(\d\d)", re.ASCII)
_NAME = pattern(r"[^\W\d_]+")


def _invalid(where: str, value: object) -> MingchaError:
    return MingchaError("hours_invalid", where=where, value=value)


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _invalid(where, value)
    return value


def _only_keys(value: Any, allowed: set[str], where: str) -> None:
    for key in _object(value, where):
        if key not in allowed:
            raise _invalid(where, key)


def _list(holder: dict[str, Any], key: str, where: str) -> list[Any]:
    value = holder.get(key, [])
    if not isinstance(value, list | tuple):
        raise _invalid(where, value)
    return list(value)


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute) if int(minute) < 60 else -1


def _spans(value: Any, where: str) -> Spans:
    if not isinstance(value, list | tuple):
        raise _invalid(where, value)
    spans = []
    for item in value:
        found = _SPAN.fullmatch(item) if isinstance(item, str) else None
        if found is None:
            raise _invalid(where, item)
        spans.append(make_span(found[1], found[2], where))
    return in_order(spans, where)


def _week(value: Any, where: str) -> Week:
    _only_keys(value, set("1234567"), where)
    return tuple(
        _spans(value[number], f"{where}.{number}") if number in value else None
        for number in "1234567"
    )


def _season(value: Any, where: str) -> Season:
    _only_keys(value, {"name", "from", "to", "week"}, where)
    season = Season(
        name=check_season_name(value.get("name"), where),
        first=month_day(value.get("from"), where),
        last=month_day(value.get("to"), where),
        week=_week(value.get("week", {}), f"{where}.week"),
    )
    if season.week == NO_WEEK:
        raise _invalid(where, "{}")
    return season


def check_season_name(value: Any, where: str) -> str:
    """Return the name: one word of letters. Raises MingchaError `hours_invalid`."""
    if isinstance(value, str) and _NAME.fullmatch(value) and len(value) <= SEASON_NAME_LIMIT:
        return value
    raise _invalid(where, value)


def month_day(value: Any, where: str) -> tuple[int, int]:
    """Return (month, day) of text like 05-01. Raises MingchaError `hours_invalid`."""
    found = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _invalid(where, value)
    month, day = int(found[1]), int(found[2])
    try:
        date(2000, month, day)  # a leap year: 02-29 is a day of the year
    except ValueError:
        raise _invalid(where, value) from None
    return month, day


def _extra(value: Any, where: str) -> Extra:
    _only_keys(value, {"kind", "spans", "weekdays", "endings", "days", "dates"}, where)
    if value.get("kind") not in list(ExtraKind):
        raise _invalid(where, value.get("kind"))
    extra = Extra(
        kind=ExtraKind(value["kind"]),
        spans=_spans(value.get("spans"), where),
        weekdays=_numbers(value, "weekdays", 1, 7, where),
        endings=_numbers(value, "endings", 0, 9, where),
        days=_numbers(value, "days", 1, 31, where),
        dates=_unique((_iso(day, where) for day in _list(value, "dates", where)), where),
    )
    if not extra.spans or not (extra.weekdays or extra.endings or extra.days or extra.dates):
        raise _invalid(where, value)
    return extra


def _numbers(holder: dict[str, Any], key: str, low: int, high: int, where: str) -> tuple[int, ...]:
    values = _list(holder, key, where)
    for value in values:
        if type(value) is not int or not low <= value <= high:
            raise _invalid(f"{where}.{key}", value)
    return _unique(values, f"{where}.{key}")


def _unique(values: Iterable[Any], where: str) -> tuple[Any, ...]:
    result = tuple(sorted(values))
    if len(set(result)) != len(result):
        raise MingchaError("hours_overlap", where=where)
    return result


def _iso(value: Any, where: str) -> str:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise _invalid(where, value)


def _refuse_overlapping(seasons: tuple[Season, ...]) -> None:
    """Refuse seasons of one name, or that both say something about one weekday of one day."""
    for one, other in combinations(seasons, 2):
        both = any(
            a is not None and b is not None for a, b in zip(one.week, other.week, strict=True)
        )
        overlapping = both and (one.covers(other.first) or other.covers(one.first))
        if overlapping or one.name == other.name:
            raise MingchaError("hours_overlap", where=f"{one.name}, {other.name}")


def spans_json(spans: Spans) -> list[str]:
    """Return `spans` as the JSON object keeps them."""
    return [f"{clock_of(span.start)}-{clock_of(span.end)}" for span in spans]


def _week_json(week: Week) -> Json:
    return {
        str(number): spans_json(spans)
        for number, spans in enumerate(week, start=1)
        if spans is not None
    }


def _extra_json(extra: Extra) -> Json:
    result: Json = {"kind": extra.kind.value, "spans": spans_json(extra.spans)}
    for name in ("weekdays", "endings", "days", "dates"):
        if values := getattr(extra, name):
            result[name] = list(values)
    return result
