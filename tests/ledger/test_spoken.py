"""Fingerprints for the telephone."""

from __future__ import annotations

import pytest

from inspector.ledger.spoken import sounds_like, spoken

KEY = bytes(range(32))


def test_six_groups_of_five_digits() -> None:
    groups = spoken(KEY, "device").split(" ")
    assert [len(each) for each in groups] == [5] * 6
    assert all(each.isdigit() for each in groups)


def test_they_stay_the_same_for_ever() -> None:
    assert spoken(KEY, "organisation") == "66684 88561 26789 82407 81228 59259"


def test_another_key_or_another_thing_sounds_different() -> None:
    assert spoken(KEY, "device") != spoken(KEY, "organisation")
    assert spoken(KEY, "device") != spoken(KEY[::-1], "device")


@pytest.mark.parametrize("form", ["{}", "{0}.", " {0} ", "（{0}）"])
def test_however_it_is_grouped_it_is_the_same(form: str) -> None:
    told = spoken(KEY, "device")
    assert sounds_like(form.format(told.replace(" ", "-")), told)
    assert sounds_like("".join(chr(ord("０") + int(d)) for d in told if d != " "), told)
    assert not sounds_like(told[:-1], told)
    assert not sounds_like(told + "1", told)
    assert not sounds_like("", told)
