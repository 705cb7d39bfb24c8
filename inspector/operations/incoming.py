"""Files that wait in the workspace to be stored or not. They are no part of the record."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import Workspace
from inspector.domain.filenames import received_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def keep_pasted(root: Path, png: bytes, name: str, entropy: Entropy = system_entropy) -> Path:
    """Write a picture from the clipboard where files wait, in the workspace at `root`.

    Raises MingchaError `paste_not_kept`.
    """
    return _keep(root, png, name, entropy, "paste_not_kept")


def keep_taken(root: Path, jpeg: bytes, name: str, entropy: Entropy = system_entropy) -> Path:
    """Write a picture that this computer's camera took where files wait; it stays as it is.

    Raises MingchaError `picture_not_kept`.
    """
    return _keep(root, jpeg, name, entropy, "picture_not_kept")


def _keep(root: Path, content: bytes, name: str, entropy: Entropy, failure: str) -> Path:
    slot = Workspace(root).incoming / entropy(8).hex()
    path = slot / received_name(name)
    try:
        slot.mkdir(parents=True)
        path.write_bytes(content)
    except OSError as error:
        shutil.rmtree(slot, ignore_errors=True)
        detail = error.strerror or type(error).__name__
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
