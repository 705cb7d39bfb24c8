"""`key …`, `visit sign`, `visit signatures`, and signing while sealing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from inspector.ledger.sealed_key import rows
from tests.support.keys import made

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import CommandLine

OLD, NEW = "长风破浪会有时", "another passphrase"


@pytest.fixture
def secret(tmp_path: Path) -> dict[str, Path]:
    """Files with passphrases: the right one, the new one, a short one."""
    files = {}
    for name, text in {"old": OLD, "new": NEW, "short": "short"}.items():
        files[name] = tmp_path / f"{name}.txt"
        files[name].write_text(f"{text}\n", encoding="utf-8")
    return files


def new_key(line: CommandLine, name: str, file: Path) -> str:
    done = line.do("key", "new", "--person", name, "--passphrase-file", file)
    return str(done["fingerprint"])


def test_making_listing_and_replacing(line: CommandLine, secret: dict[str, Path]) -> None:
    new = ("key", "new", "--person", "Li", "--passphrase-file")
    assert line.refuse(*new, secret["short"]) == "passphrase_short"
    first = new_key(line, "Li", secret["old"])
    assert first.startswith("SHA256:")
    assert line.refuse(*new, secret["old"]) == "person_key_exists"
    listed = line.do("key", "list")["keys"]
    assert [(each["name"], each["here"]) for each in listed] == [("Li", True), ("Wang", False)]
    assert first in line.run("key", "list").out
    again = line.do(*new, secret["new"], "--reason", "忘记口令")
    assert again["fingerprint"] != first


def test_nothing_is_asked_where_nobody_can_type(line: CommandLine) -> None:
    answer = line.run("key", "new", "--person", "Li")
    assert answer.code == 2
    assert "--passphrase-file" in answer.err


def test_sheet_restore_and_change(
    line: CommandLine, secret: dict[str, Path], tmp_path: Path
) -> None:
    first = new_key(line, "Li", secret["old"])
    line.do("key", "sheet", tmp_path / "sheet.pdf", "--person", "Li")
    document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    page = document[0].get_textpage()
    printed = re.findall(r"(?:[A-Z2-7]{4} ){4}[A-Z2-7]{2}", page.get_text_range())
    page.close()
    document.close()
    assert len(printed) == 7
    (tmp_path / "sheet.txt").write_text("\n".join(printed))
    for file in (line.root / "keys").glob("person-*"):
        file.unlink()
    assert line.refuse("key", "sheet", tmp_path / "b.pdf", "--person", "Li") == (
        "person_key_elsewhere"
    )
    restore = ("key", "restore", tmp_path / "sheet.txt", "--passphrase-file")
    assert line.refuse(*restore, secret["new"]) == "sheet_passphrase_wrong"
    assert line.do(*restore, secret["old"])["fingerprint"] == first
    change = ("key", "change-passphrase", "--person", "Li", "--passphrase-file")
    new = ("--new-passphrase-file", secret["new"])
    assert line.refuse(*change, secret["new"], *new) == "passphrase_wrong"
    assert line.do(*change, secret["old"], *new)["fingerprint"] == first
    assert line.refuse(*change, secret["old"], *new) == "passphrase_wrong"


def test_a_sheet_of_another_workspace_needs_a_name(
    line: CommandLine, secret: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "sheet.txt").write_text("\n".join(rows(made("li").sealed)))
    restore = ("key", "restore", tmp_path / "sheet.txt", "--passphrase-file", secret["old"])
    assert line.refuse(*restore) == "key_sheet_whose"
    assert line.do(*restore, "--person", "Wang")["name"] == "Wang"
    (tmp_path / "sheet.txt").write_bytes(b"\xff\xfe\x00")
    assert line.refuse(*restore) == "key_sheet_other"


def test_signing_while_sealing_and_afterwards(
    line: CommandLine, secret: dict[str, Path], tmp_path: Path
) -> None:
    line.do("visit", "phase", 1, "overt")
    for name in ("Li", "Wang"):
        new_key(line, name, secret["old"])
    seal = ("visit", "seal", 1, "--sign", "Li", "--passphrase-file")
    assert line.refuse(*seal, secret["new"]) == "passphrase_wrong"
    assert line.run(*seal, secret["old"], secret["new"]).code == 2
    sealed = line.do(*seal, secret["old"])
    assert [each["state"] for each in sealed["signatures"]] == ["valid", "missing"]

    number = sealed["number"]
    sign = ("visit", "sign", number, "--person", "Wang", "--passphrase-file")
    assert line.refuse(*sign, secret["new"]) == "passphrase_wrong"
    assert line.do(*sign, secret["old"])["signatures"][1]["state"] == "valid"
    assert line.refuse(*sign, secret["old"]) == "signed_before"

    shown = line.do("visit", "signatures", number, "--export", tmp_path / "signed")
    assert [each["state"] for each in shown["signatures"]] == ["valid", "valid"]
    assert len(shown["commands"]) == 2
    assert (tmp_path / "signed" / "allowed_signers").exists()
    assert "ssh-keygen -Y verify" in line.run(
        "visit", "signatures", number, "--export", tmp_path / "signed"
    ).out  # fmt: skip
    assert line.do("check")["ok"]


def test_an_open_visit_cannot_be_signed(line: CommandLine, secret: dict[str, Path]) -> None:
    new_key(line, "Li", secret["old"])
    sign = ("visit", "sign", 1, "--person", "Li", "--passphrase-file", secret["old"])
    assert line.refuse(*sign) == "not_sealed_to_sign"
