"""Power cuts: programs that keep their promises pass, each missing protection is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.rigs import sample_program
from tests.rigs.disk_trace import REPOSITORY
from tests.rigs.tracing import needs_strace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_strace

SAMPLE = "tests.rigs.sample_program"
CUTS_TO_FIND_A_FAULT = 50


def powercut(program: str, *arguments: str) -> dict[str, Any]:
    """Run the rig in a process of its own (it forks) and return its report."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.rigs.powercut", program, *arguments],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    report: dict[str, Any] = json.loads(done.stdout)
    assert (report["failed"] > 0) == (done.returncode == 1)
    return report


def test_a_program_that_keeps_its_promises_passes() -> None:
    report = powercut(SAMPLE, "--cuts", "500")
    assert report["failures"] == []
    assert report["cuts"] == 500
    assert report["acknowledged"] == sample_program.STEPS


@pytest.mark.parametrize("protection", sample_program.PROTECTIONS)
def test_each_missing_protection_is_found(protection: str, tmp_path: Path) -> None:
    cuts = str(CUTS_TO_FIND_A_FAULT)
    report = powercut(SAMPLE, "--cuts", cuts, "--without", protection, "--keep", str(tmp_path))
    assert report["failed"] > 0
    assert report["acknowledged"] == sample_program.STEPS, "without a cut nothing is wrong"
    kept = sorted(tmp_path.iterdir())
    assert kept, "a state that failed is kept to be looked at"
