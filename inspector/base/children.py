"""Child processes that run one of our modules and talk over pipes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_ROOT = Path(__file__).resolve().parents[2]

#: Fewer hand-overs for what is large; only Linux heeds it.
_PIPE_BYTES = 1 << 20


def start_child(module: str, *arguments: str, silent: bool = False) -> subprocess.Popen[bytes]:
    """Start `module` in a process of its own, with pipes at its input and output.

    `silent` drops what it says on standard error.

    -P keeps a hostile module in the current folder from being imported, -B writes no files,
    warnings have no reader.
    """
    # Loaded with the first child: long after a window stands.
    processes = import_module("subprocess")
    inherited = os.environ.get("PYTHONPATH")
    search = os.pathsep.join([str(_ROOT), inherited] if inherited else [str(_ROOT)])
    child: subprocess.Popen[bytes] = processes.Popen(
        [sys.executable, "-P", "-B", "-W", "ignore", "-m", module, *arguments],
        stdin=processes.PIPE,
        stdout=processes.PIPE,
        stderr=processes.DEVNULL if silent else None,
        pipesize=_PIPE_BYTES,
        env=os.environ | {"PYTHONPATH": search},
        creationflags=getattr(processes, "CREATE_NO_WINDOW", 0),
    )
    return child


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
