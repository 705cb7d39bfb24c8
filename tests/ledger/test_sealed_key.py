"""Sealed keys: the passphrase opens them, nothing else does, and paper keeps them legible."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger.paper_rows import InvalidRow
from inspector.ledger.sealed_key import (
    MAX_COST,
    ROWS,
    InvalidKey,
    WrongPassphrase,
    from_rows,
    parse,
    rows,
    seal,
    unseal,
)

SEED, PUBLIC, SALT = bytes(range(32)), bytes(range(32, 64)), bytes(range(16))
PASSPHRASE = "长风破浪会有时"
#: As little work as scrypt allows: these tests are not about how slow it is.
SEALED = seal(SEED, PUBLIC, PASSPHRASE, SALT, cost=1)
PAPER = rows(SEALED)


def test_the_passphrase_opens_it() -> None:
    assert unseal(SEALED, PASSPHRASE) == SEED


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE + " ", PASSPHRASE[:-1], "x" * 200])
def test_no_other_passphrase_does(passphrase: str) -> None:
    with pytest.raises(WrongPassphrase):
        unseal(SEALED, passphrase)


def test_every_keyboard_gives_the_same_passphrase() -> None:
    composed, apart = "caf\u00e9 caf\u00e9", "cafe\u0301 cafe\u0301"
    assert unseal(seal(SEED, PUBLIC, composed, SALT, cost=1), apart) == SEED


def test_one_made_once_opens_for_ever() -> None:
    path = Path(__file__).parent / "golden" / "sealed_key_1.json"
    golden = json.loads(path.read_text(encoding="utf-8"))
    sealed = bytes.fromhex(golden["sealed"])
    assert unseal(sealed, golden["passphrase"]).hex() == golden["seed"]
    assert list(rows(sealed)) == golden["rows"]
    assert from_rows("\n".join(golden["rows"])) == sealed


@pytest.mark.parametrize(
    "data",
    [
        b"",
        SEALED[:-1],
        SEALED + b"x",
        b"\x02" + SEALED[1:],
        SEALED[:1] + bytes([MAX_COST + 1]) + SEALED[2:],
        SEALED[:1] + b"\x00" + SEALED[2:],
    ],
)
def test_what_is_not_known_is_refused(data: bytes) -> None:
    parse(SEALED)
    with pytest.raises(InvalidKey):
        unseal(data, PASSPHRASE)


@given(st.integers(2, len(SEALED) - 1), st.integers(0, 7))
def test_no_flipped_bit_goes_unnoticed(place: int, bit: int) -> None:
    flipped = bytearray(SEALED)
    flipped[place] ^= 1 << bit
    with pytest.raises(WrongPassphrase):
        unseal(bytes(flipped), PASSPHRASE)


def test_the_rows_are_short_and_hold_no_letter_that_looks_like_another() -> None:
    assert len(PAPER) == ROWS
    assert {len(row) for row in PAPER} == {22}
    assert not set("".join(PAPER)) & set("0189")


@pytest.mark.parametrize(
    "typed",
    [
        "\n".join(PAPER),
        "\r\n\r\n".join(PAPER).lower(),
        " ".join(PAPER),
        "\n".join(f"  {number}. {row}  " for number, row in enumerate(PAPER, start=1)),
        "\n".join(f"{number}  {row}" for number, row in enumerate(PAPER, start=1)),
        "\n".join(row.replace(" ", "") for row in PAPER),
        "\n".join(row.replace(" ", "-") for row in PAPER),
        "\n".join(PAPER).replace("O", "0").replace("I", "1").replace("B", "8"),
        "\n".join("".join(chr(ord(c) + 0xFEE0) if c != " " else c for c in r) for r in PAPER),
    ],
)
def test_it_is_read_as_people_type_it(typed: str) -> None:
    assert from_rows(typed) == SEALED


@given(st.integers(0, ROWS - 1), st.integers(0, 21), st.sampled_from("ACDEFGHJ234567"))
def test_no_slip_gives_the_key_of_somebody_else(row: int, place: int, letter: str) -> None:
    changed = list(PAPER)
    line = list(changed[row])
    if line[place] in (" ", letter):
        return
    line[place] = letter
    changed[row] = "".join(line)
    with contextlib.suppress(InvalidRow):
        assert from_rows("\n".join(changed)) != SEALED


@pytest.mark.parametrize("row", range(ROWS))
def test_a_slip_is_told_by_its_row(row: int) -> None:
    slipped = PAPER[row].replace(PAPER[row][3], "Q" if PAPER[row][3] != "Q" else "R", 1)
    with pytest.raises(InvalidRow) as refused:
        from_rows("\n".join((*PAPER[:row], slipped, *PAPER[row + 1 :])))
    assert refused.value.row == row + 1


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ([], 1),
        (PAPER[:-1], ROWS),
        ((*PAPER, PAPER[0]), ROWS + 1),
        ((PAPER[1], PAPER[0], *PAPER[2:]), 1),
        ((PAPER[0], "窗口", *PAPER[2:]), 2),
        ((PAPER[0], PAPER[1][:-1], *PAPER[2:]), 2),
    ],
)
def test_missing_added_and_swapped_rows_are_told(typed: tuple[str, ...], row: int) -> None:
    with pytest.raises(InvalidRow) as refused:
        from_rows("\n".join(typed))
    assert refused.value.row == row
