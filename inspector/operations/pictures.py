"""Pictures to look at: asked for on any thread, without waiting for the thread of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.media.cache import PREVIEW_PX, THUMBNAIL_PX
from inspector.media.looking import thumbnail_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from inspector.media.cache import Derived
    from inspector.media.worker import Workers
    from inspector.operations.session import Session


@dataclass(frozen=True, slots=True)
class Pictures:
    """Upright JPEGs of the originals of a workspace. Thread-safe while the workspace is open.

    px: the longer side in pixels that is needed; what is handed out may be larger.
    """

    _derived: Derived

    def kept(self, sha256: str, px: int) -> bytes | None:
        """Return what was made before, None if it must be made: never takes long."""
        return self._derived.kept(sha256, None if px <= THUMBNAIL_PX else PREVIEW_PX)

    def made(self, sha256: str, px: int) -> bytes:
        """Return the picture, made now if need be, which may wait for an idle worker process.

        Raises MingchaError `blob_missing`, `blob_damaged`, or why it cannot be shown.
        """
        if px <= THUMBNAIL_PX:
            return self._derived.thumbnail(sha256)
        return self._derived.preview(sha256)


@dataclass(frozen=True, slots=True)
class OfferedPictures:
    """Thumbnails of files that are not stored, by hash. Nothing of them is kept.

    paths: where a file of each hash lies; it may grow while pictures are asked for.
    """

    _workers: Workers
    _paths: Mapping[str, Path]

    def kept(self, sha256: str, px: int) -> None:
        """Return nothing: each is made."""

    def made(self, sha256: str, px: int) -> bytes:
        """Return an upright thumbnail as JPEG. Raises MingchaError if there is none."""
        path = self._paths.get(sha256)
        if path is None:
            raise MingchaError("file_missing", name=sha256[:8])
        return thumbnail_of(path, self._workers)


def offered_pictures(session: Session, paths: Mapping[str, Path]) -> OfferedPictures:
    """Return the pictures of files that are offered (see `operations.offering`)."""
    return OfferedPictures(session.workers, paths)


def pictures_of(session: Session) -> Pictures:
    """Return the pictures of the open workspace."""
    return Pictures(session.derived)
