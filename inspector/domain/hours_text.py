"""Opening hours as people type them in a cell or on a line, and back.

    周一至周五 9:00-12:00 13:30-17:00；夏季(05-01..09-30) 9:00-12:00 14:30-17:30；周六 9:00-12:00
    Mon-Fri 9:00-12:00,13:30-17:00; market days ending 2,5,8 8:00-13:00; 2026-12-01 closed

Entries are separated by semicolons or lines and stand alone, but for one thing: a season without
weekdays is about those of the entry before. 集日 / market days and 延时 / extended add to a day;
their days are weekdays, dates, 逢2、5日 / ending 2,5 (last digit of the day of the month) or
每月5、10日 / on days 5,10. What cannot be read without guessing is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.clocktext import half_width
from inspector.domain.schedules import (
    ExtraKind,
    Schedule,
    Spans,
    Week,
    clock_of,
    make_span,
    parse,
    spans_json,
)

if TYPE_CHECKING:
    from inspector.base.i18n import Lang
    from inspector.domain.entities import Json

_TO = r"\s*(?:-|~|–|—|至|到|\bto\b)\s*"
_AND = r"\s*[、,，/\s]\s*"
_ZH_DAYS = "一二三四五六日"
_EN_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY = (
    r"(?:(?:周|星期|礼拜)[一二三四五六日天]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b)"
)
_FLAGS = re.IGNORECASE | re.ASCII
_SEASON = re.compile(
    r"([^\W\d_]+)\s*\(\s*(\d\d?)[-月](\d\d?)日?\s*(?:\.\.|至|到|~|–|—)\s*"
    r"(\d\d?)[-月](\d\d?)日?\s*\)",
    re.IGNORECASE,
)
_MARKET = re.compile(r"集日|逢集|赶集|market\s+days?\b", _FLAGS)
_EXTENDED = re.compile(r"延时(?:服务)?|extended\b", _FLAGS)
_WEEKDAYS = re.compile(f"({_WEEKDAY})(?:{_TO}({_WEEKDAY}))?", _FLAGS)
_ALIASES = re.compile(r"(工作日|weekdays\b)|(每天|每日|daily\b)", _FLAGS)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?!\d)", _FLAGS)
_ENDINGS = re.compile(rf"(?:逢|ending\s+(?:in\s+)?)(\d(?:{_AND}\d)*)(?![\d:.])日?", _FLAGS)
_DAYS = re.compile(rf"(?:每月|on\s+days?\s+)(\d\d?(?:{_AND}\d\d?)*)(?![\d:.])日?", _FLAGS)
_SPAN = re.compile(rf"(上午|下午)?\s*(\d\d?[:.]\d\d){_TO}(\d\d?[:.]\d\d)(?!\d)", _FLAGS)
_CLOSED = re.compile(r"休息|关闭|不开放|closed\b", _FLAGS)
_GAP = re.compile(r"[\s、,，:]*")


@dataclass(slots=True)
class _Entry:
    """One entry while it is being read."""

    text: str
    season: tuple[str, str, str] | None = None
    kind: ExtraKind | None = None
    weekdays: list[int] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    endings: list[int] = field(default_factory=list)
    days: list[int] = field(default_factory=list)
    spans: list[str] | None = None


def parse_text(text: str) -> Schedule:
    """Return the schedule that `text` says; an empty text says nothing.

    Raises MingchaError `hours_unreadable`, `hours_without_days`, `hours_overlap`, `hours_invalid`.
    """
    hours: Json = {}
    weekdays: list[int] = []
    for clause in re.split(r"[;\n]", half_width(text).replace("。", ";")):
        if clause.strip():
            entry = _read(clause.strip())
            if entry.season and not entry.weekdays:
                entry.weekdays = weekdays
            _add(hours, entry)
            weekdays = entry.weekdays or weekdays
    return parse(hours)


def _read(clause: str) -> _Entry:
    entry = _Entry(clause)
    at = 0
    if season := _SEASON.match(clause):
        first, last = (f"{int(season[n]):02}-{int(season[n + 1]):02}" for n in (2, 4))
        entry.season, at = (season[1], first, last), season.end()
    while (at := _skip(clause, at)) < len(clause):
        end = _read_days(entry, clause, at) if entry.spans is None else None
        end = end or _read_spans(entry, clause, at)
        if end is None:
            raise MingchaError("hours_unreadable", text=clause[at:])
        at = end
    if entry.spans is None:
        raise MingchaError("hours_unreadable", text=clause)
    return entry


def _skip(clause: str, at: int) -> int:
    gap = _GAP.match(clause, at)
    return gap.end() if gap else at


def _read_days(entry: _Entry, clause: str, at: int) -> int | None:
    """Read one thing that says on which days or why; return where it ends."""
    for kind, pattern in ((ExtraKind.MARKET, _MARKET), (ExtraKind.EXTENDED, _EXTENDED)):
        if (found := pattern.match(clause, at)) and entry.kind in (None, kind):
            entry.kind = kind
            return found.end()
    if found := _WEEKDAYS.match(clause, at):
        first = _weekday(found[1])
        last = _weekday(found[2]) if found[2] else first
        if last < first:
            raise MingchaError("hours_unreadable", text=found[0])
        entry.weekdays += range(first, last + 1)
    elif found := _ALIASES.match(clause, at):
        entry.weekdays += range(1, 6 if found[1] else 8)
    elif found := _DATE.match(clause, at):
        entry.dates.append(found[0])
    elif found := _ENDINGS.match(clause, at):
        entry.endings += map(int, re.findall(r"\d", found[1]))
    elif found := _DAYS.match(clause, at):
        entry.days += map(int, re.findall(r"\d+", found[1]))
    return found.end() if found else None


def _read_spans(entry: _Entry, clause: str, at: int) -> int | None:
    """Read one span, or that the place is closed; return where it ends."""
    if found := _CLOSED.match(clause, at):
        if entry.spans is not None:
            raise MingchaError("hours_unreadable", text=clause)
        entry.spans = []
    elif found := _SPAN.match(clause, at):
        if entry.spans == []:
            raise MingchaError("hours_unreadable", text=clause)
        start, end = (_in_part(found[1], found[n].replace(".", ":")) for n in (2, 3))
        entry.spans = (entry.spans or []) + spans_json((make_span(start, end, clause),))
    return found.end() if found else None


def _in_part(part: str | None, time: str) -> str:
    hour, minute = time.split(":")
    return f"{int(hour) + 12}:{minute}" if part == "下午" and int(hour) < 12 else time


def _weekday(name: str) -> int:
    if name[-1] in _ZH_DAYS + "天":
        return _ZH_DAYS.index(name[-1].replace("天", "日")) + 1
    return _EN_DAYS.index(name[:3].capitalize()) + 1


def _add(hours: Json, entry: _Entry) -> None:
    """Put the entry into the JSON object `hours`."""
    if entry.kind is not None:
        _add_extra(hours, entry)
        return
    if entry.endings or entry.days or (entry.season and entry.dates):
        raise MingchaError("hours_unreadable", text=entry.text)
    if not entry.weekdays and not entry.dates:
        raise MingchaError("hours_without_days", text=entry.text)
    if entry.weekdays:
        week = _season_week(hours, entry.season) if entry.season else hours.setdefault("week", {})
        _put(week, [str(day) for day in entry.weekdays], entry)
    if entry.dates:
        _put(hours.setdefault("dates", {}), entry.dates, entry)


def _add_extra(hours: Json, entry: _Entry) -> None:
    named: dict[str, Any] = {
        "weekdays": entry.weekdays,
        "endings": entry.endings,
        "days": entry.days,
        "dates": entry.dates,
    }
    if entry.season or not entry.spans:
        raise MingchaError("hours_unreadable", text=entry.text)
    if not any(named.values()):
        raise MingchaError("hours_without_days", text=entry.text)
    extra = {"kind": entry.kind, "spans": entry.spans}
    hours.setdefault("extra", []).append(extra | {k: v for k, v in named.items() if v})


def _season_week(hours: Json, season: tuple[str, str, str]) -> Json:
    name, first, last = season
    seasons: list[Json] = hours.setdefault("seasons", [])
    for known in seasons:
        if (known["name"], known["from"], known["to"]) == season:
            week: Json = known["week"]
            return week
    seasons.append({"name": name, "from": first, "to": last, "week": {}})
    return _season_week(hours, season)


def _put(target: Json, days: list[str], entry: _Entry) -> None:
    for day in days:
        if day in target:
            raise MingchaError("hours_overlap", where=entry.text)
        target[day] = entry.spans


def to_text(schedule: Schedule, lang: Lang) -> str:
    """Return the schedule as text that `parse_text` reads back."""
    entries = _week_entries(schedule.week, "", lang)
    for season in schedule.seasons:
        first, last = ("{:02}-{:02}".format(*day) for day in (season.first, season.last))
        entries += _week_entries(season.week, f"{season.name}({first}..{last}) ", lang)
    words = _EXTRA_WORDS[lang]
    for extra in schedule.extras:
        parts = [words[extra.kind]]
        if extra.weekdays:
            parts.append(_weekdays_text(extra.weekdays, lang))
        if extra.endings:
            parts.append(words["endings"].format(_AND_TEXT[lang].join(map(str, extra.endings))))
        if extra.days:
            parts.append(words["days"].format(_AND_TEXT[lang].join(map(str, extra.days))))
        parts += extra.dates
        entries.append(" ".join([*parts, _spans_text(extra.spans, lang)]))
    entries += [f"{day} {_spans_text(spans, lang)}" for day, spans in schedule.dates]
    return {"zh": "；", "en": "; "}[lang].join(entries)


_AND_TEXT = {"zh": "、", "en": ","}
_EXTRA_WORDS = {
    "zh": {"market": "集日", "extended": "延时", "endings": "逢{}日", "days": "每月{}日"},
    "en": {
        "market": "market days",
        "extended": "extended",
        "endings": "ending {}",
        "days": "on days {}",
    },
}
_CLOSED_TEXT = {"zh": "休息", "en": "closed"}


def _week_entries(week: Week, prefix: str, lang: Lang) -> list[str]:
    """Return one entry for all weekdays with the same hours, in the order of their first day."""
    by_hours: dict[Spans, list[int]] = {}
    for number, spans in enumerate(week, start=1):
        if spans is not None:
            by_hours.setdefault(spans, []).append(number)
    return [
        f"{prefix}{_weekdays_text(tuple(days), lang)} {_spans_text(spans, lang)}"
        for spans, days in by_hours.items()
    ]


def _weekdays_text(weekdays: tuple[int, ...], lang: Lang) -> str:
    names = [f"周{day}" for day in _ZH_DAYS] if lang == "zh" else list(_EN_DAYS)
    parts: list[str] = []
    for _, run in groupby(enumerate(weekdays), key=lambda pair: pair[1] - pair[0]):
        days = [names[number - 1] for _, number in run]
        if len(days) > 2:
            days = [f"{days[0]}{'至' if lang == 'zh' else '-'}{days[-1]}"]
        parts += days
    return _AND_TEXT[lang].join(parts)


def _spans_text(spans: Spans, lang: Lang) -> str:
    times = (f"{clock_of(span.start)}-{clock_of(span.end)}" for span in spans)
    return (
        " ".join(time.removeprefix("0").replace("-0", "-") for time in times)
        or (_CLOSED_TEXT[lang])
    )
