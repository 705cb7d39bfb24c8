"""Descriptor tables and working folders of traced processes, threads sharing what they share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.rigs.strace_lines import Call, UnsoundError, text_argument

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORKS = {"clone", "clone3", "fork", "vfork"}
_FLAGS = re.compile(r"flags=([A-Z_0-9a-fx|]+)")


@dataclass(slots=True)
class OpenFile:
    """An open file description: what `dup` and `fork` share, the position included.

    `node` is the number in the observed folder, None for everything outside it.
    """

    node: int | None
    path: str
    offset: int = 0
    append: bool = False
    durable_writes: bool = False


@dataclass(slots=True)
class Slot:
    """One entry of a descriptor table."""

    file: OpenFile
    close_on_exec: bool = False


@dataclass(slots=True)
class Process:
    """A process or thread; threads hold the same `table` and `place` objects."""

    table: dict[int, Slot]
    place: list[str]

    @property
    def folder(self) -> str:
        """The working folder."""
        return self.place[0]


@dataclass(slots=True)
class Processes:
    """All processes of one trace."""

    first_folder: str
    standard_output: OpenFile = field(default_factory=lambda: OpenFile(None, "stdout"))
    _known: dict[int, Process] = field(default_factory=dict)
    _parents: dict[int, Call] = field(default_factory=dict)

    def learn_parents(self, calls: Iterable[Call]) -> None:
        """Note which call made which process: a child may run before its parent's call returns."""
        for call in calls:
            if call.name in _FORKS and call.result is not None and call.result > 0:
                self._parents[call.result] = call

    def of(self, pid: int) -> Process:
        """Return the process, making it from its parent when it is seen for the first time."""
        known = self._known.get(pid)
        if known is not None:
            return known
        if not self._known:
            made = Process({1: Slot(self.standard_output)}, [self.first_folder])
        else:
            made = self._fork(pid)
        self._known[pid] = made
        return made

    def _fork(self, pid: int) -> Process:
        call = self._parents.get(pid)
        if call is None:
            raise UnsoundError(f"process {pid} appears from nowhere")
        parent = self.of(call.pid)
        flags = clone_flags(call)
        share_table = "CLONE_FILES" in flags
        share_place = "CLONE_FS" in flags
        table = (
            parent.table
            if share_table
            else {n: Slot(s.file, s.close_on_exec) for n, s in parent.table.items()}
        )
        return Process(table, parent.place if share_place else list(parent.place))

    def forked(self, call: Call) -> None:
        """Apply a returned fork: the child takes its copy of the table now, if it has not yet."""
        if call.result is not None and call.result > 0:
            self.of(call.result)

    def executed(self, call: Call) -> None:
        """Apply a successful execve: descriptors marked close-on-exec go, sharing ends."""
        process = self.of(call.pid)
        kept = {n: s for n, s in process.table.items() if not s.close_on_exec}
        self._known[call.pid] = Process(kept, list(process.place))


def clone_flags(call: Call) -> set[str]:
    """Return the names of the flags of a clone; a plain fork has none."""
    for argument in call.args:
        match = _FLAGS.search(argument)
        if match is not None:
            return set(match[1].split("|"))
    return set()


def duplicate(process: Process, old: int, new: int, close_on_exec: bool) -> None:
    """Let `new` name what `old` names; a descriptor that is not followed hides what was there."""
    slot = process.table.get(old)
    if slot is None:
        process.table.pop(new, None)
    else:
        process.table[new] = Slot(slot.file, close_on_exec)


def change_folder(process: Process, call: Call) -> None:
    """Apply chdir."""
    path = text_argument(call.args[0]).decode("utf-8", "surrogateescape")
    process.place[0] = path if path.startswith("/") else f"{process.place[0]}/{path}"
