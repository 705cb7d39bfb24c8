"""Is there room? Asked before anything is begun: a full medium is filled to the brim by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.sync.depots.protocol import DepotError

if TYPE_CHECKING:
    from inspector.sync.depots.protocol import Depot

#: What is left free: other files live on a stick as well, and file systems need room to breathe.
RESERVE = 16 << 20


def require_room(depot: Depot, size: int) -> None:
    """Raise DepotError (full) unless `size` more bytes fit. Places that do not know let it pass."""
    free = depot.free()
    if free is not None and free < size + RESERVE:
        detail = f"{free >> 20} MB < {(size + RESERVE) >> 20} MB"
        raise DepotError("full", depot.place, detail)
