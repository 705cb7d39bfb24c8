"""Where the workspace lies, what it takes, what room is left, and which backups there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.operations.session import Session

#: What a photograph of a telephone takes: 12 megapixels as JPEG, rounded up. Bytes.
PHOTOGRAPH = 5 << 20
#: What stays free for the database and its backups. Bytes.
KEPT_FREE = 1 << 30


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database: where it lies, when it was written (ms since 1970 UTC), its bytes."""

    path: Path
    ms: int
    size: int


@dataclass(frozen=True, slots=True)
class StorageState:
    """Bytes taken by the database and by originals, free bytes, and the backups, newest first."""

    root: Path
    database: int
    media: int
    free: int
    backups: tuple[Backup, ...]

    @property
    def photographs(self) -> int:
        """About how many photographs there is room for."""
        return max(0, self.free - KEPT_FREE) // PHOTOGRAPH


def storage_state(session: Session) -> StorageState:
    """Look at the folders of the open workspace. Files are looked at and never opened."""
    workspace, free = session.store.workspace, session.store.place.free()
    return StorageState(
        root=workspace.root,
        database=workspace.database.stat().st_size,
        media=_size(workspace.media),
        free=free,
        backups=_backups(workspace.backups),
    )


def _size(folder: Path) -> int:
    files = folder.rglob("*") if folder.is_dir() else ()
    return sum(each.stat().st_size for each in files if each.is_file())


def _backups(folder: Path) -> tuple[Backup, ...]:
    found = []
    for path in folder.glob("*.db") if folder.is_dir() else ():
        stat = path.stat()
        found.append(Backup(path, stat.st_mtime_ns // 1_000_000, stat.st_size))
    return tuple(sorted(found, key=lambda each: (each.ms, each.path.name), reverse=True))
