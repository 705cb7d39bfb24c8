"""Breaking lines: nothing lost, 避头尾, control characters visible, linear time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.progress import Cancelled
from inspector.report.fontfiles import FontRole
from inspector.report.fonts import FontSet, font_set
from inspector.report.text import NO_END, NO_START, break_lines, fit, visible

if TYPE_CHECKING:
    from types import FrameType

ROOT = Path(__file__).parents[2]
CHINESE = "窗口无人值守叫号屏群众等候的一是检查，。、；：？！）》（《“”「」…—AB12 "


@pytest.fixture
def fonts() -> FontSet:
    return font_set("zh").fresh()


def lines(text: str, fonts: FontSet, width: float = 200.0) -> list[str]:
    return [line.text for line in break_lines(text, fonts, FontRole.SONG, 10, width)]


@given(st.text(st.sampled_from(CHINESE), max_size=200), st.integers(40, 300))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    found = break_lines(text, font_set("zh").fresh(), FontRole.SONG, 10, width)
    assert "".join(line.text for line in found).replace(" ", "") == text.replace(" ", "")
    assert all(line.width <= width + 0.1 for line in found)


@given(st.text(st.sampled_from("窗口无人，。、》（《AB "), max_size=120))
def test_marks_stay_with_their_words(text: str) -> None:
    # Where marks follow each other without end, no line can be found: only the rest is judged.
    if any(a in NO_START | NO_END and b in NO_START | NO_END for a, b in zip(text, text[1:])):  # noqa: B905, RUF007
        return
    found = lines(text.strip(), font_set("zh").fresh(), 100.0)
    for line in found[1:]:
        assert line[:1] not in NO_START or line == ""
    for line in found[:-1]:
        assert line[-1:] not in NO_END or line == ""


def test_a_full_stop_takes_its_word_to_the_next_line(fonts: FontSet) -> None:
    assert lines("一二三四五六七八九十。十一", fonts, 100) == ["一二三四五六七八九", "十。十一"]


def test_an_opening_mark_does_not_end_a_line(fonts: FontSet) -> None:
    assert lines("一二三四五六七八九《办法》", fonts, 100) == ["一二三四五六七八九", "《办法》"]


def test_latin_words_stay_whole_and_long_ones_are_broken(fonts: FontSet) -> None:
    assert lines("窗口 unattended 无人", fonts, 60) == ["窗口", "unattended", "无人"]
    assert "".join(lines("a" * 64, fonts, 100)) == "a" * 64


def test_line_feeds_are_kept(fonts: FontSet) -> None:
    assert lines("一\n\n二\r\n三", fonts) == ["一", "", "二", "三"]


def test_control_characters_become_pictures() -> None:
    assert visible("a\x00b\x1b\tc\x7f\nd") == "a␀b␛␉c␡\nd"


@pytest.mark.parametrize(
    "text", ["窗口无人值守，" * 2900, "a" * 20_000, "。" * 20_000, "《" * 20_000]
)
def test_long_text_takes_linear_work(fonts: FontSet, text: str) -> None:
    def lines_run(part: str) -> int:
        count = 0

        def trace(frame: FrameType, event: str, arg: object) -> object:
            nonlocal count
            count += event == "line"
            return trace

        sys.settrace(trace)
        try:
            break_lines(part, fonts, FontRole.SONG, 10, 400)
        finally:
            sys.settrace(None)
        return count

    lines_run(text)  # widths are looked up once and kept
    # Quadratic work would be 16 times as much.
    assert lines_run(text) < 6 * lines_run(text[: len(text) // 4])


def test_long_text_can_be_stopped(fonts: FontSet) -> None:
    class Stop:
        def start(self, label: str, total: int) -> None: ...

        def step(self, count: int = 1) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        break_lines("窗口" * 2000, fonts, FontRole.SONG, 10, 400, progress=Stop())


def test_fit_cuts_with_an_ellipsis(fonts: FontSet) -> None:
    assert fit("一二三", fonts, FontRole.SONG, 10, 100) == "一二三"
    cut = fit("一二三四五六七八九十十一", fonts, FontRole.SONG, 10, 60)
    assert cut.endswith("…")
    assert fonts.width(cut, FontRole.SONG, 10) <= 60


def test_only_this_room_makes_text_and_never_from_markup() -> None:
    for path in ROOT.joinpath("inspector").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert "Paragraph(" not in source, path
        assert "platypus" not in source, path
        if path.parent.name != "report":
            assert "reportlab.pdfgen" not in source, path
