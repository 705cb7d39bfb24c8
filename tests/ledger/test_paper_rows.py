"""Rows of letters on paper: what is typed is what was printed, or the row is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.ledger.paper_rows import ROW_BYTES, InvalidRow, from_rows, rows

PURPOSE = b"test@1"
whole = st.integers(1, 12).flatmap(lambda n: st.binary(min_size=n * 10, max_size=n * 10))


@given(whole)
def test_what_is_typed_with_numbers_or_joined_is_what_was_printed(data: bytes) -> None:
    printed = rows(data, PURPOSE)
    assert len(printed) == len(data) // ROW_BYTES
    numbered = "\n\n".join(f" {n}. {row.lower()} " for n, row in enumerate(printed, 1))
    assert from_rows(numbered, PURPOSE) == data
    assert from_rows("".join(printed).replace(" ", ""), PURPOSE) == data
    assert from_rows("\n".join(printed), PURPOSE, len(printed)) == data


def test_rows_of_another_kind_of_sheet_and_wrong_numbers_of_rows_are_told() -> None:
    printed = rows(bytes(30), PURPOSE)
    for text, count, row in (
        ("\n".join(rows(bytes(30), b"other@1")), 0, 1),
        ("\n".join(printed[:2]), 3, 3),
        ("\n".join(printed), 2, 3),
        ("\n".join((printed[0], printed[2])), 0, 2),
        ("", 0, 1),
        ("x" * 10_000, 0, 1),
    ):
        with pytest.raises(InvalidRow) as caught:
            from_rows(text, PURPOSE, count)
        assert caught.value.row == row
