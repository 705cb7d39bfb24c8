"""The one place that turns people's text into lines of type.

There is no markup anywhere: what was typed is what is printed, character for character. Control
characters become their visible pictures (U+2400 block), so that nothing is hidden or lost; line
breaks are kept. Chinese line breaking follows 避头尾 (GB/T 15834-2011 section 5.1: closing marks
do not begin a line, opening marks do not end one); Latin words stay whole while they fit.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.progress import SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inspector.base.progress import Progress
    from inspector.report.fontfiles import FontRole
    from inspector.report.fonts import FontSet

NO_START = frozenset("，。、；：？！）》」』】〕〉”’…—～·％‰℃,.;:?!)]}%°")
NO_END = frozenset("（《「『【〔〈“‘([{￥＄¥$＃#№")
#: Two of these stand together: ……, ——.
_PAIRED = frozenset("…—")
_CANCEL_EVERY = 2000
#: Texts up to this length may fit on one line; that is asked before any break is looked for.
_SHORT = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One line of type. `last` ends a paragraph and is not stretched."""

    text: str
    width: float
    last: bool


def visible(text: str) -> str:
    """Return `text` with control characters as pictures; line feeds stay.

    C0 and DEL have pictures in Unicode; other invisible controls (C1, direction overrides,
    zero-width characters) have no glyph and therefore print as a box with their number.
    """
    text = text.replace("\r\n", "\n")
    return "".join(map(_picture, text)) if any(map(_is_control, text)) else text


def _is_control(char: str) -> bool:
    return (char < " " and char != "\n") or char == "\x7f"


def _picture(char: str) -> str:
    if not _is_control(char):
        return char
    return "\u2421" if char == "\x7f" else chr(0x2400 + ord(char))


def break_lines(
    text: str,
    fonts: FontSet,
    role: FontRole,
    size: float,
    width: float,
    *,
    first_indent: float = 0.0,
    progress: Progress = SILENT,
) -> list[Line]:
    """Return `text` as lines at most `width` points wide; time grows linearly with its length.

    `first_indent` narrows the first line of each paragraph (Chinese: two characters).
    """
    lines: list[Line] = []
    since = 0
    for paragraph in visible(text).split("\n"):
        for line in _paragraph(paragraph, fonts, role, size, width, first_indent):
            lines.append(line)
            since += len(line.text)
            if since >= _CANCEL_EVERY:
                progress.step(0)
                since = 0
    return lines


def _paragraph(
    text: str, fonts: FontSet, role: FontRole, size: float, width: float, indent: float
) -> Iterator[Line]:
    """Yield the lines of one paragraph, greedily, from one pass over its characters."""
    scale = size / 1000
    table = fonts.table(role)
    room = width - indent
    if len(text) <= _SHORT:
        whole = fonts.width(text, role, size)
        if whole <= room:
            yield Line(text.rstrip(" "), whole, last=True)
            return
    start, used, break_at, break_used = 0, 0.0, 0, 0.0
    at = 0
    while at < len(text):
        advance = table[text[at]].width * scale
        if at > start and _may_break(text[at - 1], text[at]):
            break_at, break_used = at, used
        if used + advance > room + 0.01 and at > start and text[at] != " ":
            cut, cut_used = (break_at, break_used) if break_at > start else (at, used)
            yield _line(text[start:cut], cut_used, fonts, role, scale)
            # What moves to the next line is less than one line, so the pass stays linear.
            start, used, room = cut, used - cut_used, width
            break_at, break_used = start, 0.0
            continue
        used += advance
        at += 1
    rest = text[start:]
    yield Line(rest.rstrip(" "), fonts.width(rest.rstrip(" "), role, size), last=True)


def _line(text: str, used: float, fonts: FontSet, role: FontRole, scale: float) -> Line:
    """Return a full line; blanks at its end hang into the margin."""
    bare = text.rstrip(" ")
    hanging = (len(text) - len(bare)) * fonts.table(role)[" "].width * scale
    return Line(bare, used - hanging, last=False)


def _may_break(before: str, after: str) -> bool:
    """Return whether a line may end between the two characters."""
    if after == " " or after in NO_START or before in NO_END:
        return False
    if before in _PAIRED and after == before:
        return False
    if before == " ":
        return True
    if _joins(after):
        return False
    return not (_in_word(before) and _in_word(after)) or before in "-/\\&=_"


def _in_word(char: str) -> bool:
    """Latin, Greek, Cyrillic … letters, digits and ASCII signs keep together."""
    return "!" <= char <= "~" or ("\u00a0" <= char < "\u2000") or char in "‘’“”"


def _joins(char: str) -> bool:
    """Combining marks, joiners and skin tones belong to the character before them."""
    return (
        unicodedata.combining(char) != 0
        or char in "\u200d\ufe0e\ufe0f"
        or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def fit(text: str, fonts: FontSet, role: FontRole, size: float, width: float) -> str:
    """Return `text` on one line, cut with … if it is wider than `width` points.

    Only for running heads and labels whose full text stands elsewhere in the same document.
    """
    text = visible(text).replace("\n", " ")
    if fonts.width(text, role, size) <= width:
        return text
    room = width - fonts.width("…", role, size)
    used = 0.0
    for at, char in enumerate(text):
        used += fonts.table(role)[char].width * size / 1000
        if used > room:
            return text[:at] + "…"
    return text
