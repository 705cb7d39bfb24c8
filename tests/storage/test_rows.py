"""Rows made straight from one operation are those that registers make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector.domain.schema import KINDS
from inspector.ledger.operation import Change
from inspector.ledger.registers import EntityState
from inspector.storage.rows import Row, filled, filled_first, names
from tests.support.records import make

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspector.storage.rows import Filled

#: What a field may hold: right and wrong types for any column, and nothing at all.
VALUES: tuple[Any, ...] = ("文", "", 7, 0, -1, True, False, None, [], ["a"], {}, {"zh": "甲"})
#: Columns that hold whole numbers.
NUMBERS = ("integer", "boolean")


def never(short: str) -> bool:
    raise AssertionError(short)


@pytest.mark.parametrize("noun", KINDS)
def test_the_row_of_a_first_operation_is_that_of_its_registers(noun):
    kind = KINDS[noun]
    fields = [spec.name for spec in kind.fields]
    right = {
        spec.name: {"text": "文", "integer": 7, "boolean": True, "json": []}[spec.column]
        for spec in kind.fields
    }
    every = [dict.fromkeys(fields, value) for value in VALUES]
    every += [{name: value, "newer": value} for name in fields for value in VALUES]
    every += [{name: value} for name in fields for value in VALUES]
    every += [{}, {"newer": None}, {fields[0]: "x", "newer": None, fields[-1]: None}]
    every += [right, {name: right[name] for name in fields if right[name] in ("文", 7)}]
    for written in every:
        operation = make(Change(noun, "e1", written))
        [change] = operation.changes
        row = Row(kind, "e1", 1, EntityState(), stored=False)
        row.state.apply(operation.header, operation.short, change, never)
        expected = [1, "e1", *row.columns()]
        assert len(expected) == len(names(kind)) == len(fields) + 10
        straight = filled_first(kind, 1, "e1", operation.header, operation.short, change.fields)
        assert whole(straight, len(expected)) == typed(expected)
        assert whole(filled(expected), len(expected)) == typed(expected)
        for spec, value in zip(kind.fields, expected[2:], strict=False):
            assert value is None or type(value) is (int if spec.column in NUMBERS else str)


def typed(row: Sequence[Any]) -> list[tuple[type, Any]]:
    """1 and True are equal, but not the same in a row."""
    return [(type(each), each) for each in row]


def whole(row: Filled, length: int) -> list[tuple[type, Any]]:
    """All columns of a row, the empty ones among them."""
    places, values = row
    found: list[Any] = [None] * length
    for place, value in zip(places, values, strict=True):
        assert found[place] is None
        assert value is not None
        found[place] = value
    return typed(found)
