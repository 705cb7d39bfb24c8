"""Power cuts: the visit and the sample keep their promises, each missing protection is found."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.rigs import sample_program, scripted_visit
from tests.rigs.disk_trace import REPOSITORY
from tests.rigs.tracing import needs_strace

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_strace

SAMPLE = "tests.rigs.sample_program"
VISIT = "tests.rigs.scripted_visit"
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


def test_a_visit_survives_power_cuts() -> None:
    report = powercut(VISIT, "--cuts", "1000")
    assert report["failures"] == []
    assert report["cuts"] >= 1000
    assert report["acknowledged"] > 15


# What each missing protection must cost; anything else would be found for the wrong reason.
COSTS = {
    "blob-sync": r"file is damaged|blob_damaged",
    "full": r"operations of promise \d+ are lost",
    "blob-first": r"blob_missing|names a file that is missing",
    "folder-sync": r"file is missing|workspace is gone",
}


@pytest.mark.parametrize("protection", scripted_visit.PROTECTIONS)
def test_a_visit_without_a_protection_is_found_out(protection: str) -> None:
    report = powercut(VISIT, "--cuts", str(CUTS_TO_FIND_A_FAULT), "--without", protection)
    assert any(re.search(COSTS[protection], problem) for problem in report["problems"]), report


@pytest.mark.rig
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(1, 4))
def test_powercut_visit_survives_thousands(seed: int) -> None:
    cuts = int(os.environ.get("POWERCUTS", "30000")) // 3
    report = powercut(VISIT, "--cuts", str(cuts), "--seed", str(seed))
    assert report["failures"] == []
    assert report["cuts"] >= cuts
