"""How floors are called."""

from __future__ import annotations

import pytest

from inspector.base.i18n import translator
from inspector.domain.floor_text import floor_name


@pytest.mark.parametrize(
    ("floor", "zh", "en"),
    [
        ("2", "2 层", "Floor 2"),
        (" 12 ", "12 层", "Floor 12"),
        ("一层", "一层", "一层"),
        ("B1", "B1", "B1"),
        ("", "", ""),
    ],
)
def test_a_number_alone_is_called_a_floor(floor: str, zh: str, en: str) -> None:
    assert floor_name(floor, translator("zh")) == zh
    assert floor_name(floor, translator("en")) == en
