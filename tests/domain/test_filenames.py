"""Names of exported files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.base.errors import MingchaError
from inspector.base.i18n import LANGUAGES
from inspector.domain.filenames import (
    LONGEST,
    NameFields,
    check_pattern,
    file_name,
    pattern_fields,
    usual_pattern,
)

FIELDS = NameFields("2026-0001", "A-07", "城东便民服务中心", "2026-11-20", "1", "zh")


def test_the_usual_name_holds_codes_only() -> None:
    for lang in LANGUAGES:
        assert file_name(usual_pattern(lang), FIELDS, "pdf") == "2026-0001-A-07-2026-11-20.pdf"


def test_fields_are_named_in_the_language_and_both_are_read() -> None:
    assert usual_pattern("zh") == "{编号}-{编码}-{日期}"
    assert usual_pattern("en") == "{number}-{code}-{day}"
    whole = {lang: "_".join(pattern_fields(lang)) for lang in LANGUAGES}
    made = {file_name(pattern, FIELDS, "pdf") for pattern in whole.values()}
    assert made == {"2026-0001_A-07_城东便民服务中心_2026-11-20_1_zh.pdf"}


def test_the_former_name_of_a_code_is_still_read() -> None:
    assert file_name("{编号}-{代码}", FIELDS, "pdf") == "2026-0001-A-07.pdf"


def test_an_empty_field_leaves_no_gap() -> None:
    assert (
        file_name(usual_pattern("en"), replace(FIELDS, code=""), "pdf")
        == "2026-0001-2026-11-20.pdf"
    )


def test_a_name_that_is_taken_is_numbered_whatever_its_case() -> None:
    assert file_name("{code}", FIELDS, "pdf", frozenset({"a-07.pdf"})) == "A-07 (2).pdf"


@pytest.mark.parametrize(
    "pattern", ["", "{", "{x}", "{code!r}", "{code:>5}", "...", "{number.real}"]
)
def test_a_pattern_that_makes_no_name_is_refused(pattern: str) -> None:
    with pytest.raises(MingchaError, match="pattern_unreadable"):
        check_pattern(pattern)


@given(st.text(max_size=300))
def test_every_hall_name_makes_a_name_every_system_takes(hall: str) -> None:
    name = file_name("x{hall}", replace(FIELDS, hall=hall), "pdf")
    assert not set(name) & set('<>:"/\\|?*\x00\n\u202e')
    assert len(name.encode("utf-8", "surrogatepass")) <= LONGEST + 4
    assert not name.startswith(".")


def test_names_of_devices_are_not_used() -> None:
    assert file_name("{hall}", replace(FIELDS, hall="CON"), "pdf") == "_CON.pdf"
