"""A file to be taken in or looked at: its name as text, and reading it once, undisturbed."""

from __future__ import annotations

import os
import stat
import unicodedata
from typing import TYPE_CHECKING, BinaryIO

from inspector.base.errors import MingchaError
from inspector.base.system_reasons import reason_of
from inspector.media.sniff import HEAD_BYTES

if TYPE_CHECKING:
    from pathlib import Path

_NAME_LIMIT = 255


def shown_name(path: Path) -> str:
    """Return a file's name as text: NFC, without what could deceive or not be written.

    Control characters become their pictures (U+2400 block), bidirectional controls – which can
    make `exe.jpg` of `gpj.exe` – and undecodable bytes become U+FFFD.
    """
    text = path.name or str(path)
    kept = []
    for char in unicodedata.normalize("NFC", text)[:_NAME_LIMIT]:
        if ord(char) < 32:
            kept.append(chr(0x2400 + ord(char)))
        elif ord(char) == 127:
            kept.append("␡")
        else:
            kept.append("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char)
    return "".join(kept)


class Source:
    """A file being read; its failures are catalogued errors about the file."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._before = os.fstat(file.fileno())
        self.name = name
        self.size = self._before.st_size

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, count: int) -> bytes:
        """Read on. Raises MingchaError: file_unreadable."""
        try:
            return self._file.read(count)
        except OSError as error:
            raise _refusal(error, self.name) from error

    def head(self) -> bytes:
        """Return the first bytes and go back to the start."""
        head = self.read(HEAD_BYTES)
        self._file.seek(0)
        return head

    def read_all(self) -> bytes:
        """Return all bytes. Raises MingchaError: file_unreadable, file_changed."""
        data = self.read(self.size + 1)
        self.assert_unchanged(len(data))
        return data

    def assert_unchanged(self, count: int) -> None:
        """Raise MingchaError file_changed unless the file kept still while it was read."""
        after = os.fstat(self._file.fileno())
        moved = after.st_mtime_ns != self._before.st_mtime_ns
        if moved or count != self.size or after.st_size != self.size:
            raise MingchaError("file_changed", name=self.name)


def opened(path: Path, name: str) -> Source:
    """Open a regular file that is not empty. Raises MingchaError."""
    try:
        # Looked at before it is opened: opening a pipe or a device may block for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise MingchaError("file_not_regular", name=name)
        source = Source(path.open("rb"), name)
    except OSError as error:
        raise _refusal(error, name) from error
    except ValueError as error:  # a NUL in the name
        raise MingchaError("file_missing", name=name) from error
    if source.size == 0:
        source.__exit__()
        raise MingchaError("file_empty", name=name)
    return source


def _refusal(error: OSError, name: str) -> MingchaError:
    if isinstance(error, FileNotFoundError):
        return MingchaError("file_missing", name=name)
    reason = reason_of(error)
    return MingchaError("file_unreadable", name=name, reason=reason)
