"""`org …`: the whole way by file between command lines that share nothing but files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from tests.cli.conftest import CommandLine
from tests.support.fixed import CountingEntropy

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASES = {"own": "青山绿水长流不息", "root": "根密钥的口令很长很长"}


@pytest.fixture
def secret(tmp_path: Path) -> dict[str, Path]:
    files = {name: tmp_path / f"{name}.txt" for name in PASSPHRASES}
    for name, file in files.items():
        file.write_text(f"{PASSPHRASES[name]}\n", encoding="utf-8")
    return files


def machine(tmp_path: Path, name: str) -> CommandLine:
    """Return a command line on a workspace of its own in which `name` types."""
    made = CommandLine(tmp_path / name, entropy=CountingEntropy(name))
    made.do("init", "--me", name)
    return made


@pytest.fixture
def office(tmp_path: Path, secret: dict[str, Path]) -> CommandLine:
    made = machine(tmp_path, "赵主任")
    made.do(
        *("org", "init", "--name", "市政府督查室", "--space", "2026 暗访"),
        *("--root", tmp_path / "root.key", "--sheets", tmp_path / "sheets"),
        *("--passphrase-file", secret["own"], "--root-passphrase-file", secret["root"]),
    )
    return made


def admitted(office: CommandLine, line: CommandLine, secret: dict[str, Path], tmp: Path,
             *roles: str) -> None:  # fmt: skip
    """Carry the three files between the office and a laptop."""
    key = ("--passphrase-file", secret["own"])
    names = [tmp / f"{line.root.name}.{kind}" for kind in ("invite", "request", "admit")]
    invited = office.do("org", "invite", "--to", names[0], *key)
    asked = line.do(*("org", "join", names[0], "--request", names[1]),
                    *("--fingerprint", invited["fingerprint"]))  # fmt: skip
    given = [word for role in roles for word in ("--role", role)]
    office.do(*("org", "admit", names[1], "--to", names[2], *given, *key),
              *("--fingerprint", asked["device_fingerprint"]))  # fmt: skip
    assert line.do("org", "join", names[2])["joined"]


def test_who_works_alone_belongs_to_nothing(line: CommandLine) -> None:
    found = line.do("org", "status")
    assert (found["organisation"], found["joined"]) == (None, False)
    assert line.refuse("org", "members") == "organisation_none"
    assert "belongs to no organisation" in line.run("org", "status").out


def test_from_init_to_a_member(
    office: CommandLine, secret: dict[str, Path], tmp_path: Path
) -> None:
    laptop = machine(tmp_path, "李娜")
    laptop.do("hall", "add", "大厅", "--code", "H1")
    invited = office.do("org", "invite", "--to", tmp_path / "i", "--passphrase-file", secret["own"])
    asked = laptop.do("org", "join", tmp_path / "i", "--request", tmp_path / "r")
    assert asked["fingerprint"] == invited["fingerprint"]
    assert laptop.do("org", "status")["asked"]
    done = office.do(
        *("org", "admit", tmp_path / "r", "--to", tmp_path / "a"),
        *("--passphrase-file", secret["own"], "--role", "上报", "--role", "reviewer"),
    )
    assert (done["name"], done["roles"]) == ("李娜", ["reporter", "reviewer"])
    assert done["device_fingerprint"] == asked["device_fingerprint"]
    joined = laptop.do("org", "join", tmp_path / "a")
    assert (joined["name"], joined["space"], joined["keys"]) == ("市政府督查室", "2026 暗访", 1)
    status = laptop.do("org", "status")
    assert (status["joined"], status["asked"], status["epoch_due"]) == (True, False, False)
    assert status["fingerprint"] == invited["fingerprint"]
    listed = office.do("org", "members")["members"]
    assert {(each["name"], each["administrator"]) for each in listed} == {
        ("赵主任", True),
        ("李娜", False),
    }
    assert laptop.do("check")["ok"]
    # A hall that was entered before is the same hall: nothing is entered twice.
    laptop.do("hall", "edit", "H1", "--name", "政务大厅")
    assert [each["name"] for each in laptop.do("hall", "list")["halls"]] == ["政务大厅"]


def test_what_people_read(office: CommandLine, tmp_path: Path, secret: dict[str, Path]) -> None:
    laptop = machine(tmp_path, "李娜")
    admitted(office, laptop, secret, tmp_path, "reporter")
    for lang in ("zh", "en"):
        told = office.run("org", "members", lang=lang).out
        assert "李娜" in told
        assert laptop.run("org", "status", lang=lang).out.count("\n") == 3
    assert "管理员" in office.run("org", "members", lang="zh").out


def test_the_sheets_are_written_and_the_root_file_is_sealed(
    office: CommandLine, tmp_path: Path
) -> None:
    for number in (1, 2):
        paper = pypdfium2.PdfDocument(tmp_path / "sheets" / f"recovery-{number}.pdf")
        text = paper[0].get_textpage().get_text_range()
        assert "AGE- SECR ET-K EY-1" in text
        paper.close()
        file = tmp_path / "sheets" / f"recovery-{number}.pdf"
        assert file.stat().st_mode & 0o077 == 0
    root = (tmp_path / "root.key").read_bytes()
    assert root.startswith(b"MCROOT1\n")
    assert (tmp_path / "root.key").stat().st_mode & 0o077 == 0
    again = ("org", "init", "--name", "x", "--root", tmp_path / "r2", "--sheets", tmp_path)
    assert office.refuse(*again) == "organisation_exists"
    assert not (tmp_path / "r2").exists()


def test_nothing_is_left_of_an_organisation_that_could_not_be_made(
    tmp_path: Path, secret: dict[str, Path]
) -> None:
    line = machine(tmp_path, "赵主任")
    (tmp_path / "a file").touch()
    words = (
        *("org", "init", "--name", "x", "--root", tmp_path / "root.key"),
        *("--sheets", tmp_path / "a file" / "sheets"),
        *("--passphrase-file", secret["own"], "--root-passphrase-file", secret["root"]),
    )
    assert line.refuse(*words) == "disk_error"
    assert not (tmp_path / "root.key").exists()
    assert line.do("org", "status")["organisation"] is None


def test_who_types_is_asked_for_first(empty: CommandLine, tmp_path: Path) -> None:
    empty.do("init")
    words = ("org", "init", "--name", "x", "--root", tmp_path / "r", "--sheets", tmp_path)
    assert empty.refuse(*words) == "organisation_person_missing"


def test_words_that_do_not_fit(office: CommandLine, tmp_path: Path) -> None:
    assert office.run("org", "join").code == 2
    assert office.run("org", "roles", "李娜").code == 2
    assert office.refuse("org", "join", tmp_path / "no") == "file_missing"
    (tmp_path / "x").write_bytes(b"nothing")
    assert office.refuse("org", "join", tmp_path / "x") == "membership_file_bad"
    assert office.run("org", "recover", "x", "--from", "y").code == 2


def test_a_wrong_fingerprint_stops(
    office: CommandLine, secret: dict[str, Path], tmp_path: Path
) -> None:
    laptop = machine(tmp_path, "李娜")
    office.do("org", "invite", "--to", tmp_path / "i", "--passphrase-file", secret["own"])
    words = ("org", "join", tmp_path / "i", "--request", tmp_path / "r")
    assert laptop.refuse(*words, "--fingerprint", "12345") == "fingerprint_differs"
    assert not (tmp_path / "r").exists()


def test_leaving_offices_and_roles(
    office: CommandLine, secret: dict[str, Path], tmp_path: Path
) -> None:
    li, wang = machine(tmp_path, "李娜"), machine(tmp_path, "王强")
    wang.do("key", "new", "--person", "王强", "--passphrase-file", secret["own"])
    admitted(office, li, secret, tmp_path)
    admitted(office, wang, secret, tmp_path, "office")
    own = ("--passphrase-file", secret["own"])
    root = ("--root", tmp_path / "root.key", "--root-passphrase-file", secret["root"])
    assert office.do("org", "roles", "李娜", "--role", "复核", *own)["roles"] == ["reviewer"]
    said = office.do("org", "statements", "赵主任")["statements"]
    assert {each["kind"] for each in said if each["about"].startswith("李娜")} == {"member"}
    ended = office.do("org", "revoke", "李娜", "--reason", "遗失", *own)
    assert ended["name"] == "李娜"
    assert office.do("org", "status")["epochs"] == 2
    assert office.do("org", "appoint", "王强", *root)["name"] == "王强"
    wrong = ("--root", tmp_path / "root.key", "--root-passphrase-file", secret["own"])
    assert office.refuse("org", "appoint", "王强", *wrong) == "root_passphrase_wrong"
    assert office.do("org", "statements", "王强")["statements"] == []
    for name, start in (("王强", "zz"), ("赵主任", "")):
        told = office.refuse("org", "stand-down", name, *root, "--drop", start)
        assert told == "statement_unknown"
    assert office.do("org", "stand-down", "王强", *root)["name"] == "王强"
    listed = {each["name"]: each for each in office.do("org", "members")["members"]}
    assert listed["李娜"]["revoked_after"] == 0
    assert not listed["王强"]["administrator"]
    assert li.run("org", "invite", "--to", tmp_path / "x", *own).code == 3


def test_the_office_vouches_for_the_key_of_somebody_who_signs_on_the_computer_of_another(
    office: CommandLine, secret: dict[str, Path]
) -> None:
    own = ("--passphrase-file", secret["own"])
    office.do("member", "add", "钱进")
    made = office.do("key", "new", "--person", "钱进", *own)
    words = ("org", "vouch", "钱进", "--fingerprint")
    assert office.refuse(*words, "SHA256:x", *own) == "fingerprint_unknown"
    assert office.do(*words, made["fingerprint"], *own)["name"] == "钱进"


def test_recovery_on_a_new_computer(
    office: CommandLine, secret: dict[str, Path], tmp_path: Path
) -> None:
    admitted(office, machine(tmp_path, "李娜"), secret, tmp_path)
    paper = pypdfium2.PdfDocument(tmp_path / "sheets" / "recovery-1.pdf")
    text = paper[0].get_textpage().get_text_range()
    paper.close()
    at = text.index("AGE-")
    rows = [line.strip() for line in text[at - 20 :].splitlines()]
    first = next(place for place, row in enumerate(rows) if "AGE-" in row)
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("\n".join(rows[first : first + 4]), encoding="utf-8")
    fresh = machine(tmp_path, "孙主任")
    fresh.do("key", "new", "--person", "孙主任", "--passphrase-file", secret["own"])
    assert fresh.refuse("org", "recover", sheet) == "organisation_none"
    done = fresh.do(
        *("org", "recover", sheet, "--from", tmp_path / "李娜.admit"),
        *("--root", tmp_path / "root.key", "--root-passphrase-file", secret["root"]),
        *("--passphrase-file", secret["own"]),
    )
    assert (done["opened"], done["keys"], done["epochs"]) == (1, 1, 1)
    assert fresh.do("org", "status")["me"]["administrator"]
    assert fresh.do("check")["ok"]
