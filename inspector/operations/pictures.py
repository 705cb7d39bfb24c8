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

    from inspector.media.blobs import BlobStore, Condition
    from inspector.media.cache import Derived
    from inspector.media.worker import Workers
    from inspector.operations.session import Session


#: Whoever asks for more than a preview gets a picture no longer than this: a photograph of twelve
#: megapixels whole, a larger one within what a window can hold. Pixels.
FULL_PX = 4096


@dataclass(frozen=True, slots=True)
class Pictures:
    """Upright JPEGs of the originals of a workspace. Thread-safe while the workspace is open.

    px: the longer side in pixels that is needed; what is handed out may be larger.
    """

    _derived: Derived
    _blobs: BlobStore

    def kept(self, sha256: str, px: int) -> bytes | None:
        """Return what was made before, None if it must be made: never takes long."""
        return self._derived.kept(sha256, None if px <= THUMBNAIL_PX else _made_px(px))

    def made(self, sha256: str, px: int) -> bytes:
        """Return the picture, made now if need be, which may wait for an idle worker process.

        Raises MingchaError `blob_missing`, `blob_damaged`, or why it cannot be shown.
        """
        if px <= THUMBNAIL_PX:
            return self._derived.thumbnail(sha256)
        return self._derived.preview(sha256, _made_px(px))

    def condition(self, sha256: str) -> Condition:
        """Hash an original again, which takes as long as reading it: “ok”, “damaged”, “missing”."""
        return self._blobs.verify(sha256)


def _made_px(px: int) -> int:
    """Return the size that is made for `px`: few sizes, so that what was made is found again."""
    return PREVIEW_PX if px <= PREVIEW_PX else FULL_PX


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
    return Pictures(session.derived, session.blobs)
