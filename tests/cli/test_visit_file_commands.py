"""`visit hand-over` and `visit take`: a visit in a file, receipts as files and as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.test_sync_commands import Two

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine


@pytest.fixture
def two(line: CommandLine, tmp_path: Path) -> Two:
    return Two(line, tmp_path)


def test_a_visit_goes_by_file_and_the_receipt_comes_back(two: Two, tmp_path: Path) -> None:
    file, receipt, page = (tmp_path / name for name in ("v.mcvisit", "r.mcreceipt", "r.pdf"))
    done = two.li.do("visit", "hand-over", 1, file)
    assert done["sent"]["operations"] >= 3
    told = two.wang.do("visit", "take", file, "--receipt", receipt)
    assert told["received"]["operations"] == done["sent"]["operations"]
    assert told["read_only"]
    assert two.wang.do("visit", "show", 1)["received"] == []
    again = two.wang.run("visit", "take", file, "--receipt", page)
    assert "can only be read" in again.out
    assert page.read_bytes().startswith(b"%PDF")
    assert "--receipt FILE" in two.wang.run("visit", "take", file).out
    [taken] = two.li.do("visit", "take", receipt).values()
    assert taken["name"] == "wang"
    assert taken["entries"] >= 3
    shown = two.li.do("visit", "show", 1)
    assert [each["name"] for each in shown["received"]] == ["wang"]


def test_what_is_no_such_file_is_told(two: Two, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    assert two.li.refuse("visit", "take", tmp_path / "x") == "hand_over_bad"
    assert two.li.refuse("visit", "take", tmp_path / "missing") == "file_missing"
    file = tmp_path / "v.mcvisit"
    assert two.li.refuse("visit", "hand-over", 9, file) == "visit_not_found"
    wanted = ("visit", "hand-over", 1, file, "--to", "nobody")
    assert two.li.refuse(*wanted) == "member_device_unknown"
    assert not file.exists()


def test_a_receipt_goes_as_codes(two: Two, tmp_path: Path) -> None:
    file, receipt = tmp_path / "v.mcvisit", tmp_path / "r.mcreceipt"
    two.li.do("visit", "hand-over", 1, file)
    two.wang.do("visit", "take", file, "--receipt", receipt)
    pictures = two.wang.do("code", "write", receipt, "--to", tmp_path / "r.png")["pictures"]
    two.wang.do("visit", "take", file, "--receipt", tmp_path / "direct.png")
    back = tmp_path / "back.mcreceipt"
    assert two.li.do("code", "read", *pictures, "--to", back)["bytes"] > 0
    assert back.read_bytes() == receipt.read_bytes()
    assert two.li.do("visit", "take", back)["receipt"]["name"] == "wang"
    assert two.li.refuse("code", "read", file, "--to", back) == "code_none"
    assert two.li.refuse("code", "write", tmp_path / "missing", "--to", back) == "file_missing"
