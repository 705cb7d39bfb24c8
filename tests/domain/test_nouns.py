"""Everything in the record has a name in both languages."""

from __future__ import annotations

from inspector.domain.nouns import NAMES, noun_name
from inspector.domain.schema import KINDS


def test_every_noun_has_a_name_in_both_languages() -> None:
    assert NAMES.keys() == KINDS.keys()
    assert all(zh and not zh.isascii() and en.isascii() for zh, en in NAMES.values())


def test_an_unknown_noun_keeps_its_word() -> None:
    assert noun_name("receipt", "zh") == "receipt"
