"""Findings on the command line: changing them, second inspectors, persons."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_contract import photo

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine

ROOT = Path(__file__).resolve().parents[2]


def finding(line: CommandLine, *words: object) -> Any:
    return line.do("finding", "add", 1, "--situation", "CZ-2", "--text", "空岗", *words)


def pin_file(folder: Path, pin: str) -> Path:
    path = folder / f"{pin}.txt"
    path.write_text(pin + "\n", encoding="utf-8")
    return path


def test_a_change_keeps_to_the_rules(line: CommandLine) -> None:
    finding(line)
    change = ("finding", "amend", 1, 1)
    assert line.refuse(*change, "--severity", 9) == "severity_unknown"
    assert line.refuse(*change, "--situation", "XX-9") == "situation_unknown"
    assert line.refuse(*change, "--text", " ") == "text_missing"
    changed = line.do(*change, "--severity", 2, "--why", "看错")
    assert (changed["severity"], changed["text"]) == (2, "空岗")


def test_confirming_by_pin(line: CommandLine, tmp_path: Path) -> None:
    finding(line, "--severity", 3)
    confirm = ("finding", "confirm", 1, 1, "--by", "Wang")
    right, wrong = pin_file(tmp_path, "2468"), pin_file(tmp_path, "1357")
    assert line.refuse(*confirm, "--method", "pin") == "pin_not_set"
    assert line.refuse(*confirm) == "confirmation_without_paper"
    assert (
        line.refuse("member", "pin", "Wang", "--pin-file", pin_file(tmp_path, "12")) == "pin_form"
    )
    line.do("member", "pin", "Wang", "--pin-file", right)
    assert line.refuse(*confirm, "--pin-file", wrong) == "pin_wrong"
    assert line.run(*confirm).code == 2  # nobody can type here
    done = line.do(*confirm, "--pin-file", right)
    assert [each["method"] for each in done["confirmations"]] == ["pin"]
    assert line.refuse(*confirm, "--method", "device") == "confirmation_same_device"
    line.do("photo", "add", 1, photo(tmp_path / "signed.png"))
    done = line.do(*confirm, "--evidence", "signed.png")
    assert [each["method"] for each in done["confirmations"]] == ["pin", "signed_paper"]
    assert "changed since" not in line.run("finding", "show", 1, 1).out
    assert "changed since" in line.run("finding", "amend", 1, 1, "--text", "空岗20分钟").out


def test_a_pin_is_changed_by_who_knows_it(line: CommandLine, tmp_path: Path) -> None:
    first, second = pin_file(tmp_path, "2468"), pin_file(tmp_path, "1357")
    change = ("member", "pin", "Wang", "--pin-file", second, "--old-pin-file")
    line.do("member", "pin", "Wang", "--pin-file", first)
    assert line.refuse(*change, second) == "pin_wrong"
    line.do(*change, first)
    assert line.refuse(*change, first) == "pin_wrong"


@pytest.mark.skipif(os.name != "posix", reason="types at a terminal")
@pytest.mark.parametrize(("typed", "code"), [(("2468", "2468"), 0), (("2468", "2469"), 2)])
def test_a_pin_is_typed_twice_and_not_shown(
    line: CommandLine, typed: tuple[str, ...], code: int
) -> None:
    import pty  # only where there are terminals of this kind

    words = ("--workspace", str(line.root), "--lang", "en", "member", "pin", "Wang")
    script = (
        "import os, sys, fcntl, termios; os.setsid(); "
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        f"os.execv(sys.executable, [sys.executable, '-m', 'inspector', *{words!r}])"
    )
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT
    )
    os.close(theirs)
    shown = b""
    for number, pin in enumerate(typed):
        prompt = (b"New PIN of Wang: ", b"The same PIN once more: ")[number]
        while not shown.endswith(prompt):
            shown += os.read(ours, 1)
        os.write(ours, pin.encode() + b"\n")
    try:
        while more := os.read(ours, 1024):
            shown += more
    except OSError:
        pass  # the other end was closed
    os.close(ours)
    assert process.wait() == code, shown
    assert b"246" not in shown


def test_seen_and_identified_are_one_person(line: CommandLine) -> None:
    finding(line)
    person = ("finding", "person", 1, 1)
    assert line.run(*person).code == 2
    line.do(*person, "--description", "女，约30岁，短发", "--described-by", "Li")
    named = ("--identity", "张三", "--identity-by", "Wang", "--identity-source", "duty_manager")
    [one] = line.do(*person, *named)["persons"]
    assert (one["description"], one["identity"]) == ("女，约30岁，短发", "张三")
    said = line.run("finding", "show", 1, 1).out
    assert "张三 (duty manager), confirmed by Wang" in said


def test_what_a_finding_rests_on_and_why_it_was_decided_is_shown(line: CommandLine) -> None:
    rests = ("--basis", "连续观察", "--rule", "办法第8条", "--people", 6)
    line.do("finding", "add", 1, "--situation", "DT-M1", "--text", "空岗", *rests)
    line.do("finding", "outcome", 1, 1, "explained", "--reason", "窗口有告知牌")
    line.do("finding", "person", 1, 1, "--identity", "张三", "--identity-source", "roster")
    said = line.run("finding", "show", 1, 1).out
    assert "Basis: 连续观察 · 办法第8条" in said
    assert "6 waiting" in said
    assert "窗口有告知牌" in said
    [named] = [each for each in said.splitlines() if "张三" in each]
    assert "seen by" not in named


def test_with_several_persons_the_one_meant_is_named(line: CommandLine) -> None:
    finding(line)
    person = ("finding", "person", 1, 1)
    named = ("--identity", "张三", "--identity-by", "Wang", "--identity-source", "roster")
    for text in ("短发", "长发"):
        made = line.do(*person, "--description", text, "--described-by", "Li")
    assert line.run(*person, *named).code == 2
    second = made["persons"][1]["id"]
    assert line.refuse(*person, *named, "--person", "x") == "not_found"
    assert line.run(*person, *named, "--person", second, "--description", "戴帽").code == 2
    found = line.do(*person, *named, "--person", second)["persons"]
    assert [(each["description"], each["identity"]) for each in found] == [
        ("短发", ""),
        ("长发", "张三"),
    ]


def test_a_feedback_is_completed_later(line: CommandLine, tmp_path: Path) -> None:
    finding(line)
    told = line.do("visit", "feedback", 1)
    later = ("visit", "feedback-complete", 1)
    assert line.refuse(*later) == "feedback_nothing_new"
    assert line.refuse(*later, "--feedback", "x", "--refusal", "y") == "not_found"
    done = line.do(*later, "--refusal", "有异议", "--witness", "保安")
    assert (done["id"], done["refusal"], done["witness"]) == (told["id"], "有异议", "保安")
    line.do("visit", "statement", 1, 1, "未表态")
    second = line.do("visit", "feedback", 1)
    line.do("photo", "add", 1, photo(tmp_path / "sheet.png"))
    assert line.do(*later, "--sheet", "sheet.png")["id"] == second["id"]
    assert line.run(*later, "--sheet", "sheet.png").code == 2
    assert line.do(*later, "--sheet", "sheet.png", "--feedback", told["id"])["sheet"]


@pytest.mark.parametrize("known", [True, False])
def test_a_seal_says_when_nobody_said_who_is_typing(line: CommandLine, known: bool) -> None:
    if known:
        line.do("member", "use", "Li")
    line.do("visit", "phase", 1, "overt")
    sealed = line.run("visit", "seal", 1)
    assert sealed.code == 0, sealed.err
    assert ("not recorded who was typing" in sealed.out) is not known


def test_findings_are_narrowed_before_they_are_exported(line: CommandLine, tmp_path: Path) -> None:
    finding(line, "--severity", 3)
    finding(line, "--window", "05")
    target = tmp_path / "findings.csv"

    def written(*words: object) -> int:
        line.do("export", "findings", target, *words)
        return len(target.read_text(encoding="utf-8-sig").splitlines()) - 1

    assert written() == 2
    assert written("--severity", 3) == 1
    assert written("--without-window", "--words", "空岗", "--visit", 1) == 1
    assert written("--hall", "H1", "--situation", "CZ", "--since", "2026-01-01") == 2
    assert written("--until", "2025-12-31") == 0
    assert line.run("export", "findings", target, "--since", "yesterday").code == 2
    assert line.run("export", "findings", target, "--visit", 1, 1, "--severity", 1).code == 2
