"""What the keys, letters and signs of the mini window mean. Only the full window says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.base.i18n import N_
from inspector.domain.codes import SIGNS
from inspector.domain.paste import LETTERS
from inspector.domain.quick import QUICK
from inspector.domain.terms import term
from ui.mini.seen import SOURCE_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.desk import Desk

_WINDOWS = (
    ("F4", N_("Go to the windows; Page Up and Page Down change the floor")),
    ("/", N_("Type where to go: a window (05, or 05U6 with state and people), or an item")),
    ("0–9", N_("People waiting, before or after the letter")),
    ("R", N_("The rest of this floor or zone is serving")),
    ("W", N_("Watch a window without a break, again to stop")),
    ("F5", N_("A new round")),
)
_ITEMS = (
    ("Ctrl+L", N_("Go to the checklist; digits answer, arrows move to another item")),
    ("0–9", N_("Type the number where the item asks for one; Enter saves it")),
    ("- ?", N_("Not applicable, not seen")),
    ("N", N_("A note on the item, kept with its answer")),
)
_WAITS = (
    ("F7", N_("Go to the stopwatch, again to start one")),
    ("1 →", N_("Called")),
    ("2 ✓", N_("Done")),
    ("3 ×", N_("Gave up")),
    ("4 ■", N_("Stop watching")),
)
_FINDINGS = (
    ("F2", N_("A finding: its letter or digit, then Enter")),
    ("0", N_("With the window, or without it")),
    ("F3 +", N_("Good practice")),
    ("F8", N_("A note; Enter saves it")),
)
_REST = (
    ("F6", N_("Later entry: time, person, what the time rests on")),
    ("Ctrl+Z", N_("Take back the last action")),
    ("F10", N_("Back to the full window")),
)


def meanings(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield each key or sign with what it means, in the order of the window."""
    tr, lang = desk.tr, desk.lang
    groups = (
        (_WINDOWS, ((letter, term(state, lang)) for state, letter in LETTERS.items())),
        (_ITEMS, ((sign, term(said, lang)) for said, sign in SIGNS.items())),
        (_WAITS, ()),
        (_FINDINGS, ((quick.letter, quick.name(lang)) for quick in QUICK)),
        (_REST, ((letter, term(source, lang)) for source, letter in SOURCE_CODES.items())),
    )
    for keys, codes in groups:
        for key, does in keys:
            yield key, tr(does)
        yield from codes
