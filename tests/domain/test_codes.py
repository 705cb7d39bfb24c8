"""Codes in place of words: read back what was written, and never a word by mistake."""

from __future__ import annotations

import pytest

from inspector.domain.board import Sheet
from inspector.domain.codes import (
    SIGNS,
    ShortLook,
    fact_code,
    person_codes,
    read_look,
    sheet_codes,
    state_code,
    window_code,
)
from inspector.domain.entities import (
    Answer,
    Event,
    Finding,
    HeadCount,
    Remark,
    Round,
    Sweep,
    Wait,
    Window,
)
from inspector.domain.paste import LETTERS
from inspector.domain.vocabulary import Conformity, RemarkKind, WaitOutcome, WindowState
from tests.support.visits import WINDOWS, record, sighting

FIFTH = WINDOWS[4]
NAMED = Window(id="desk", hall="hall", label="S5", position=7)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("05", ShortLook(FIFTH)),
        ("5", ShortLook(FIFTH)),
        ("５", ShortLook(FIFTH)),
        ("05U6", ShortLook(FIFTH, WindowState.UNATTENDED, 6)),
        ("5 u 6", ShortLook(FIFTH, WindowState.UNATTENDED, 6)),
        ("05 P", ShortLook(FIFTH, WindowState.PAUSED)),
        ("S5", ShortLook(NAMED)),
        ("S5S12", ShortLook(NAMED, WindowState.SERVING, 12)),
        ("05 6", None),
        ("05X", None),
        ("99", None),
        ("U", None),
        ("", None),
        ("=1+1", None),
    ],
)
def test_a_window_with_state_and_people_is_read(text: str, read: ShortLook | None) -> None:
    assert read_look(text, [*WINDOWS, NAMED]) == read


def test_what_could_be_two_windows_is_none() -> None:
    twin = Window(id="twin", hall="hall", number="5")
    assert read_look("05U", [twin, Window(id="other", hall="hall", number="5")]) is None


@pytest.mark.parametrize("state", WindowState)
def test_every_state_can_be_told_apart(state: WindowState) -> None:
    same = [other for other in WindowState if state_code(other) == state_code(state)]
    assert same == [state]
    assert (state_code(state) == LETTERS.get(state)) is (state is not WindowState.NOT_LOOKED_AT)


def test_every_answer_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(Conformity)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_a_window_without_a_number_is_told_by_its_place() -> None:
    assert (window_code(FIFTH), window_code(NAMED)) == ("05", "·7")


def test_floors_named_in_words_are_numbered() -> None:
    made = [Sheet("1", "", 0, ()), Sheet("北楼大厅", "A", 0, ()), Sheet("北楼大厅", "B", 0, ())]
    assert sheet_codes(made) == ("1", "2a", "2b")


def test_people_that_begin_alike_are_told_apart() -> None:
    assert person_codes(["林晓", "林一", "Wu Li", ""]) == ("林", "林2", "W", "·")


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (Answer(id="a", item="S1", conformity=Conformity.DOES_NOT_CONFORM), "13 ×"),
        (sighting("s", "10:38", people_waiting=6), "05 U 6"),
        (Sweep(id="w", windows=("w1", "w2")), "R 2"),
        (Round(id="r", number=2), "↻ 2"),
        (Wait(id="t", ticket="A032"), "A032 …"),
        (Wait(id="t", outcome=WaitOutcome.GAVE_UP), "· ×"),
        (Finding(id="f", situations=("FZ-P-Z1",), window="w4"), "K 04"),
        (Finding(id="f", situations=("CZ-1",)), "·"),
        (Remark(id="n", kind=RemarkKind.REMARK, text="门口很乱"), "…"),
        (Remark(id="n", kind=RemarkKind.GOOD_PRACTICE, text="好"), "+"),
        (HeadCount(id="h", staffed=9, total=12), "9/12"),
        (Event(id="e"), "·"),
    ],
)
def test_facts_are_told_without_words(fact: object, code: str) -> None:
    assert fact_code(record(), fact, {"S1": 13}) == code
