"""Rows made straight from one operation are those that registers make."""

from __future__ import annotations

from typing import Any

import pytest

from inspector.domain.schema import KINDS
from inspector.ledger.operation import Change
from inspector.ledger.registers import EntityState
from inspector.storage.rows import Row, columns_of_first
from tests.support.records import make

#: What a field may hold: right and wrong types for any column, and nothing at all.
VALUES: tuple[Any, ...] = ("文", "", 7, 0, -1, True, False, None, [], ["a"], {}, {"zh": "甲"})
#: Columns that hold whole numbers.
NUMBERS = ("integer", "boolean")


def never(short: str) -> bool:
    raise AssertionError(short)


@pytest.mark.parametrize("noun", KINDS)
def test_the_row_of_a_first_operation_is_that_of_its_registers(noun):
    kind = KINDS[noun]
    names = [spec.name for spec in kind.fields]
    every = [dict.fromkeys(names, value) for value in VALUES]
    every += [{name: value, "newer": value} for name in names for value in VALUES]
    every += [{}, {"newer": None}, {names[0]: "x", "newer": None, names[-1]: None}]
    for fields in every:
        operation = make(Change(noun, "e1", fields))
        [change] = operation.changes
        row = Row(kind, "e1", 1, EntityState(), stored=False)
        row.state.apply(operation.header, operation.short, change, never)
        straight = columns_of_first(kind, operation.header, operation.short, change.fields)
        # 1 and True are equal, but not the same in a row.
        assert [(type(each), each) for each in straight] == [
            (type(each), each) for each in row.columns()
        ]
        assert len(straight) == len(names) + 8
        for spec, value in zip(kind.fields, straight, strict=False):
            assert value is None or type(value) is (int if spec.column in NUMBERS else str)
