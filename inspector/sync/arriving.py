"""Parts of a file of which not all have come: kept as they lie in the depot, so that each proves
itself by the hash in its name, and a stopped visit goes on where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.media.durable import discard, failure
from inspector.sync import names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path


class Arriving:
    """The kept parts of one depot: what was read there proves nothing of another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        """Return a part by the hash in its name, None if it is not kept, or not whole."""
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        return data if names.hash_of(data) == name else None

    def keep(self, name: str, data: bytes) -> None:
        """Keep a part. Raises MingchaError `disk_full`, `blob_write_failed`.

        Not synced: what a power cut takes of it is fetched again.
        """
        path = self._folder / name
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            discard(path)
            raise failure(error) from error

    def drop(self, parts: Iterable[str]) -> None:
        """Keep these parts no more."""
        for name in parts:
            discard(self._folder / name)

    def sweep(self, wanted: Collection[str]) -> None:
        """Keep no part of a file that is not to be fetched from here any more."""
        if self._folder.is_dir():
            self.drop([path.name for path in self._folder.iterdir() if path.name not in wanted])
