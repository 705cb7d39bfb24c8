"""The observed folder as the program itself sees it, and what its open files mean there."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.rigs.disk_ops import ROOT, Link, Op, Resize, Write
from tests.rigs.strace_lines import Call, UnsoundError, descriptor, text_argument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.rigs.processes import OpenFile, Processes


@dataclass(slots=True)
class Namespace:
    """The folder as the program sees it: every write there at once, nothing ever lost."""

    folders: dict[int, dict[str, int]] = field(default_factory=lambda: {ROOT: {}})
    files: dict[int, bytearray] = field(default_factory=dict)
    last: int = ROOT

    def load(self, tree: Mapping[str, bytes | None]) -> dict[int, bytes]:
        """Take over what was there before; return the bytes of each file by its number."""
        for name, data in tree.items():
            folder, base = self.find_parent(name)
            number = self.new(is_folder=data is None)
            self.folders[folder][base] = number
            if data is not None:
                self.files[number] += data
        return {number: bytes(data) for number, data in self.files.items()}

    def new(self, *, is_folder: bool) -> int:
        """Make an empty file or folder without a name."""
        self.last += 1
        if is_folder:
            self.folders[self.last] = {}
        else:
            self.files[self.last] = bytearray()
        return self.last

    def find(self, name: str) -> int | None:
        """Return the number of what lies at a path relative to the root ("" is the root)."""
        at: int | None = ROOT
        for part in name.split("/") if name else ():
            at = None if at is None else self.folders.get(at, {}).get(part)
        return at

    def find_parent(self, name: str) -> tuple[int, str]:
        """Return the folder and base name of a path; raises UnsoundError if it is unknown."""
        parent, _, base = name.rpartition("/")
        folder = self.find(parent)
        if folder is None or folder not in self.folders:
            raise UnsoundError(f"unknown folder: {parent}")
        return folder, base

    def tree(self) -> dict[str, bytes | None]:
        """Return every path with its bytes, None for folders."""
        found: dict[str, bytes | None] = {}
        waiting = [("", ROOT)]
        while waiting:
            prefix, folder = waiting.pop()
            for name, number in self.folders[folder].items():
                if number in self.folders:
                    found[prefix + name] = None
                    waiting.append((f"{prefix}{name}/", number))
                else:
                    found[prefix + name] = bytes(self.files[number])
        return found


@dataclass(slots=True)
class Translator:
    """Follows the calls and appends to `ops` what they do below `root`."""

    root: str
    space: Namespace
    processes: Processes
    ops: list[Op]
    harmless_map: Callable[[str], bool]

    # -- paths and descriptors ---------------------------------------------------------------
    def inside(self, path: str) -> str | None:
        """Return the path relative to the root, or None if it lies elsewhere."""
        clean = posixpath.normpath(path)
        if clean == self.root:
            return ""
        prefix = self.root + "/"
        return clean[len(prefix) :] if clean.startswith(prefix) else None

    def path(self, call: Call, at: int, name_at: int) -> str:
        """Return the absolute path of an argument pair (folder descriptor, name)."""
        name = text_argument(call.args[name_at]).decode("utf-8", "surrogateescape")
        if name.startswith("/"):
            return name
        number, shown = descriptor(call.args[at])
        if number is None:
            return f"{shown or self.processes.of(call.pid).folder}/{name}"
        if shown is None:
            raise UnsoundError(f"{call.name} relative to an unknown folder")
        return f"{shown}/{name}" if name else shown

    def plain_path(self, call: Call, name_at: int) -> str:
        """Return the absolute path of an argument that is relative to the working folder."""
        name = text_argument(call.args[name_at]).decode("utf-8", "surrogateescape")
        return name if name.startswith("/") else f"{self.processes.of(call.pid).folder}/{name}"

    def open_file(self, call: Call, position: int) -> OpenFile | None:
        """Return the open file of a descriptor argument, None if it lies outside the root.

        Raises UnsoundError if strace shows a path below the root that the tables do not know.
        """
        number, shown = descriptor(call.args[position])
        slot = self.processes.of(call.pid).table.get(-1 if number is None else number)
        known = slot is not None and slot.file.node is not None
        if not known and shown is not None and self.inside(shown) is not None:
            raise UnsoundError(f"{call.name} on an unexplained descriptor of {shown}")
        return slot.file if slot is not None else None

    def node(self, call: Call, position: int) -> int | None:
        """Return the number of what a descriptor names, None if it lies outside the root."""
        file = self.open_file(call, position)
        return None if file is None else file.node

    # -- changes -----------------------------------------------------------------------------
    def write(self, node: int, offset: int, data: bytes, call: Call) -> None:
        """Write at an offset, zeros filling any gap."""
        target = self.space.files[node]
        if len(target) < offset:
            target += bytes(offset - len(target))
        target[offset : offset + len(data)] = data
        self.ops.append(Write(node, offset, data, call.end))

    def resize(self, node: int, size: int, call: Call) -> None:
        """Cut or extend a file."""
        target = self.space.files[node]
        del target[size:]
        target += bytes(size - len(target))
        self.ops.append(Resize(node, size, call.end))

    def link(self, name: str, node: int, call: Call) -> None:
        """Give a name to a file or folder."""
        folder, base = self.space.find_parent(name)
        self.space.folders[folder][base] = node
        self.ops.append(Link(folder, base, node, node in self.space.folders, call.end))
