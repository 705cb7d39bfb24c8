"""Correcting a sealed visit by command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_contract import photo

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine


@pytest.fixture
def sealed(line: CommandLine, tmp_path: Path) -> dict[str, Any]:
    """Ids of a sealed visit with a few entries, and of its open supplement."""
    at = ("--at", "10:00", "--day", "2026-11-20", "--time-source", "note")
    for who in ("Li", "Wang"):
        line.do("visit", "rules", "1", "--accept", "--seen-by", who)
    line.do("visit", "phase", "1", "covert")
    found = {
        "heads": line.do("visit", "heads", "1", "3", "6", *at)["id"],
        "finding": line.do("finding", "add", "1", "--text", "空岗 41 分钟", *at)["id"],
    }
    [taken] = line.do("photo", "add", "1", photo(tmp_path / "IMG_1.jpg"))["results"]
    found["photo"] = taken["id"]
    line.do("visit", "seal", "1")
    found["supplement"] = line.do("visit", "supplement", "1", "--reason", "核对")["id"]
    return found


def test_values_are_read_as_their_field_means_them(
    line: CommandLine, sealed: dict[str, Any]
) -> None:
    why = ("--why", "笔记核对")
    new = line.do(
        *("visit", "correct", sealed["supplement"], sealed["heads"], *why),
        *("--set", "staffed=4", "--set", "observed_from=10:42", "--set", "note=下午 a=b"),
    )
    assert (new["staffed"], new["total"], new["note"]) == (4, 6, "下午 a=b")
    assert (new["replaces"], new["visit"]) == (sealed["heads"], sealed["supplement"])
    assert new["time_source"] == "memory"
    new = line.do(
        *("visit", "correct", sealed["supplement"], "1", *why),
        *("--set", "text=空岗 14 分钟", "--set", "window=5", "--set", "severity=2"),
    )
    assert (new["text"], new["severity"], new["noun"]) == ("空岗 14 分钟", 2, "finding")
    window = new["window"]
    assert window
    new = line.do("visit", "correct", sealed["supplement"], "1", "--set", "window=", *why)
    assert new["window"] is None
    new = line.do(
        *("visit", "correct", sealed["supplement"], "IMG_1.jpg", *why, "--set", "caption=5号窗口"),
        *("--set", "free_of_people=是", "--set", "time_source=排队号票", "--set", "observer=Wang"),
    )
    assert (new["caption"], new["free_of_people"], new["replaces"]) == (
        "5号窗口",
        True,
        sealed["photo"],
    )


def test_what_cannot_be_read_is_refused_or_explained(
    line: CommandLine, sealed: dict[str, Any]
) -> None:
    command = ("visit", "correct", sealed["supplement"], sealed["heads"], "--why", "x", "--set")
    assert line.refuse(*command, "sha256=1") == "field_not_correctable"
    assert line.refuse(*command, "staffed=7") == "head_count_impossible"
    assert line.refuse(*command, "observed_from=never") == "time_unreadable"
    assert line.refuse(*command, "staffed=many") == "value_unreadable"
    assert line.run(*command, "staffed").code == 2
    assert line.refuse("visit", "correct", "1", "1", "--why", "x", "--set", "a=b") == "visit_sealed"


def test_withdrawing(line: CommandLine, sealed: dict[str, Any]) -> None:
    gone = ("visit", "withdraw", sealed["supplement"])
    assert line.do(*gone, sealed["heads"], "--reason", "数错")["withdrawn"] == "数错"
    assert line.do(*gone, "1", "--reason", "有告知牌")["outcome"] == "not_established"
    assert line.refuse(*gone, "?", "--reason", "x") == "fact_not_found"
    line.do("visit", "seal", sealed["supplement"])
    assert line.do("check")["ok"] is True
