"""Let the n-th system call of a program fail, for every n, and judge how the program takes it.

    python -m tests.rigs.syscalls tests.rigs.sample_program

A first run counts the calls of each kind that touch the workspace; then each of them fails once,
injected by strace. The program must either go on or end with a clear error (exit code 3 and a
code on standard error); what it has acknowledged must be there and must also survive a power cut
in that very run, so that a sync whose failure was swallowed is found; and it must work afterwards.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import re
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tests.rigs.disk_ops import Ack
from tests.rigs.disk_states import Cut, distinct
from tests.rigs.disk_trace import record, trace_command
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


def find_faults(program: Program, without: Sequence[str] = ()) -> list[Fault]:
    """Run the program once undisturbed and return every fault to try."""
    with tempfile.TemporaryDirectory(dir=scratch_folder(), prefix="syscalls-") as folder:
        root = Path(folder).resolve() / "root"
        root.mkdir()
        trace_file = Path(folder) / "trace"
        done = trace_command(program.command(root, without), trace_file)
        if done.returncode != 0:
            raise RuntimeError(f"the program failed: {done.stderr.decode(errors='replace')}")
        with trace_file.open(encoding="ascii", errors="replace") as lines:
            places = sorted(set(touching(read_calls(lines), root)))
    return [Fault(name, error, nth) for name, nth in places for error in FAULTS[name]]


def try_fault(program: Program, fault: Fault, without: Sequence[str] = ()) -> Verdict:
    """Run the program with one fault and judge it."""
    with tempfile.TemporaryDirectory(dir=scratch_folder(), prefix="syscalls-") as folder:
        root, states = Path(folder).resolve() / "root", Path(folder) / "states"
        root.mkdir()
        states.mkdir()
        recording = record(program.command(root, without), root, fault=fault.expression)
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
            again = record(program.command(root), root)
            acks += [parse_ack(op.text) for op in again.ops if isinstance(op, Ack)]
            if again.exit_code != 0:
                problem = f"does not work again: {again.error_text[-300:]}"
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


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; 0 all well, 1 problems found, 2 no verdict possible."""
    parser = argparse.ArgumentParser(prog="syscalls", description=__doc__)
    parser.add_argument("program", help="module of the program")
    parser.add_argument("--faults", type=int, default=0, help="try so many only, spread evenly")
    parser.add_argument("--only", help="try only faults of this call")
    parser.add_argument("--without", action="append", default=[], help="protection to take away")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args(arguments)
    program = cast("Program", importlib.import_module(given.program))
    try:
        faults = [f for f in find_faults(program, given.without) if given.only in (None, f.call)]
        chosen = sample_of(faults, given.faults)
        with ThreadPoolExecutor(given.workers) as pool:
            verdicts = list(
                pool.map(lambda fault: try_fault(program, fault, given.without), chosen)
            )
    except (UnsoundError, RuntimeError) as error:
        print(f"no verdict: {error}", file=sys.stderr)
        return 2
    problems = [asdict(verdict) for verdict in verdicts if verdict.problem is not None]
    hits = [verdict for verdict in verdicts if verdict.hit]
    summary = {
        "program": given.program,
        "possible": len(faults),
        "tried": len(verdicts),
        "missed": len(verdicts) - len(hits),
        "refused": sum(verdict.exit_code == REFUSED for verdict in hits),
        "went_on": sum(verdict.exit_code == 0 for verdict in hits),
        "problems": problems,
    }
    print(json.dumps(summary, ensure_ascii=False))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
