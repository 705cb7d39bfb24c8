"""What scripts rely on: the calls, the keys and the exit codes of the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PIL import Image

from inspector.base.failures.catalogue import CATALOGUE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine


def photo(path: Path, shade: int = 90) -> Path:
    Image.new("RGB", (64, 48), (shade, 80, 70)).save(path)
    return path


def test_the_main_job_needs_no_more_than_the_documented_words(
    empty: CommandLine, tmp_path: Path
) -> None:
    empty.do("init")
    empty.do("hall", "add", "Hall", "--windows", 2)
    empty.do("member", "add", "Li")
    [hall] = empty.do("hall", "list")["halls"]
    assert {"id", "name", "windows"} <= set(hall)
    assert (hall["name"], hall["windows"]) == ("Hall", 2)
    [member] = empty.do("member", "list")["members"]
    assert {"id", "name"} <= set(member)
    visit = empty.do(
        *("visit", "new", "--hall", hall["id"], "--basis", "government"),
        *("--member", member["id"]),
    )
    assert visit["number"] == 1
    for phase in ("covert", "overt", "feedback"):
        assert empty.do("visit", "phase", visit["id"], phase)["phase"] == phase
        empty.clock.advance(minutes=1)
    _add_and_find(empty, tmp_path)
    [row] = empty.do("visit", "list")["visits"]
    assert row["id"] == visit["id"]
    assert (row["number"], row["hall"], row["phase"], row["sealed"]) == (
        1,
        "Hall",
        "feedback",
        False,
    )
    assert (row["answers"], row["findings"], row["photos"]) == (0, 1, 1)
    checked = empty.do("check")
    assert (checked["ok"], checked["blobs"], checked["problems"]) == (True, 1, [])
    assert checked["operations"] > 5


def _add_and_find(empty: CommandLine, tmp_path: Path) -> None:
    finding = empty.do(
        *("finding", "add", 1, "--situation", "CZ-2", "--text", "窗口空岗"),
        *("--window", 1, "--severity", 2),
    )
    assert finding["number"] == 1
    assert finding["id"]
    [result] = empty.do("photo", "add", 1, photo(tmp_path / "a.png"))["results"]
    assert result["status"] == "stored"
    assert len(result["sha256"]) == 64
    assert {"path", "reason"} <= set(result)
    found = empty.do("search", "空岗")
    assert found["total"] == 1
    assert [set(hit) >= {"kind", "id", "text"} for hit in found["hits"]] == [True]
    dossier = empty.do("export", "dossier", 1, tmp_path / "d.pdf")
    [file] = dossier["files"]
    assert (tmp_path / "d.pdf").stat().st_size == file["bytes"]
    assert {"path", "pages", "sha256"} <= set(file)
    assert dossier["missing_glyphs"] == []


def test_a_file_known_before_is_a_duplicate(line: CommandLine, tmp_path: Path) -> None:
    path = photo(tmp_path / "a.png")
    line.do("photo", "add", 1, path)
    [again] = line.do("photo", "add", 1, path)["results"]
    assert again["status"] == "duplicate"
    assert again["reason"] is None


def test_a_refused_file_ends_with_3_and_the_others_are_stored(
    line: CommandLine, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.jpg"
    answer = line.run("photo", "add", 1, missing, photo(tmp_path / "a.png"), "--json")
    assert answer.code == 3
    assert answer.err.startswith("file_missing: missing.jpg ")
    statuses = {each["path"]: each["status"] for each in answer.data["results"]}
    assert statuses == {str(missing): "refused", str(tmp_path / "a.png"): "stored"}
    reasons = [each["reason"] for each in answer.data["results"]]
    assert reasons == ["file_missing", None]
    assert line.do("visit", "list")["visits"][0]["photos"] == 1


def test_check_ends_with_1_when_a_byte_was_changed(line: CommandLine, tmp_path: Path) -> None:
    [result] = line.do("photo", "add", 1, photo(tmp_path / "a.png"))["results"]
    [blob] = [p for p in (line.root / "media").rglob("*") if p.name.endswith(result["sha256"][4:])]
    blob.chmod(0o600)
    data = bytearray(blob.read_bytes())
    data[20] ^= 1
    blob.write_bytes(data)
    answer = line.run("check", "--json")
    assert answer.code == 1
    assert answer.data["ok"] is False
    [problem] = answer.data["problems"]
    assert set(problem) == {"code", "where"}
    assert result["sha256"] in problem["where"]


def test_a_visit_is_named_by_id_or_number(line: CommandLine) -> None:
    [row] = line.do("visit", "list")["visits"]
    prefix = row["label"].removeprefix("Visit ").removesuffix(" (provisional)")
    shown = {line.do("visit", "show", name)["id"] for name in (row["id"], 1, prefix)}
    assert shown == {row["id"]}


def test_the_covert_phase_shows_its_rules_and_records_who_accepts_them(line: CommandLine) -> None:
    answer = line.run("visit", "phase", 1, "covert", "--json")
    assert answer.code == 0
    assert "No false papers" in answer.err
    assert answer.data["accepted_by"] == ["Li", "Wang"]
    events = line.do("visit", "show", 1)["events"]
    assert [event["kind"] for event in events] == ["rules_accepted", "rules_accepted", "phase"]
    assert events[0]["observer"] != events[1]["observer"]
    assert {event["observed_zone"] for event in events} == {480}


def test_rules_accepted_before_are_not_accepted_again(line: CommandLine) -> None:
    assert line.do("visit", "rules", 1, "--accept")["accepted_by"] == ["Li", "Wang"]
    assert line.do("visit", "phase", 1, "covert")["accepted_by"] == []


def test_a_refused_phase_leaves_no_acceptance(line: CommandLine) -> None:
    line.do("visit", "phase", 1, "overt", "--at", "10:00", "--time-source", "note")
    assert line.refuse("visit", "phase", 1, "covert", "--at", "10:20") == "phase_order"
    assert len(line.do("visit", "show", 1)["events"]) == 1


def test_demo_says_what_it_made(empty: CommandLine) -> None:
    made = empty.do("demo")
    assert made["workspace"] == str(empty.root.resolve())
    assert made["dossier"].startswith(made["workspace"])
    [row] = empty.do("visit", "list")["visits"]
    assert row["id"] == made["visit"]
    assert row["sealed"] is True
    assert empty.do("check")["ok"] is True


def test_what_is_doubtful_is_recorded_and_warned_of(line: CommandLine) -> None:
    line.clock.advance(minutes=60)
    assert "warnings" not in line.do("visit", "phase", 1, "covert", "--at", "9:00")
    answer = line.run("visit", "note", 1, "text", "--at", "2026-11-12 10:00", "--json")
    assert answer.code == 0
    assert answer.data["text"] == "text"
    [warning] = answer.data["warnings"]
    assert warning["code"] == "seen_outside_visit"
    assert f"seen_outside_visit: {warning['text']}" in answer.err
    line.clock.advance(minutes=-30)
    answer = line.run("visit", "note", 1, "text", "--at", "10:00", lang="zh")
    assert "clock_ran_back: " in answer.err
    assert "时钟" in answer.err
    missing = line.do("visit", "missing", 1)
    assert {"seen_outside_visit", "clock_ran_back"} <= {
        each["code"] for each in missing["warnings"]
    }


def test_sentences_suit_the_windows_and_the_command_line_names_the_command(
    line: CommandLine,
) -> None:
    said = {code: spec.message for code, spec in CATALOGUE.items()}
    assert [code for code, text in said.items() if "inspector " in text or "--" in text] == []
    for spec in CATALOGUE.values():
        if spec.command:
            assert line.run(*spec.command.split(), "--help").code == 0, spec.command
    answer = line.run("photo", "caption", 1, "gone.jpg", "text", "--json")
    assert answer.data["error"]["code"] == "evidence_not_found"
    assert answer.data["error"]["message"] in answer.err
    assert answer.err.endswith("Command: “inspector photo list”\n")
