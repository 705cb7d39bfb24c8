"""The harness's arithmetic; the benchmarks themselves are no tests and run with `make bench`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.bench import samples, table
from tests.bench.growth import Growth
from tests.bench.measuring import Check, Row, alternate, median, peak_memory, percentile

ROOT = Path(__file__).resolve().parents[2]


def row(ours: float, floor: float, *checks: Check, target: float = 2.0) -> Row:
    return Row("saving", "save one answer", "one commit", ours, floor, target, checks)


def test_medians_and_percentiles():
    values = [float(number) for number in Random(1).sample(range(1, 101), 100)]
    assert median(values) == 50.5
    assert percentile(values, 0.95) == 95
    assert percentile(values, 1.0) == 100
    assert percentile([7.0], 0.95) == 7


@pytest.mark.parametrize(
    ("ours", "met"), [(0.5, True), (2.0, True), (2.1, False)], ids=["half", "twice", "more"]
)
def test_a_row_is_met_up_to_its_ratio(ours: float, met: bool):
    assert row(ours, 1.0).ratio == ours
    assert row(ours, 1.0).met is met


def test_a_row_with_a_missed_check_is_missed():
    assert row(1.0, 1.0, Check("memory", 250, "MB", 250), Check("slowest", 9e9, "ms")).met
    assert not row(1.0, 1.0, Check("memory", 251, "MB", 250)).met


def test_both_sides_take_turns_in_going_first():
    order: list[str] = []

    def ours(number: int) -> float:
        order.append(f"ours {number}")
        return 2.0 + number

    def floor(number: int) -> float:
        order.append(f"floor {number}")
        return 1.0

    timings = alternate(ours, floor, rounds=3)
    assert order == ["ours 0", "floor 0", "floor 1", "ours 1", "ours 2", "floor 2"]
    assert (timings.ours, timings.floor) == ([2.0, 3.0, 4.0], [1.0, 1.0, 1.0])


def test_growth_in_proportion_is_met_and_steeper_growth_is_not():
    sizes = (1_000, 10_000, 100_000)
    assert Growth("rebuild", sizes, (0.1, 1.0, 10.0)).met
    assert Growth("save", sizes, (0.004, 0.004, 0.004)).met
    assert not Growth("quadratic", sizes, (0.01, 1.0, 100.0)).met


def test_the_table_says_what_was_missed():
    missed = row(3.0, 1.0, Check("memory", 97.7, "MB", 250))
    text = table.text([row(0.0042, 0.0028), missed], [])
    first, second = text.splitlines()[1:3]
    assert first.split()[3:] == ["4.2", "ms", "2.8", "ms", "1.50×", "≤", "2.00×", "met"]
    assert second.endswith("MISSED")
    assert "memory: 97.7 MB (at most 250: met)" in text
    data = table.as_json([missed], [])["rows"][0]
    assert (data["ratio"], data["met"], data["checks"][0]["limit"]) == (3.0, False, 250)


def test_times_have_three_digits_that_mean_something():
    shown = [table.duration(seconds) for seconds in (0.00123456, 0.0421, 1.23456, 123.4)]
    assert shown == ["1.23 ms", "42.1 ms", "1.23 s", "123 s"]


def test_peak_memory_is_that_of_a_process_alone():
    held = bytearray(b"x" * (64 << 20))
    script = "from tests.bench.measuring import peak_memory; print(peak_memory())"
    child = subprocess.run([sys.executable, "-c", script], cwd=ROOT, stdout=-1, check=True)
    assert peak_memory() > len(held)
    assert int(child.stdout) < 64 << 20


def test_photographs_differ_though_they_share_a_picture():
    first, fifth = samples.photo(0, (64, 48)), samples.photo(4, (64, 48))
    assert first != fifth
    assert first[-200:] == fifth[-200:]


def test_an_unknown_name_is_refused_before_anything_is_measured():
    command = [sys.executable, "-m", "tests.bench", "nothing", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nothing" in done.stderr


def test_figures_alone_go_to_standard_output(tmp_path: Path):
    command = [sys.executable, "-m", "tests.bench", "saving", "--quick", "--json"]
    done = subprocess.run(
        [*command, "--folder", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    figures = json.loads(done.stdout)
    assert [each["name"] for each in figures["rows"]] == ["saving"]
    assert figures["rows"][0]["floor_seconds"] > 0
    assert "save one answer" in done.stderr
    assert not list(tmp_path.iterdir())
