"""An open workspace: what every operation is handed."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from inspector.base.values import frozen
from inspector.domain.times import Seen
from inspector.domain.vocabulary import TimeSource
from inspector.media.cache import Derived

if TYPE_CHECKING:
    from types import TracebackType

    from inspector.base.errors import MingchaError
    from inspector.media.blobs import BlobStore
    from inspector.media.cache import Cache
    from inspector.media.worker import Workers
    from inspector.storage.store import Store


#: The local setting that names who handed the screen over and did not take it back yet.
HANDED_OVER = "handed_over"


@frozen
class Recovered:
    """What opening a workspace had to bring in order, because the last time ended in the middle.

    unclean: the database was not closed; what had been acknowledged was read back. restored: a
    finished restore took the database's place. files: half written files that were removed.
    handed_over: the screen was in other hands.
    """

    unclean: bool = False
    restored: bool = False
    files: int = 0
    handed_over: bool = False


@frozen
class Session:
    """The record, the originals and the workers of one open workspace. One thread owns it.

    notices: what went wrong beside the work and must be told, such as a backup without room.
    """

    store: Store
    blobs: BlobStore
    cache: Cache
    workers: Workers
    recovered: Recovered = Recovered()
    notices: list[MingchaError] = field(default_factory=list)

    @property
    def derived(self) -> Derived:
        """Thumbnails, previews and resampled photographs."""
        return Derived(self.blobs, self.cache, self.workers)

    def now(self, observer: str = "") -> Seen:
        """Return “seen just now” by `observer` (the person who is typing if empty)."""
        reading = self.store.clock.read()
        who = observer or self.store.user
        return Seen(who, reading.ms, None, reading.zone, TimeSource.LIVE, 1)

    def close(self) -> None:
        """Stop the workers and let other programs in."""
        self.workers.close()
        self.store.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
