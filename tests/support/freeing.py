"""An office with a sealed visit that exchanges over two media, and what they are proved to hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from inspector.base.steps import at_once
from inspector.operations.freeing import Freed, Plan, free_steps, plan_steps
from inspector.operations.syncing import SyncReport, limits, sync
from inspector.sync import copies
from inspector.sync.depots import medium
from inspector.sync.depots.folder import FolderDepot
from tests.support.exchanging import Exchanging, begin, further
from tests.support.fixed import CountingEntropy

if TYPE_CHECKING:
    import pytest

    from inspector.operations.depot_places import Place
    from inspector.operations.session import Session

DISK = "办公室共享"


def each_folder_a_medium(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every folder for a medium of its own: all folders of a test lie on one disk."""
    monkeypatch.setattr(medium, "medium_of", str)


def on_media_of_their_own(session: Session, *depots: str) -> None:
    """Say of depots (ids) that each lies on a medium of its own, for those who patch nothing."""
    for depot in depots:
        session.store.set_local(copies._MEDIUM + depot, f"medium {depot}")


def two_media(session: Session, folder: Path) -> tuple[Exchanging, Place]:
    """Make an organisation with a stick, and another depot."""
    at = begin(session, folder)
    return at, further(session, at, "share", DISK)


def visited(session: Session, place: str, **more: bool) -> SyncReport:
    """Visit a depot in a folder."""
    with_limits = limits(**more)
    return sync(session, FolderDepot(Path(place), CountingEntropy(place)), limits=with_limits)


def proved(session: Session, *places: str) -> None:
    """Let depots take everything, then read it back there in another visit."""
    for place in places:
        visited(session, place)
        visited(session, place, verify=True)


def plan(session: Session, *visits: str, older_than: int = 0) -> Plan:
    return at_once(plan_steps(session, visits, older_than))


def free(session: Session, *visits: str) -> Freed:
    return at_once(free_steps(session, plan(session, *visits)))
