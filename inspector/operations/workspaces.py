"""Making and opening workspaces."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from inspector.base.clock import Clock, SystemClock
from inspector.base.errors import MingchaError
from inspector.base.ids import Entropy, system_entropy
from inspector.base.paths import Workspace
from inspector.domain.clocktext import iso_day
from inspector.media.blobs import BlobStore
from inspector.media.cache import Cache
from inspector.media.worker import Workers
from inspector.operations.evidence import finish_erasures
from inspector.operations.session import Session
from inspector.operations.upkeep import try_back_up
from inspector.storage.store import Store
from inspector.storage.volume import require_local

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)


def create_workspace(
    root: Path, clock: Clock | None = None, entropy: Entropy = system_entropy
) -> Session:
    """Make a new workspace in `root` and open it.

    Raises MingchaError `workspace_exists`, or why the folder is not fit (see `storage.volume`).
    """
    require_local(root)
    workspace = Workspace(root)
    return _session(workspace, Store.create(workspace, clock or SystemClock(), entropy))


def open_workspace(
    root: Path,
    clock: Clock | None = None,
    entropy: Entropy = system_entropy,
    *,
    altered: bool = False,
) -> Session:
    """Open the workspace in `root`. Raises MingchaError (see `storage.store.Store.open`).

    `altered` opens it also when another program took tables away: for `check` and `rebuild` only.
    """
    require_local(root)
    workspace = Workspace(root)
    store = Store.open(workspace, clock or SystemClock(), entropy, altered=altered)
    session = _session(workspace, store)
    try:
        session.blobs.sweep_incoming()
        if not store.unreadable:
            _finish_erasures(session)
        _back_up_if_due(store)
    except BaseException:
        session.close()
        raise
    return session


def _finish_erasures(session: Session) -> None:
    """Go on with what a power cut interrupted; a file that is stuck must not lock people out."""
    try:
        finish_erasures(session)
    except (MingchaError, OSError) as error:
        logger.warning("the bytes of an erased file are still there: %s", type(error).__name__)


def _back_up_if_due(store: Store) -> None:
    """Make the automatic backup of the day."""
    reading = store.clock.read()
    today = iso_day(reading.ms, reading.zone)
    if store.log.count() == 0 or store.local("backup_day") == today:
        return
    if try_back_up(store):
        store.set_local("backup_day", today)


def _session(workspace: Workspace, store: Store) -> Session:
    return Session(store, BlobStore(workspace.media), Cache(workspace.cache), Workers())
