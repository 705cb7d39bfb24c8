"""A disk of a few kilobytes or megabytes, to be filled to the last byte."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def cannot_mount() -> str | None:
    """Say why no small disk can be made here, or None."""
    if not sys.platform.startswith("linux"):
        return "small disks are made with mount, on Linux only"
    if os.geteuid() != 0:
        return "making a small disk needs root"
    with_own_mounts = ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=64k", "none", "/mnt"]
    try:
        done = subprocess.run(with_own_mounts, capture_output=True, check=False)
    except FileNotFoundError:
        return "unshare or mount is not installed"
    if done.returncode != 0:
        return f"mounting is not allowed here: {done.stderr.decode(errors='replace').strip()}"
    return None


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """Mount a tmpfs of `size` bytes at `folder` for a while."""
    folder.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "small", str(folder))
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


def enlarge(folder: Path, size: int) -> None:
    """Give a mounted small disk more room, as deleting other files would."""
    _run("mount", "-o", f"remount,size={size}", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
