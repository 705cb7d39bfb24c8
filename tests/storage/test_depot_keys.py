"""How servers are entered: kept for the owner only, forgotten when asked."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from inspector.base.paths import Workspace
from inspector.storage import depot_keys

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "sftp://li@host/srv/depot"
ACCESS = {"user": "li", "password": "口令"}


def test_what_is_kept_is_found_again_by_its_address(tmp_path: Path):
    workspace = Workspace(tmp_path / "workspace")
    assert depot_keys.kept(workspace, ADDRESS) == {}
    depot_keys.keep(workspace, ADDRESS, ACCESS)
    depot_keys.keep(workspace, "s3://bucket", {"user": "key"})
    assert depot_keys.kept(workspace, ADDRESS) == ACCESS
    assert depot_keys.kept(workspace, "sftp://li@host/other") == {}
    depot_keys.keep(workspace, ADDRESS, {})
    assert depot_keys.kept(workspace, ADDRESS) == {}
    assert depot_keys.kept(workspace, "s3://bucket") == {"user": "key"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_the_owner_may_read_it(tmp_path: Path):
    workspace = Workspace(tmp_path)
    depot_keys.keep(workspace, ADDRESS, ACCESS)
    assert (workspace.keys / "depots.json").stat().st_mode & 0o777 == 0o600
    assert workspace.keys.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("data", [b"", b"[]", b'{"v":2,"depots":{}}', b'{"depots":[1],"v":1}'])
def test_what_cannot_be_read_is_nothing_kept(tmp_path: Path, data: bytes):
    workspace = Workspace(tmp_path)
    depot_keys.keep(workspace, ADDRESS, ACCESS)
    (workspace.keys / "depots.json").write_bytes(data)
    assert depot_keys.kept(workspace, ADDRESS) == {}
    depot_keys.keep(workspace, ADDRESS, ACCESS)
    assert depot_keys.kept(workspace, ADDRESS) == ACCESS
