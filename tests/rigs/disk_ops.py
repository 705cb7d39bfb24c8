"""What a program did to a folder, as a list of operations on numbered files and folders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rigs.strace_lines import Call

ROOT = 1
"""The number of the observed folder itself."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes written at an offset of a file; `end` is the trace line of the return."""

    file: int
    offset: int
    data: bytes
    end: int


@dataclass(frozen=True, slots=True)
class Resize:
    """A file cut or extended with zeros to `size` bytes."""

    file: int
    size: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A name for a new or existing file or folder."""

    folder: int
    name: str
    target: int
    is_folder: bool
    end: int


@dataclass(frozen=True, slots=True)
class Unlink:
    """A name taken away."""

    folder: int
    name: str
    end: int


@dataclass(frozen=True, slots=True)
class Rename:
    """A name moved, replacing what was there; one atomic change."""

    folder: int
    name: str
    new_folder: int
    new_name: str
    end: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or folder made durable, as far as its changes had returned before line `begin`.

    `target` None means everything (sync, syncfs).
    """

    target: int | None
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Ack:
    """A line by which the program promised that something is safe."""

    text: str
    end: int


Op = Write | Resize | Link | Unlink | Rename | Sync | Ack


@dataclass(slots=True)
class Recording:
    """The folder as it was at the start, what was done to it, and as it was at the end."""

    ops: list[Op]
    start_folders: dict[int, dict[str, int]] = field(default_factory=lambda: {ROOT: {}})
    start_files: dict[int, bytes] = field(default_factory=dict)
    injected: list[Call] = field(default_factory=list)
    exit_code: int = 0
    error_text: str = ""


def read_tree(root: Path) -> dict[str, bytes | None]:
    """Return every file (bytes) and folder (None) below `root` by its path with slashes."""
    tree: dict[str, bytes | None] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        tree[name] = path.read_bytes() if path.is_file() else None
    return tree
