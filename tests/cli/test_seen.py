"""Who saw it, and when: what the options mean and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from inspector.base.clock import to_ms
from tests.cli.conftest import AFTERNOON
from tests.support.jpegs import write_jpeg
from tests.test_documentation import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

NOW = to_ms(AFTERNOON)


def at(hour: int, minute: int, day: int = 20) -> int:
    return to_ms(AFTERNOON.replace(day=day, hour=hour, minute=minute))


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


def test_one_day_mistyped_into_the_future_draws_no_later_time_to_it(line: CommandLine) -> None:
    line.do("visit", "phase", 1, "covert", "--at", "2026-11-20 9:00")
    line.do("visit", "note", 1, "x", "--at", "2026-12-24 10:00")
    done = line.do("visit", "note", 1, "y", "--at", "10:05")
    assert done["observed_from"] == at(10, 5)


def test_what_is_entered_days_later_stays_on_the_day_of_the_visit(line: CommandLine) -> None:
    line.clock.advance(minutes=3 * 24 * 60)
    line.do("visit", "phase", 1, "covert", "--at", "2026-11-20 09:00")
    line.do("visit", "note", 1, "typed at the desk")
    seen = line.do("visit", "window", 1, "05", "空岗", "--at", "10:38")["sightings"][0]
    assert seen["observed_from"] == at(10, 38)
    accepted = line.do("visit", "show", 1)["events"][:2]
    assert {(each["observed_from"], each["time_source"]) for each in accepted} == {
        (at(9, 0), "memory")
    }


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


#: A recording command of each kind, and the part of the visit that it adds to.
RECORDING: dict[str, tuple[tuple[object, ...], str]] = {
    "phase": (("visit", "phase", 1, "overt"), "events"),
    "reveal": (("visit", "reveal", 1, "--to-whom", "x", "--document", "y"), "events"),
    "arrive": (("visit", "arrive", 1), "events"),
    "leave": (("visit", "leave", 1), "events"),
    "event": (("visit", "event", 1, "x"), "events"),
    "rules": (("visit", "rules", 1, "--accept"), "events"),
    "round": (("visit", "round", 1), "rounds"),
    "heads": (("visit", "heads", 1, 4, 6), "head_counts"),
    "window": (("visit", "window", 1, "05", "idle"), "sightings"),
    "wait": (("visit", "wait", 1), "waits"),
    "answer": (("visit", "answer", 1, "S01-01", "符合"), "answers"),
    "note": (("visit", "note", 1, "x"), "remarks"),
    "finding": (("finding", "add", 1, "--text", "x"), "findings"),
}


@pytest.mark.parametrize("command", RECORDING)
def test_every_recording_command_takes_interval_observer_source_and_precision(
    line: CommandLine, command: str
) -> None:
    words, part = RECORDING[command]
    said = ("--from", "10:05", "--to", "10:07", "--time-source", "note", "--precision", 30)
    line.do(*words, *said, "--seen-by", "Wang")
    [fact] = line.do("visit", "show", 1)[part]
    assert times(fact) == (at(10, 5), at(10, 7), "note", 30)
    assert fact["observer"] == member(line, "Wang")


#: Commands that record nothing that somebody observed at a moment.
NOT_OBSERVED = {
    *("hall add", "hall list", "hall show", "hall edit", "hall void", "hall import", "hall hours"),
    *("window add", "window edit", "window void", "window layout", "window move"),
    *("unit add", "unit list", "calendar import"),
    *("member add", "member list", "member use", "member edit", "member void", "member pin"),
    *("key new", "key list", "key sheet", "key restore", "key change-passphrase"),
    *("visit sign", "visit signatures"),
    *("org init", "org invite", "org join", "org admit", "org members", "org status"),
    *("org roles", "org vouch", "org revoke", "org appoint", "org stand-down"),
    *("org statements", "org recover"),
    *("trip add", "trip list", "trip show", "trip void", "trip amend"),
    *("visit new", "visit list", "visit show", "visit join", "visit missing", "visit seal"),
    *("visit void", "visit sheet", "visit pocket-sheet", "visit supplement"),
    # The moment of the feedback was recorded when it was given.
    "visit feedback-complete",
    # They take the times of what they correct, field by field.
    *("visit correct", "visit withdraw", "visit adopt"),
    *("finding list", "finding show", "finding amend", "finding outcome", "finding void"),
    *("photo list", "photo place", "photo caption", "photo clock-card", "photo erase"),
    *("photo unplace", "photo suggest", "photo set-aside", "photo open", "photo free-of-people"),
    "photo offer",
    *("catalogue list", "catalogue show", "catalogue import"),
    *("export dossier", "export findings", "export halls"),
    *("init", "demo", "search", "history", "undo", "check", "rebuild", "backup", "restore"),
    *("bench", "version"),
    *("conflicts list", "conflicts resolve", "review list", "review show", "review approve"),
    *("board", "hall link", "hall unlink", "visit link", "visit unlink"),
    *("review return", "review reassign", "review rule"),
    *("sync", "waiting", "receipts"),
    *("quarantine list", "quarantine accept", "quarantine dismiss"),
    *("depot init", "depot access", "depot check", "depot mirror", "depot repair"),
    *("depot snapshot", "blobs free", "blobs where", "blobs fetch"),
    *("visit hand-over", "visit take", "code write", "code read"),
}
SEEN = {"--at", "--from", "--to", "--day", "--seen-by", "--time-source", "--precision"}


def test_a_command_takes_who_saw_it_and_when_unless_it_records_nothing_seen() -> None:
    """A new command must be put on one side or the other."""
    options = {
        name: {text for action in parser._actions for text in action.option_strings}
        for name, parser in COMMANDS.items()
    }
    assert options.keys() >= NOT_OBSERVED
    lacking = {name: SEEN - options[name] for name in options.keys() - NOT_OBSERVED}
    assert {name: missing for name, missing in lacking.items() if missing} == {}
    # It records nothing; whose camera it was decides by how much its clock is off.
    assert [name for name in NOT_OBSERVED if "--seen-by" in options[name]] == ["photo offer"]


def test_a_person_is_seen_at_one_time_and_identified_at_another(line: CommandLine) -> None:
    line.do("finding", "add", 1, "--text", "x")
    person = ("finding", "person", 1, 1)
    line.do(
        *(*person, "--description", "短发", "--seen-by", "Wang"),
        *("--from", "10:05", "--to", "10:07", "--time-source", "note", "--precision", 30),
    )
    name = ("--identity", "张三", "--identity-source", "roster")
    [found] = line.do(*person, *name, "--at", "11:10", "--seen-by", "Li")["persons"]
    assert times(found) == (at(10, 5), at(10, 7), "note", 30)
    assert found["observer"] == member(line, "Wang")
    assert (found["identity_from"], found["identity_to"]) == (at(11, 10), None)
    assert (found["identity_time_source"], found["identity_precision"]) == ("memory", 300)
    assert found["identity_by"] == member(line, "Li")


def test_seen_and_identified_at_once_share_the_time(line: CommandLine) -> None:
    line.do("finding", "add", 1, "--text", "x")
    said = ("--description", "短发", "--identity", "张三", "--identity-source", "roster")
    [found] = line.do(*("finding", "person", 1, 1), *said, "--at", "11:10")["persons"]
    assert found["observed_from"] == found["identity_from"] == at(11, 10)
    assert found["observer"] == found["identity_by"] == member(line, "Li")


def test_a_sweep_and_a_clock_check_take_their_time_too(line: CommandLine, tmp_path: Path) -> None:
    line.do("visit", "round", 1)
    said = ("--at", "10:05", "--time-source", "note")
    assert times(line.do("visit", "sweep", 1, *said)) == (at(10, 5), None, "note", 60)
    card = tmp_path / "card.jpg"
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 10:00:00"
    Image.new("RGB", (64, 48)).save(card, exif=exif)
    line.do("photo", "add", 1, card)
    check = line.do("photo", "clock-check", 1, "card.jpg", "--shown", "10:00:30", *said)
    assert times(check) == (at(10, 5), None, "note", 60)
    assert check["offset_ms"] == 30_000


def test_how_exact_a_file_s_time_is_says_a_comparison_of_its_clock(
    line: CommandLine, tmp_path: Path
) -> None:
    photograph = write_jpeg(tmp_path / "card.jpg", taken="2026:11:20 10:00:00", model="Phone 7")
    line.do("photo", "add", 1, photograph)
    assert "10:00 (photograph, its clock was not checked)" in line.run("photo", "list", 1).out
    assert "10:00（照片，未对时）" in line.run("photo", "list", 1, lang="zh").out
    line.do("photo", "clock-check", 1, "card.jpg", "--shown", "10:00:00")
    assert "10:00 (photograph, ± 1 s)" in line.run("photo", "list", 1).out


def test_lines_that_were_not_read_have_the_time_of_the_paste(
    line: CommandLine, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("1038 05 空岗\n看不懂\n", encoding="utf-8")
    line.do("visit", "paste", 1, notes, "--seen-by", "Wang")
    line.do("visit", "paste", 1, notes, "--at", "10:40-10:50", "--precision", 120)
    first, second = line.do("visit", "show", 1)["events"]
    assert times(first) == (None, None, "note", 60)
    assert times(second) == (at(10, 40), at(10, 50), "note", 120)
    assert first["observer"] == member(line, "Wang")


def test_one_member_accepts_the_rules_and_another_types_it(line: CommandLine) -> None:
    line.do("member", "use", "Li")
    accepted = line.do("visit", "rules", 1, "--accept", "--seen-by", "Wang")
    assert accepted["accepted_by"] == ["Wang"]
    assert line.do("visit", "rules", 1, "--accept", "--seen-by", "Wang")["accepted_by"] == []
    line.do("member", "add", "Zhao")
    zhao = ("visit", "rules", 1, "--accept", "--seen-by", "Zhao")
    assert line.refuse(*zhao) == "observer_not_member"
    assert line.do("visit", "phase", 1, "covert")["accepted_by"] == ["Li"]
    wang, li, _phase = line.do("visit", "show", 1)["events"]
    assert (wang["observer"], wang["note"]) == (member(line, "Wang"), "entered by Li")
    assert (li["observer"], li["note"]) == (member(line, "Li"), "")
    assert "entered by Li" in line.run("visit", "show", 1).out
    assert "由Li代录" in line.run("visit", "show", 1, "--lang", "zh").out


def test_a_time_to_come_is_kept_and_pointed_out(line: CommandLine) -> None:
    note = ("visit", "note", 1, "x", "--time-source", "note")
    line.do(*note, "--at", "16:35")  # clocks differ a little
    line.do(*note, "--at", "9:00", "--day", "2026-11-19")
    assert "seen_after_entry" not in str(line.do("visit", "missing", 1))
    ahead = line.do(*note, "--at", "16:36")
    [gap] = [
        g for g in line.do("visit", "missing", 1)["warnings"] if g["code"] == "seen_after_entry"
    ]
    assert gap["ids"] == [ahead["id"]]


def test_no_time_is_more_exact_than_a_second(line: CommandLine) -> None:
    for words in ((), ("--at", "10:05"), ("--at", "10:05", "--time-source", "note")):
        refused = ("visit", "note", 1, "text", *words, "--precision", 0)
        assert line.refuse(*refused) == "precision_too_small"
    assert times(note(line, "--precision", 2)) == (NOW, None, "live", 2)


def test_the_help_of_a_phase_names_those_that_can_be_entered(line: CommandLine) -> None:
    text = " ".join(line.run("visit", "phase", "--help").out.split())
    assert "the phase: covert, overt, feedback options:" in text
    assert line.refuse("visit", "phase", 1, "sealed") == "phase_not_entered"
