"""Who saw it, and when: what the options mean and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from inspector.base.clock import to_ms
from tests.cli.conftest import MORNING

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine

NOW = to_ms(MORNING)


def at(hour: int, minute: int, day: int = 20) -> int:
    return to_ms(MORNING.replace(day=day, hour=hour, minute=minute))


def note(line: CommandLine, *words: object) -> Any:
    return line.do("visit", "note", 1, "text", *words)


def times(fact: Any) -> tuple[Any, ...]:
    names = ("observed_from", "observed_to", "time_source", "time_precision")
    return tuple(fact[name] for name in names)


def member(line: CommandLine, name: str) -> str:
    [found] = [each["id"] for each in line.do("member", "list")["members"] if each["name"] == name]
    return str(found)


def test_without_a_time_it_was_seen_live(line: CommandLine) -> None:
    fact = note(line)
    assert times(fact) == (NOW, None, "live", 1)
    assert fact["observed_zone"] == 480


def test_a_typed_time_without_a_source_rests_on_memory(line: CommandLine) -> None:
    assert times(note(line, "--at", "10:05")) == (at(10, 5), None, "memory", 300)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--at", "1005", "--time-source", "note"], (at(10, 5), None, "note", 60)),
        (["--at", "10:05", "--time-source", "秒表"], (at(10, 5), None, "stopwatch", 1)),
        (
            ["--from", "10:05", "--to", "10:20", "--time-source", "hall_clock"],
            (at(10, 5), at(10, 20), "hall_clock", 60),
        ),
        (["--at", "10:05-10:20"], (at(10, 5), at(10, 20), "memory", 300)),
        (["--from", "10:05"], (at(10, 5), None, "memory", 300)),
        (["--at", "10:05", "--precision", "30"], (at(10, 5), None, "memory", 30)),
        (["--at", "10:05", "--day", "2026-11-19"], (at(10, 5, 19), None, "memory", 300)),
        (["--at", "2026-11-18 10:05"], (at(10, 5, 18), None, "memory", 300)),
    ],
)
def test_times(line: CommandLine, words: list[str], expected: tuple[Any, ...]) -> None:
    assert times(note(line, *words)) == expected


def test_a_time_without_a_day_means_the_newest_day_of_the_timeline(line: CommandLine) -> None:
    line.do("visit", "arrive", 1, "--at", "9:00", "--day", "2026-11-18")
    assert times(note(line, "--at", "10:05"))[0] == at(10, 5, 18)
    line.do("visit", "arrive", 1, "--at", "9:00", "--day", "2026-11-19")
    assert times(note(line, "--at", "10:05"))[0] == at(10, 5, 19)


def test_seen_by_defaults_to_the_first_member_and_then_to_the_typist(line: CommandLine) -> None:
    assert note(line)["observer"] == member(line, "Li")
    line.do("member", "use", "Wang")
    fact = note(line)
    assert fact["observer"] == member(line, "Wang")
    assert fact["entered"]["by"] == member(line, "Wang")
    fact = note(line, "--seen-by", "Li")
    assert fact["observer"] == member(line, "Li")
    assert fact["entered"]["by"] == member(line, "Wang")


def test_a_typist_who_was_not_there_saw_nothing(line: CommandLine) -> None:
    line.do("member", "add", "Zhao", "--me")
    assert line.refuse("visit", "note", 1, "text") == "observer_not_member"
    assert note(line, "--seen-by", "Li")["observer"] == member(line, "Li")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--at", "25:00"], "time_unreadable"),
        (["--at", "9 or 10"], "time_unreadable"),
        (["--from", "10:20", "--to", "10:05"], "time_backwards"),
        (["--time-source", "ticket"], "time_missing"),
        (["--seen-by", "Nobody"], "person_not_found"),
    ],
)
def test_refused(line: CommandLine, words: list[str], code: str) -> None:
    assert line.refuse("visit", "note", 1, "text", *words) == code
    assert line.do("visit", "show", 1)["remarks"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["--at", "10:05", "--from", "10:05"],
        ["--to", "10:05"],
        ["--at", "10:05", "--time-source", "live"],
        ["--at", "10:05", "--day", "yesterday"],
        ["--at", "10:05", "--time-source", "dream"],
        ["--precision", "fine"],
    ],
)
def test_usage(line: CommandLine, words: list[str]) -> None:
    answer = line.run("visit", "note", 1, "text", *words)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err
    assert line.do("visit", "show", 1)["remarks"] == []
