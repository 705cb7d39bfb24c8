from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.entities import Entered, Finding, Visit
from inspector.domain.numbers import (
    device_prefix,
    finding_label,
    official_numbers,
    provisional,
    visit_label,
)


def test_provisional_and_official_labels():
    finding = Finding(id="f", number=3, device="K7")
    assert finding_label(finding, "zh") == "问题 K7-3（暂编）"
    assert finding_label(finding, "en") == "Finding K7-3 (provisional)"
    assert finding_label(replace(finding, official_number="3"), "zh") == "问题 3"
    assert visit_label(Visit(id="v", number=12, device="K7"), "zh") == "走访 K7-12（暂编）"
    assert visit_label(Visit(id="v", official_number="2026-12"), "en") == "Visit 2026-12"
    assert provisional("", 4) == "4"


@given(st.text(max_size=40))
def test_prefixes_are_a_letter_and_a_digit_that_cannot_be_mistaken(device):
    letter, digit = device_prefix(device)
    assert letter in "ABCDEFGHJKLMNPQRSTUVWXYZ"
    assert digit in "23456789"
    assert device_prefix(device) == letter + digit


def test_official_numbers_follow_what_was_seen_first():
    findings = (
        Finding(id="typed-first", observed_from=900, entered=Entered("li", 1, 480)),
        Finding(id="seen-first", observed_from=100, entered=Entered("li", 2, 480)),
        Finding(id="no-time", entered=Entered("li", 0, 480)),
        Finding(id="void", observed_from=1, void="slip"),
        Finding(id="same-time", observed_from=900, entered=Entered("li", 3, 480)),
    )
    assert official_numbers(findings) == {
        "seen-first": "1",
        "typed-first": "2",
        "same-time": "3",
        "no-time": "4",
    }


def test_numbers_once_fixed_stay():
    findings = (
        Finding(id="old", observed_from=900, official_number="2"),
        Finding(id="new", observed_from=100),
    )
    assert official_numbers(findings) == {"old": "2", "new": "3"}


@given(st.permutations([Finding(id=f"f{n}", observed_from=n % 3 or None) for n in range(6)]))
def test_the_order_of_arrival_does_not_matter(findings):
    assert official_numbers(findings) == official_numbers(sorted(findings, key=lambda f: f.id))
    assert sorted(official_numbers(findings).values()) == ["1", "2", "3", "4", "5", "6"]
