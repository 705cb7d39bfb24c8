"""A full disk: refused with a sentence, nothing promised is lost, reading and writing go on."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.rigs import sample_program, scripted_visit
from tests.rigs.disk_trace import REPOSITORY
from tests.rigs.powercut import parse_ack
from tests.rigs.small_disk import cannot_mount, enlarge, small_disk
from tests.support.records import edit, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import ModuleType

_reason = cannot_mount()
pytestmark = pytest.mark.skipif(_reason is not None, reason=_reason or "")

KIB = 1024
ROOMY = 32 * 1024 * KIB


def run(command: Sequence[str]) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    acks = [parse_ack(line) for line in done.stdout.splitlines() if line.startswith("ack ")]
    return done.returncode, acks, done.stderr


def fill_and_recover(program: ModuleType, folder: Path, size: int) -> int:
    """Let the program meet a disk of `size` bytes; return its exit code."""
    with small_disk(folder, size) as disk:
        code, acks, said = run(program.command(disk))
        assert code in (0, 3), f"{size}: ended with {code}\n{said}"
        assert "Traceback" not in said
        if code == 3:
            assert "disk" in said.split(":")[0], said
        enlarge(disk, ROOMY)
        assert program.check(disk, acks) is None
        again, more, said = run(program.command(disk))
        assert again == 0, said
        assert program.check(disk, [*acks, *more]) is None
    return code


def fill(path: Path) -> None:
    """Write until the disk takes no more."""
    with pytest.raises(OSError, match="No space left"), path.open("ab") as file:
        file.write(bytes(ROOMY))


@pytest.mark.parametrize("size", [16 * KIB, 40 * KIB, 72 * KIB, 120 * KIB])
def test_sample_on_a_full_disk(size: int, tmp_path: Path) -> None:
    assert fill_and_recover(sample_program, tmp_path / "disk", size) == 3


@pytest.mark.parametrize("size", [200 * KIB, 700 * KIB, 1200 * KIB])
def test_visit_on_a_full_disk(size: int, tmp_path: Path) -> None:
    assert fill_and_recover(scripted_visit, tmp_path / "disk", size) == 3


def test_visit_reads_while_the_disk_is_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", ROOMY) as disk:
        code, acks, said = run(scripted_visit.command(disk))
        assert code == 0, said
        used = sum(path.stat().st_size for path in disk.rglob("*") if path.is_file())
        enlarge(disk, used + 64 * KIB)
        fill(disk / "filler")
        assert scripted_visit.check(disk, acks, full=True) is None


READING = (
    ("check",),
    ("search", "窗口"),
    ("visit", "list"),
    ("visit", "show", "1"),
    ("history", "1"),
    ("hall", "list"),
    ("member", "list"),
    ("finding", "list", "1"),
    ("photo", "list", "1"),
    ("export", "findings", "{outside}/findings.csv"),
    ("export", "halls", "{outside}/halls.csv"),
    ("export", "dossier", "1", "{outside}/dossier.pdf"),
    ("backup", "{outside}/copy.db"),
)


def inspector(workspace: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    """Run a command; return its exit code, its document and what it said on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "inspector", "--workspace", str(workspace), "--json", *words],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY), "MINGCHA_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, json.loads(done.stdout or "{}"), done.stderr


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A workspace with one visit on a disk that takes not one byte more."""
    with small_disk(tmp_path / "disk", ROOMY) as disk:
        code, _, said = run(scripted_visit.command(disk))
        assert code == 0, said
        workspace = disk / "work" / "space"
        assert inspector(workspace, "visit", "list")[0] == 0, "and the reserve is set aside"
        fill(disk / "filler")
        yield workspace


def test_every_reading_command_works_on_a_full_disk(full_disk: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    assert texts_not_indexed(full_disk) > 0
    for words in READING:
        code, document, said = inspector(full_disk, *(w.format(outside=outside) for w in words))
        assert code == 0, (words, said)
        assert document.get("ok", True), document
    assert sorted(path.name for path in outside.iterdir()) == [
        *("copy.db", "dossier.pdf", "findings.csv", "halls.csv")
    ]
    # The export stands in the record, for which the reserve was given up.
    code, document, _ = inspector(full_disk, "check", "--against", str(outside / "copy.db"))
    assert (code, document["ok"]) == (0, True)


def texts_not_indexed(workspace: Path) -> int:
    """Return how many texts the search index still has in another form than the record."""
    assert not (workspace / "mingcha.db-wal").exists()
    # As it lies there: SQLite would need room to open it otherwise.
    with closing(sqlite3.connect(f"file:{workspace}/mingcha.db?immutable=1", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM unindexed").fetchone()[0])


def test_what_is_not_indexed_yet_is_found_on_a_full_disk(full_disk: Path) -> None:
    full_disk.joinpath("reserve.bin").unlink()
    fill(full_disk.parents[1] / "filler")
    waiting = texts_not_indexed(full_disk)
    assert waiting > 0
    for _ in range(2):
        # The number that was given when the visit was sealed.
        code, document, said = inspector(full_disk, "search", "2026")
        assert (code, document["total"] > 0) == (0, True), said
        assert texts_not_indexed(full_disk) == waiting
    full_disk.parents[1].joinpath("filler").unlink()
    assert inspector(full_disk, "search", "2026")[1] == document
    assert texts_not_indexed(full_disk) == 0


def test_an_export_that_cannot_be_recorded_leaves_nothing(full_disk: Path, tmp_path: Path) -> None:
    full_disk.joinpath("reserve.bin").unlink()
    fill(full_disk.parents[1] / "filler")
    code, document, said = inspector(
        full_disk, "export", "dossier", "1", str(tmp_path / "dossier.pdf")
    )
    assert (code, document["error"]["code"]) == (3, "export_not_recorded"), said
    assert not tmp_path.joinpath("dossier.pdf").exists()
    assert inspector(full_disk, "check")[1]["ok"]


def test_a_due_backup_without_room_is_told_and_keeps_nobody_out(full_disk: Path) -> None:
    filler = full_disk.parents[1] / "filler"
    filler.unlink()
    with closing(sqlite3.connect(full_disk / "mingcha.db")) as db:
        db.create_function("inspector_core", 0, lambda: 1)
        db.execute("UPDATE local_kv SET v = '2020-01-01' WHERE k = 'backup_day'")
        db.commit()
    for path in full_disk.joinpath("backups").iterdir():
        path.unlink()
    fill(filler)
    code, _, said = inspector(full_disk, "visit", "list")
    assert code == 0
    assert said.startswith("automatic_backup_no_room: ")
    assert list(full_disk.joinpath("backups").iterdir()) == []


def test_a_program_that_was_killed_can_be_read_on_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", ROOMY) as disk:
        with opened(tmp_path / "live") as store:
            store.commit([edit("hall", "h", name="大厅")])
            shutil.copytree(tmp_path / "live", disk / "killed")
        assert disk.joinpath("killed", "mingcha.db-wal").stat().st_size
        fill(disk / "filler")
        assert inspector(disk / "killed", "check")[1]["ok"]
        code, document, said = inspector(disk / "killed", "hall", "list")
        assert [hall["name"] for hall in document["halls"]] == ["大厅"], (code, said)


@pytest.mark.rig
@pytest.mark.parametrize("size", range(64 * KIB, 2048 * KIB, 32 * KIB))
def test_syscalls_visit_on_disks_of_every_size(size: int, tmp_path: Path) -> None:
    fill_and_recover(scripted_visit, tmp_path / "disk", size)
