"""Which files an intake means: folders walked, what is not meant left out and told."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from inspector.base.values import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Files that systems leave in folders; nobody means them by naming the folder.
_SYSTEM = frozenset(
    {"thumbs.db", "desktop.ini", "$recycle.bin", "system volume information", "__macosx"}
)
_HIDDEN = (".", "~$")
#: Folders in folders that are walked; what lies deeper is passed over and told.
DEEPEST = 24
_REPARSE_POINT = 0x400  # a Windows junction or symbolic link (FILE_ATTRIBUTE_REPARSE_POINT)


#: Why something inside a folder is passed over; `workspace`: a workspace keeps it for itself.
Why = Literal["deep", "hidden", "link", "unreadable", "workspace"]


class Skipped(NamedTuple):
    """A file or folder that was passed over, and why."""

    path: Path
    why: Why


@frozen
class Survey:
    """The files meant, in order, and what was passed over inside folders."""

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def survey(paths: Iterable[Path]) -> Survey:
    """Return the files meant by these paths: files as given, folders walked in order of name.

    A path that is named itself is always meant, hidden or not, and followed if it is a symbolic
    link. Links inside a folder are passed over: they could lead anywhere, or in a circle.
    """
    files: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        if path.is_dir():
            for found, why in walk(path):
                if why is None:
                    files.append(found)
                else:
                    skipped.append(Skipped(found, why))
        else:
            files.append(path)
    return Survey(tuple(files), tuple(skipped))


def walk(folder: Path, depth: int = DEEPEST) -> Iterator[tuple[Path, Why | None]]:
    """Yield each file below `folder`, in order of name, with why it is passed over; None if not.

    Only the folder that is being read is held in memory: a walk may be given up at any moment.
    """
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield folder, "unreadable"
        return
    for entry in listed:
        path = Path(entry.path)
        if why := _passed_over(entry):
            yield path, why
        elif entry.is_dir(follow_symlinks=False):
            if depth > 0:
                yield from walk(path, depth - 1)
            else:
                yield path, "deep"
        else:
            yield path, None


def _passed_over(entry: os.DirEntry[str]) -> Why | None:
    if entry.name.startswith(_HIDDEN) or entry.name.lower() in _SYSTEM:
        return "hidden"
    return "link" if entry.is_symlink() or _is_reparse_point(entry) else None


def _is_reparse_point(entry: os.DirEntry[str]) -> bool:
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError:
        return False
    attributes = getattr(state, "st_file_attributes", 0)
    return bool(attributes & _REPARSE_POINT) and not stat.S_ISREG(state.st_mode)
