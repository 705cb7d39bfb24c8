"""Files that wait in the workspace to be stored or not. They are no part of the record."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

from inspector.base.errors import MingchaError
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import Workspace
from inspector.base.system_reasons import reason_of
from inspector.domain.filenames import received_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Taken(NamedTuple):
    """A picture of this computer's camera that waits. ms: when it was taken, since 1970 UTC."""

    path: Path
    ms: int


def keep_pasted(root: Path, png: bytes, name: str, entropy: Entropy = system_entropy) -> Path:
    """Write a picture from the clipboard where files wait, in the workspace at `root`.

    Raises MingchaError `paste_not_kept`.
    """
    slot = Workspace(root).incoming / entropy(8).hex()
    return _keep(slot, png, name, "paste_not_kept")


def keep_taken(
    root: Path, visit: str, ms: int, jpeg: bytes, name: str, entropy: Entropy = system_entropy
) -> Taken:
    """Write a picture that this computer's camera took for a visit where files wait.

    It stays there, whatever happens to the program, until it is stored or nobody wants it
    (`taken_before`). Raises MingchaError `picture_not_kept`.
    """
    slot = Workspace(root).taken / visit / f"{ms}-{entropy(4).hex()}"
    return Taken(_keep(slot, jpeg, name, "picture_not_kept"), ms)


def taken_before(root: Path, *visits: str) -> tuple[Taken, ...]:
    """Return the pictures of visits that were neither stored nor given up, in order.

    What was taken for a visit that was sealed meanwhile is for its supplement to store.
    """
    found = []
    for visit in visits:
        for path in (Workspace(root).taken / visit).glob("*-*/*.jpg"):
            ms = path.parent.name.partition("-")[0]
            if ms.isdecimal():
                found.append(Taken(path, int(ms)))
    return tuple(sorted(found, key=lambda each: (each.ms, each.path)))


def _keep(slot: Path, content: bytes, name: str, failure: str) -> Path:
    path = slot / received_name(name)
    try:
        slot.mkdir(parents=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        shutil.rmtree(slot, ignore_errors=True)
        detail = reason_of(error)
        raise MingchaError(failure, detail=detail) from error
    return path


def forget(root: Path, path: Path) -> None:
    """Remove a file that waited, once it is stored or nobody wants it; no other is touched."""
    if path.is_relative_to(Workspace(root).incoming):
        shutil.rmtree(path.parent, ignore_errors=True)


def forget_all(root: Path, paths: Iterable[Path]) -> None:
    """Remove files that waited and that nobody wants."""
    for path in paths:
        forget(root, path)
