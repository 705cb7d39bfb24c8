"""Every recording command of a visit leaves the fact it was given."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Any

from inspector.domain.vocabulary import CatalogueKind
from inspector.operations.catalogues import shipped
from tests.cli.test_seen import at, member
from tests.report.reading import flat

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.cli.conftest import CommandLine


def shown(line: CommandLine, part: str) -> list[Any]:
    facts: list[Any] = line.do("visit", "show", 1)[part]
    return facts


def test_answer_and_its_change(line: CommandLine) -> None:
    line.do("visit", "answer", 1, "s01-01", "符合")
    again = line.do("visit", "answer", 1, "S01-01", "does not conform", "--note", "门口无标识")
    [answer] = shown(line, "answers")
    assert answer["id"] == again["id"]
    assert (answer["conformity"], answer["note"]) == ("does_not_conform", "门口无标识")
    assert line.refuse("visit", "answer", 1, "X99", "yes") == "item_not_found"
    pair = line.do("visit", "answer", 1, "S07-07", "33/36")
    assert pair["value"] == {"numerator": 33, "denominator": 36}


def test_from_to_is_watched_and_gives_a_duration(line: CommandLine) -> None:
    words = ("--from", "10:38", "--to", "10:52", "--time-source", "stopwatch")
    done = line.do("visit", "window", 1, "5", "空岗", *words, "--people", 6)
    [sighting] = done["sightings"]
    assert sighting["continuous"] is True
    assert sighting["people_waiting"] == 6
    text = line.run("visit", "show", 1).out
    assert "unattended for 14 minutes (10:38–10:52)" in text


def test_what_was_seen_where_no_hours_are_recorded_stands_apart(line: CommandLine) -> None:
    line.do("hall", "add", "Bare", "--code", "H2", "--windows", 2)
    line.do("visit", "new", "--hall", "H2", "--basis", "government", "--member", "Li")
    known, unknown = (
        "Absences within the opening hours",
        "Seen unattended where no opening hours are recorded",
    )
    for visit, heads, other in ((1, known, unknown), (2, unknown, known)):
        line.do("visit", "window", visit, "01", "空岗", "--at", "10:38")
        text = line.run("visit", "show", visit).out
        assert heads in text
        assert other not in text


def test_a_window_seen_empty_in_the_noon_break_is_marked_and_no_absence(line: CommandLine) -> None:
    for time in ("12:40", "10:38"):
        line.do("visit", "window", 1, "05", "空岗", "--at", time)
    seen, _, derived = line.run("visit", "show", 1).out.partition("Absences within")
    [noon, open_] = [text for text in seen.splitlines() if "window 05: unattended" in text]
    assert ("outside the opening hours" in noon, "outside" in open_) == (True, False)
    assert "12:40" not in derived
    assert "  10:38: window 05 was seen unattended" in derived


def test_days_are_named_once_and_only_where_there_are_several(line: CommandLine) -> None:
    line.do("visit", "window", 1, "05", "空岗", "--at", "10:38")
    line.do("visit", "window", 1, "05", "空岗", "--at", "2026-11-19 10:38")
    night = ("--from", "2026-11-19 23:50", "--to", "2026-11-20 00:10")
    line.do("visit", "note", 1, "night", *night)
    text = line.run("visit", "show", 1).out
    assert "  2026-11-19 10:38: window 05 was seen unattended" in text
    assert "night · 2026-11-19 23:50–2026-11-20 00:10 (" in text


def test_a_dry_run_says_how_each_line_is_read(line: CommandLine, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("1038-1052 05 空岗 6人\n1040 01 02 idle\n看不懂\n", encoding="utf-8")
    day = ("--day", "2026-11-19")
    said = line.run("visit", "paste", 1, notes, "--dry-run", *day).out
    told = "window 05: unattended · 6 waiting · watched throughout · 2026-11-19 10:38–10:52 (note"
    assert f"line 1: 1038-1052 05 空岗 6人 – {told}" in said
    for number in ("01", "02"):
        assert f"line 2: 1040 01 02 idle – window {number}: idle · 2026-11-19 10:40" in said
    assert "line 3, not read: 看不懂" in said
    read = line.do("visit", "paste", 1, notes, "--dry-run", *day)["read"]
    assert [(each["line"], len(each["as"])) for each in read] == [(1, 1), (2, 2)]
    assert shown(line, "sightings") == []


def test_that_the_holidays_of_the_year_are_not_known_is_said(
    line: CommandLine, tmp_path: Path
) -> None:
    note = "No calendar of public holidays of 2026 is recorded here"
    line.do("visit", "window", 1, "05", "空岗", "--at", "12:40")
    assert note not in line.run("visit", "show", 1).out  # no absence is derived from it
    line.do("visit", "window", 1, "05", "空岗", "--at", "10:38")
    assert f"Note: {note}" in line.run("visit", "show", 1).out
    paper = tmp_path / "paper.pdf"
    line.do("export", "dossier", 1, paper)
    assert re.sub(r"\s", "", note) in flat(paper.read_bytes())
    days = tmp_path / "days.csv"
    days.write_text("date,day\n2026-10-01,rest\n", encoding="utf-8")
    line.do("calendar", "import", days)
    assert note not in line.run("visit", "show", 1).out


def test_a_glimpse_gives_no_duration(line: CommandLine) -> None:
    words = ("--from", "10:38", "--to", "10:52", "--glimpsed")
    done = line.do("visit", "window", 1, "05", "unattended", *words)
    assert done["sightings"][0]["continuous"] is False
    said = line.run("visit", "show", 1).out
    assert "unattended for" not in said
    assert "10:38: window 05 was seen unattended; times are exact to ± 14 minutes" in said


def test_a_round_starts_empty_and_the_rest_is_one_act(line: CommandLine) -> None:
    line.do("visit", "round", 1, "--floor", "1")
    line.do("visit", "window", 1, "01", "2", "idle", "--round", 1)
    swept = line.do("visit", "sweep", 1)
    assert swept["window_numbers"] == ["03"]
    assert [each["state"] for each in shown(line, "sightings")] == ["idle", "idle"]
    assert line.refuse("visit", "window", 1, "01", "idle", "--round", 9) == "round_not_found"
    assert line.refuse("visit", "window", 1, "99", "idle") == "window_not_found"


def test_wait_with_all_its_times(line: CommandLine) -> None:
    wait = line.do(
        *("visit", "wait", 1, "--ticket", "A031", "--window", "05", "--joined", "10:20"),
        *("--called", "10:47", "--ended", "11:02", "--promised", 15, "--rule", "办事指南"),
        *("--time-source", "ticket"),
    )
    assert (wait["joined"], wait["called"], wait["ended"]) == (at(10, 20), at(10, 47), at(11, 2))
    assert (wait["observed_from"], wait["observed_to"]) == (at(10, 20), at(11, 2))
    assert (wait["outcome"], wait["time_source"]) == ("done", "ticket")
    text = line.run("visit", "show", 1).out
    assert "12 minutes over the promised 15 minutes (办事指南)" in text


def test_wait_given_up_and_still_waiting(line: CommandLine) -> None:
    gave_up = line.do("visit", "wait", 1, "--joined", "10:00", "--gave-up", "10:30")
    assert (gave_up["outcome"], gave_up["ended"]) == ("gave_up", at(10, 30))
    still = line.do("visit", "wait", 1, "--joined", "10:00", "--until", "10:30")
    assert (still["outcome"], still["ended"], still["observed_to"]) == ("waiting", None, at(10, 30))
    live = line.do("visit", "wait", 1, "--ticket", "A1")
    assert (live["joined"], live["time_source"]) == (at(16, 30), "live")
    assert line.refuse("visit", "wait", 1, "--joined", "10:30", "--called", "10:00") == "wait_order"


def test_heads(line: CommandLine) -> None:
    line.do("visit", "heads", 1, 2, 3, "--floor", "1")
    [count] = shown(line, "head_counts")
    assert (count["staffed"], count["total"], count["floor"]) == (2, 3, "1")
    assert line.refuse("visit", "heads", 1, 4, 3) == "head_count_impossible"


def test_remarks(line: CommandLine) -> None:
    line.do("visit", "note", 1, "评价器断电", "--window", "05")
    line.do("visit", "good", 1, "帮办专区", "--before", 40, "--after", 12, "--unit", "分钟")
    line.do("visit", "request", 1, "询问材料", "--reply", "看公众号")
    facts = shown(line, "remarks")
    kinds = [each["kind"] for each in facts]
    assert kinds == ["remark", "good_practice", "scripted_request"]
    assert (facts[1]["before"], facts[1]["after"]) == ("40", "12")
    assert facts[2]["reply"] == "看公众号"
    done = line.do("visit", "good", 1, "帮办专区", "--after", "１．５", "--unit", "天")
    assert done["after"] == "1.5"
    code = line.refuse("visit", "good", 1, "帮办专区", "--before", "很多")
    assert code == "quantity_unreadable"


def test_paste_keeps_every_line(line: CommandLine, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("\ufeff1038 05 空岗 6人\n看不懂的一行\n1050 在岗 4/6\n", encoding="utf-8")
    tried = line.do("visit", "paste", 1, notes, "--dry-run")
    assert (tried["lines"], tried["recorded"]) == (3, False)
    assert shown(line, "sightings") == []
    done = line.do("visit", "paste", 1, notes)
    assert [each["text"] for each in done["unread"]] == ["看不懂的一行"]
    [sighting] = shown(line, "sightings")
    assert (sighting["observed_from"], sighting["time_source"]) == (at(10, 38), "note")
    assert [each["note"] for each in shown(line, "events")] == ["看不懂的一行"]


def test_events_and_reveal(line: CommandLine) -> None:
    line.do("visit", "arrive", 1, "--at", "9:05", "--time-source", "note")
    line.do(
        *("visit", "reveal", 1, "--to-whom", "主任", "--document", "督查证"),
        *("--seen-by", "Wang", "--at", "10:00"),
    )
    line.do("visit", "event", 1, "系统停机", "--from", "10:05", "--to", "10:10")
    line.do("visit", "leave", 1)
    events = shown(line, "events")
    assert [each["kind"] for each in events] == ["arrived", "reveal", "note", "left"]
    assert (events[1]["to_whom"], events[1]["document"]) == ("主任", "督查证")
    assert events[1]["observer"] == member(line, "Wang")


def test_withdrawing_keeps_the_entry_with_its_reason(line: CommandLine) -> None:
    done = line.do("visit", "note", 1, "text")
    line.do("visit", "void", 1, "remark", done["id"], "--reason", "记错")
    [remark] = shown(line, "remarks")
    assert remark["void"] == "记错"
    assert line.refuse("visit", "void", 1, "remark", "nothing", "--reason", "x") == "not_found"
    assert (
        line.refuse("visit", "void", 1, "remark", done["id"], "--reason", " ") == "reason_missing"
    )


def test_history_says_who_typed_and_undo_takes_back(line: CommandLine) -> None:
    line.do("member", "use", "Wang")
    note = line.do("visit", "note", 1, "第一条", "--seen-by", "Li")
    [*_, last] = line.do("history", 1)["entries"]
    assert (last["noun"], last["by_name"]) == ("remark", "Wang")
    undone = line.do("undo")
    assert undone["touched"] == [{"kind": "remark", "id": note["id"]}]
    entries = line.do("history", note["id"])["entries"]
    assert [each["undoes"] for each in entries] == ["", undone["action"]]
    assert line.refuse("history", "nothing") == "visit_not_found"


def test_a_command_is_one_action_and_taken_back_as_a_whole(line: CommandLine) -> None:
    line.do("visit", "window", 1, "01", "02", "03", "空岗")
    assert len(line.do("undo")["touched"]) == 3
    assert [each["void"] for each in shown(line, "sightings")] == ["undo"] * 3
    line.do("visit", "phase", 1, "covert")
    assert len(line.do("undo")["touched"]) == 3
    assert {each["void"] for each in shown(line, "events")} == {"undo"}
    line.do("visit", "new", "--hall", "H1", "--member", "Li")
    assert len(line.do("trip", "list")["trips"]) == 2
    line.do("undo")
    assert len(line.do("trip", "list")["trips"]) == 1
    assert len(line.do("visit", "list")["visits"]) == 1


def test_a_visit_that_is_refused_leaves_no_journey(line: CommandLine) -> None:
    new = ("visit", "new", "--hall", "H1")
    assert line.refuse(*new) == "members_missing"
    assert line.refuse(*new, "--member", "Li", "--checklist", "x") == "catalogue_not_found"
    assert line.refuse(*new, "--member", "Li", "--kind", "directed") == "clue_number_missing"
    assert len(line.do("trip", "list")["trips"]) == 1


def test_tables_are_safe_for_spreadsheets(line: CommandLine, tmp_path: Path) -> None:
    line.do("finding", "add", 1, "--text", "=HYPERLINK(1)", "--situation", "CZ-2")
    target = tmp_path / "f.csv"
    line.do("export", "findings", target)
    header, row = csv.reader(target.read_text(encoding="utf-8-sig").splitlines())
    cells = dict(zip(header, row, strict=True))
    assert cells["text"] == "'=HYPERLINK(1)"
    assert cells["situation codes"] == "CZ-2"
    assert cells["situations"].startswith("Marking time")


def test_exported_halls_read_back_unchanged(
    line: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.do(
        "window", "add", "H1", "05", "--label", "医保", "--covered-by", "06", "--matters", "参保"
    )
    monkeypatch.chdir(tmp_path)
    [file] = line.do("export", "halls")["files"]
    assert file["path"] == "halls.csv"
    plan = line.do("hall", "import", "halls.csv", "--dry-run")
    assert plan["problems"] == []
    assert plan["window"] == {"new": 0, "changed": 0, "unchanged": 6}
    assert plan["hall"] == {"new": 0, "changed": 0, "unchanged": 1}


def test_a_visit_is_shown_with_entry_times_days_limit_and_corrections(line: CommandLine) -> None:
    line.clock.advance(minutes=4)
    line.do("visit", "note", 1, "only one day", "--at", "10:05", "--time-source", "note")
    text = line.run("visit", "show", 1).out
    assert "Seen on: 2026-11-20\n" in text
    assert "only one day · 10:05 (note, ± 1 min) · seen by Li · entered 16:34" in text
    line.do("visit", "note", 1, "the day before", "--at", "2026-11-19 16:00")
    text = line.run("visit", "show", 1).out
    assert "Seen on: 2026-11-19, 2026-11-20\n" in text
    assert "· 2026-11-20 10:05 (note, ± 1 min) · seen by Li · entered 2026-11-20 16:34" in text


def test_a_visit_is_shown_with_the_phase_and_how_each_fact_was_obtained(
    line: CommandLine, tmp_path: Path
) -> None:
    line.do("visit", "phase", 1, "covert", "--at", "9:00", "--time-source", "note")
    words = ("--to-whom", "值班主任", "--document", "检查通知书", "--time-source", "note")
    line.do("visit", "reveal", 1, *words, "--at", "10:00")
    for text, at_, by in (
        ("before", "9:59", "Li"),
        ("after", "10:00", "Li"),
        ("he", "10:30", "Wang"),
    ):
        line.do("visit", "note", 1, text, "--at", at_, "--seen-by", by)
    (tmp_path / "text.pdf").write_bytes(b"%PDF-1.7 text")
    (tmp_path / "list.pdf").write_bytes(b"%PDF-1.7 list")
    line.do("photo", "add", 1, tmp_path / "text.pdf")
    line.do("photo", "add", 1, tmp_path / "list.pdf", "--provided")

    data = line.do("visit", "show", 1)
    stood = {each["text"]: each["observed"] for each in data["remarks"]}
    assert "covert" in {each["phase"] for each in data["events"]}, "fields stay as they were"
    covert = {"phase": "covert", "acquisition": "covert", "acquisition_certain": True}
    assert stood["before"] == covert
    assert stood["after"] == covert | {"phase": "overt", "acquisition": "overt"}
    assert stood["he"] == covert, "the other inspector has not shown identity"
    unknown = {"phase": None, "acquisition": "covert", "acquisition_certain": False}
    assert [each["observed"] for each in data["evidence"]] == [
        unknown,
        unknown | {"acquisition": "provided", "acquisition_certain": True},
    ]
    text = line.run("visit", "show", 1).out
    assert "seen by Wang · entered 16:30 · covert phase, obtained covertly" in text
    assert "overt phase, obtained overtly" in text
    line.do("visit", "note", 1, "long ago", "--at", "2023-03-01 10:30")
    [old] = [each for each in line.do("visit", "show", 1)["remarks"] if each["text"] == "long ago"]
    assert old["observed"] == unknown
    text = line.run("visit", "show", 1).out
    assert "how it was obtained is not determined (not at the time of the visit)" in text
    assert "obtained covertly (time not known)" in text
    assert "暗访阶段，暗访取得" in line.run("visit", "show", 1, lang="zh").out


def test_what_a_supplement_corrects_is_marked(line: CommandLine) -> None:
    line.do("visit", "phase", 1, "covert", "--at", "9:00", "--time-source", "note")
    line.do("finding", "add", 1, "--text", "原来的", "--at", "9:30")
    line.do("finding", "outcome", 1, 1, "not_established", "--reason", "有告知牌")
    line.do("visit", "phase", 1, "overt", "--at", "10:30", "--time-source", "note")
    line.do("visit", "feedback", 1, "--refusal", "有异议", "--witness", "保安")
    line.do("visit", "seal", 1)
    more = line.do("visit", "supplement", 1, "--reason", "更正")
    [old] = line.do("visit", "show", 1)["findings"]
    words = ("--text", "更正后", "--replaces", old["id"], "--at", "9:30")
    line.do("finding", "add", more["id"], *words)
    for command in (("visit", "show", 1), ("finding", "list", 1)):
        assert "corrected, see edition 2" in line.run(*command).out
    assert line.do("finding", "list", 1)["findings"][0]["corrected_in_edition"] == 2
    assert "已更正，见第2版" in line.run("finding", "list", 1, lang="zh").out
    [new] = line.do("finding", "list", more["id"])["findings"]
    assert (new["text"], new["corrected_in_edition"]) == ("更正后", None)
    shown_again = line.run("visit", "show", more["id"]).out
    assert "更正后" in shown_again
    assert "corrects an earlier entry" in shown_again


def test_an_absence_names_the_limit_in_force(line: CommandLine, tmp_path: Path) -> None:
    rows = list(csv.DictReader(shipped(CatalogueKind.CHECKLIST).data.decode().splitlines()))
    [item] = [row for row in rows if row["code"] == "S02-05"]
    item |= {"pass_rule": "value <= 10", "limit_source": "local", "limit_rule": "云溪办〔2025〕3号"}
    table = tmp_path / "own.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(item))
        writer.writeheader()
        writer.writerow(item)
    words = ("--kind", "checklist", "--code", "own", "--version", "1", "--name", "本局清单")
    line.do("catalogue", "import", table, *words)
    line.do("visit", "new", "--hall", "H1", "--member", "Li", "--checklist", "own@1")
    watched = ("--from", "10:38", "--to", "10:52", "--time-source", "stopwatch")
    line.do("visit", "window", 2, "05", "空岗", *watched)
    text = line.run("visit", "show", 2).out
    assert "limit of 10 minutes (云溪办〔2025〕3号" in text
    line.do("visit", "window", 1, "05", "空岗", *watched)
    assert "limit of" not in line.run("visit", "show", 1).out
