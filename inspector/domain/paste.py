"""Pasted notes: one observation a line, as inspectors type them on a phone.

    1038 05 空岗 6人                      one look: state and people waiting
    10:38-10:52 05 空岗                   watched all the time from - to (two looks are two lines)
    1040 03 05 07 空闲                    several windows
    1041 好做法 …    1045 备注 …          text to the end of the line
    取号 A031 1020 叫号 1047 办结 1102    also: 1020 取号 A031 …, 放弃 1102, 仍在等 1102, 窗口 05
    1050 在岗 9/12                        staffed of total
    1038 05 U 3    1038 05u3              the letters of the pocket sheet: S I U N B P C; a number
                                          after a letter counts the people, as in the mini window
    1038 05 unattended 6 waiting          the same in English: serving, idle, unattended, absent
                                          with notice, covered, paused, closed, remark, good
                                          practice, ticket … called … done, gave up, still waiting

Nothing is dropped and nothing guessed: a line that cannot be read, or could mean two things, comes
back as an UnreadLine with its text and the reason.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.i18n import N_
from inspector.base.patterns import pattern
from inspector.domain import waits
from inspector.domain.clocktext import When, half_width, read_when
from inspector.domain.entities import Wait
from inspector.domain.paste_lines import (
    HeadCountLine,
    ParsedLine,
    RemarkLine,
    SightingLine,
    UnreadLine,
    WaitLine,
)
from inspector.domain.vocabulary import RemarkKind, WindowState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from inspector.domain.entities import Window


NO_TIME = N_("The line does not begin with a time.")
BAD_TIME = N_("“{detail}” is not a time of a day, or ends before it begins.")
NO_TIME_OF_LOOK = N_(
    "It names a window and its state, but no time. Write the time before it, like 1038 {detail}."
)
NO_STATE = N_("The line names no state of a window that is known here.")
TWO_STATES = N_("The line names several states: {detail}. Write one state to a line.")
NO_WINDOW = N_("The line names no window.")
UNKNOWN_WINDOW = N_("The place has no window “{detail}”.")
AMBIGUOUS_WINDOW = N_("“{detail}” could be more than one window.")
TWICE = N_("Window “{detail}” is named twice.")
LETTER_OR_UNIT = N_(
    "“{detail}” could be a window and its state, or a number with its unit. Write a blank before "
    "the letter if it is the state."
)
WHOSE_PEOPLE = N_("It is not clear at which of the windows the people were waiting.")
TWO_COUNTS = N_("The line counts waiting people more than once.")
DOUBTFUL = N_("The line carries a question mark.")
BAD_WAIT = N_("The ticket, its times or their order cannot be read.")
BAD_COUNT = N_("The count must be staffed windows of all windows, like 9/12.")
NO_TEXT = N_("The line holds no text after its keyword.")

#: The letters of the pocket sheet, for copying it line by line.
LETTERS: dict[WindowState, str] = {
    WindowState.SERVING: "S",
    WindowState.IDLE: "I",
    WindowState.UNATTENDED: "U",
    WindowState.ABSENT_WITH_NOTICE: "N",
    WindowState.COVERED: "B",
    WindowState.PAUSED: "P",
    WindowState.CLOSED: "C",
}

#: “无人排队”, “nobody waiting”: nobody waits or has business there. The seat may be taken.
_NOBODY = (
    r"无人(?!\s*(?:排队|等候|等待|在等|候号|取号|叫号|办事|咨询)(?!\s*\d))"
    r"|nobody(?! (?:is )?(?:waiting|queuing|queueing|in line|in the queue|served))"
)

_STATES: dict[WindowState, str] = {
    WindowState.ABSENT_WITH_NOTICE: r"(?:离岗|外出)有告[知示]|(?<![没无])有告知离岗"
    r"|absent with notice",
    WindowState.PAUSED: r"暂停服务|暂停|paused",
    WindowState.COVERED: r"由(?:他窗|其他窗口)(?:代办|顶岗)|他窗代办|代办|顶岗"
    r"|covered by another window|covered",
    WindowState.CLOSED: r"未开放|关闭|closed",
    WindowState.UNATTENDED: rf"空岗|脱岗|缺岗|无人在岗|{_NOBODY}|unattended",
    WindowState.IDLE: r"在岗空闲|空闲|idle",
    WindowState.SERVING: r"正在办理|办理中|办理|服务中|serving",
    WindowState.NOT_LOOKED_AT: r"未查看|not looked at",
}


#: A letter of a state stands alone, or between the number of a window and a count: “05u3”.
_BEFORE, _AFTER = r"(?:(?<!\S)|(?<=\d))", r"(?=\d{0,3}(?:[\s,、;]|$))"


def _pattern(state: WindowState, words: str) -> str:
    words = re.sub(r"[a-z][a-z ]*[a-z]", lambda word: rf"\b{word[0]}\b", words)
    letter = rf"|{_BEFORE}{LETTERS[state]}{_AFTER}" if state in LETTERS else ""
    return f"(?P<{state.value}>{words}{letter})"


_STATE = pattern(
    "|".join(_pattern(state, words) for state, words in _STATES.items()),
    re.IGNORECASE | re.ASCII,
)
_PEOPLE = pattern(
    r"(?:等候|等待|排队)?\s*(?<!\d)(\d{1,4})\s*(?:[人名位](?:等候|等待|排队|在等)?"
    r"|(?:people\s+)?waiting\b)",
    re.IGNORECASE | re.ASCII,
)
#: After a letter no word is needed.
_COUNT = pattern(r"\s*(\d{1,3})(?=[\s,、;]|$)", re.ASCII)
_SEPARATORS = pattern(r"[\s,、;]+")
_WINDOW_WORDS = pattern(r"^(?:窗口|window|win)#?|号(?:窗口?)?$", re.IGNORECASE)
_REMARK = pattern(r"(?:(备注|remark\b|note\b)|(好做法|good practice\b))\s*:?\s*", re.IGNORECASE)
_HEAD_COUNT = pattern(r"(?:在岗|staffed\b)\s*", re.IGNORECASE)
_RATIO = pattern(r"(\d{1,4})\s*/\s*(\d{1,4})(?![\d/])\s*(.*)", re.ASCII | re.DOTALL)
_TICKET = pattern(r"(?:取号|ticket\b)\s*:?\s*(?P<ticket>[^\s,、;:]+)(?:\s+|$)", re.IGNORECASE)
_WAIT_WORD = pattern(
    r"[\s,、;]*(?:(?P<called>叫号|called\b)|(?P<ended>办结|办完|done\b)|(?P<gave_up>放弃|gave up\b)"
    r"|(?P<until>仍在等|still waiting\b)|(?P<window>窗口|window\b))\s*:?\s*",
    re.IGNORECASE,
)


class _Unread(Exception):
    """Why a line cannot be read; never leaves this module."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def parse_notes(
    text: str, windows: Iterable[Window], day: date, zone: int
) -> tuple[ParsedLine, ...]:
    """Return one parsed line for each line of `text` that is not blank.

    `windows` are the place's windows; times without a day mean `day`, in the zone `zone`.
    """
    reader = _Reader([window for window in windows if window.void is None], day, zone)
    return tuple(
        reader.read(number, raw)
        for number, raw in enumerate(text.splitlines(), start=1)
        if raw.strip()
    )


def windows_named(windows: Iterable[Window], name: str) -> list[Window]:
    """Return the windows with this number or name, with or without leading zeros."""
    known = list(windows)
    matches = [window for window in known if name in (window.number, window.label)]
    if matches or not name.isdecimal():
        return matches
    wanted = name.lstrip("0")
    return [w for w in known if w.number.isdecimal() and w.number.lstrip("0") == wanted]


class _Reader:
    """Reads lines about one place and day."""

    def __init__(self, windows: list[Window], day: date, zone: int) -> None:
        self._windows = windows
        self._day = day
        self._zone = zone

    def read(self, number: int, raw: str) -> ParsedLine:
        text = half_width(raw).strip()
        shown = raw.strip()
        when: When | None = None
        try:
            ticket = _TICKET.match(text)
            if ticket:
                joined, rest = self._moment(text[ticket.end() :])
                return self._wait(number, raw, ticket["ticket"], joined, rest)
            when = self._begin(text)
            rest, shown = text[when.length :], shown[when.length :]
            gap = len(rest) - len(rest.lstrip(" \t:,、;"))
            return self._about(number, raw, when, (rest[gap:], shown[gap:]))
        except _Unread as unread:
            return UnreadLine(
                number=number,
                raw=raw,
                reason=unread.reason,
                detail=unread.detail,
                start=when.start if when else None,
                end=when.end if when else None,
            )

    def _begin(self, text: str) -> When:
        """Return the time with which a line begins."""
        try:
            return self._when(text, NO_TIME)
        except _Unread as unread:
            if unread.reason is NO_TIME and self._is_look(text):
                raise _Unread(NO_TIME_OF_LOOK, text) from None
            raise

    def _is_look(self, text: str) -> bool:
        """Tell whether nothing but the time is missing of a look at a window."""
        try:
            self._sighting(0, text, When(0, None, 0), (text, text))
        except _Unread:
            return False
        return True

    def _when(self, text: str, missing: str) -> When:
        try:
            when = read_when(text, self._day, self._zone)
        except MingchaError as error:
            raise _Unread(BAD_TIME, str(error.fields["text"])) from None
        if when is None:
            raise _Unread(missing)
        return when

    def _about(self, number: int, raw: str, when: When, texts: tuple[str, str]) -> ParsedLine:
        """Read what follows the time. `texts`: made half-width for reading, and as pasted."""
        text, shown = texts
        if remark := _REMARK.match(text):
            kind = RemarkKind.REMARK if remark[1] else RemarkKind.GOOD_PRACTICE
            said = shown[remark.end() :]
            if not said:
                raise _Unread(NO_TEXT)
            return RemarkLine(
                number=number, raw=raw, start=when.start, end=when.end, kind=kind, text=said
            )
        if "?" in text:
            raise _Unread(DOUBTFUL)
        if ticket := _TICKET.match(text):
            if when.end is not None:
                raise _Unread(BAD_WAIT)
            rest = text[ticket.end() :]
            return self._wait(number, raw, ticket["ticket"], when.start, rest)
        if count := _HEAD_COUNT.match(text):
            return _head_count(number, raw, when, (text[count.end() :], shown[count.end() :]))
        return self._sighting(number, raw, when, texts)

    def _sighting(self, number: int, raw: str, when: When, texts: tuple[str, str]) -> SightingLine:
        text, shown = texts
        states = [each for each in _STATE.finditer(text) if not self._is_in_name(text, each)]
        if not states:
            raise _Unread(NO_STATE)
        if len(states) > 1:
            raise _Unread(TWO_STATES, ", ".join(state[0] for state in states))
        [state] = states
        named = [part for part in _SEPARATORS.split(text[: state.start()]) if part]
        windows = self._named(named)
        lettered = len(state[0]) == 1 and state[0].isascii()
        if lettered and len(named) > 1 and not text[: state.start()].endswith(tuple(" \t,、;")):
            # “12 5s”: at window 12, five seconds; or the windows 12 and 5, both serving.
            raise _Unread(LETTER_OR_UNIT, f"{named[-1]}{state[0]}")
        people, note = _people(text[state.end() :], shown[state.end() :], lettered=lettered)
        if people is not None and len(windows) > 1:
            raise _Unread(WHOSE_PEOPLE)
        return SightingLine(
            number=number,
            raw=raw,
            start=when.start,
            end=when.end,
            windows=windows,
            state=WindowState(str(state.lastgroup)),
            people_waiting=people,
            note=note,
        )

    def _is_in_name(self, text: str, letter: re.Match[str]) -> bool:
        """Tell whether a letter belongs to the name of a window, such as “05B”."""
        if len(letter[0]) > 1:
            return False
        begin = max(text.rfind(sign, 0, letter.start()) for sign in " \t,、;") + 1
        end = _SEPARATORS.search(text, letter.end())
        return bool(windows_named(self._windows, text[begin : end.start() if end else None]))

    def _named(self, names: list[str]) -> tuple[str, ...]:
        bare = [name for name in (_WINDOW_WORDS.sub("", name) for name in names) if name]
        if not bare:
            raise _Unread(NO_WINDOW)
        found: list[str] = []
        for name in bare:
            window = self._window(name)
            if window in found:
                raise _Unread(TWICE, name)
            found.append(window)
        return tuple(found)

    def _window(self, name: str) -> str:
        """Return the id of the one window called so."""
        matches = windows_named(self._windows, name)
        if not matches:
            raise _Unread(UNKNOWN_WINDOW, name)
        if len(matches) > 1:
            raise _Unread(AMBIGUOUS_WINDOW, name)
        return matches[0].id

    def _wait(self, number: int, raw: str, ticket: str, joined: int, rest: str) -> WaitLine:
        """Read what became of a wait that began at `joined`."""
        moments: dict[str, int] = {}
        window: str | None = None
        while rest.strip():
            word = _WAIT_WORD.match(rest)
            if word is None or str(word.lastgroup) in moments:
                raise _Unread(BAD_WAIT)
            rest = rest[word.end() :]
            if word.lastgroup == "window" and window is None:
                name, _, rest = rest.partition(" ")
                window = self._window(name)
            else:
                moments[str(word.lastgroup)], rest = self._moment(rest)
        return _checked_wait(number, raw, (ticket, window), joined, moments)

    def _moment(self, text: str) -> tuple[int, str]:
        when = self._when(text, BAD_WAIT)
        if when.end is not None:
            raise _Unread(BAD_WAIT)
        return when.start, text[when.length :]


def _checked_wait(
    number: int, raw: str, of: tuple[str, str | None], joined: int, moments: dict[str, int]
) -> WaitLine:
    ended, gave_up, until = (moments.get(name) for name in ("ended", "gave_up", "until"))
    if len([ms for ms in (ended, gave_up, until) if ms is not None]) > 1:
        raise _Unread(BAD_WAIT)
    called = moments.get("called")
    ended = gave_up if gave_up is not None else ended
    outcome = waits.outcome_of(called=called, ended=ended, gave_up=gave_up is not None)
    try:
        waits.check(Wait(id="", joined=joined, called=called, ended=ended, outcome=outcome))
    except MingchaError:
        raise _Unread(BAD_WAIT) from None
    if until is not None and (called is not None or until < joined):
        raise _Unread(BAD_WAIT)
    return WaitLine(
        number=number,
        raw=raw,
        ticket=of[0],
        window=of[1],
        joined=joined,
        called=called,
        ended=ended,
        until=until,
        outcome=outcome,
    )


def _head_count(number: int, raw: str, when: When, texts: tuple[str, str]) -> HeadCountLine:
    ratio = _RATIO.fullmatch(texts[0])
    if ratio is None or when.end is not None or not 0 < int(ratio[2]) >= int(ratio[1]):
        raise _Unread(BAD_COUNT)
    return HeadCountLine(
        number=number,
        raw=raw,
        start=when.start,
        staffed=int(ratio[1]),
        total=int(ratio[2]),
        note=texts[1][ratio.start(3) :],
    )


def _people(text: str, shown: str, *, lettered: bool) -> tuple[int | None, str]:
    """Return the people waiting, and what else stands after the state.

    lettered: the state is told by its letter, after which a number alone counts people.
    """
    counts = list(_PEOPLE.finditer(text))
    bare = _COUNT.match(text) if lettered and not counts else None
    if bare is not None:
        counts = [bare]
    if len(counts) > 1:
        raise _Unread(TWO_COUNTS)
    if not counts:
        return None, _trimmed(shown)
    [count] = counts
    before, after = _trimmed(shown[: count.start()]), _trimmed(shown[count.end() :])
    return int(count[1]), " ".join(part for part in (before, after) if part)


def _trimmed(text: str) -> str:
    return text.strip(" \t\u3000,，、;；")
