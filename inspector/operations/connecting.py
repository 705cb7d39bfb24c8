"""From what a person types to the depot that is meant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.operations.syncing import known_depots
from inspector.sync.depots.folder import FolderDepot

if TYPE_CHECKING:
    from inspector.operations.session import Session
    from inspector.sync.depots.protocol import Depot


@dataclass(frozen=True, slots=True)
class Meant:
    """The depot to visit; `expected` is the id it must have, "" if any will do."""

    depot: Depot
    expected: str = ""


def connect(session: Session, text: str) -> Meant:
    """Return the depot with this name, or at this address. It is to be closed after use.

    A name stands for one depot: another one that is found in its place is refused.
    """
    for row in known_depots(session):
        if text in (row.name, row.id) and text != row.address:
            return Meant(_opened(row.address), row.id)
    return Meant(_opened(text))


def _opened(address: str) -> Depot:
    return FolderDepot(Path(address))  # type: ignore[return-value]
