"""Where things lie: the shipped resources and the names inside a workspace."""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import platformdirs

from inspector.base.values import frozen


def resource(*parts: str) -> Path:
    """Return the path of a shipped data file below `resources/`."""
    return _resources().joinpath(*parts)


@cache
def _resources() -> Path:
    """They are plain files; `importlib.resources` also reads archives, and loads slowly for it."""
    found = find_spec("resources")
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def default_workspace() -> Path:
    """Return where the workspace lives if the user names none."""
    return Path(platformdirs.user_data_dir("mingcha", appauthor=False)) / "workspace"


def profile() -> Path:
    """Return the folder for what belongs to this user of this computer and to no workspace."""
    named = os.environ.get("MINGCHA_PROFILE")
    return Path(named) if named else Path(platformdirs.user_state_dir("mingcha", appauthor=False))


@frozen
class Workspace:
    """The folder that holds everything of one office on one laptop."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file. Never open it except through SQLite (POSIX locks would be lost)."""
        return self.root / "mingcha.db"

    @property
    def lock(self) -> Path:
        """The file whose lock says that a program has the workspace open."""
        return self.root / "mingcha.lock"

    @property
    def media(self) -> Path:
        """Originals and manifests under their SHA-256."""
        return self.root / "media"

    @property
    def cache(self) -> Path:
        """Thumbnails and previews; may be deleted at any time."""
        return self.root / "cache"

    @property
    def small(self) -> Path:
        """Thumbnails and previews of originals that are not here, which cannot be made again."""
        return self.root / "small"

    @property
    def arriving(self) -> Path:
        """Sealed parts of large files that have come in part, by the depot they come from."""
        return self.root / "arriving"

    @property
    def previews(self) -> Path:
        """Papers that were made to be looked at only; emptied whenever the workspace is opened."""
        return self.root / "previews"

    @property
    def incoming(self) -> Path:
        """Files received or pasted that wait to be stored or not; emptied as `previews` are."""
        return self.root / "incoming"

    @property
    def taken(self) -> Path:
        """Where pictures of this computer's camera wait, by visit: they are nowhere else."""
        return self.incoming / "taken"

    @property
    def backups(self) -> Path:
        """Automatic copies of the database."""
        return self.root / "backups"

    @property
    def keys(self) -> Path:
        """Secret keys of this computer and of its people; never part of a backup."""
        return self.root / "keys"

    @property
    def restored(self) -> Path:
        """A finished restore that waits to take the database's place."""
        return self.root / "restored.db"

    @property
    def reserve(self) -> Path:
        """A file that is given up when the disk is full, so that closing still works."""
        return self.root / "reserve.bin"

    def owns(self, path: Path) -> bool:
        """Tell whether a file is one of the workspace's own, which nobody takes in."""
        real = path.resolve()
        waits = real.is_relative_to(self.incoming.resolve())
        return real.is_relative_to(self.root.resolve()) and not waits
