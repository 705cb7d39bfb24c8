"""A program that is loaded once and started many times, each time by a fork.

    python -m tests.rigs.launcher tests.rigs.sample_program

Loading takes most of the time of a short run. Every start begins in the same state, because the
process that forks does nothing else; the forked one waits, doing nothing that is traced or counted,
until its tracer holds it.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

_PATIENCE_SECONDS = 300
_PR_SET_PTRACER = 0x59616D61
_ANY_TRACER = -1
#: What strace says on standard error when a process is in its hands.
_HELD = b"attached"


class Launcher:
    """Starts one program, again and again, without or with a tracer. Use it in one thread."""

    def __init__(self, module: str, environment: Mapping[str, str], folder: Path) -> None:
        self.module = module
        self._template = subprocess.Popen(
            [sys.executable, "-m", "tests.rigs.launcher", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(environment),
            cwd=folder,
        )

    def run(
        self, command: Sequence[str], tracer: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `command` (as the program gives it) in a fork, attached to `tracer` if one is given.

        Raises RuntimeError when it does not end, or the tracer cannot hold it.
        """
        assert command[1:3] == ["-m", self.module], command
        with tempfile.TemporaryDirectory() as name:
            out, err, go = (Path(name) / part for part in ("out", "err", "go"))
            start = {"arguments": command[3:], "out": str(out), "err": str(err), "go": str(go)}
            child = int(self._ask(json.dumps(start)))
            # A run that hangs is a finding: it is ended, and its exit code says so.
            guard = threading.Timer(_PATIENCE_SECONDS, _kill, [child])
            guard.start()
            try:
                self._let_go(child, go, tracer)
                code = int(self._answer())
            finally:
                guard.cancel()
            return subprocess.CompletedProcess(command, code, out.read_bytes(), err.read_bytes())

    def _let_go(self, child: int, go: Path, tracer: Sequence[str]) -> None:
        if not tracer:
            go.touch()
            return
        holding = subprocess.Popen([*tracer, "-p", str(child)], stderr=subprocess.PIPE)
        assert holding.stderr is not None
        said = holding.stderr.readline()
        if _HELD not in said:
            _kill(child)
            raise RuntimeError(f"the tracer cannot hold the program: {said.decode()}")
        go.touch()
        _, more = holding.communicate()
        if holding.returncode != 0:
            raise RuntimeError(f"the tracer failed: {(said + more).decode()}")

    def _ask(self, line: str) -> str:
        assert self._template.stdin is not None
        self._template.stdin.write(line + "\n")
        self._template.stdin.flush()
        return self._answer()

    def _answer(self) -> str:
        assert self._template.stdout is not None
        answer = self._template.stdout.readline()
        if not answer:
            raise RuntimeError(f"the program cannot be loaded: {self.module}")
        return answer

    def close(self) -> None:
        """End the process that forks."""
        self._template.communicate()

    def __enter__(self) -> Launcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _kill(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, 9)


def _serve(module: str) -> int:
    """Fork for every line on standard input; in the fork, return the exit code of the program."""
    program = cast("Any", importlib.import_module(module))
    for line in sys.stdin:
        start: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(start)
            return int(program.main(start["arguments"]))
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return 0


def _become(start: dict[str, Any]) -> None:
    """Take the streams of the run and wait until it may begin."""
    for number, name in ((0, os.devnull), (1, start["out"]), (2, start["err"])):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
        descriptor = os.open(name, flags, 0o600)
        os.dup2(descriptor, number)
        os.close(descriptor)
    # Some systems let a process be traced by its own parents only, unless it allows it.
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANY_TRACER, 0, 0, 0)
    while not os.path.exists(start["go"]):
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(_serve(sys.argv[1]))
