"""Times as people type them, and as paper prints them.

Typed: 10:38, 1038, 9.05, 10:38:20, 上午9点05分, 下午3点半, 3:30 pm, with or without a day before
them (2026-11-20, 11-20, 2026年11月20日, 11月20日), full-width or not; two of them joined by
- ~ – — 至 到 or "to" are an interval. Without a part of the day a time means the 24-hour clock. A
time that could mean two things is refused, never guessed.
Days lie in the years 2000 to 2099; zones are minutes east of UTC.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from inspector.base.clock import to_datetime, to_ms
from inspector.base.errors import MingchaError
from inspector.base.patterns import pattern
from inspector.base.values import frozen

if TYPE_CHECKING:
    from inspector.base.i18n import Lang, Translator

#: Full-width forms of ASCII, the ideographic space and the minus sign, one character for one:
#: offsets stay true.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}

_DAY = (
    r"(?:(?P<y{n}>20\d\d)(?:-|/|年))?(?P<m{n}>\d{{1,2}})(?:-|/|月)"
    r"(?P<d{n}>\d{{1,2}})(?:日\s*|T|\s+)"
)
_PART = r"(?:(?P<part{n}>上午|早上|早晨|清晨|中午|下午|傍晚|晚上|凌晨)\s*)?"
_TIME = (
    r"(?:(?P<h{n}>\d{{1,2}})[:.](?P<i{n}>\d\d)(?::(?P<s{n}>\d\d))?"
    r"|(?P<hc{n}>\d{{1,2}})[点时](?:(?P<half{n}>半|整|一刻|三刻)|(?P<ic{n}>\d{{1,2}})分?)?"
    r"(?:(?<=分)(?P<sc{n}>\d{{1,2}})秒)?"
    r"|(?P<digits{n}>\d{{3,4}}))"
    r"(?:\s*(?P<half_day{n}>am|pm)\b)?(?![\d:.])"
)
_MOMENT = f"(?:{_DAY})?{_PART}{_TIME}"
_JOIN = r"\s*(?:-|~|–|—|至|到|to\b)\s*"
_WHEN = pattern(
    _MOMENT.format(n=1) + f"(?:{_JOIN}{_MOMENT.format(n=2)})?", re.IGNORECASE | re.ASCII
)
_QUARTERS = {"半": 30, "整": 0, "一刻": 15, "三刻": 45}
#: What each part of the day makes of a typed hour. An hour that is missing contradicts it.
_PARTS: dict[str, dict[int, int]] = {
    "am": {12: 0} | {hour: hour for hour in range(1, 12)},
    "pm": {12: 12} | {hour: hour + 12 for hour in range(1, 12)},
    "上午": {hour: hour for hour in range(5, 13)},
    "早上": {hour: hour for hour in range(5, 12)},
    "早晨": {hour: hour for hour in range(4, 10)},
    "清晨": {hour: hour for hour in range(4, 10)},
    "中午": {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14},
    "下午": {12: 12}
    | {hour: hour + 12 for hour in range(1, 8)}
    | {hour: hour for hour in range(13, 20)},
    "傍晚": {hour: hour + 12 for hour in range(5, 8)} | {hour: hour for hour in range(17, 20)},
    "晚上": {hour: hour + 12 for hour in range(6, 12)} | {hour: hour for hour in range(18, 24)},
    "凌晨": {12: 0} | {hour: hour for hour in range(7)},
}
#: Milliseconds of a minute and of a day; the first day of 1970, as `date` counts days.
_MINUTE_MS, _DAY_MS, _DAY_ONE = 60_000, 86_400_000, date(1970, 1, 1).toordinal()
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@frozen
class When:
    """A moment, or an interval if `end` is given; milliseconds since 1970 UTC.

    `length` is how many characters of the text it took.
    """

    start: int
    end: int | None
    length: int


def half_width(text: str) -> str:
    """Return `text` with full-width digits, letters and signs made ASCII; its length stays."""
    return text.translate(_HALF_WIDTH)


def read_when(text: str, day: date, zone: int) -> When | None:
    """Read the moment or interval that `text` begins with, or return None if it begins with none.

    `day` is meant where the text names none; a month and day lie in its year. Raises
    MingchaError `time_unreadable` (no such time or day) or `time_backwards`.
    """
    found = _WHEN.match(half_width(text))
    if found is None:
        return None
    start_day = _day(found, 1, day)
    part = _part(found, 1)
    start = _moment(found, 1, start_day, zone, part)
    end = None
    if _has(found, 2):
        end = _moment(found, 2, _day(found, 2, start_day), zone, _end_part(found, part))
        if end < start:
            raise MingchaError("time_backwards", text=found.group())
    return When(start, end, found.end())


def parse_when(text: str, day: date, zone: int) -> When:
    """Read `text` as one moment or interval. Raises MingchaError as `read_when` does."""
    stripped = text.strip()
    when = read_when(stripped, day, zone)
    if when is None or when.length != len(stripped):
        raise MingchaError("time_unreadable", text=text)
    return when


def parse_moment(text: str, day: date, zone: int) -> int:
    """Return the moment `text` names. Raises MingchaError `time_unreadable`, also for intervals."""
    when = parse_when(text, day, zone)
    if when.end is not None:
        raise MingchaError("time_unreadable", text=text)
    return when.start


def _has(found: re.Match[str], n: int) -> bool:
    return any(found.group(f"{name}{n}") for name in ("h", "hc", "digits"))


def _day(found: re.Match[str], n: int, default: date) -> date:
    year, month, number = (found.group(f"{name}{n}") for name in ("y", "m", "d"))
    if month is None:
        return default
    try:
        return date(int(year or default.year), int(month), int(number))
    except ValueError:
        raise MingchaError("time_unreadable", text=found.group()) from None


def _part(found: re.Match[str], n: int) -> str:
    """Return the part of the day that is named, "" if none is."""
    parts = [found.group(f"part{n}") or "", (found.group(f"half_day{n}") or "").lower()]
    if all(parts):
        raise MingchaError("time_unreadable", text=found.group())
    return "".join(parts)


def _end_part(found: re.Match[str], start_part: str) -> str:
    """Return the part of the day of an interval's end.

    下午3点到4点 means the afternoon twice. But in 3:00-4:00 pm the first time could be either.
    """
    part = _part(found, 2)
    if part and not start_part and _clock(found, 1)[0] <= 12:
        raise MingchaError("time_unreadable", text=found.group())
    return start_part if not part and _clock(found, 2)[0] <= 12 else part


def _moment(found: re.Match[str], n: int, day: date, zone: int, part: str) -> int:
    hour, minute, second = _clock(found, n)
    if part:
        hour = _PARTS[part].get(hour, -1)
    if not (0 <= hour < 24 and minute < 60 and second < 60):
        raise MingchaError("time_unreadable", text=found.group())
    place = timezone(timedelta(minutes=zone))
    return to_ms(datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=place))


def _clock(found: re.Match[str], n: int) -> tuple[int, int, int]:
    """Return hour, minute and second as typed, before the part of the day is heard."""
    if digits := found.group(f"digits{n}"):
        return int(digits[:-2]), int(digits[-2:]), 0
    if hour := found.group(f"h{n}"):
        return int(hour), int(found.group(f"i{n}")), int(found.group(f"s{n}") or 0)
    quarter = found.group(f"half{n}")
    minute = _QUARTERS[quarter] if quarter else int(found.group(f"ic{n}") or 0)
    return int(found.group(f"hc{n}")), minute, int(found.group(f"sc{n}") or 0)


def clock(ms: int, zone: int, *, seconds: bool = False) -> str:
    """Return the time of day as 10:38, or 10:38:20; what is finer is cut off, not rounded."""
    return to_datetime(ms, zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def iso_day(ms: int, zone: int) -> str:
    """Return the day as 2026-11-20."""
    return date.fromordinal(_DAY_ONE + (ms + zone * _MINUTE_MS) // _DAY_MS).isoformat()


def day(ms: int, zone: int, lang: Lang) -> str:
    """Return the day as 2026年11月20日 or 20 November 2026."""
    local = to_datetime(ms, zone)
    if lang == "zh":
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def span(start: int, end: int, zone: int) -> str:
    """Return an interval as 10:38–10:52; both days are named if it passes midnight."""
    first, last = iso_day(start, zone), iso_day(end, zone)
    if first == last:
        return f"{clock(start, zone)}–{clock(end, zone)}"
    return f"{first} {clock(start, zone)}–{last} {clock(end, zone)}"


def stopwatch(ms: int) -> str:
    """Return what a stopwatch shows after so many milliseconds: hours, minutes, seconds."""
    seconds = max(0, ms) // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def minutes_text(minutes: int, tr: Translator) -> str:
    """Return a duration that was cut off to whole minutes: 14 minutes, less than 1 minute."""
    return whole_minutes_text(minutes, tr) if minutes >= 1 else tr("less than 1 minute")


def whole_minutes_text(minutes: int, tr: Translator) -> str:
    """Return a limit in whole minutes, which may be 0: 15 minutes."""
    return tr("1 minute") if minutes == 1 else tr("{minutes} minutes", minutes=minutes)


def zone_text(zone: int) -> str:
    """Return a zone (minutes east of UTC) as UTC+08:00."""
    hours, minutes = divmod(abs(zone), 60)
    return f"UTC{'-' if zone < 0 else '+'}{hours:02d}:{minutes:02d}"
