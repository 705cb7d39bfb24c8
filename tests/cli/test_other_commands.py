"""Places, people, journeys, findings, photographs, catalogues and care of the workspace."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from inspector.base.version import VERSION
from tests.cli.test_contract import photo
from tests.cli.test_seen import at, member

if TYPE_CHECKING:
    from tests.cli.conftest import CommandLine


def test_init_names_the_office_and_who_is_typing(empty: CommandLine, tmp_path: Path) -> None:
    made = empty.do("init", "--me", "Li", "--name", "督查室")
    assert made["member"]["name"] == "Li"
    [me] = empty.do("member", "list")["members"]
    assert me["me"] is True
    assert empty.refuse("init") == "workspace_exists"
    assert empty.do("version") == {"version": VERSION}


def test_places(line: CommandLine, tmp_path: Path) -> None:
    line.do("unit", "add", "市政府", "--code", "U1")
    line.do("unit", "add", "--name", "审批局", "--parent", "U1")
    parent, unit = line.do("unit", "list")["units"]
    assert unit["parent"] == parent["id"]
    hall = line.do("hall", "add", "--name", "乡镇中心", "--level", "T", "--unit", "审批局")
    assert (hall["level"], hall["unit"], hall["windows"]) == ("T", unit["id"], 0)
    hours = line.do("hall", "hours", "乡镇中心", "周一至周五 9:00-12:00")
    assert line.do("hall", "show", hall["id"])["hours"] == hours["hours"] != {}
    assert line.refuse("hall", "hours", "乡镇中心", "sometimes") == "hours_unreadable"
    assert line.refuse("hall", "add", "x", "--code", "H1") == "hall_code_taken"
    assert line.run("hall", "add").code == 2
    line.do("window", "add", "H1", "05", "--label", "医保")
    line.do("window", "add", "H1", "05", "--floor", "9", "--hours", "Mon-Fri 9:00-11:00")
    window = line.do("hall", "show", "H1")["windows"][4]
    assert (window["number"], window["label"], window["floor"]) == ("05", "医保", "9")
    [shown] = [each for each in line.run("hall", "show", "H1").out.splitlines() if "医保" in each]
    assert shown.endswith("Mon-Fri 9:00-11:00")


def test_importing_places_refuses_as_a_whole(line: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("hall_code,hall_name,window_number\nH2,New,01\n,,02\n", encoding="utf-8")
    answer = line.run("hall", "import", table)
    assert answer.code == 3
    assert "import_has_problems" in answer.err
    assert "row 3" in answer.err
    assert len(line.do("hall", "list")["halls"]) == 1
    table.write_text("hall_code,hall_name,window_number\nH2,New,01\n", encoding="utf-8")
    assert line.do("hall", "import", table)["hall"]["new"] == 1
    assert line.do("hall", "import", table)["hall"]["unchanged"] == 1
    assert line.refuse("hall", "import", tmp_path / "nowhere.csv") == "file_missing"
    table.write_text("hall_code,window_number,windows,color\nH2,1,36,red\n", encoding="utf-8")
    imported = line.do("hall", "import", table)
    assert imported["window"] == {"new": 0, "changed": 0, "unchanged": 1}
    assert imported["unused_columns"] == ["windows", "color"]
    assert "left out: windows, color" in line.run("hall", "import", table, "--dry-run").out
    table.write_text("hall_code,window_number\nH2,7\n", encoding="utf-8")
    line.do("hall", "import", table)
    assert [each["number"] for each in line.do("hall", "show", "H2")["windows"]] == ["01", "7"]


def test_what_is_added_says_when_it_was_entered(line: CommandLine, tmp_path: Path) -> None:
    for words in (
        ("member", "add", "Zhao"),
        ("hall", "add", "x"),
        ("unit", "add", "y"),
        ("trip", "add", "z", "--basis", "government"),
    ):
        assert line.do(*words)["entered"]["at"] == "2026-11-20T16:30:00+08:00"


def test_a_place_is_shown_with_those_who_run_it(line: CommandLine) -> None:
    line.do("unit", "add", "市政府", "--code", "U0")
    line.do("unit", "add", "审批局", "--code", "U1", "--parent", "U0")
    line.do("hall", "edit", "H1", "--unit", "U1", "--address", "人民路1号")
    said = line.run("hall", "show", "H1").out
    assert "Organisation: 市政府 / 审批局" in said
    assert "Address: 人民路1号" in said
    assert line.do("hall", "show", "H1")["unit_path"] == ["市政府", "审批局"]
    assert line.refuse("unit", "add", "市政府", "--code", "U0", "--parent", "U1") == "unit_circle"
    assert line.refuse("unit", "add", "市政府", "--code", "U0", "--parent", "U0") == "unit_circle"


def test_a_table_puts_no_organisation_below_one_that_is_recorded_below_it(
    line: CommandLine, tmp_path: Path
) -> None:
    line.do("unit", "add", "市政府", "--code", "U0")
    line.do("unit", "add", "审批局", "--code", "U1", "--parent", "U0")
    table = tmp_path / "units.csv"
    table.write_text("单位编码,单位,上级单位\nU0,市政府,U1\n", encoding="utf-8")
    assert line.refuse("hall", "import", table) == "unit_circle"
    table.write_text("单位编码,单位,上级单位\nU2,税务局,U1\n", encoding="utf-8")
    assert line.do("hall", "import", table)["unit"]["new"] == 1


def test_changing_the_name_of_an_organisation_leaves_its_place_in_the_tree(
    line: CommandLine,
) -> None:
    line.do("unit", "add", "市政府", "--code", "U0")
    before = line.do("unit", "add", "审批局", "--code", "U1", "--parent", "U0", "--kind", "部门")
    after = line.do("unit", "add", "行政审批局", "--code", "U1")
    assert (after["id"], after["name"]) == (before["id"], "行政审批局")
    assert (after["parent"], after["kind"]) == (before["parent"], "部门")


def test_an_import_names_the_windows_that_its_table_leaves_out(
    line: CommandLine, tmp_path: Path
) -> None:
    table = tmp_path / "windows.csv"
    table.write_text("hall_code,window,label\nH9,1,A\nH9,2,B\nH8,1,C\n", encoding="utf-8")
    names = tmp_path / "halls.csv"
    names.write_text("hall_code,hall_name\nH9,Nine\nH8,Eight\n", encoding="utf-8")
    line.do("hall", "import", names)
    assert line.do("hall", "import", table)["unnamed"] == []
    table.write_text("hall_code,window,label\nH9,01,A new\n", encoding="utf-8")
    assert "they stay: H9 2." in line.run("hall", "import", table, "--dry-run").out
    done = line.do("hall", "import", table)
    assert done["unnamed"] == [{"hall": "H9", "window": "2"}]
    assert [each["number"] for each in line.do("hall", "show", "H9")["windows"]] == ["1", "2"]
    assert line.do("hall", "import", names)["unnamed"] == []  # a table without windows says nothing


def test_calendar(line: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "days.csv"
    table.write_text("日期,安排\n2026-10-01,放假\n2026-10-10,上班\n", encoding="utf-8")
    [year] = line.do("calendar", "import", table, "--source", "国办通知")["calendars"]
    assert year["days"] == {"2026-10-01": "rest", "2026-10-10": "work"}
    table.write_text("date,day\n2026-10-01,perhaps\n", encoding="utf-8")
    assert line.refuse("calendar", "import", table) == "catalogue_value_unknown"


def test_journeys(line: CommandLine) -> None:
    trip = line.do("trip", "add", "三季度", "--basis", "纪检监督", "--leader", "Li")
    assert trip["basis"] == "discipline"
    assert line.refuse("trip", "add", "x", "--kind", "directed") == "clue_number_missing"
    line.do(
        "trip", "amend", "三季度", "--present", "王", "李", "--opinion", "一", "--opinion", "二"
    )
    new = ("visit", "new", "--hall", "H1", "--member", "Li")
    visit = line.do(*new, "--trip", "三季度")
    shown = line.do("trip", "show", "三季度")
    assert shown["opinions"] == ["一", "二"]
    assert shown["people_present"] == ["王", "李"]
    assert [each["id"] for each in shown["visits"]] == [visit["id"]]
    assert line.run(*new, "--trip", "三季度", "--basis", "own").code == 2
    assert len(line.do("trip", "list")["trips"]) == 2
    assert line.run("trip", "amend", "三季度").code == 2


def test_a_journey_shows_its_leader_and_the_places_of_its_stops(line: CommandLine) -> None:
    line.do("trip", "add", "三季度", "--leader", "Li", "--valid-to", "2026-12-31")
    visit = line.do("visit", "new", "--hall", "H1", "--member", "Li", "--trip", "三季度")
    shown = line.run("trip", "show", "三季度").out
    assert "Leader: Li" in shown
    assert "Valid: – 2026-12-31" in shown
    hall = line.do("hall", "show", "H1")["name"]
    assert f"{visit['label']} (provisional)  {hall}" in shown
    [stop] = line.do("trip", "show", "三季度")["visits"]
    assert stop["hall"] == hall
    assert "带队人：Li" in line.run("trip", "show", "三季度", "--lang", "zh").out


def test_the_authority_of_a_journey_is_corrected(line: CommandLine) -> None:
    line.do("trip", "add", "三季度", "--issuer", "县政府", "--legal-basis", "第12条")
    words = ("--document", "督查通知", "--issuer", "市政府", "--leader", "Wang")
    done = line.do("trip", "amend", "三季度", *words)
    assert (done["document_title"], done["issuer"], done["legal_basis"]) == (
        *("督查通知", "市政府"),
        "第12条",
    )
    assert "Leader: Wang" in line.run("trip", "show", "三季度").out
    assert line.refuse("trip", "amend", "三季度", "--kind", "directed") == "clue_number_missing"


def test_joining(line: CommandLine) -> None:
    line.do("member", "add", "Zhao")
    names = [each["name"] for each in line.do("visit", "join", 1, "Zhao")["members"]]
    assert names == ["Li", "Wang", "Zhao"]


def finding(line: CommandLine, *words: object) -> Any:
    return line.do("finding", "add", 1, "--situation", "CZ-2", "--text", "空岗", *words)


def test_findings(line: CommandLine, tmp_path: Path) -> None:
    made = finding(line, "--severity", 3, "--window", "5", "--from", "10:00", "--to", "10:20")
    assert (made["observed_from"], made["observed_to"]) == (at(10, 0), at(10, 20))
    line.do("finding", "amend", 1, 1, "--text", "空岗20分钟", "--people", 4)
    line.do("photo", "add", 1, photo(tmp_path / "signed.png"))
    signed = ("--method", "书面签字确认", "--evidence", "signed.png")
    assert line.refuse("finding", "confirm", 1, 1, "--by", "Li", *signed) == (
        "confirmation_same_person"
    )
    line.do("finding", "confirm", 1, 1, "--by", "Wang", *signed)
    line.do("finding", "person", 1, 1, "--description", "女", "--described-by", "Li")
    assert line.refuse("finding", "person", 1, 1, "--identity", "张三") == "identity_without_source"
    assert line.refuse("finding", "outcome", 1, 1, "explained") == "outcome_without_reason"
    line.do("finding", "outcome", 1, 1, "认定属实")
    shown = line.do("finding", "show", 1, 1)
    assert (shown["text"], shown["outcome"]) == ("空岗20分钟", "established")
    assert [each["observer"] for each in shown["confirmations"]] == [member(line, "Wang")]
    assert [each["description"] for each in shown["persons"]] == ["女"]
    assert finding(line)["number"] == 2
    line.do("finding", "void", 1, 2, "--reason", "重复录入")
    listed = line.do("finding", "list", 1)["findings"]
    assert [each["void"] for each in listed] == [None, "重复录入"]
    assert line.do("visit", "list")["visits"][0]["findings"] == 1
    assert line.refuse("finding", "show", 1, 9) == "finding_not_found"
    assert line.run("finding", "amend", 1, 1).code == 2
    wrong = ("finding", "add", 1, "--text", "x")
    assert line.refuse(*wrong, "--situation", "XX-9") == "situation_unknown"
    assert line.refuse(*wrong, "--severity", 9) == "severity_unknown"


def test_photographs(line: CommandLine, tmp_path: Path) -> None:
    finding(line)
    line.do("photo", "add", 1, photo(tmp_path / "a.png"), photo(tmp_path / "b.png", 10))
    line.do("photo", "place", 1, "a.png", "--finding", 1)
    line.do("photo", "place", 1, "a.png", "--window", "05")
    assert line.run("photo", "place", 1, "a.png").code == 2
    line.do("photo", "caption", 1, "a.png", "05号窗口")
    line.do("photo", "time", 1, "a.png", "--at", "10:05", "--time-source", "note")
    assert line.run("photo", "time", 1, "a.png").code == 2
    first, second = line.do("photo", "list", 1)["photos"]
    assert (first["caption"], first["observed_from"]) == ("05号窗口", at(10, 5))
    assert [each["kind"] for each in first["placed"]] == ["finding", "window"]
    assert second["observed_from"] is None
    copy = tmp_path / "copy.png"
    line.do("photo", "open", 1, "b.png", copy)
    assert copy.read_bytes() == (tmp_path / "b.png").read_bytes()
    assert line.refuse("photo", "open", 1, "b.png", copy) == "export_failed"
    assert "open_original" in line.run("history", 1, "--json").out
    erase = ("photo", "erase", 1, "b.png", "--reason", "私人照片", "--second-person")
    line.do("member", "use", "Li")
    assert line.refuse(*erase, "Li") == "second_person_missing"
    line.do(*erase, "Wang")
    kept, gone = line.do("photo", "list", 1)["photos"]
    assert (kept["erased"], gone["erased"]["reason"]) == (None, "私人照片")
    assert gone["erased"]["agreed"] == member(line, "Wang")
    assert "Removed on purpose: 私人照片" in line.run("photo", "list", 1).out.splitlines()[1]
    assert line.refuse("photo", "open", 1, "b.png", tmp_path / "more.png") == "evidence_erased"
    assert not (tmp_path / "more.png").exists()
    assert line.do("check")["ok"] is True
    assert line.do("check")["blobs"] == 1
    assert line.refuse("photo", "clock-check", 1, "a.png", "--shown", "10:05:00") == (
        "camera_time_missing"
    )
    card = line.run("photo", "clock-card")
    assert len(card.out.splitlines()) == 7
    assert card.out.splitlines()[-1] == "2026-11-20  UTC+0800"
    picture = tmp_path / "card.png"
    assert line.do("photo", "clock-card", "--file", picture)["path"] == str(picture)
    with Image.open(picture) as shown:
        assert (shown.format, shown.size) == ("PNG", (1920, 1080))


def test_copies_and_files_without_a_time_are_marked(line: CommandLine, tmp_path: Path) -> None:
    copy = photo(tmp_path / "mmexport1700000000000.jpg")
    for words in (("add", 1, copy), ("list", 1)):
        said = line.run("photo", *words).out
        assert "messenger copy" in said
        assert "time not known" in said
    line.do("photo", "time", 1, copy.name, "--at", "10:05", "--time-source", "note")
    assert "time not known" not in line.run("photo", "list", 1).out


def test_catalogues(line: CommandLine, tmp_path: Path) -> None:
    references = [each["reference"] for each in line.do("catalogue", "list")["catalogues"]]
    assert "hall@2026.1" in references
    items = line.do("catalogue", "show", "checklist")["entries"]
    assert len(items) == 144
    found = line.do("catalogue", "show", "situations", "--find", "推诿")["entries"]
    assert found
    assert all("推诿" in json.dumps(each, ensure_ascii=False) for each in found)
    assert line.refuse("catalogue", "show", "nothing") == "catalogue_not_found"
    own = tmp_path / "own.csv"
    own.write_text("zh,en_code_term,kind,note\n空岗,unattended,noun,\n", encoding="utf-8")
    words = ("--kind", "glossary", "--code", "ours", "--version", "1", "--name", "本局术语")
    line.do("catalogue", "import", own, *words)
    shown = line.do("catalogue", "show", "ours")
    assert shown["reference"] == "ours@1"
    assert [each["zh"] for each in shown["entries"]] == ["空岗"]


def test_closing(line: CommandLine, tmp_path: Path) -> None:
    line.do("visit", "phase", 1, "covert", "--at", "9:00", "--time-source", "note")
    finding(line)
    sheet = tmp_path / "sheet.pdf"
    assert line.do("visit", "sheet", 1, sheet)["files"][0]["pages"] == 1
    line.do("visit", "pocket-sheet", 1, tmp_path / "pocket.pdf")
    told = ("visit", "feedback", 1, "--present", "王", "--refusal", "有异议")
    assert line.refuse(*told) == "identity_not_shown"
    line.do("visit", "phase", 1, "overt", "--at", "10:30", "--time-source", "note")
    line.do(*told)
    missing = line.do("visit", "missing", 1)
    codes = [each["code"] for each in missing["blockers"]]
    assert codes == ["refusal_without_witness"]
    answer = line.run("visit", "seal", 1, "--json")
    assert answer.code == 3
    assert answer.data["error"]["code"] == "visit_incomplete"
    assert "has no witness" in answer.err
    [feedback] = [
        each["id"] for each in line.do("history", 1)["entries"] if each["noun"] == "feedback"
    ]
    line.do("visit", "void", 1, "feedback", feedback, "--reason", "补证人")
    line.do("visit", "feedback", 1, "--finding", 1, "--refusal", "有异议", "--witness", "保安")
    line.do("visit", "statement", 1, 1, "explain", "--speaker", "王", "--text", "系统升级")
    sealed = line.do("visit", "seal", 1)
    assert (sealed["number"], sealed["edition"]) == ("2026-0001", 1)
    assert line.refuse("visit", "note", 1, "late") == "visit_sealed"
    more = line.do("visit", "supplement", "2026-0001", "--reason", "更正")
    assert (more["edition"], more["supplement_of"]) == (2, sealed["visit"])
    [old] = line.do("visit", "show", sealed["visit"])["findings"]
    line.do("finding", "add", more["id"], "--text", "更正后", "--replaces", old["id"])
    assert line.do("check")["ok"] is True
    assert line.do("check", "--against", sealed["manifest"])["ok"] is True


def test_care(line: CommandLine, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    saved = line.do("backup", copy)
    assert saved["bytes"] == copy.stat().st_size
    line.do("visit", "note", 1, "后来的")
    assert line.do("rebuild")["unchanged"] is True
    restored = line.do("restore", copy)
    assert restored["added"] == 1
    assert line.do("search", "后来的")["total"] == 1
    assert line.refuse("restore", tmp_path / "nothing.db") == "backup_missing"


def test_bench_runs_the_measurements_of_the_source(line: CommandLine) -> None:
    answer = line.run("bench", "no-such-measurement")
    assert answer.code == 2


def test_names_that_contradict_their_content_are_told(line: CommandLine, tmp_path: Path) -> None:
    card = tmp_path / "card"
    card.mkdir()
    photo(card / "right.png")
    photo(card / "wrong.png").rename(card / "wrong.jpg")
    (card / "program.jpg").write_bytes(b"MZ" + bytes(100))
    (card / "any.dat").write_bytes(b"MZ" + bytes(90))
    (card / "link.png").symlink_to(card / "right.png")
    data = line.do("photo", "add", 1, card)
    doubts = {Path(each["path"]).name: each["doubt"] for each in data["results"]}
    assert (doubts["right.png"], doubts["any.dat"]) == (None, None)
    assert doubts["wrong.jpg"]["code"] == "name_contradicts"
    assert "image/png" in doubts["wrong.jpg"]["text"]
    assert "portable-executable" in doubts["program.jpg"]["text"]
    assert data["skipped"] == [{"path": str(card / "link.png"), "why": "link"}]
    said = line.run("photo", "add", 1, card / "wrong.jpg", card).out
    assert "The ending of “wrong.jpg” does not fit its content (image/png)." in said
    assert "passed over  link.png  (a link; name its target to take it in)" in said


def test_many_windows_are_laid_out_and_put_in_order(line: CommandLine) -> None:
    line.do("hall", "add", "大厅", "--code", "N1")
    done = line.do("window", "layout", "N1", "1-18=1", "19–36=2/东区")
    assert (done["new"], done["moved"]) == (36, 0)
    line.do("window", "move", "N1", "05", "--up", 2)
    windows = line.do("hall", "show", "N1")["windows"]
    assert [each["number"] for each in windows[:5]] == ["01", "02", "05", "03", "04"]
    assert (windows[-1]["floor"], windows[-1]["zone"]) == ("2", "东区")
    assert line.refuse("window", "layout", "N1", "1-5=1", "5-9=2") == "window_ranges_overlap"
    assert line.run("window", "layout", "N1", "eighteen").code == 2


def test_a_photograph_is_suggested_placed_taken_out_and_set_aside(
    line: CommandLine, tmp_path: Path
) -> None:
    noted = ("--time-source", "note")
    found = line.do("finding", "add", 1, "--text", "空岗", "--at", "10:00", *noted)
    line.do("photo", "add", 1, photo(tmp_path / "a.png"))
    assert line.do("photo", "suggest", 1, "a.png")["suggestions"] == []
    line.do("photo", "time", 1, "a.png", "--at", "10:02", *noted)
    [suggested] = line.do("photo", "suggest", 1, "a.png")["suggestions"]
    assert suggested == {"kind": "finding", "id": found["id"], "ms_after": 120_000}
    assert "2 min after" in line.run("photo", "suggest", 1, "a.png").out

    line.do("photo", "place", 1, "a.png", "--finding", 1)
    assert line.do("photo", "list", 1)["photos"][0]["placed"] != []
    line.do("photo", "unplace", 1, "a.png", "--finding", 1)
    assert line.do("photo", "list", 1)["photos"][0]["placed"] == []
    line.do("photo", "set-aside", 1, "a.png")
    assert line.do("photo", "list", 1)["photos"] == []
    line.do("photo", "set-aside", 1, "a.png", "--no")
    assert len(line.do("photo", "list", 1)["photos"]) == 1
