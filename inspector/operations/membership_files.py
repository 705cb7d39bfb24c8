"""Reading and writing the files by which computers join, with failures in words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from inspector.base.errors import MingchaError
from inspector.base.files import write_private
from inspector.base.system_reasons import reason_of
from inspector.ledger import joining

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


def read_file(path: Path, parse: Callable[[bytes], T], most: int = joining.MOST_BYTES) -> T:
    """Return what `parse` makes of a file; one that is too large is not read to its end.

    Raises MingchaError `file_missing`, `file_unreadable`, `membership_file_bad`,
    `membership_file_newer`.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError:
        raise MingchaError("file_missing", name=path.name) from None
    except OSError as error:
        raise MingchaError("file_unreadable", name=path.name, reason=reason_of(error)) from error
    try:
        return parse(raw)
    except joining.InvalidFile as error:
        if error.code == "suite":
            raise MingchaError("membership_file_newer", path=path) from error
        raise MingchaError("membership_file_bad", path=path, detail=error.code) from error


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole and durable, or not at all. Raises MingchaError `export_failed`."""
    try:
        write_private(path, data)
    except OSError as error:
        raise MingchaError("export_failed", path=path, detail=reason_of(error)) from error


def write_secret(path: Path, data: bytes) -> None:
    """Write a secret where nothing is.

    Raises MingchaError `secret_file_exists`, `export_failed`.
    """
    require_free(path)
    write_file(path, data)


def require_free(path: Path) -> None:
    """Raise MingchaError `secret_file_exists` for a name that is taken."""
    if os.path.lexists(path):
        raise MingchaError("secret_file_exists", path=path)
