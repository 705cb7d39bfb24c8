"""A small file as numbered codes: whole again from parts in any order, or refused."""

from __future__ import annotations

import os
import zlib
from base64 import b32encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.sync.code_parts import MOST_BYTES, MOST_PARTS, PIECE, Broken, Parts, TooLarge, split

if TYPE_CHECKING:
    import random


@given(st.binary(max_size=5000), st.randoms(use_true_random=False))
def test_parts_make_the_file_in_any_order_and_read_twice(data: bytes, chance: random.Random):
    texts = [*split(data), *split(data)]
    chance.shuffle(texts)
    parts = Parts()
    assert all(parts.add(f" {text}\n") for text in texts)
    assert (parts.missing, parts.whole()) == ((), data)
    assert all(len(text) < 900 for text in texts)


def test_what_lacks_is_named_and_nothing_is_made_of_it():
    data = os.urandom(3 * PIECE)
    texts = split(data)
    parts = Parts()
    with pytest.raises(Broken):
        parts.whole()
    assert parts.add(texts[2])
    assert parts.missing == tuple(n for n in range(1, len(texts) + 1) if n != 3)
    with pytest.raises(Broken):
        parts.whole()


def test_parts_of_another_file_are_not_taken_for_this_one():
    one, other = split(os.urandom(2 * PIECE)), split(os.urandom(2 * PIECE))
    parts = Parts()
    assert parts.add(one[0])
    assert not parts.add(other[1])
    assert parts.missing == (2, 3)
    # A part whose letters were changed makes another file.
    assert parts.add(one[1])
    assert parts.add(one[2][:-2] + ("AA" if one[2][-2:] != "AA" else "BA"))
    with pytest.raises(Broken):
        parts.whole()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org",
        "MC1/ABCDEFGH/0/1/AA",
        "MC1/ABCDEFGH/2/1/AA",
        "MC1/ABCDEFGH/1/99/AA",
        "MC2/ABCDEFGH/1/1/AA",
        "MC1/ABCDEFGH/1/1/A",
        "MC1/abcdefgh/1/1/AA",
        "MC1/ABCDEFGH/1/1/" + "A" * 5000,
    ],
)
def test_other_codes_are_no_part(text: str):
    assert not Parts().add(text)


def test_a_file_that_does_not_fit_is_refused_and_no_small_code_unpacks_without_end():
    with pytest.raises(TooLarge):
        split(os.urandom(MOST_PARTS * PIECE))
    with pytest.raises(TooLarge):
        split(bytes(MOST_BYTES + 1))
    bomb = zlib.compress(bytes(50 << 20), 9)[: PIECE * 2]
    parts = Parts()
    letters = [b32encode(bomb[:PIECE]), b32encode(bomb[PIECE:])]
    for number, each in enumerate(letters, start=1):
        text = each.decode().rstrip("=")
        assert parts.add(f"MC1/ABCDEFGH/{number}/2/{text}")
    with pytest.raises(Broken):
        parts.whole()
