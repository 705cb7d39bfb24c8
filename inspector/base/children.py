"""Child processes that run one of our modules and talk over pipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]

#: Fewer hand-overs for what is large; only Linux heeds it.
_PIPE_BYTES = 1 << 20


def start_child(module: str, *arguments: str, stderr: int | None = None) -> subprocess.Popen[bytes]:
    """Start `module` in a process of its own, with pipes at its input and output.

    -P keeps a hostile module in the current folder from being imported, -B writes no files,
    warnings have no reader.
    """
    inherited = os.environ.get("PYTHONPATH")
    search = os.pathsep.join([str(_ROOT), inherited] if inherited else [str(_ROOT)])
    return subprocess.Popen(
        [sys.executable, "-P", "-B", "-W", "ignore", "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        pipesize=_PIPE_BYTES,
        env=os.environ | {"PYTHONPATH": search},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def end_child(child: subprocess.Popen[bytes]) -> None:
    """End a child whatever it does, and release its pipes."""
    child.kill()
    for pipe in (child.stdin, child.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            continue  # unsent bytes for a child that is gone
    child.wait()
