"""Counting photographs, pictures without people, and what changed after the feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_contract import photo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine


def gap_codes(line: CommandLine) -> list[str]:
    return [gap["code"] for gap in line.do("visit", "missing", 1)["warnings"]]


def test_each_member_accounts_for_photographs(line: CommandLine) -> None:
    assert "photos_not_counted" in gap_codes(line)
    line.do("visit", "photos-counted", 1, "--seen-by", "Li")
    left = ("--left", "3 private ones")
    first = line.do("visit", "photos-counted", 1, "--seen-by", "Wang", *left)
    assert "photos_not_counted" not in gap_codes(line)
    again = line.do("visit", "photos-counted", 1, "--seen-by", "Wang")
    assert (again["id"], first["note"], again["note"]) == (first["id"], "3 private ones", "")
    assert line.do("visit", "photos-counted", 1, "--seen-by", "Li")["id"] != first["id"]


def test_a_picture_is_confirmed_to_show_no_people(line: CommandLine, tmp_path: Path) -> None:
    line.do("photo", "add", 1, photo(tmp_path / "a.jpg"), "--seen-by", "Li")
    assert line.do("photo", "free-of-people", 1, "a.jpg")["free_of_people"] is True
    assert line.do("photo", "free-of-people", 1, "a.jpg", "--no")["free_of_people"] is False


def test_what_changed_after_the_feedback_is_said_before_the_seal(line: CommandLine) -> None:
    line.do("member", "use", "Li")
    line.do("finding", "add", 1, "--text", "空岗", "--severity", 1)
    line.do("visit", "feedback", 1, "--finding", 1, "--refusal", "no", "--witness", "Zhou")
    line.do("finding", "amend", 1, 1, "--text", "空岗14分钟")
    [change] = line.do("visit", "missing", 1)["since_feedback"]
    assert (change["noun"], change["how"]) == ("finding", "amended")
    assert "空岗14分钟" in change["text"]
    line.do("visit", "phase", 1, "overt")
    assert "Changed after the feedback: " in line.run("visit", "seal", 1).err
