"""Moments in `history` are times of the place, whatever field holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from inspector.base.i18n import translator
from inspector.domain.schema import KINDS
from inspector.operations.values import Values

if TYPE_CHECKING:
    from tests.operations.conftest import Field

#: Fields that hold a moment, by the ends of their names.
MOMENT = re.compile(r".*_(?:from|to|ms)|joined|called|ended")
AT = 1_772_589_600_000  # 2026-03-04 10:00 in Shanghai


def test_no_moment_is_printed_in_milliseconds(field: Field) -> None:
    values = Values(field.session, translator("en"), 480)
    told = {
        (noun, spec.name): values.said(noun, {spec.name: AT})
        for noun, kind in KINDS.items()
        for spec in kind.fields
        if MOMENT.fullmatch(spec.name) and spec.name not in ("valid_from", "valid_to")
    }
    assert len(told) > 20
    raw = {place for place, text in told.items() if str(AT) in text}
    assert raw == set()
    assert values.said("wait", {"joined": AT}).endswith("2026-03-04 10:00:00")
