"""Making and opening a workspace where the disk refuses: a sentence, and another start works."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspector.base.errors import MingchaError
from inspector.base.paths import Workspace
from inspector.operations.workspaces import create_workspace, open_workspace
from inspector.storage import opening
from tests.support.fixed import CountingEntropy, FixedClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from inspector.operations.session import Session

    Start = Callable[[Path], Session]

_PROC = Path("/proc")

posix = pytest.mark.skipif(os.name != "posix", reason="folders are synced on POSIX only")

#: Ends the program at one statement of making a workspace after the other, and starts it again.
INTERRUPTED = """
import os, sys
from pathlib import Path
from inspector.base.paths import Workspace
from inspector.operations import upkeep
from inspector.operations.workspaces import create_workspace, open_workspace
from inspector.storage import opening
from tests.support.fixed import CountingEntropy, FixedClock

def create(root, last):
    connect, seen = opening.connect, []
    def traced(path):
        db = connect(path)
        db.conn.set_trace_callback(lambda _: (seen.append(0), len(seen) == last and os._exit(7)))
        return db
    opening.connect = traced
    create_workspace(root, FixedClock(), CountingEntropy())
    os._exit(0)

for last in range(1, 2000, 41):
    root = Path(sys.argv[1]) / str(last)
    child = os.fork() or create(root, last)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        print("interrupted", last // 41)
        break
    with open_workspace(root, FixedClock(), CountingEntropy()) as session:
        upkeep.require_sound(session)
        assert upkeep.check(session).ok, last
"""


def create(root: Path) -> Session:
    return create_workspace(root, FixedClock(), CountingEntropy())


def reopen(root: Path) -> Session:
    return open_workspace(root, FixedClock(), CountingEntropy())


def refusal(start: Start, root: Path) -> MingchaError:
    with pytest.raises(MingchaError) as caught:
        start(root)
    assert caught.value.spec.kind == "environment"
    return caught.value


def fsync_refused(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    real = os.fsync

    def fsync(descriptor: int) -> None:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode) and os.path.samestat(found, folder.stat()):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


def opening_refused(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    real = os.open

    def opened(path, flags, *rest, **named):
        if os.fspath(path) == os.fspath(folder) and flags & os.O_DIRECTORY:
            raise OSError(errno.EIO, os.strerror(errno.EIO), os.fspath(path))
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", opened)


@posix
@pytest.mark.parametrize("refuse", [fsync_refused, opening_refused])
@pytest.mark.parametrize("start", [create, reopen])
def test_a_folder_that_cannot_be_synced_is_told_in_a_sentence(tmp_path, monkeypatch, start, refuse):
    root = tmp_path / "w"
    if start is reopen:
        create(root).close()
    with monkeypatch.context() as patch:
        refuse(patch, root)
        assert refusal(start, root).code == "disk_error"
    reopen(root).close()


def test_what_cannot_be_looked_at_is_told_in_a_sentence(tmp_path, monkeypatch):
    root = tmp_path / "w"
    create(root).close()

    def refused(_path: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    for module, name in ((opening, "set_reserve_aside"), (opening, "_holds_database")):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, refused)
            assert refusal(reopen, root).code == "disk_error"
    reopen(root).close()


def test_a_database_that_cannot_be_opened_is_told_in_a_sentence(tmp_path):
    root = tmp_path / "w"
    Workspace(root).database.mkdir(parents=True)
    assert refusal(reopen, root).code == "disk_error"
    Workspace(root).database.rmdir()
    create(root).close()


@posix
def test_a_place_where_nothing_can_be_made_is_not_said_to_be_in_use(tmp_path):
    (tmp_path / "file").write_text("")
    # In /proc a new file is "not found", although its folder is there.
    places = [tmp_path / "file" / "w", *(path for path in [_PROC] if path.exists())]
    for place in places:
        assert refusal(create, place).code == "workspace_not_writable"


@posix
def test_a_first_start_that_was_interrupted_is_completed_by_the_next(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.removeprefix("interrupted ")) > 5
