"""Cut the power many times: record a program once, rebuild the disk as it may look, check it.

    python -m tests.rigs.powercut tests.rigs.sample_program --cuts 3000 --without blob-sync

A program is a module with `command(root, without)` (the command line that runs it below `root`,
printing `ack N {json}` lines for what it promises), `check(root, acks)` (what is wrong with a
state, or None) and `PROTECTIONS` (what can be taken away to prove that the rig notices).
"""

from __future__ import annotations

import argparse
import importlib
import json
import mmap
import os
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from tests.rigs.disk_ops import Ack
from tests.rigs.disk_states import Cut, Tree, distinct, replay, survivors
from tests.rigs.disk_trace import record
from tests.rigs.strace_lines import UnsoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.rigs.disk_ops import Recording

_LONG_AGO = 1_000_000_000
_PATIENCE_SECONDS = 60
_SHOWN = 5


class Program(Protocol):
    """What the module of a program offers."""

    PROTECTIONS: Sequence[str]

    def command(self, root: Path, without: Sequence[str] = ()) -> list[str]:
        """Return the command line."""

    def check(self, root: Path, acks: Sequence[dict[str, Any]]) -> str | None:
        """Return what is wrong, or None."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A state that breaks a promise."""

    index: int
    seed: int
    acknowledged: int
    problem: str


@dataclass(slots=True)
class Report:
    """What a run found."""

    program: str
    without: list[str]
    operations: int
    acknowledged: int
    cuts: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """States checked each second, choosing and building included."""
        return self.cuts / self.seconds if self.seconds else 0.0


class Builder:
    """A folder that is brought from state to state, writing only what differs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._present: dict[str, tuple[object, int]] = {}

    def build(self, tree: Tree) -> None:
        """Make the folder look like `tree`, whatever a check has done to it since."""
        found = self._scan(tree)
        for path, content in sorted(tree.items()):
            if content is None:
                if path not in found:
                    (self.root / path).mkdir()
                continue
            token = content.token
            if self._present.get(path) == (token, found.get(path)):
                continue
            target = self.root / path
            if path in found:
                target.unlink()  # it may be read-only
            target.write_bytes(content.data())
            os.utime(target, (_LONG_AGO, _LONG_AGO))
            self._present[path] = token, target.stat().st_ino

    def _scan(self, tree: Tree) -> dict[str, int]:
        """Remove what does not belong; return the inodes of untouched files, -1 for others."""
        found: dict[str, int] = {}
        waiting = [""]
        while waiting:
            prefix = waiting.pop()
            with os.scandir(self.root / prefix) as entries:
                listed = list(entries)
            for entry in listed:
                path = prefix + entry.name
                folder = entry.is_dir(follow_symlinks=False)
                if path not in tree or folder != (tree[path] is None):
                    shutil.rmtree(entry.path) if folder else os.unlink(entry.path)
                elif folder:
                    found[path] = -1
                    waiting.append(path + "/")
                else:
                    status = entry.stat(follow_symlinks=False)
                    found[path] = status.st_ino if status.st_mtime == _LONG_AGO else -1
        return found


def parse_ack(text: str) -> dict[str, Any]:
    """Return what an acknowledgement line promises."""
    return cast("dict[str, Any]", json.loads(text.split(" ", 2)[2]))


def check_cuts(
    program: Program, recording: Recording, cuts: Sequence[Cut], root: Path, at: mmap.mmap | None
) -> list[Failure]:
    """Build and check every state.

    In a worker of its own, `at` holds the cut that is being checked.
    """
    builder = Builder(root)
    failures = []
    acks: list[dict[str, Any]] = []
    for cut, disk in replay(recording, cuts):
        acks += [parse_ack(text) for text in disk.acks[len(acks) :]]
        if at is not None:
            at[:16] = struct.pack("QQ", cut.index, cut.seed)
        builder.build(survivors(disk, cut.seed).tree)
        problem = _checked(program, root, acks, _PATIENCE_SECONDS if at is not None else 0)
        if problem is not None:
            failures.append(Failure(cut.index, cut.seed, len(acks), problem))
    return failures


def _checked(
    program: Program, root: Path, acks: Sequence[dict[str, Any]], patience: int
) -> str | None:
    signal.alarm(patience)  # a check that hangs kills the worker, which is a finding
    try:
        return program.check(root, acks)
    except Exception:  # noqa: BLE001 - whatever a check trips over is a finding
        return "the check itself failed: " + traceback.format_exc(limit=-4)
    finally:
        signal.alarm(0)


def _in_parallel(
    program: Program, recording: Recording, cuts: Sequence[Cut], workers: int, scratch: Path
) -> list[Failure]:
    """Check in forked workers, each a share of the moments; a worker that dies is a finding."""
    ordered = sorted(cuts, key=lambda cut: (cut.index, cut.seed))
    share = -(-len(ordered) // workers)
    running = []
    for number in range(workers):
        part = ordered[number * share : (number + 1) * share]
        root, result = scratch / f"state{number}", scratch / f"result{number}"
        root.mkdir()
        at = mmap.mmap(-1, 16)
        child = os.fork()
        if child == 0:
            _work(program, recording, part, root, result, at)
        running.append((child, result, at))
    failures: list[Failure] = []
    for child, result, at in running:
        _, status = os.waitpid(child, 0)
        if status == 0:
            failures += [Failure(**row) for row in json.loads(result.read_text())]
        else:
            index, seed = struct.unpack("QQ", at[:16])
            failures.append(Failure(index, seed, -1, f"the checker died (status {status})"))
    return failures


def _work(
    program: Program,
    recording: Recording,
    cuts: Sequence[Cut],
    root: Path,
    result: Path,
    at: mmap.mmap,
) -> None:
    status = 1
    try:
        failures = check_cuts(program, recording, cuts, root, at)
        result.write_text(json.dumps([asdict(failure) for failure in failures]))
        status = 0
    except BaseException:  # noqa: BLE001 - the child must end here, never in its parent's code
        traceback.print_exc()
    finally:
        os._exit(status)


def scratch_folder() -> str | None:
    """Return a folder in memory for building states, None for the default."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def run(
    name: str, *, without: Sequence[str] = (), cuts: int, seed: int = 1, workers: int = 2
) -> tuple[Report, Recording]:
    """Record the program called `name` once and check `cuts` different states.

    Raises UnsoundError if no verdict is possible, RuntimeError if the program itself fails.
    """
    program = cast("Program", importlib.import_module(name))
    with tempfile.TemporaryDirectory(dir=scratch_folder(), prefix="powercut-") as folder:
        scratch = Path(folder)
        (scratch / "original").mkdir()
        root = scratch / "original"
        recording = record(program.command(root, without), root)
        if recording.exit_code != 0:
            raise RuntimeError(f"the program failed: {recording.error_text[-2000:]}")
        started = time.monotonic()
        chosen = distinct(recording, cuts, seed)
        acks = sum(isinstance(op, Ack) for op in recording.ops)
        report = Report(name, list(without), len(recording.ops), acks, len(chosen))
        report.failures = _in_parallel(program, recording, chosen, workers, scratch)
        report.seconds = time.monotonic() - started
    return report, recording


def keep_state(recording: Recording, failure: Failure, folder: Path) -> None:
    """Rebuild the state of a failure below `folder`, to be looked at."""
    cut = Cut(failure.index, failure.seed)
    target = folder / f"{cut.index}-{cut.seed}"
    target.mkdir(parents=True)
    for _, disk in replay(recording, [cut]):
        Builder(target).build(survivors(disk, cut.seed).tree)


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; 0 nothing lost, 1 something lost, 2 no verdict possible."""
    parser = argparse.ArgumentParser(prog="powercut", description=__doc__)
    parser.add_argument("program", help="module of the program")
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--without", action="append", default=[], help="protection to take away")
    parser.add_argument("--keep", type=Path, help="folder for states that failed")
    given = parser.parse_args(arguments)
    try:
        report, recording = run(
            given.program,
            without=given.without,
            cuts=given.cuts,
            seed=given.seed,
            workers=given.workers,
        )
    except (UnsoundError, RuntimeError) as error:
        print(f"no verdict: {error}", file=sys.stderr)
        return 2
    if given.keep is not None:
        for failure in report.failures[:_SHOWN]:
            keep_state(recording, failure, given.keep)
    summary = asdict(report) | {"per_second": round(report.per_second, 1)}
    problems = Counter(failure.problem for failure in report.failures)
    summary |= {"failed": len(report.failures), "problems": dict(problems.most_common())}
    summary["failures"] = summary["failures"][:_SHOWN]
    print(json.dumps(summary, ensure_ascii=False))
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
