"""Absences in words, with the rule of a limit once it is broken.

Within a limit an observation stays an observation: no rule is named. No national limit exists; each
comes from a local rule, which is therefore always printed with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.answers import rule_of
from inspector.domain.catalogues import printable_source
from inspector.domain.clocktext import clock, iso_day, minutes_text, span, whole_minutes_text
from inspector.domain.facts import effective
from inspector.domain.times import MINUTE_MS
from inspector.domain.vocabulary import LimitSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inspector.base.i18n import Translator
    from inspector.domain.absences import Absence
    from inspector.domain.catalogues import Checklist
    from inspector.domain.entities import DayCalendar, Window

#: The checklist item that measures how long a window stays empty.
UNATTENDED_ITEM = "S02-05"
#: Times finer than this many seconds need no remark on how fine they are.
PLAIN_PRECISION = 60


@dataclass(frozen=True, slots=True)
class Limit:
    """How many `minutes` a rule allows, and which rule says so.

    `source` is the document the rule stands in; the rule's name exists in both languages.
    `reached` says that the rule is broken when the limit is reached (`value < 15`), not only when
    it is exceeded (`value <= 15`).
    """

    minutes: int
    rule_zh: str
    rule_en: str
    source: str = ""
    reached: bool = False


def limit_in_force(checklist: Checklist | None) -> Limit | None:
    """Return the limit that a rule sets for leaving a window empty, or None.

    It stands in the checklist's item about it. Only a rule counts: a proposal of the checklist or
    another place's practice is no ground to say that a limit was reached.
    """
    items = checklist.items if checklist else ()
    item = next((each for each in items if each.code == UNATTENDED_ITEM), None)
    if item is None or item.limit_source not in (LimitSource.LOCAL, LimitSource.RULE):
        return None
    rule = rule_of(item)
    if rule.subject != "value" or rule.limit is None or rule.comparison not in ("<", "<="):
        return None
    if rule.limit != int(rule.limit):
        return None  # durations are whole minutes; half a minute could not be printed
    name = item.limit_rule or printable_source(item)
    return Limit(int(rule.limit), name, name, reached=rule.comparison == "<")


def breaks(absence: Absence, limit: Limit) -> bool:
    """Say whether a watched absence breaks the limit, as the item's pass rule would judge it.

    Separate looks never do.
    """
    return absence.minutes is not None and _breaks(absence.minutes, limit)


def _breaks(minutes: int, limit: Limit) -> bool:
    return minutes > limit.minutes - (1 if limit.reached else 0)


def window_name(window: Window) -> str:
    """Return what people call the window: its number, or else its label."""
    return window.number or window.label or window.id


def sentence(
    absence: Absence, window: Window, tr: Translator, limit: Limit | None = None, *, day: str = ""
) -> str:
    """Return what was seen in one line, without a full stop.

    day: the day of it, as printed before the times; "" where all was seen on one day.
    """
    tell = _watched if absence.moments == () else _seen
    text = tell(absence, window, tr, day)
    for remark in _remarks(absence, tr, limit):
        text = tr("{first}; {second}", first=text, second=remark)
    return text


def _watched(absence: Absence, window: Window, tr: Translator, day: str) -> str:
    message = (
        N_("Window {number} was unattended for about {duration} ({span})")
        if absence.about
        else N_("Window {number} was unattended for {duration} ({span})")
    )
    start, end = absence.start or 0, absence.end or 0
    times = span(start, end, absence.zone)
    if iso_day(start, absence.zone) == iso_day(end, absence.zone):
        times = f"{day} {times}".strip()  # past midnight both days stand there already
    duration = minutes_text(absence.minutes or 0, tr)
    return tr(message, number=window_name(window), duration=duration, span=times)


def _seen(absence: Absence, window: Window, tr: Translator, day: str) -> str:
    times = [clock(moment, absence.zone) for moment in absence.moments]
    times[0] = f"{day} {times[0]}".strip()
    number = window_name(window)
    if len(times) == 1:
        return tr("{time}: window {number} was seen unattended", time=times[0], number=number)
    return tr(
        "{times}: window {number} was seen unattended {count} times",
        times=tr(", ").join(times),
        number=number,
        count=_count(len(times), tr),
    )


def _count(number: int, tr: Translator) -> str:
    """Return a number of times as the language writes small numbers (两次, not 2次)."""
    return _CHINESE_COUNTS.get(number, str(number)) if tr.lang == "zh" else str(number)


_CHINESE_COUNTS = dict(enumerate("两三四五六七八九十", start=2))


def titles(tr: Translator) -> dict[bool, str]:
    """Return what stands above absences, by whether opening hours could be applied to them."""
    return {
        True: tr("Absences within the opening hours"),
        False: tr("Seen unattended where no opening hours are recorded"),
    }


def calendar_note(
    found: Iterable[Absence], calendars: Iterable[DayCalendar], tr: Translator
) -> str:
    """Return that the holidays of a year of these absences are not known, "" if all are.

    On a public holiday that nobody recorded a place seems open.
    """
    years = {iso_day(each.first, each.zone)[:4] for each in found if each.hours_known}
    unknown = years - {str(each.year) for each in effective(calendars)}
    if not unknown:
        return ""
    return tr(
        "No calendar of public holidays of {years} is recorded here: the opening hours are those "
        "of ordinary weeks.",
        years=tr(", ").join(sorted(unknown)),
    )


def _remarks(absence: Absence, tr: Translator, limit: Limit | None) -> list[str]:
    remarks: list[str] = []
    if absence.people_waiting:
        remarks.append(tr("{count} waiting", count=absence.people_waiting))
    if absence.precision > PLAIN_PRECISION:
        minutes = -(-absence.precision // 60)
        remarks.append(tr("times are exact to ± {minutes} minutes", minutes=minutes))
    if absence.clipped:
        remarks.append(tr("only the time within the opening hours is counted"))
    if not absence.hours_known:
        remarks.append(tr("opening hours not recorded"))
    if absence.contradicted:
        remarks.append(tr("another sighting within this time says otherwise"))
    if limit is not None and breaks(absence, limit):
        remarks.append(_rule(limit, tr))
        # Times given to the minute are taken as they stand, as the item's pass rule takes minutes.
        coarse = absence.precision > PLAIN_PRECISION
        if coarse and not _breaks(absence.certain // MINUTE_MS, limit):
            remarks.append(tr("its times are not exact enough to be sure of that"))
    return remarks


def _rule(limit: Limit, tr: Translator) -> str:
    rule = limit.rule_zh if tr.lang == "zh" else limit.rule_en
    if limit.source:
        rule = tr("{rule}, {source}", rule=rule, source=limit.source)
    message = (
        N_("this reaches the limit of {duration} ({rule})")
        if limit.reached
        else N_("this exceeds the limit of {duration} ({rule})")
    )
    return tr(message, duration=whole_minutes_text(limit.minutes, tr), rule=rule)
