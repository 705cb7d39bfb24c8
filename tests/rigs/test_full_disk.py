"""A full disk: refused with a sentence, nothing promised is lost, reading and writing go on."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.rigs import sample_program, scripted_visit
from tests.rigs.disk_trace import REPOSITORY
from tests.rigs.powercut import parse_ack
from tests.rigs.small_disk import cannot_mount, enlarge, small_disk

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    with pytest.raises(OSError, match="No space left"):
        path.write_bytes(bytes(ROOMY))


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


@pytest.mark.rig
@pytest.mark.parametrize("size", range(64 * KIB, 2048 * KIB, 32 * KIB))
def test_syscalls_visit_on_disks_of_every_size(size: int, tmp_path: Path) -> None:
    fill_and_recover(scripted_visit, tmp_path / "disk", size)
