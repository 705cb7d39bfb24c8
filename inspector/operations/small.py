"""Small pictures for the exchange: made of originals, or decoded of what others made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.base.errors import MingchaError
from inspector.media.cache import RECEIVED, THUMBNAIL_PX, picture_of
from inspector.media.durable import failure
from inspector.media.sniff import sniff

if TYPE_CHECKING:
    from inspector.media.cache import Picture
    from inspector.operations.session import Session

#: What goes into packs: the longer side in pixels, and the quality of JPEG. A dozen photographs
#: took 13 KB on average.
_SENT_PX = 320
_SENT_QUALITY = 70
#: The quality in which a received one is encoded anew.
_KEPT_QUALITY = 80


@dataclass(frozen=True, slots=True)
class SmallPictures:
    """The small pictures of a workspace (`sync.previewing.Small`).

    Whatever comes from others is decoded in the guarded worker and encoded anew: their bytes are
    never kept nor shown.
    """

    session: Session

    def lacks(self, sha256: str) -> bool:
        """Tell whether there is neither the original nor any picture of it."""
        here = self.session.blobs.size(sha256) is not None
        return not here and self.session.derived.stand_in(sha256) is None

    def made(self, sha256: str) -> bytes | None:
        """Return a small JPEG of an original that is here.

        None if it shows nothing, or is damaged, which `check` and sending the file itself tell.
        """
        try:
            data = self.session.derived.thumbnail(sha256)
            return self._decoded(data, _SENT_PX, _SENT_QUALITY).jpeg
        except MingchaError:
            return None

    def take(self, sha256: str, jpeg: bytes) -> bool:
        """Keep what is decoded of a picture that another made; False if it is none.

        Raises MingchaError `disk_full`, `blob_write_failed`.
        """
        if sniff(jpeg) != "image/jpeg":
            return False
        try:
            picture = self._decoded(jpeg, THUMBNAIL_PX, _KEPT_QUALITY)
        except MingchaError:
            return False
        try:
            self.session.cache.keep(sha256, RECEIVED, picture)
        except OSError as error:
            raise failure(error) from error
        return True

    def came(self, sha256: str) -> None:
        """The original is here: nothing stands in for it any more."""
        self.session.cache.release(sha256)

    def _decoded(self, data: bytes, px: int, quality: int) -> Picture:
        """Raises MingchaError for what is no picture."""
        reply = self.session.workers.run("resample", data, width=px, height=px, quality=quality)
        return picture_of(reply)
