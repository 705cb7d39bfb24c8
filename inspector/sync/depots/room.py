"""Is there room? Asked before anything is begun: a full medium is filled to the brim by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspector.sync.depots.protocol import DepotError

if TYPE_CHECKING:
    from inspector.sync.depots.protocol import Depot

#: What is left free: other files live on a stick as well, and file systems need room to breathe.
RESERVE = 16 << 20


def room_in(depot: Depot) -> int | None:
    """Return how many bytes may still be written there, None where that cannot be known."""
    free = depot.free()
    return None if free is None else max(0, free - RESERVE)


def require_room(depot: Depot, size: int) -> None:
    """Raise DepotError (full) unless `size` more bytes fit. Places that do not know let it pass."""
    room = room_in(depot)
    if room is not None and room < size:
        raise DepotError("full", depot.place, f"{room >> 20} MB < {size >> 20} MB")
