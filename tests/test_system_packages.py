"""The script that installs system packages, run with stand-ins for the commands it uses."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / ".ci/system-packages"

pytestmark = pytest.mark.skipif(
    not Path("/etc/debian_version").exists(), reason="the script is silent on other systems"
)


def run(
    folder: Path, commands: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    """Run the script in `folder`, where only `commands` (name → shell text) exist."""
    tools = folder / "bin"
    tools.mkdir()
    for name, text in commands.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    shell = shutil.which("sh")
    assert shell is not None
    return subprocess.run(
        [shell, str(SCRIPT), *arguments],
        cwd=folder,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )


APT = {"apt-get": 'echo "apt-get $*" >> calls'}
ROOT = {"id": "echo 0"}
USER = {"id": "echo 1000"}
COMPLETE = {"python3": "exit 0", "strace": "exit 0"}
WITHOUT_VENV = {"python3": "exit 1", "strace": "exit 0"}


def calls(folder: Path) -> list[str]:
    """Return the calls of apt-get that were made."""
    log = folder / "calls"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_nothing_is_called_when_nothing_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, APT | ROOT | COMPLETE, "python")
    assert (done.returncode, done.stdout, done.stderr, calls(tmp_path)) == (0, "", "", [])


def test_root_gets_what_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, APT | ROOT | WITHOUT_VENV, "python")
    assert done.returncode == 0, done.stderr
    assert calls(tmp_path) == [
        "apt-get -qq update",
        "apt-get -qq install -y --no-install-recommends python3-venv",
    ]


def test_a_machine_without_python_gets_it(tmp_path: Path) -> None:
    run(tmp_path, APT | ROOT, "python")
    assert calls(tmp_path)[-1].endswith(" python3 python3-venv")


def test_sudo_without_password_is_used(tmp_path: Path) -> None:
    sudo = {"sudo": 'test "$1" = -n && shift && echo sudo >> calls && exec "$@"', "true": "exit 0"}
    done = run(tmp_path, APT | USER | sudo | WITHOUT_VENV, "python")
    assert done.returncode == 0, done.stderr
    assert calls(tmp_path).count("sudo") == 3
    assert calls(tmp_path)[-1].endswith(" python3-venv")


def test_without_root_the_missing_packages_and_the_command_are_named(tmp_path: Path) -> None:
    refused = {"sudo": "exit 1"}
    done = run(tmp_path, APT | USER | refused | WITHOUT_VENV, "python")
    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends python3-venv\n" in done.stderr
    assert calls(tmp_path) == []


def test_without_root_work_goes_on_when_only_useful_packages_are_missing(tmp_path: Path) -> None:
    done = run(tmp_path, APT | USER | {"python3": "exit 0"})
    assert done.returncode == 0
    assert "strace" in done.stderr.splitlines()[0]
    assert "Going on without them" in done.stderr
    assert calls(tmp_path) == []


def test_the_environment_at_hand_counts_as_python(tmp_path: Path) -> None:
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    done = run(tmp_path, APT | ROOT | WITHOUT_VENV, "python")
    assert (done.returncode, calls(tmp_path)) == (0, [])


def test_other_systems_are_left_alone(tmp_path: Path) -> None:
    done = run(tmp_path, USER)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
