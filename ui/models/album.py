"""The photographs of one visit, kept up to date while a page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.operations.album import Album, album, renewed
from ui.models.keeper import Keeper

if TYPE_CHECKING:
    from inspector.operations.board import Touched
    from inspector.operations.session import Session


class AlbumKeeper(Keeper):
    """Keeps the album: of ten thousand photographs only those that changed are read again."""

    @property
    def album(self) -> Album | None:
        """What was read last."""
        found: Album | None = self._found
        return found

    def whole(self, session: Session, visit: str) -> Album:
        """Read the photographs of a visit."""
        return album(session, visit)

    def renewed(self, session: Session, old: Album, touched: Touched) -> Album:
        """Read what changed of them."""
        return renewed(session, old, touched)
