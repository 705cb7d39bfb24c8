"""Pictures to look at: asked for on any thread, without waiting for the thread of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.media.cache import PREVIEW_PX, THUMBNAIL_PX

if TYPE_CHECKING:
    from inspector.media.cache import Derived
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


def pictures_of(session: Session) -> Pictures:
    """Return the pictures of the open workspace."""
    return Pictures(session.derived)
