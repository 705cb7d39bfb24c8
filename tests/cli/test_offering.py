"""`photo offer` says which files belong to a visit, and stores none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.jpegs import write_jpeg

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine


def test_an_offer_names_each_file_and_stores_none(line: CommandLine, tmp_path: Path) -> None:
    card = tmp_path / "card"
    write_jpeg(card / "in.jpg", taken="2026:11:20 10:00:00", tint=1)
    write_jpeg(card / "old.jpg", taken="2026:11:10 10:00:00", tint=2)
    (card / "empty.jpg").write_bytes(b"")
    (card / ".hidden").write_bytes(b"x")
    line.do("visit", "phase", 1, "covert", "--at", "9:30", "--time-source", "note")
    answer = line.do("photo", "offer", 1, card)
    fates = {each["path"].rpartition("/")[2]: each["fate"] for each in answer["offered"]}
    assert fates == {"in.jpg": "within", "old.jpg": "before", "empty.jpg": "unreadable"}
    assert [each["chosen"] for each in answer["offered"]] == [False, True, False]
    assert len(answer["passed_over"]) == 1
    assert line.do("photo", "list", 1)["photos"] == []
    said = line.run("photo", "offer", 1, card).out
    assert "+ in.jpg  2026-11-20 10:00:00  within the visit" in said
    assert "- old.jpg  2026-11-10 10:00:00  10 days before the visit" in said
    assert "3 files, 1 within the visit. Nothing was stored." in said
