"""System calls that fail: a clear ending, nothing promised lost, works again afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rigs import sample_program
from tests.rigs.disk_trace import REPOSITORY
from tests.rigs.strace_lines import read_calls
from tests.rigs.syscalls import Fault, touching
from tests.rigs.tracing import needs_strace

SAMPLE = "tests.rigs.sample_program"
VISIT = "tests.rigs.scripted_visit"


def syscalls(program: str, *arguments: str) -> dict[str, Any]:
    """Run the rig in a process of its own and return its report."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.rigs.syscalls", program, *arguments],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def test_counts_calls_in_each_process_and_names_those_on_the_workspace() -> None:
    lines = [
        '7 openat(AT_FDCWD</>, "\\x2f\\x65\\x74\\x63", O_RDONLY) = 3</etc>',
        '7 openat(AT_FDCWD</>, "\\x2f\\x77\\x2f\\x61", O_RDWR|O_CREAT, 0600) = 4</w/a>',
        '7 pwrite64(4</w/a>, "\\x61", 1, 0) = 1',
        '8 pwrite64(4</w/a>, "\\x61", 1, 0) = 1',
        '8 pwrite64(5</x>, "\\x61", 1, 0) = 1',
        '8 pwrite64(4</w/a>, "\\x61", 1, 0) = 1',
        "7 fsync(4</w/a>) = 0",
    ]
    found = list(touching(read_calls(lines), Path("/w")))
    assert found == [("openat", 2), ("pwrite64", 1), ("pwrite64", 1), ("pwrite64", 3), ("fsync", 1)]
    assert Fault("fsync", "EIO", 3).expression == "fsync:error=EIO:when=3"


@needs_strace
def test_syscalls_sample_takes_every_kind_of_fault_well() -> None:
    report = syscalls(SAMPLE, "--faults", "12")
    assert report["problems"] == []
    assert report["refused"] >= 6, "faults that reach the program must show"
    assert report["possible"] > 300


@needs_strace
def test_syscalls_finds_a_sync_whose_failure_is_swallowed() -> None:
    heedless = ("--without", sample_program.HEED_ERRORS)
    report = syscalls(SAMPLE, "--only", "fsync", "--faults", "12", *heedless)
    assert any("promise" in p["problem"] or "blob" in p["problem"] for p in report["problems"])


@needs_strace
def test_syscalls_visit_takes_some_faults_well() -> None:
    report = syscalls(VISIT, "--faults", "8")
    assert report["problems"] == []
    assert report["possible"] > 500


@needs_strace
@pytest.mark.rig
@pytest.mark.timeout(0)
def test_syscalls_visit_takes_every_fault_well() -> None:
    report = syscalls(VISIT, "--faults", os.environ.get("SYSCALL_FAULTS", "0"))
    assert report["problems"] == []
