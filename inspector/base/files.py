"""Durable file operations that several rooms need."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make renames and new names in `folder` durable. Windows does this by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make `folder` and the folders above it that are missing, their names durable."""
    make_folders([folder], mode)


def make_folders(folders: Iterable[Path], mode: int = 0o777) -> None:
    """Make folders as `make_folder` does; those beside each other become durable together."""
    missing = {
        each for folder in folders for each in (folder, *folder.parents) if not each.exists()
    }
    by_depth = sorted(missing, key=lambda each: len(each.parts))
    for each in by_depth:
        each.mkdir(mode, exist_ok=True)
    for parent in dict.fromkeys(each.parent for each in by_depth):
        sync_folder(parent)


def write_private(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read, whole and durable under its name or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(path.parent)
