"""The lock of a workspace: one program at a time, let go however a program ends."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.storage.lock import acquire

if TYPE_CHECKING:
    from pathlib import Path

HOLDING = """
import sys
from pathlib import Path
from inspector.base.paths import Workspace
from inspector.storage.lock import acquire
lock = acquire(Workspace(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


def refusal(workspace: Workspace) -> str:
    with pytest.raises(MingchaError) as caught:
        acquire(workspace)
    return caught.value.code


def test_only_one_holds_it_and_the_next_once_it_is_released(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    lock = acquire(workspace)
    assert refusal(workspace) == "workspace_in_use"
    lock.release()
    again = acquire(workspace)
    # Released twice, it takes nothing from the one who holds it now.
    lock.release()
    assert refusal(workspace) == "workspace_in_use"
    again.release()


def test_it_is_let_go_by_a_program_that_was_killed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        assert refusal(workspace) == "workspace_in_use"
        holder.kill()
    acquire(workspace).release()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children share nothing here")
def test_a_child_that_is_being_started_does_not_keep_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    lock = acquire(workspace)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        # As between fork and exec: it shares all that is open.
        os.close(writing)
        os.read(reading, 1)
        os._exit(0)
    try:
        lock.release()
        acquire(workspace).release()
    finally:
        os.close(writing)
        os.waitpid(child, 0)
        os.close(reading)


def test_where_it_cannot_be_made_it_is_said_so(tmp_path: Path) -> None:
    assert refusal(Workspace(tmp_path / "nowhere")) == "workspace_not_writable"
    (tmp_path / "mingcha.lock").mkdir()
    assert refusal(Workspace(tmp_path)) == "workspace_not_writable"


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links are followed here")
def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "mingcha.lock").symlink_to(elsewhere)
    assert refusal(Workspace(tmp_path)) == "disk_error"
    assert not elsewhere.exists()
