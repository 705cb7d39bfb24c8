"""Run a command under strace and turn what it did to one folder into a list of operations.

The descriptor tables kept here are checked against the paths that strace prints (`-y`): a write
below the folder that the tables cannot explain is unsound. Whatever slips through both shows at
the end, when the replayed folder is compared with the real one, byte for byte.
"""

from __future__ import annotations

import fnmatch
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.rigs.disk_namespace import Namespace, Translator
from tests.rigs.disk_ops import Ack, Op, Recording, read_tree
from tests.rigs.disk_syscalls import HANDLERS, RECORDED
from tests.rigs.processes import Processes
from tests.rigs.strace_lines import UnsoundError, read_calls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.rigs.launcher import Launcher

REPOSITORY = Path(__file__).resolve().parents[2]
# The same program makes the same calls in every run, so that the n-th call is the same call.
STEADY = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
STRING_LIMIT = 16 * 1024 * 1024
# Shown as bare numbers: their buffers would double the trace and are not needed.
_RAW = "read,readv,pread64,preadv"


def strace_missing() -> str | None:
    """Say why system calls cannot be traced here, or None."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed (Debian: apt-get install strace)"
    done = subprocess.run([strace, "-f", "-qq", "-o", "/dev/null", "true"], capture_output=True)
    if done.returncode != 0:
        return f"strace cannot trace here: {done.stderr.decode(errors='replace').strip()[:200]}"
    return None


def trace_command(
    command: Sequence[str],
    trace_file: Path,
    *,
    fault: str | None = None,
    launcher: Launcher | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run `command` under strace; every file operation of it and its children is written down.

    `fault` is an expression for strace's `inject`, such as `fsync:error=EIO:when=3`; it counts from
    the first call of the program if a `launcher` starts it, from that of Python otherwise.
    """
    calls = ",".join(f"?{name}" for name in RECORDED)
    strace = [
        *("strace", "-f", "-y", "-xx"),
        *("-s", str(STRING_LIMIT), "-e", f"trace={calls}", "-e", f"raw={_RAW}"),
        *("-e", "signal=none", "-o", str(trace_file)),
        *(("-e", f"inject={fault}") if fault is not None else ()),
    ]
    if launcher is not None:
        return launcher.run(command, strace)
    return subprocess.run(
        [*strace, "--seccomp-bpf", "-qq", "--", *command],
        env=environment(),
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )


def environment() -> dict[str, str]:
    """Return the environment in which every run of a program does the same."""
    return {**os.environ, **STEADY}


def record(
    command: Sequence[str],
    root: Path,
    *,
    fault: str | None = None,
    launcher: Launcher | None = None,
    harmless_maps: Sequence[str] = ("*-shm",),
) -> Recording:
    """Run `command` and return what it did below `root` (see `trace_command`).

    `harmless_maps` names files that may be mapped writable and shared (nothing of worth in them
    after a power cut). Raises UnsoundError if the model cannot follow the program.
    """
    root = root.resolve()
    before = read_tree(root)
    with tempfile.TemporaryDirectory() as folder:
        trace_file = Path(folder) / "trace"
        done = trace_command(command, trace_file, fault=fault, launcher=launcher)
        recording = read_trace(
            trace_file, root, before, first_folder=str(REPOSITORY), harmless_maps=harmless_maps
        )
    recording.exit_code = done.returncode
    recording.error_text = done.stderr.decode("utf-8", "replace")
    return recording


def read_trace(
    trace_file: Path,
    root: Path,
    before: Mapping[str, bytes | None],
    *,
    first_folder: str,
    harmless_maps: Sequence[str] = (),
) -> Recording:
    """Translate a trace and compare the replayed folder with the real one."""
    space = Namespace()
    start_files = space.load(before)
    recording = Recording([], {n: dict(f) for n, f in space.folders.items()}, start_files)
    processes = Processes(first_folder)
    with trace_file.open(encoding="ascii", errors="replace") as lines:
        calls = list(read_calls(lines))
    processes.learn_parents(calls)
    harmless = _Patterns(tuple(harmless_maps))
    translator = Translator(str(root), space, processes, recording.ops, harmless.match)
    for call in calls:
        HANDLERS[call.name](translator, call)
    recording.injected = [call for call in calls if call.injected]
    _compare(space.tree(), read_tree(root))
    recording.ops[:] = _joined_acks(recording.ops)
    return recording


@dataclass(frozen=True, slots=True)
class _Patterns:
    patterns: tuple[str, ...]

    def match(self, path: str) -> bool:
        return any(fnmatch.fnmatch(path, pattern) for pattern in self.patterns)


@dataclass(slots=True)
class _Lines:
    rest: str = ""
    ops: list[Op] = field(default_factory=list)

    def add(self, ack: Ack) -> None:
        *whole, self.rest = (self.rest + ack.text).split("\n")
        self.ops.extend(Ack(line, ack.end) for line in whole if line.startswith("ack "))


def _joined_acks(ops: Sequence[Op]) -> list[Op]:
    """Cut what was written to standard output into whole lines, keeping only acknowledgements."""
    lines = _Lines()
    for op in ops:
        if isinstance(op, Ack):
            lines.add(op)
        else:
            lines.ops.append(op)
    return lines.ops


def _compare(replayed: Mapping[str, bytes | None], real: Mapping[str, bytes | None]) -> None:
    """Raise UnsoundError unless the replayed folder equals the real one."""
    for name in sorted({*replayed, *real}):
        if name not in replayed or name not in real:
            where = "real folder" if name in real else "replayed folder"
            raise UnsoundError(f"only in the {where}: {name}")
        if replayed[name] != real[name]:
            raise UnsoundError(f"the replayed bytes differ from the real ones: {name}")
