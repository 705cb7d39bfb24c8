"""Let the n-th system call of a program fail, for every n, and judge how the program takes it.

    python -m tests.rigs.syscalls tests.rigs.sample_program

A first run counts the calls of each kind that touch the workspace; then each of them fails once,
injected by strace. The program must either go on or end with a clear error (exit code 3 and a
code on standard error); what it has acknowledged must be there and must also survive a power cut
in that very run, so that a sync whose failure was swallowed is found; and it must work afterwards.

All faults take hours. `--results FILE` keeps every verdict as soon as it is known; the same command
goes on where an earlier one was stopped, as long as no source has changed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tests.rigs.disk_ops import Ack
from tests.rigs.disk_states import Cut, distinct
from tests.rigs.disk_trace import REPOSITORY, environment, record, trace_command
from tests.rigs.launcher import Launcher
from tests.rigs.powercut import Program, check_cuts, parse_ack, scratch_folder
from tests.rigs.strace_lines import Call, UnsoundError, descriptor, read_calls, text_argument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FAULTS = {
    "openat": ("EACCES", "EIO", "ENOSPC"),
    "mkdir": ("EACCES", "ENOSPC"),
    "write": ("EIO", "ENOSPC"),
    "pwrite64": ("EIO", "ENOSPC"),
    "ftruncate": ("EIO", "ENOSPC"),
    "fsync": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO", "ENOSPC"),
    "rename": ("EACCES", "EIO", "ENOSPC"),
    "unlink": ("EACCES", "EIO"),
}
"""The calls that fail, and how; by the names they have on x86-64."""

REFUSED = 3
_CODE = re.compile(r"\b[a-z]+(_[a-z]+)+\b")
_CUTS_EACH = 12


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """The `nth` call of this name in a process fails with `error`."""

    call: str
    error: str
    nth: int

    @property
    def expression(self) -> str:
        """The fault as strace wants it."""
        return f"{self.call}:error={self.error}:when={self.nth}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the program took one fault; `problem` is None if it did well.

    `hit` is false if the fault fell on a call elsewhere: threads do not always take turns in the
    same order, and the n-th call of one is not always the n-th of another.
    """

    fault: Fault
    hit: bool
    exit_code: int
    acknowledged: int
    problem: str | None


def touching(calls: Iterable[Call], root: Path) -> Iterator[tuple[str, int]]:
    """Yield (name, place among the calls of that name in its process) of calls on `root`."""
    counts: Counter[tuple[int, str]] = Counter()
    for call in sorted(calls, key=lambda call: call.begin):
        counts[call.pid, call.name] += 1
        if call.name in FAULTS and _touches(call, root):
            yield call.name, counts[call.pid, call.name]


def _touches(call: Call, root: Path) -> bool:
    """Say whether the call is about the workspace (given as an absolute path, as it always is)."""
    if call.name in ("openat", "mkdir", "rename", "unlink"):
        shown = text_argument(call.args[1 if call.name == "openat" else 0]).decode(errors="replace")
    else:
        shown = descriptor(call.args[0])[1] or ""
    return shown.startswith(f"{root}/") or shown == str(root)


def find_faults(launcher: Launcher, program: Program, without: Sequence[str] = ()) -> list[Fault]:
    """Run the program once undisturbed and return every fault to try."""
    with tempfile.TemporaryDirectory(dir=scratch_folder(), prefix="syscalls-") as folder:
        root = Path(folder).resolve() / "root"
        root.mkdir()
        trace_file = Path(folder) / "trace"
        done = trace_command(program.command(root, without), trace_file, launcher=launcher)
        if done.returncode != 0:
            raise RuntimeError(f"the program failed: {done.stderr.decode(errors='replace')}")
        with trace_file.open(encoding="ascii", errors="replace") as lines:
            places = sorted(set(touching(read_calls(lines), root)))
    return [Fault(name, error, nth) for name, nth in places for error in FAULTS[name]]


def try_fault(
    launcher: Launcher, program: Program, fault: Fault, without: Sequence[str] = ()
) -> Verdict:
    """Run the program with one fault and judge it."""
    with tempfile.TemporaryDirectory(dir=scratch_folder(), prefix="syscalls-") as folder:
        root, states = Path(folder).resolve() / "root", Path(folder) / "states"
        root.mkdir()
        states.mkdir()
        command = program.command(root, without)
        recording = record(command, root, fault=fault.expression, launcher=launcher)
        acks = [parse_ack(op.text) for op in recording.ops if isinstance(op, Ack)]
        if not any(_touches(call, root) for call in recording.injected):
            return Verdict(fault, False, recording.exit_code, len(acks), None)
        problem = _ending(recording.exit_code, recording.error_text)
        problem = problem or _found(program.check(root, acks), "afterwards")
        if problem is None:
            cuts = [Cut(len(recording.ops), seed) for seed in range(3)]
            cuts += distinct(recording, _CUTS_EACH, fault.nth)
            failures = check_cuts(program, recording, cuts, states, None)
            problem = _found(failures[0].problem, "after a power cut") if failures else None
        if problem is None:
            again = launcher.run(program.command(root))
            lines = again.stdout.decode().splitlines()
            acks += [parse_ack(line) for line in lines if line.startswith("ack ")]
            if again.returncode != 0:
                problem = f"does not work again: {again.stderr.decode(errors='replace')[-300:]}"
            problem = problem or _found(program.check(root, acks), "after working again")
    return Verdict(fault, True, recording.exit_code, len(acks), problem)


def _found(problem: str | None, when: str) -> str | None:
    return None if problem is None else f"{when}: {problem}"


def _ending(exit_code: int, error_text: str) -> str | None:
    """Say what is wrong with how the program ended."""
    if "Traceback" in error_text:
        return f"ended with a traceback: {error_text[-400:]}"
    if exit_code not in (0, REFUSED):
        return f"ended with exit code {exit_code}: {error_text[-300:]}"
    if exit_code == REFUSED and not _CODE.search(error_text):
        return f"refused without a code: {error_text[-300:]}"
    return None


def sample_of(faults: Sequence[Fault], count: int) -> list[Fault]:
    """Return up to `count` faults spread evenly over all; 0 means all."""
    if not count or count >= len(faults):
        return list(faults)
    return [faults[i * len(faults) // count] for i in range(count)]


class Judge:
    """A process that tries faults one after the other; it loads the program once."""

    def __init__(self, name: str, without: Sequence[str]) -> None:
        words = [sys.executable, "-m", "tests.rigs.syscalls", name, "--judge"]
        for protection in without:
            words += ["--without", protection]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
        )

    def verdict(self, fault: Fault) -> Verdict:
        """Try one fault. Raises RuntimeError if no verdict is possible."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(fault)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the judge ended at {fault}")
        return _verdict(answer)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def _verdict(line: str) -> Verdict:
    read = json.loads(line)
    return Verdict(**read | {"fault": Fault(**read["fault"])})


def _judge(name: str, without: Sequence[str]) -> int:
    """Answer faults on standard input with verdicts on standard output."""
    program = _program(name)
    with Launcher(name, environment(), REPOSITORY) as launcher:
        for line in sys.stdin:
            verdict = try_fault(launcher, program, Fault(**json.loads(line)), without)
            print(json.dumps(asdict(verdict)), flush=True)
    return 0


def _program(name: str) -> Program:
    return cast("Program", importlib.import_module(name))


class Results:
    """The verdicts known so far, kept in a file if one is given."""

    def __init__(self, path: Path | None, without: Sequence[str]) -> None:
        self._path = path
        self._state = json.dumps({"sources": _sources(), "without": list(without)})
        self._lock = threading.Lock()
        self.known: dict[Fault, Verdict] = {}
        if path is not None and path.exists():
            first, *lines = path.read_text(encoding="utf-8").splitlines()
            if first != self._state:
                raise RuntimeError(f"{path} holds verdicts on other sources: remove it first")
            self.known = {verdict.fault: verdict for verdict in map(_verdict, lines)}
        elif path is not None:
            path.write_text(f"{self._state}\n", encoding="utf-8")

    def add(self, verdict: Verdict) -> None:
        """Keep a verdict."""
        with self._lock:
            self.known[verdict.fault] = verdict
            if self._path is not None:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(verdict)) + "\n")


def _sources() -> str:
    """Return the hash of everything a verdict depends on."""
    total = hashlib.sha256()
    for folder in ("inspector", "resources", "tests/rigs", "tests/support"):
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(path.as_posix().encode() + path.read_bytes())
    return total.hexdigest()


def _try_all(
    name: str, chosen: Sequence[Fault], without: Sequence[str], workers: int, results: Results
) -> list[Verdict]:
    idle: queue.SimpleQueue[Judge] = queue.SimpleQueue()
    judges = [Judge(name, without) for _ in range(workers)]
    for judge in judges:
        idle.put(judge)

    def known_or_tried(fault: Fault) -> Verdict:
        if fault not in results.known:
            judge = idle.get()
            try:
                results.add(judge.verdict(fault))
            finally:  # also one that has ended: whoever waits for it must hear of that
                idle.put(judge)
        return results.known[fault]

    try:
        with ThreadPoolExecutor(workers) as pool:
            return list(pool.map(known_or_tried, chosen))
    finally:
        for judge in judges:
            judge.close()


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; 0 all well, 1 problems found, 2 no verdict possible."""
    parser = argparse.ArgumentParser(prog="syscalls", description=__doc__)
    parser.add_argument("program", help="module of the program")
    parser.add_argument("--faults", type=int, default=0, help="try so many only, spread evenly")
    parser.add_argument("--only", help="try only faults of this call")
    parser.add_argument("--without", action="append", default=[], help="protection to take away")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--results", type=Path, help="file that keeps every verdict, to go on with")
    parser.add_argument("--judge", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.judge:
        return _judge(given.program, given.without)
    try:
        results = Results(given.results, given.without)
        with Launcher(given.program, environment(), REPOSITORY) as launcher:
            faults = find_faults(launcher, _program(given.program), given.without)
        faults = [fault for fault in faults if given.only in (None, fault.call)]
        chosen = sample_of(faults, given.faults)
        verdicts = _try_all(given.program, chosen, given.without, given.workers, results)
    except (UnsoundError, RuntimeError) as error:
        print(f"no verdict: {error}", file=sys.stderr)
        return 2
    summary = _summary(given.program, len(faults), verdicts)
    print(json.dumps(summary, ensure_ascii=False))
    return 1 if summary["problems"] else 0


def _summary(name: str, possible: int, verdicts: Sequence[Verdict]) -> dict[str, Any]:
    hits = [verdict for verdict in verdicts if verdict.hit]
    return {
        "program": name,
        "possible": possible,
        "tried": len(verdicts),
        "missed": len(verdicts) - len(hits),
        "refused": sum(verdict.exit_code == REFUSED for verdict in hits),
        "went_on": sum(verdict.exit_code == 0 for verdict in hits),
        "problems": [asdict(verdict) for verdict in verdicts if verdict.problem is not None],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
