"""Tables and lines on a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector.cli.output import one_line, table, width, wrapped

TEXT = st.text(alphabet="ab 窗口，。空岗x", max_size=60)


def test_columns_are_aligned_by_what_is_seen() -> None:
    lines = table(("name", "n"), [("李娜", 1), ("Wang Fang", 22)])
    assert lines == ["name       n", "李娜       1", "Wang Fang  22"]
    assert table(("name",), []) == []


def test_a_cell_stays_on_one_line_and_shows_control_characters() -> None:
    assert one_line("a\n b\tc\x1b[31m") == "a b c␛[31m"


def test_chinese_is_broken_between_characters_but_not_before_punctuation() -> None:
    assert wrapped("窗口空岗，无人", 8) == ["窗口空", "岗，无人"]
    assert wrapped("窗口（空岗）", 6) == ["窗口", "（空", "岗）"]
    assert wrapped("one two three", 7) == ["one two", "three"]


@given(TEXT, st.integers(8, 30))
def test_wrapping_loses_nothing_and_keeps_within_the_columns(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line) <= columns or len(line.split()) == 1
