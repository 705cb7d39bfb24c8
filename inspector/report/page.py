"""The page: geometry and type sizes after GB/T 9704-2012, in points.

A dossier of photographs is not an official document (公文) in the sense of that standard: it
borrows geometry, type sizes and heading levels, has no red head, and claims no conformity.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from inspector.report.fontfiles import FontRole

if TYPE_CHECKING:
    from inspector.base.i18n import Lang

MM = 72 / 25.4
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
LEFT = 28 * MM
TOP = 37 * MM
TYPE_WIDTH = 156 * MM
TYPE_HEIGHT = 225 * MM
BOTTOM = PAGE_HEIGHT - TOP - TYPE_HEIGHT

#: 16 pt would make 28 characters 158.04 mm wide, more than the type area; 15.75 pt is 155.57 mm.
BODY_SIZE = 15.75
#: 22 lines of it end 35.7 mm above the edge of the paper.
BODY_LEADING = 29.53
CHARACTERS_PER_LINE = 28
#: Page numbers stand 7 mm below the type area, in 4号 (14 pt) Song.
NUMBER_BELOW = 7 * MM
NUMBER_SIZE = 14.0

INK = "#000000"
#: Darker than on screen: the light Song faces print thin.
INK2 = "#1F2731"
RULE = "#66717E"
HAIR = "#AEB8C4"
SUNKEN = "#F3F5F8"
DANGER = "#B3261E"


class Style(StrEnum):
    """Names of the kinds of text in a document."""

    BODY = "body"
    LABEL = "label"
    COVER_TITLE = "cover_title"
    COVER_HALL = "cover_hall"
    COVER_FACT = "cover_fact"
    COVER_LABEL = "cover_label"
    COVER_NOTE = "cover_note"
    SHEET_TITLE = "sheet_title"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    TABLE = "table"
    TABLE_HEAD = "table_head"
    CAPTION = "caption"
    CAPTION_NOTE = "caption_note"
    NOTE = "note"
    HASH = "hash"
    LETTERS = "letters"
    FIGURE = "figure"
    CHART_TITLE = "chart_title"
    CHART = "chart"
    CHART_SMALL = "chart_small"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is set: size and leading in points; `indent` of paragraphs in em.

    `stroke` thickens outlines by that many em: it stands in for a missing heavy Song.
    """

    role: FontRole
    size: float
    leading: float
    indent: float = 0.0
    colour: str = INK
    justify: bool = False
    stroke: float = 0.0
    centred: bool = False


def text_styles(lang: Lang, *, heavy_title: bool) -> dict[Style, TextStyle]:
    """Return every style for `lang`.

    `heavy_title`: a title face (小标宋) is installed; otherwise Song with thickened outlines
    stands in. English is set smaller in the same type area: 15.75 pt suits Chinese characters.
    """
    return _chinese(0.0 if heavy_title else 0.024) if lang == "zh" else _english()


#: No type on a page is smaller than this, however much it must hold.
SMALLEST = 9.0


def smaller(styles: dict[Style, TextStyle], factor: float) -> dict[Style, TextStyle]:
    """Return styles with tables and notes set smaller by `factor`, not below `SMALLEST`."""
    changed = dict(styles)
    for name in (Style.TABLE, Style.TABLE_HEAD, Style.CAPTION_NOTE):
        style = styles[name]
        size = min(style.size, max(SMALLEST, style.size * factor))
        changed[name] = replace(style, size=size, leading=style.leading * factor)
    return changed


def _chinese(title_stroke: float) -> dict[Style, TextStyle]:
    role = FontRole
    title = TextStyle(role.TITLE, 30, 44, stroke=title_stroke)
    return {
        Style.BODY: TextStyle(role.FANGSONG, BODY_SIZE, BODY_LEADING, indent=2, justify=True),
        Style.LABEL: TextStyle(role.HEI, BODY_SIZE, BODY_LEADING),
        Style.COVER_TITLE: title,
        Style.COVER_HALL: TextStyle(role.TITLE, 20, 30, stroke=title_stroke),
        Style.COVER_FACT: TextStyle(role.FANGSONG, 14, 22),
        Style.COVER_LABEL: TextStyle(role.HEI, 14, 22),
        Style.COVER_NOTE: TextStyle(role.SONG, 9, 13, colour=INK2),
        Style.SHEET_TITLE: TextStyle(role.TITLE, 22, 34, stroke=title_stroke, centred=True),
        Style.HEADING1: TextStyle(role.HEI, BODY_SIZE, BODY_LEADING, indent=2),
        Style.HEADING2: TextStyle(role.KAI, BODY_SIZE, BODY_LEADING, indent=2),
        Style.HEADING3: TextStyle(role.FANGSONG, BODY_SIZE, BODY_LEADING, indent=2),
        Style.TABLE: TextStyle(role.SONG, 10.5, 15),
        Style.TABLE_HEAD: TextStyle(role.HEI, 10.5, 15),
        Style.CAPTION: TextStyle(role.HEI, 10.5, 15),
        Style.CAPTION_NOTE: TextStyle(role.SONG, 9, 13, colour=INK2),
        Style.NOTE: TextStyle(role.SONG, 10.5, 16, colour=INK2, justify=True),
        Style.HASH: TextStyle(role.MONO, 9, 12, colour=INK2),
        Style.LETTERS: TextStyle(role.MONO, 15, 21),
        Style.FIGURE: TextStyle(role.HEI, 22, 26),
        Style.CHART_TITLE: TextStyle(role.HEI, 12, 18),
        Style.CHART: TextStyle(role.HEI, 9, 12),
        Style.CHART_SMALL: TextStyle(role.HEI, 9, 11, colour=INK2),
    }


def _english() -> dict[Style, TextStyle]:
    role = FontRole
    return {
        Style.BODY: TextStyle(role.LATIN, 11, 17.5),
        Style.LABEL: TextStyle(role.LATIN_BOLD, 11, 17.5),
        Style.COVER_TITLE: TextStyle(role.LATIN_BOLD, 26, 36),
        Style.COVER_HALL: TextStyle(role.LATIN, 17, 26),
        Style.COVER_FACT: TextStyle(role.LATIN, 11, 18),
        Style.COVER_LABEL: TextStyle(role.LATIN_BOLD, 11, 18),
        Style.COVER_NOTE: TextStyle(role.LATIN, 9, 13, colour=INK2),
        Style.SHEET_TITLE: TextStyle(role.LATIN_BOLD, 18, 28, centred=True),
        Style.HEADING1: TextStyle(role.LATIN_BOLD, 15, 24),
        Style.HEADING2: TextStyle(role.LATIN_BOLD, 12, 20),
        Style.HEADING3: TextStyle(role.LATIN_BOLD, 11, 18),
        Style.TABLE: TextStyle(role.LATIN, 9.2, 13),
        Style.TABLE_HEAD: TextStyle(role.LATIN_BOLD, 9.2, 13),
        Style.CAPTION: TextStyle(role.LATIN_BOLD, 9.5, 13.5),
        Style.CAPTION_NOTE: TextStyle(role.LATIN, 9, 12.5, colour=INK2),
        Style.NOTE: TextStyle(role.LATIN, 9, 14, colour=INK2),
        Style.HASH: TextStyle(role.MONO, 9, 12, colour=INK2),
        Style.LETTERS: TextStyle(role.MONO, 15, 21),
        Style.FIGURE: TextStyle(role.LATIN_BOLD, 20, 25),
        Style.CHART_TITLE: TextStyle(role.LATIN_BOLD, 10.5, 16),
        Style.CHART: TextStyle(role.HEI, 9, 12),
        Style.CHART_SMALL: TextStyle(role.HEI, 9, 11, colour=INK2),
    }
