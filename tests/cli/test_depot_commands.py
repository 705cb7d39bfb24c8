"""`depot`: setting up, checking and copying from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inspector.sync import names
from inspector.sync.depots.folder import FolderDepot
from tests.support import servers
from tests.support.exchange import sealed_as
from tests.support.records import LOG, SPACE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

SEGMENT = sealed_as("segment", b"operations")
NAME = names.segment(SPACE, LOG, names.hash_of(SEGMENT))


@pytest.fixture
def stick(tmp_path: Path, empty: CommandLine) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    empty.do("depot", "init", folder)
    FolderDepot(folder).write(NAME, SEGMENT)
    return folder


def test_a_depot_is_checked_without_any_workspace(empty: CommandLine, stick: Path):
    data = empty.do("depot", "check", stick, "--all")
    assert (data["ok"], data["objects"], data["checked"], data["problems"]) == (True, 2, 1, [])
    (stick / NAME).write_bytes(SEGMENT[:-1])
    answer = empty.run("depot", "check", stick, "--all", "--json")
    assert answer.code == 1
    assert answer.data["problems"] == [{"code": "name", "where": NAME}]
    assert not answer.data["ok"]
    told = empty.run("depot", "check", stick, "--all", lang="zh").out
    assert "已损坏" in told
    assert "depot repair" in told


def test_a_depot_is_copied_without_any_workspace(empty: CommandLine, stick: Path, tmp_path: Path):
    office = tmp_path / "office"
    office.mkdir()
    assert empty.refuse("depot", "mirror", stick, office) == "depot_unmarked"
    empty.do("depot", "init", office)
    assert empty.do("depot", "mirror", stick, office)["copied"] == 1
    assert (office / NAME).read_bytes() == SEGMENT
    assert empty.do("depot", "mirror", stick, office)["copied"] == 0
    assert empty.refuse("depot", "mirror", stick, stick) == "depot_same"


def test_a_depot_gets_a_name(line: CommandLine, tmp_path: Path):
    folder = tmp_path / "stick"
    folder.mkdir()
    made = line.do("depot", "init", folder, "--name", "办公室")
    assert line.do("depot", "check", "办公室")["depot"] == made["depot"]


def test_a_place_that_is_none_is_refused(empty: CommandLine, tmp_path: Path):
    assert empty.refuse("depot", "init", tmp_path / "missing") == "depot_away"
    assert empty.refuse("depot", "check", tmp_path) == "depot_unmarked"
    assert empty.refuse("depot", "check", "http://x/y") == "depot_address"
    assert empty.refuse("depot", "check", "sftp://li:geheim@host/x") == "depot_address_secret"


def test_a_server_is_entered_by_a_password_in_a_file(
    line: CommandLine, tmp_path: Path, loopback: str
):
    folder, secret = tmp_path / "served", tmp_path / "password"
    folder.mkdir()
    secret.write_text(f"{servers.PASSWORD}\n", encoding="utf-8")
    with servers.webdav(folder) as serving:
        address = f"webdav+http://{loopback}:{serving.port}/"
        access = ("depot", "access", address, "--user", servers.USER)
        assert line.run(*access).code == 2
        assert line.refuse("depot", "init", address) == "depot_denied"
        assert line.do(*access, "--password-file", secret) == {"kept": True}
        line.do("depot", "init", address, "--name", "dav")
        assert line.do("depot", "check", "dav", "--all")["ok"]
        assert line.do("depot", "access", address, "--forget") == {"kept": False}
        assert line.refuse("depot", "check", "dav") == "depot_denied"


def test_access_is_kept_in_a_workspace_only(empty: CommandLine, tmp_path: Path):
    asked = ("depot", "access", "sftp://li@host/x", "--key-file", "key")
    assert empty.refuse(*asked) == "workspace_missing"
    assert not empty.root.exists()
