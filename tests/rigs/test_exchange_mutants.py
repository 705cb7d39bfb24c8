"""The random trials of the exchange find by themselves what was taken away, or they prove nothing.

What each mutant does, and a scenario that fails by it, stands in `tests/sync`.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.sync.mutants import MUTANTS

RUNS = os.environ.get("MINGCHA_MUTANT_RUNS", "3000")
#: Nothing is lost without it: entries are told apart by their hashes.
HARMLESS = "no copy of a disk is noticed"


def trials(mutant: str, runs: str = RUNS) -> subprocess.CompletedProcess[str]:
    """Run the random trials on an engine with a mutant."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.sync.mutants"]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", "tests/sync/test_model.py"],
        env={**os.environ, "MINGCHA_MODEL_RUNS": runs, "MINGCHA_MUTANT": mutant},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.rig
@pytest.mark.parametrize("name", MUTANTS)
def test_the_trials_notice_what_is_taken_away(name):
    done = trials(name)
    assert done.returncode == 1, done.stdout[-2000:]
    told = [each for each in MUTANTS[name].may_say if each in done.stdout]
    assert told, done.stdout[-2000:]


@pytest.mark.rig
def test_the_trials_hold_where_no_copy_of_a_disk_is_noticed():
    done = trials(HARMLESS, "500")
    assert done.returncode == 0, done.stdout[-2000:]
