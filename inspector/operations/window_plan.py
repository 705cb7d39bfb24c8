"""The windows of a place as a plan: laid out by ranges, put in order, added and taken back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from inspector.base.errors import MingchaError
from inspector.domain.entities import Window
from inspector.domain.schema import KIND_OF, to_fields
from inspector.operations.places import add_windows, window_id, windows_of
from inspector.operations.recording import get
from inspector.operations.undo import last_action, undo_last
from inspector.storage.store import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.domain.changes import Changes
    from inspector.operations.session import Session
    from inspector.operations.undo import LastAction

#: Windows of one place that can be laid out by ranges.
MOST_WINDOWS = 500
_WINDOW = KIND_OF[Window]
#: What taking back in the plan may touch.
_OF_PLACES = frozenset({"hall", "window", "unit"})


@dataclass(frozen=True, slots=True)
class Span:
    """The windows numbered `first` to `last` stand on a floor, in a zone."""

    first: int
    last: int
    floor: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What laying out did: how many windows are new, and how many moved to where they stand."""

    new: int
    moved: int


def spans_of(windows: Sequence[Window]) -> tuple[Span, ...]:
    """Return how windows are laid out now, as ranges of numbers in one place each, in order.

    Windows without a plain number belong to no range.
    """
    spans: list[Span] = []
    numbered = [each for each in windows if each.number.isdecimal()]
    for window in sorted(numbered, key=lambda each: int(each.number)):
        number, place = int(window.number), (window.floor, window.zone)
        last = spans[-1] if spans else None
        if last is not None and number == last.last + 1 and place == (last.floor, last.zone):
            spans[-1] = replace(last, last=number)
        else:
            spans.append(Span(number, number, *place))
    return tuple(spans)


_DIGITS = re.compile(r"\d+")
_HAN = "一二三四五六七八九十"


def next_floor(floor: str, zone: str) -> str:
    """Return the floor to be offered for the range of windows after one in this floor and zone.

    A floor without zones is done with its one range: the floor above comes next. One that is
    divided into zones goes on.
    """
    if zone.strip():
        return floor
    if found := _DIGITS.search(floor):
        return floor[: found.start()] + str(int(found[0]) + 1) + floor[found.end() :]
    known = next((each for each in floor if each in _HAN[:-1]), "")
    if known and not any(each in "十百" for each in floor):
        return floor.replace(known, _HAN[_HAN.index(known) + 1], 1)
    return floor


def lay_out(session: Session, hall: str, spans: Sequence[Span]) -> LaidOut:
    """Put windows where they stand, many at once and as one action; those that miss are added.

    “1–18 on floor 1, 19–36 on floor 2” are two spans. A window that was retired comes back. Raises
    MingchaError `window_range_wrong`, `window_ranges_overlap`.
    """
    _check(spans)
    known = windows_of(session, hall)
    by_number = {int(each.number): each for each in known if each.number.isdecimal()}
    highest = max(span.last for span in spans)
    width = max(2, len(str(highest)), *(len(each.number) for each in by_number.values()))
    position = max((each.position for each in known), default=0)
    edits: list[Edit] = []
    new = moved = 0
    for span in sorted(spans, key=lambda each: each.first):
        place = {"floor": span.floor.strip(), "zone": span.zone.strip()}
        for number in range(span.first, span.last + 1):
            found = by_number.get(number)
            if found is not None:
                moved += any(getattr(found, name) != value for name, value in place.items())
                edits.append(Edit(_WINDOW, found.id, place))
                continue
            new, position = new + 1, position + 1
            edits.append(_added(session, hall, f"{number:0{width}d}", position, place))
    session.store.commit(edits)
    return LaidOut(new, moved)


def _check(spans: Sequence[Span]) -> None:
    taken: set[int] = set()
    for span in spans:
        if not 1 <= span.first <= span.last <= MOST_WINDOWS:
            raise MingchaError(
                "window_range_wrong", first=span.first, last=span.last, most=MOST_WINDOWS
            )
        numbers = set(range(span.first, span.last + 1))
        if twice := numbers & taken:
            raise MingchaError("window_ranges_overlap", number=min(twice))
        taken |= numbers
    if not spans:
        raise MingchaError("window_range_wrong", first=0, last=0, most=MOST_WINDOWS)


def _added(session: Session, hall: str, number: str, position: int, place: dict[str, str]) -> Edit:
    window = Window(
        id=window_id(session, hall, number), hall=hall, number=number, position=position
    )
    # One that was retired under this number comes back.
    back: dict[str, Any] = {"void": None} if session.store.get(Window, window.id) else {}
    return Edit(_WINDOW, window.id, to_fields(window) | place | back)


def add_window(session: Session, window: Window) -> Window:
    """Add a window at the end of its place.

    Raises MingchaError `window_taken` if the place has one of that number (or label, where it has
    no number), and what `places.add_windows` raises.
    """
    known = windows_of(session, window.hall)
    for each in known:
        bare = window.number.strip().lstrip("0")
        same = each.number.lstrip("0") == bare if bare else each.label == window.label.strip()
        if same and (bare or not each.number):
            raise MingchaError("window_taken", number=each.number or each.label)
    position = max((each.position for each in known), default=0) + 1
    add_windows(session, window.hall, [replace(window, position=position)])
    return get(session, Window, window_id(session, window.hall, window.number, window.label))


def move_window(session: Session, window: str, by: int) -> Changes:
    """Put a window `by` places further down (up if negative) in the order of its place."""
    found = get(session, Window, window)
    order = [each.id for each in windows_of(session, found.hall)]
    at = order.index(window)
    order.insert(min(max(at + by, 0), len(order) - 1), order.pop(at))
    edits = [
        Edit(_WINDOW, each, {"position": number}) for number, each in enumerate(order, start=1)
    ]
    return session.store.commit(edits)


def undo_plan(session: Session) -> LastAction:
    """Take back the last action if it only changed places and their windows.

    Raises MingchaError `nothing_to_undo`, and what `undo.undo_last` raises.
    """
    last = last_action(session)
    if last is None or last.visit or not {noun for noun, _id in last.touched} <= _OF_PLACES:
        raise MingchaError("nothing_to_undo")
    return undo_last(session)
