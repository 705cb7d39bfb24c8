"""What a person may type or paste into any argument, however odd, is a text like others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

#: How Python hands over a byte of the command line that is no UTF-8.
ODD = "x\udcffy"
SHOWN = "x\ufffdy"


@pytest.mark.parametrize(
    "words",
    [
        ("visit", "show", ODD),
        ("visit", "seal", ODD),
        ("hall", "show", ODD),
        ("history", ODD),
        ("member", "use", ODD),
        ("visit", "new", "--hall", ODD, "--member", ODD),
        ("export", "dossier", ODD),
    ],
    ids=lambda words: " ".join(words[:2]).replace(ODD, ""),
)
def test_a_name_that_is_no_text_is_a_name_nobody_has(
    empty: CommandLine, words: tuple[str, ...]
) -> None:
    empty.do("init", "--name", "云溪区督查室")
    answer = empty.run(*words)
    assert answer.code == 3
    assert answer.err.split(":")[0].endswith("_not_found")
    assert SHOWN in answer.err


def test_what_was_added_under_such_a_name_is_found_under_it(empty: CommandLine) -> None:
    empty.do("init", "--name", "云溪区督查室")
    empty.do("hall", "add", "厅", "--code", ODD, "--windows", "1")
    empty.do("window", "add", ODD, ODD)
    assert empty.do("hall", "show", ODD)["windows"][-1]["number"] == SHOWN
    assert empty.do("unit", "add", ODD)["name"] == SHOWN


def test_paths_keep_their_bytes(empty: CommandLine, tmp_path: Path) -> None:
    rows = tmp_path / ODD
    try:
        rows.write_text("大厅编码,大厅名称\nH1,厅\n", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes only names that are text")
    empty.do("init", "--name", "云溪区督查室")
    empty.do("hall", "import", rows)
    assert [hall["name"] for hall in empty.do("hall", "list")["halls"]] == ["厅"]


def test_a_complaint_about_a_word_is_in_one_language(empty: CommandLine) -> None:
    answer = empty.run("visit", "window", "1", "01", "瞌睡", lang="zh")
    assert answer.code == 2
    assert "argument" not in answer.err
    assert "状态：“瞌睡”" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("--day", "0001-01-01", "--at", "0:00"),
        ("--at", "9:00", "--precision", "9223372036854775808"),
        ("--at", "9:00", "--precision", "soon"),
        ("--at", "9:00", "--precision", "-5"),
    ],
)
def test_days_and_numbers_beyond_measure_are_not_understood(
    empty: CommandLine, words: tuple[str, ...]
) -> None:
    empty.do("init", "--name", "云溪区督查室", "--me", "李娜")
    empty.do("hall", "add", "厅", "--code", "H1", "--windows", "1")
    empty.do("visit", "new", "--hall", "H1", "--member", "李娜")
    answer = empty.run("visit", "note", "1", "所见", *words)
    assert answer.code == 2
    assert words[-3 if "--day" in words else -1] in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("photo", "add", 1, ""),
        ("hall", "import", " "),
        ("export", "dossier", 1, ""),
        ("backup", ""),
        ("hall", "list", "--workspace", ""),
    ],
)
def test_an_empty_path_does_not_mean_the_current_folder(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[object, ...]
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "private.txt").write_text("x", encoding="utf-8")
    answer = line.run(*words)
    assert answer.code == 2
    assert "the name of a file or folder is empty" in answer.err
    assert line.do("photo", "list", 1)["photos"] == []
    assert [each.name for each in here.iterdir()] == ["private.txt"]


def test_an_empty_observer_is_nobody(line: CommandLine) -> None:
    assert line.refuse("visit", "note", 1, "x", "--seen-by", "") == "person_not_found"
