"""What stands for a fact where no word may be shown: numbers, letters and signs.

Whoever looks over the shoulder of an inspector reads nothing of them; the letters of windows are
those of the pocket sheet (`domain.paste.LETTERS`), those of findings stand in `domain.quick`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from inspector.base.patterns import pattern
from inspector.base.values import frozen
from inspector.domain.clocktext import half_width
from inspector.domain.entities import (
    Answer,
    Finding,
    HeadCount,
    Remark,
    Round,
    Sighting,
    Sweep,
    Wait,
)
from inspector.domain.paste import LETTERS, windows_named
from inspector.domain.quick import QUICK
from inspector.domain.vocabulary import Conformity, RemarkKind, WaitOutcome, WindowState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inspector.base.i18n import Lang
    from inspector.domain.answer_options import Option
    from inspector.domain.board import Sheet
    from inspector.domain.entities import Entity, Person, Window
    from inspector.domain.record import VisitRecord

#: Stands for what was not looked at and for what has no sign of its own.
DOT = "·"
SIGNS: dict[Conformity, str] = {
    Conformity.CONFORMS: "✓",
    Conformity.DOES_NOT_CONFORM: "×",
    Conformity.NOT_APPLICABLE: "–",
    Conformity.NOT_SEEN: "?",
    Conformity.RECORDED: "•",
}
_WAITS: dict[WaitOutcome, str] = {
    WaitOutcome.WAITING: "…",
    WaitOutcome.DONE: "✓",
    WaitOutcome.GAVE_UP: "×",
}
BY_LETTER: dict[str, WindowState] = {letter: state for state, letter in LETTERS.items()}
_QUICK = {each.situation: each.letter for each in QUICK}
_LOOK = pattern(r"(.+?)\s*([" + "".join(BY_LETTER) + r"])\s*(\d{1,3})?", re.IGNORECASE)
#: How members are told apart where no name may be read, in the order in which they joined.
_MEMBERS = {"zh": "甲乙丙丁戊己庚辛壬癸", "en": "ABCDEFGHIJ"}
#: A floor of more characters is named in words (“North wing”), which are not shown.
_SHORT = 3


@frozen
class ShortLook:
    """A window, and what was seen there; without a state only the window was named."""

    window: Window
    state: WindowState | None = None
    people: int | None = None


def state_code(state: WindowState) -> str:
    """Return the letter of a state, a dot for one that was not looked at."""
    return LETTERS.get(state, DOT)


def window_code(window: Window) -> str:
    """Return a window's number; one that has only a name is told by its place in the hall."""
    return window.number or f"{DOT}{window.position}"


def look_code(state: WindowState, people: int | None) -> str:
    """Return a state with the people waiting, such as “U 6”."""
    return f"{state_code(state)} {people}" if people is not None else state_code(state)


def read_look(text: str, windows: Sequence[Window]) -> ShortLook | None:
    """Read “05”, “05U” or “05 u 6”: a window's number or name, its state, the people waiting.

    Returns None where no window, or more than one, is called so.
    """
    typed = half_width(text).strip()
    if alone := _one(windows, typed):
        return ShortLook(alone)
    found = _LOOK.fullmatch(typed)
    window = _one(windows, found[1]) if found else None
    if found is None or window is None:
        return None
    return ShortLook(window, BY_LETTER[found[2].upper()], int(found[3]) if found[3] else None)


def _one(windows: Sequence[Window], name: str) -> Window | None:
    known = windows_named(windows, name)
    return known[0] if len(known) == 1 else None


def option_code(option: Option) -> str:
    """Return what stands for an answer: its sign, Y and N, or a letter for each of several."""
    if option.conformity is not Conformity.RECORDED:
        return SIGNS[option.conformity]
    if option.text in ("yes", "no"):
        return option.text[0].upper()
    return chr(ord("A") + option.digit - 1)


def person_codes(names: Sequence[str]) -> tuple[str, ...]:
    """Return the first character of each name, with a number where several begin alike."""
    seen: dict[str, int] = {}
    codes = []
    for name in names:
        first = name.strip()[:1].upper() or DOT
        seen[first] = seen.get(first, 0) + 1
        codes.append(first if seen[first] == 1 else f"{first}{seen[first]}")
    return tuple(codes)


def lettered(place: int, lang: Lang) -> str:
    """Return the letter of a member, by the place among the members; the number after the last."""
    letters = _MEMBERS[lang]
    return letters[place] if place < len(letters) else str(place + 1)


def by_letter(
    persons: Mapping[str, Person], hidden: Mapping[str, int], lang: Lang
) -> dict[str, Person]:
    """Return persons, those of `hidden` called by letter (their places among the members)."""
    return {
        id: replace(each, name=lettered(hidden[id], lang)) if id in hidden else each
        for id, each in persons.items()
    }


def sheet_codes(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return a short name for each sheet: its floor, or its number, with a letter for each part."""
    floors = list(dict.fromkeys(sheet.floor for sheet in sheets))
    parts: dict[str, int] = {}
    codes = []
    for sheet in sheets:
        short = sheet.floor.isascii() and 0 < len(sheet.floor) <= _SHORT
        name = sheet.floor if short else str(floors.index(sheet.floor) + 1)
        part = parts[sheet.floor] = parts.get(sheet.floor, 0) + 1
        several = sum(each.floor == sheet.floor for each in sheets) > 1
        codes.append(f"{name}{chr(ord('a') + part - 1)}" if several else name)
    return tuple(codes)


def fact_code(record: VisitRecord, fact: Entity, items: Mapping[str, int]) -> str:
    """Return what stands for a fact of `record`; `items`: the numbers of items by their codes."""
    windows = {each.id: window_code(each) for each in record.windows}
    match fact:
        case Answer():
            return f"{items.get(fact.item, DOT)} {SIGNS.get(fact.conformity, DOT)}"
        case Sighting():
            look = look_code(fact.state, fact.people_waiting)
            return f"{windows.get(fact.window, DOT)} {look}"
        case Sweep():
            return f"R {len(fact.windows)}"
        case Round():
            return f"↻ {fact.number}"
        case Wait():
            return f"{fact.ticket or DOT} {_WAITS.get(fact.outcome, DOT)}"
        case Finding():
            letter = next((_QUICK[each] for each in fact.situations if each in _QUICK), DOT)
            return " ".join(each for each in (letter, windows.get(fact.window or "")) if each)
        case Remark():
            return "+" if fact.kind is RemarkKind.GOOD_PRACTICE else "…"
        case HeadCount():
            return f"{fact.staffed}/{fact.total}"
        case _:
            return DOT
