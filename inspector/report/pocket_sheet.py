"""A neutral sheet for the pocket: four cards on A4, to be cut or folded.

It must not give its bearer away (domain notes: the covert phase): the title is 便笺, no place, no
unit, no word of the trade. States are single letters; what they mean is known, not printed. Its
photograph becomes evidence later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.domain.paste import LETTERS
from inspector.report import page
from inspector.report.build import PaperResult, opened
from inspector.report.dossier import pdf_date
from inspector.report.fontfiles import FontRole
from inspector.report.fonts import font_set
from inspector.report.page import MM, Style, text_styles
from inspector.report.pen import Pen, reportlab_settings
from inspector.report.text import fit
from inspector.report.writer import Spool

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from inspector.base.i18n import Lang, Translator
    from inspector.base.progress import Progress
    from inspector.domain.entities import Window
    from inspector.report.page import TextStyle

#: “Not looked at” has no letter: it is an empty box.
_LETTERS = " ".join(LETTERS.values())
_WIDTH, _HEIGHT = page.PAGE_WIDTH / 2, page.PAGE_HEIGHT / 2
_PAD = 8 * MM
_ROWS, _ROUNDS = 20, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PocketOptions:
    """made_ms, made_zone: date stated in the file, not printed."""

    lang: Lang = "zh"
    made_ms: int = 0
    made_zone: int = 480
    font_folders: tuple[Path, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Card:
    """A card at (x, y), its lower left corner; `numbers` are windows, none for blank lines."""

    floor: str
    numbers: tuple[str, ...]


def write_pocket_sheet(
    windows: Iterable[Window],
    options: PocketOptions,
    target: BinaryIO | Path,
    progress: Progress = SILENT,
    tr: Translator | None = None,
) -> PaperResult:
    """Write the sheet for `windows` of a hall. Raises as `write_dossier`."""
    tr = tr or translator(options.lang)
    fonts = font_set(options.lang, options.font_folders).fresh()
    styles = text_styles(tr.lang, heavy_title=True)
    cards = _cards(windows)
    with reportlab_settings(), Spool() as spool, opened(target) as file:
        pen = Pen(fonts, styles[Style.BODY], spool, tr.lang)
        pen.canvas.setTitle(tr("Notes"))
        pen.canvas.setAuthor("")
        pen.canvas.setSubject("")
        made = pdf_date(options.made_ms, options.made_zone)
        pen.canvas.setDateFormatter(lambda *_parts: made)
        for start in range(0, len(cards), 4):
            _sheet(pen, cards[start : start + 4], styles[Style.CHART], tr)
            pen.new_page()
            progress.step()
        size, digest = pen.save(file)
    return PaperResult(
        pen.page - 1,
        size,
        digest,
        tuple(fonts.missing),
        tuple((item.role.value, item.used) for item in fonts.substituted),
    )


def _cards(windows: Iterable[Window]) -> list[_Card]:
    """Return cards with window numbers, floor by floor, then one for times and one for notes.

    Blank cards fill the last sheet.
    """
    floors: dict[str, list[str]] = {}
    for window in sorted(windows, key=lambda item: (item.position, item.number)):
        if window.void is None:
            floors.setdefault(window.floor, []).append(window.number or window.label)
    cards = [
        _Card(floor, tuple(numbers[start : start + _ROWS]))
        for floor, numbers in floors.items()
        for start in range(0, len(numbers), _ROWS)
    ]
    cards += [_Card("", ()), _Card("", ())]
    cards += [_Card("", ())] * (-len(cards) % 4)
    return cards


def _sheet(pen: Pen, cards: Sequence[_Card], style: TextStyle, tr: Translator) -> None:
    pen.dashes(2, 4)
    pen.rule(_WIDTH, 0, _WIDTH, page.PAGE_HEIGHT, 0.4, page.RULE)
    pen.rule(0, _HEIGHT, page.PAGE_WIDTH, _HEIGHT, 0.4, page.RULE)
    pen.dashes()
    for position, card in enumerate(cards):
        x = (position % 2) * _WIDTH + _PAD
        y = (1 - position // 2) * _HEIGHT + _PAD
        top = _head(pen, x, y, card, style, tr)
        if card.numbers:
            _numbers(pen, x, y, top, card.numbers, style)
        else:
            _lines(pen, x, y, top)


def _head(pen: Pen, x: float, y: float, card: _Card, style: TextStyle, tr: Translator) -> float:
    """Draw title, floor and a line for the day; returns the height below them."""
    top = y + _HEIGHT - 2 * _PAD
    title = page.TextStyle(FontRole.SONG, 13, 16)
    pen.line(x, top - 12, tr("Notes"), title)
    floor = fit(card.floor, pen.fonts, style.role, style.size, 24 * MM)
    pen.line(x + 22 * MM, top - 12, floor, style)
    pen.rule(x + 52 * MM, top - 14, x + _WIDTH - 2 * _PAD, top - 14, 0.4, page.RULE)
    return top - 20


def _numbers(
    pen: Pen, x: float, y: float, top: float, numbers: Sequence[str], style: TextStyle
) -> None:
    """Draw a box for each window and walk; the empty head of a column takes its time."""
    label = 13 * MM
    wide = _WIDTH - 2 * _PAD
    cell = (wide - label - 14 * MM) / _ROUNDS
    row = (top - y - 12) / (_ROWS + 1)
    for column in range(_ROUNDS):
        pen.frame(x + label + column * cell, top - row, cell - 2, row - 2, page.RULE, 0.4)
    for position, number in enumerate(numbers):
        base = top - (position + 2) * row
        text = fit(number, pen.fonts, style.role, style.size, label - 4)
        pen.right(x + label - 5, base + row / 2 - 0.4 * style.size, text, style)
        for column in range(_ROUNDS):
            pen.frame(x + label + column * cell, base, cell - 2, row - 2, page.HAIR, 0.5)
        end = x + label + _ROUNDS * cell + 2
        pen.rule(end, base + 1, x + wide, base + 1, 0.4, page.HAIR)
    small = page.TextStyle(style.role, 7, 9, colour=page.RULE)
    pen.right(x + wide, y, _LETTERS, small)


def _lines(pen: Pen, x: float, y: float, top: float) -> None:
    """Draw ruled lines, the first two columns set off for a time and a number."""
    wide = _WIDTH - 2 * _PAD
    row = 8.2 * MM
    at = top - row
    while at > y:
        pen.rule(x, at, x + wide, at, 0.4, page.HAIR)
        at -= row
    for offset in (16 * MM, 30 * MM):
        pen.rule(x + offset, top - 2, x + offset, at + row, 0.3, page.HAIR)
