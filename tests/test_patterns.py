"""Patterns that are compiled when they are first used."""

from __future__ import annotations

import re

import pytest

from inspector.base.patterns import pattern


def test_it_does_what_a_compiled_one_does() -> None:
    made = pattern(r"(a)(\d)", re.IGNORECASE)
    found = made.search("xA1")
    assert found is not None
    assert found.groups() == ("A", "1")
    assert made.fullmatch("a12") is None
    assert made.sub("-", "a1 b a2") == "- b -"
    assert made.pattern == r"(a)(\d)"
    assert [each[0] for each in made.finditer("a1A2")] == ["a1", "A2"]


def test_what_is_wrong_with_it_is_told_when_it_is_used() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")
