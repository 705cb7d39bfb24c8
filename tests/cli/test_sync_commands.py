"""`sync`, `waiting`, `receipts`, `quarantine`, and where a visit is, over a depot in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.operations.workspaces import open_workspace
from tests.cli.conftest import CommandLine
from tests.support.exchanging import STICK
from tests.support.fixed import CountingEntropy, FixedClock
from tests.support.freeing import DISK, each_folder_a_medium, two_media
from tests.support.laptops import Laptop, Office, new_depot
from tests.support.office import make_office

if TYPE_CHECKING:
    from pathlib import Path


class Two:
    """The prepared workspace of visit 1, a second laptop, and a stick."""

    def __init__(self, line: CommandLine, folder: Path, *roles: str) -> None:
        self.li = line
        self.wang = CommandLine(folder / "wang")
        self.wang.do("init")
        self.stick = folder / "stick"
        new_depot(self.stick)
        self.office = Office()
        for name, each in (("li", line), ("wang", self.wang)):
            laptop = Laptop(name, each.root, own_profile=False)
            # What was recorded before joining stands in the space of that time.
            self.office.admit(laptop, *roles, earlier=(laptop.store.space,))
            laptop.store.close()
        self.tell(line)

    def tell(self, line: CommandLine) -> None:
        laptop = Laptop("told", line.root, own_profile=False)
        self.office.tell(laptop)
        laptop.store.close()


@pytest.fixture
def two(line: CommandLine, tmp_path: Path) -> Two:
    return Two(line, tmp_path)


def test_a_visit_goes_from_here_to_the_stick_to_somebody(two: Two) -> None:
    before = two.li.do("waiting")
    assert before["operations"] >= 3
    [row] = two.li.do("visit", "list")["visits"]
    assert (row["written"], row["received"]) == ([], [])
    done = two.li.do("sync", two.stick)
    assert done["sent"]["operations"] == before["operations"]
    assert done["safe_to_remove"]
    assert done.keys() >= {
        *("sent", "received", "quarantined", "waiting_for_newer_version", "conflicts", "receipts"),
    }
    assert done["sent"].keys() == {"operations", "blobs", "bytes", "thumbs"}
    assert two.li.do("waiting") == {"operations": 0, "blobs": 0, "bytes": 0}
    assert "written to" in two.li.run("visit", "list").out
    [row] = two.li.do("visit", "list")["visits"]
    assert [each["files_lacking"] for each in row["written"]] == [0]
    assert two.wang.do("sync", two.stick)["received"]["operations"] == before["operations"]
    assert two.wang.do("visit", "show", 1)["received"] == []
    two.li.do("sync", two.stick)
    shown = two.li.do("visit", "show", 1)
    assert [each["name"] for each in shown["received"]] == ["wang"]
    assert "已由wang收到" in two.li.run("visit", "show", 1, lang="zh").out
    assert [each["by_name"] for each in two.li.do("receipts")["receipts"]] == ["wang"]


def test_entries_after_a_revocation_wait_for_a_decision(two: Two) -> None:
    two.li.do("sync", two.stick)
    laptop = Laptop("li", two.li.root, own_profile=False)
    last = laptop.store.log.head(laptop.store.chain)
    laptop.store.close()
    two.li.do("finding", "add", 1, "--text", "nach dem Verlust")
    two.li.do("finding", "add", 1, "--text", "noch später")
    two.li.do("sync", two.stick)
    two.office.revoke(last.log, last.n, last.id)
    two.tell(two.wang)
    done = two.wang.do("sync", two.stick)
    [aside] = done["quarantined"]
    assert aside["reason"] == "revoked"
    assert "revoked" in two.wang.run("quarantine", "list").out
    assert two.wang.do("search", "Verlust")["total"] == 0
    assert two.wang.refuse("quarantine", "accept", 99) == "quarantine_unknown"
    assert two.wang.do("quarantine", "accept", aside["number"])["operations"] == 2
    assert two.wang.do("search", "Verlust")["total"] == 1
    assert two.wang.do("quarantine", "list")["quarantined"] == []
    [settled] = two.wang.do("quarantine", "list", "--all")["quarantined"]
    assert settled["settled"] == "accepted"
    assert two.wang.do("sync", two.stick)["quarantined"] == []
    assert two.wang.do("check")["ok"]


def test_what_is_dismissed_stays_out(two: Two) -> None:
    two.li.do("finding", "add", 1, "--text", "später")
    two.li.do("sync", two.stick)
    laptop = Laptop("li", two.li.root, own_profile=False)
    two.office.revoke(laptop.store.chain)
    laptop.store.close()
    two.tell(two.wang)
    [aside] = two.wang.do("sync", two.stick)["quarantined"]
    two.wang.do("quarantine", "dismiss", aside["number"])
    assert two.wang.do("quarantine", "list")["quarantined"] == []
    assert two.wang.refuse("quarantine", "accept", aside["number"]) == "quarantine_unknown"
    assert two.wang.do("sync", two.stick)["received"]["operations"] == 0


def test_who_belongs_to_nobody_is_told_and_asked_nothing(line: CommandLine, tmp_path: Path) -> None:
    new_depot(tmp_path / "stick")
    assert line.refuse("sync", tmp_path / "stick") == "organisation_none"
    assert line.do("waiting")["operations"] > 0
    assert line.do("receipts") == {"receipts": []}
    assert "where it is" not in line.run("visit", "list").out
    assert "saved on this computer" not in line.run("visit", "show", 1).out


def test_files_can_be_kept_back(two: Two) -> None:
    assert two.li.do("sync", two.stick, "--no-files")["sent"]["blobs"] == 0
    assert two.li.do("sync", two.stick, "--max-bytes", 1)["received"]["operations"] == 0
    assert two.li.do("sync", two.stick, "--verify")["safe_to_remove"]
    assert "可以拔出" in two.li.run("sync", two.stick, lang="zh").out


def test_a_name_that_no_depot_has_is_told_as_that(two: Two) -> None:
    assert two.li.refuse("sync", "nirgends") == "depot_unknown"
    two.li.do("depot", "init", two.stick.parent, "--name", "办公室")
    assert "办公室" in two.li.run("sync", "nirgends").err
    assert two.li.refuse("sync", two.stick / "missing") == "depot_away"


def test_what_differs_is_told_with_the_command_that_shows_it(
    line: CommandLine, tmp_path: Path
) -> None:
    two = Two(line, tmp_path, "office")
    made = two.li.do("finding", "add", 1, "--text", "空岗")
    two.li.do("sync", two.stick)
    two.wang.do("sync", two.stick)
    for laptop, text in ((two.li, "空岗9分钟"), (two.wang, "空岗12分钟")):
        laptop.do("finding", "amend", 1, made["id"], "--text", text)
    two.wang.do("sync", two.stick)
    answer = two.li.run("sync", two.stick)
    assert "inspector conflicts list" in answer.out
    assert two.li.do("conflicts", "list")["count"] == 1


def test_tables_that_differ_are_told_with_the_command_that_mends_them(two: Two) -> None:
    for line in (two.li, two.wang, two.li):
        line.do("sync", two.stick)
    laptop = Laptop("damaged", two.wang.root, own_profile=False)
    with laptop.store.transaction():
        laptop.store.db.execute("UPDATE visit SET number = 99")
    laptop.store.close()
    assert two.wang.do("sync", two.stick)["differing"] == ["li"]
    answer = two.li.run("sync", two.stick)
    assert "wang and this computer hold the same entries" in answer.out
    assert "inspector rebuild" in answer.out
    two.wang.do("rebuild")
    assert two.wang.do("sync", two.stick)["differing"] == []
    assert two.li.do("sync", two.stick)["differing"] == []


def test_a_snapshot_is_written_by_whoever_has_the_role(line: CommandLine, tmp_path: Path) -> None:
    two = Two(line, tmp_path, "reporter", "snapshotter")
    done = two.li.do("depot", "snapshot", two.stick)
    assert done["segments"] == len(list(two.stick.glob("sp/*/s/*/*")))
    assert done["sync"]["safe_to_remove"]
    assert len(list(two.stick.glob("sp/*/n/*"))) == 1
    assert "新加入的电脑" in two.li.run("depot", "snapshot", two.stick, lang="zh").out
    assert two.li.do("depot", "check", two.stick, "--all")["problems"] == []


def test_without_the_role_no_snapshot_is_written(two: Two) -> None:
    assert two.li.refuse("depot", "snapshot", two.stick) == "role_missing"
    assert list(two.stick.glob("sp/*/n/*")) == []


def test_originals_are_freed_after_saying_so_and_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each_folder_a_medium(monkeypatch)
    office = make_office(tmp_path / "office")
    line = CommandLine(office.root)
    visit = office.sealed
    alone = line.do("blobs", "free", visit)
    assert alone["may_go"] == {"files": 0, "bytes": 0}
    assert "works on its own" in line.run("blobs", "free", visit).out
    with open_workspace(office.root, FixedClock(), CountingEntropy("joined")) as session:
        at, share = two_media(session, tmp_path / "exchange")
    for place in (at.stick, share.place):
        line.do("sync", place)
        assert line.do("blobs", "free", visit)["may_go"]["files"] == 0
    told = line.run("blobs", "free", visit)
    assert "not read back" in told.out
    for place in (at.stick, share.place):
        line.do("sync", place, "--verify")
    found = line.do("blobs", "free", visit)
    assert found["freed"] is None
    assert found["may_go"]["files"] > 5
    assert "--yes" in line.run("blobs", "free", visit).out
    assert line.do("blobs", "where", visit)["elsewhere"] == []
    freed = line.do("blobs", "free", visit, "--yes")["freed"]
    assert freed == found["may_go"]
    away = line.do("blobs", "where", visit)["elsewhere"]
    assert len({each["sha256"] for each in away}) == freed["files"]
    assert {tuple(sorted(each["depots"])) for each in away} == {tuple(sorted((STICK, DISK)))}
    assert line.refuse("photo", "open", visit, away[0]["id"], tmp_path / "x") == (
        "original_elsewhere"
    )
    checked = line.do("check")
    assert (checked["ok"], len(checked["freed"])) == (True, freed["files"])
    line.do("export", "dossier", visit, tmp_path / "freed.pdf")
    assert line.do("sync", at.stick)["received"]["blobs"] == 0
    assert line.do("blobs", "fetch", visit, away[0]["id"])["asked"] == [away[0]["sha256"]]
    assert line.do("sync", at.stick)["received"]["blobs"] == 1
    assert "原件" in line.run("blobs", "where", visit, lang="zh").out
