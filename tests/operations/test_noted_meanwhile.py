"""What was noted outside of a round while it went on: the tiles show what is known last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.domain.board import Tile, tiles
from inspector.domain.vocabulary import WindowState
from inspector.operations.observing import count_people, sight, start_round, sweep, watch
from inspector.operations.pasting import paste, read_notes
from inspector.operations.records import load_record
from tests.support.fixed import START

if TYPE_CHECKING:
    from tests.operations.conftest import Field


def noted(field: Field, text: str) -> None:
    lines = read_notes(field.session, field.visit, text, START.date(), 480)
    paste(field.session, field.visit, lines, field.seen())


def tile(field: Field, number: str) -> Tile:
    shown = tiles(load_record(field.session, field.visit))
    return next(each for each in shown if each.window.number == number)


@pytest.fixture
def rounds(field: Field) -> Field:
    """A round at 10:30 that saw window 05 serving; the one before it began at 10:00."""
    start_round(field.session, field.visit, field.seen("10:00"))
    now = start_round(field.session, field.visit, field.seen("10:30"))
    seen = field.seen("10:31")
    sight(field.session, field.visit, field.window("5"), WindowState.SERVING, seen, in_round=now.id)
    return field


@pytest.mark.parametrize(
    ("note", "state", "people"),
    [
        ("1038 05 空岗 6人", WindowState.UNATTENDED, 6),
        ("10:38-10:52 05 空岗", WindowState.UNATTENDED, None),
        ("1030 05 空岗 6人", WindowState.SERVING, None),
        ("1029 05 空岗 6人", WindowState.SERVING, None),
        ("1010 05 空岗", WindowState.SERVING, None),
    ],
)
def test_the_newest_by_observed_time_counts(
    rounds: Field, note: str, state: WindowState, people: int | None
) -> None:
    noted(rounds, note)
    shown = tile(rounds, "05")
    assert (shown.state, shown.people_waiting) == (state, people)


def test_a_window_nobody_looked_at_shows_its_note_and_is_not_swept_over(rounds: Field) -> None:
    noted(rounds, "1038 04 空岗 6人")
    assert tile(rounds, "04").state is WindowState.UNATTENDED
    assert tile(rounds, "04").since == rounds.seen("10:38").start
    now = max(load_record(rounds.session, rounds.visit).rounds, key=lambda each: each.number)
    sweep(rounds.session, rounds.visit, now, rounds.seen("10:45"))
    assert tile(rounds, "04").state is WindowState.UNATTENDED
    assert tile(rounds, "03").state is WindowState.SERVING


def test_a_note_of_an_earlier_round_says_nothing_of_this_one(rounds: Field) -> None:
    noted(rounds, "1015 03 空岗")
    assert tile(rounds, "03").state is WindowState.NOT_LOOKED_AT


def test_what_was_watched_until_now_is_shown(rounds: Field) -> None:
    between = rounds.seen("10:33").start, rounds.seen("10:40").start
    assert between[0] is not None
    assert between[1] is not None
    window = rounds.window("5")
    watch(rounds.session, rounds.visit, window, WindowState.PAUSED, between, rounds.li)  # type: ignore[arg-type]
    assert tile(rounds, "05").state is WindowState.PAUSED


def test_people_counted_after_a_note_belong_to_its_state(rounds: Field) -> None:
    noted(rounds, "1038 05 空岗")
    count_people(rounds.session, rounds.visit, rounds.window("5"), 7, rounds.seen("10:41"))
    shown = tile(rounds, "05")
    assert (shown.state, shown.people_waiting) == (WindowState.UNATTENDED, 7)
    count_people(rounds.session, rounds.visit, rounds.window("5"), 8, rounds.seen("10:43"))
    assert tile(rounds, "05").people_waiting == 8
    assert tile(rounds, "05").since == rounds.seen("10:41").start
