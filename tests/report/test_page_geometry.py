"""The page after GB/T 9704-2012, measured on paper."""

from __future__ import annotations

import io

from inspector.base.i18n import translator
from inspector.base.progress import SILENT
from inspector.report import page
from inspector.report.build import write_outline
from inspector.report.fontfiles import FontRole
from inspector.report.fonts import font_set
from inspector.report.outline import Furniture, Outline, Text
from inspector.report.page import MM
from tests.report.reading import opened


def drawn(text: str) -> bytes:
    """Set body text in Chinese style on pages with numbers."""
    out = io.BytesIO()
    blocks = (Text(text, indent=False),)
    outline = Outline("t", "a", "s", "k", "D:20260101000000Z", Furniture("", ""), blocks)
    write_outline(outline, font_set("zh").fresh(), translator("zh"), out, SILENT)
    return out.getvalue()


def places(data: bytes, number: int) -> list[tuple[str, float, float]]:
    """Return the characters of a page with their left edge and baseline in points."""
    with opened(data) as document:
        sheet = document[number]
        text = sheet.get_textpage()
        found = []
        for index in range(text.count_chars()):
            box = text.get_charbox(index, loose=True)
            found.append((text.get_text_range(index, 1), box[0], box[1]))
        text.close()
        sheet.close()
    return found


def test_28_characters_fit_the_type_area() -> None:
    fonts = font_set("zh").fresh()
    width = fonts.width("国" * page.CHARACTERS_PER_LINE, FontRole.FANGSONG, page.BODY_SIZE)
    assert width <= 156 * MM
    assert width + page.BODY_SIZE > 156 * MM


def test_22_lines_end_35_mm_above_the_edge() -> None:
    data = drawn("国" * 28 * 24)
    first = [place for place in places(data, 0) if place[0] == "国"]
    assert len(first) == 28 * 22
    last_line = min(y for _, _, y in first)
    top_line = max(y for _, _, y in first)
    assert abs((top_line - last_line) - 21 * page.BODY_LEADING) < 0.1
    bottom = page.PAGE_HEIGHT - page.TOP - 21 * page.BODY_LEADING - page.BODY_SIZE
    assert abs(bottom - 35 * MM) < 1 * MM
    assert abs(last_line - bottom) < 1 * MM


def test_type_area_begins_at_the_left_margin() -> None:
    left = min(x for char, x, _ in places(drawn("国" * 60), 0) if char == "国")
    assert abs(left - 28 * MM) < 0.5


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    data = drawn("国" * 28 * 30)
    odd = [x for char, x, y in places(data, 0) if char == "1" and y < 35 * MM]
    even = [x for char, x, y in places(data, 1) if char == "2" and y < 35 * MM]
    assert odd[0] > page.PAGE_WIDTH / 2 > even[0]
    assert abs(even[0] - (28 * MM + 14 + 14 + 7)) < 6


def test_page_numbers_stand_7_mm_below() -> None:
    data = drawn("国" * 28)
    baseline = next(y for char, _, y in places(data, 0) if char == "1" and y < 35 * MM)
    top_of_digits = 35 * MM - 7 * MM
    assert top_of_digits - 16 < baseline < top_of_digits - 10


def test_the_paper_is_a4() -> None:
    with opened(drawn("国")) as document:
        width, height = document.get_page_size(0)
    assert abs(width / MM - 210) < 0.1
    assert abs(height / MM - 297) < 0.1
